"""The sentences of a letter, in both languages. They presume innocence and ask for one of four answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.case import DispatchKind
from fanal.core.text import Text

if TYPE_CHECKING:
    from datetime import datetime

NB: Final = "\u00a0"

WHO = Text(en="Reporting desk for online content", fr="Service de signalement de contenus en ligne")
OUR_REFERENCE = Text(en="Our reference", fr="Notre référence")
CASE = Text(en="Case", fr="Dossier")
SUBJECT = Text(en="Subject", fr="Objet")

OBJECT: Final = {
    DispatchKind.REFERRAL: Text(
        en="referral of reported content, apparent offence",
        fr="transmission d’un contenu signalé, infraction apparente",
    ),
    DispatchKind.NOTICE: Text(
        en="notice of reported content, apparent offence",
        fr="notification d’un contenu signalé, infraction apparente",
    ),
}
OPENING: Final = {
    DispatchKind.REFERRAL: Text(
        en="We refer to you content that was reported to us and that two of our analysts, each without seeing the "
        "other’s answer, assessed as apparently illegal. We ask you to decide what follows.",
        fr="Nous vous transmettons un contenu qui nous a été signalé et que deux de nos analystes, chacun sans voir la "
        "réponse de l’autre, ont estimé apparemment illicite. La suite vous appartient.",
    ),
    DispatchKind.NOTICE: Text(
        en="Content that you host or carry was reported to us. Two of our analysts, each without seeing the other’s "
        "answer, assessed it as apparently illegal. We ask you to examine it in a timely, diligent and objective "
        "manner and to tell us what you decide. We make this notice in good faith and believe that what it says is "
        "accurate and complete.",
        fr="Un contenu que vous hébergez ou acheminez nous a été signalé. Deux de nos analystes, chacun sans voir la "
        "réponse de l’autre, l’ont estimé apparemment illicite. Nous vous demandons de l’examiner en temps opportun, "
        "avec diligence et objectivité, et de nous dire ce que vous décidez. Nous faisons cette notification de bonne "
        "foi et tenons ce qu’elle dit pour exact et complet.",
    ),
}

OFFENCE = Text(en="Apparent offence", fr="Infraction apparente")
REPORTS = Text(en="Reports received", fr="Signalements reçus")
FIRST_SEEN = Text(en="First report", fr="Premier signalement")
DUE = Text(en="Answer asked by", fr="Réponse demandée avant le")
GROUNDS = Text(en="Grounds", fr="Motifs")
TARGETS = Text(en="What was reported", fr="Ce qui est signalé")
NO_TARGET = Text(
    en="No identifier could be read from the reports; the grounds say what is known.",
    fr="Aucun identifiant n’a pu être lu dans les signalements\u00a0; les motifs disent ce qui est connu.",
)
DEFANGED = Text(
    en="Addresses are written so that nothing opens them by mistake: “hxxps” stands for https, “[.]” for a dot, "
    "“[at]” for @, “[:]” for a colon.",
    fr="Les adresses sont écrites pour que rien ne les ouvre par mégarde\u00a0: «\u00a0hxxps\u00a0» se lit https, "
    "«\u00a0[.]\u00a0» un point, «\u00a0[at]\u00a0» une arobase, «\u00a0[:]\u00a0» deux-points.",
)
SEALED = Text(
    en="The exact identifiers are in the file annex.age, encrypted to your key (age). Only you can open it.",
    fr="Les identifiants exacts sont dans le fichier annex.age, chiffré pour votre clé (age). "
    "Vous seul pouvez l’ouvrir.",
)
NOT_SEALED = Text(
    en="We know no public key of yours, so that no exact identifier is enclosed. Send us an age key to receive them.",
    fr="Nous ne connaissons pas de clé publique de vous\u00a0; aucun identifiant exact n’est donc joint. "
    "Envoyez-nous une clé age pour les recevoir.",
)
CUT = Text(en="[… cut here; whole in annex.age]", fr="[… coupé ici\u00a0; entier dans annex.age]")

TO_KNOW = Text(en="What you should know", fr="Ce qu’il faut savoir")
PRESUMED: Final = Text(
    en="“Apparent” is our assessment, not a finding. Whoever is concerned is presumed innocent until a court has "
    "decided.",
    fr="«\u00a0Apparente\u00a0» est notre appréciation, non un constat. Toute personne mise en cause est présumée "
    "innocente tant qu’une juridiction ne s’est pas prononcée.",
)
NOT_TOUCHED = Text(
    en="The number of reports says how far the content reached, not whether it is illegal. We kept no image, video or "
    "copy of it, and we have not contacted anybody whom it concerns.",
    fr="Le nombre de signalements dit la portée du contenu, non son caractère illicite. Nous n’en avons gardé ni "
    "image, ni vidéo, ni copie, et nous n’avons contacté aucune des personnes concernées.",
)
IDENTITY = Text(
    en="Who reported, where they said so, is sealed and is given only on a lawful request.",
    fr="L’identité des personnes qui signalent, si elles l’ont donnée, est scellée\u00a0; "
    "elle n’est communiquée que sur réquisition régulière.",
)

TO_ANSWER = Text(en="How to answer", fr="Comment répondre")
ANSWER = Text(
    en="Write to us with the reference {ref} and one of these words:",
    fr="Écrivez-nous en citant la référence {ref} et l’un de ces mots\u00a0:",
)
ANSWERS = (
    Text(
        en="<b>removed</b>: the content is no longer online; please say since when;",
        fr="<b>retiré</b>\u00a0: le contenu n’est plus en ligne\u00a0; merci de dire depuis quand\u00a0;",
    ),
    Text(
        en="<b>acknowledged</b>: you received this and are looking into it;",
        fr="<b>reçu</b>\u00a0: vous avez reçu cet envoi et l’examinez\u00a0;",
    ),
    Text(
        en="<b>refused</b>: you will not act; please give your grounds;",
        fr="<b>refusé</b>\u00a0: vous n’agirez pas\u00a0; merci d’en donner les motifs\u00a0;",
    ),
    Text(
        en="<b>information</b>: you need something from us, or have something to tell us.",
        fr="<b>information</b>\u00a0: il vous manque un élément, ou vous en avez un à nous donner.",
    ),
)
WITHDRAWAL = Text(
    en="Should we find that we were wrong, we shall tell you at once, under the same reference.",
    fr="S’il apparaît que nous nous sommes trompés, nous vous l’écrirons aussitôt, sous la même référence.",
)
CLOSING = Text(
    en="Prepared by one person and approved by another, for {sender}.",
    fr="Préparé par une personne et approuvé par une autre, pour {sender}.",
)
ENCLOSED = Text(en="Enclosed", fr="Pièces jointes")
LETTER_FILE = Text(en="letter.pdf (the letter)", fr="letter.pdf (la lettre)")
ANNEX_FILE = Text(en="annex.age (sealed to your key)", fr="annex.age (scellée pour votre clé)")
DEMO = Text(
    en="DEMONSTRATION. Everything in this letter is invented. Do not act on it.",
    fr="DÉMONSTRATION. Tout dans cette lettre est inventé. N’y donnez pas suite.",
)
DEMO_SHORT = Text(en="DEMONSTRATION", fr="DÉMONSTRATION")

KINDS: Final = {
    "url": Text(en="address of a page", fr="adresse d’une page"),
    "domain": Text(en="domain", fr="domaine"),
    "account": Text(en="account", fr="compte"),
    "post": Text(en="post", fr="publication"),
}
OTHER_KIND = Text(en="other", fr="autre")

_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}


def day(moment: datetime, language: str) -> str:
    """Write the day of a moment in UTC: "22 November 2026", "1er mars 2026"."""
    number = "1er" if moment.day == 1 and language == "fr" else str(moment.day)
    return f"{number}{NB}{_MONTHS[language][moment.month - 1]}{NB}{moment.year}"


def moment(at: datetime, language: str) -> str:
    """Write a moment in UTC, to the minute: "22 novembre 2026, 10 h 42 (UTC)"."""
    hour = f"{at.hour}{NB}h{NB}{at.minute:02}" if language == "fr" else f"{at.hour:02}:{at.minute:02}"
    return f"{day(at, language)}, {hour}{NB}(UTC)"
