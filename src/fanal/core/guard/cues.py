"""Words that make a name of the word beside them, in French and English, as patterns on letters without accents.

They are read on what stands directly before or after a passage, in small letters (looks.bare).
"""

from __future__ import annotations

import re
from typing import Final


def one_of(text: str) -> str:
    """Make a pattern of any one of the words in `text`, where an underscore stands for a space."""
    return "(?:" + "|".join(text.split()).replace("_", " ") + ")"


_KINDS: Final = one_of(
    "comptes? profils? pages? chaines? cana(?:l|ux) groupes? serveurs? blogs? utilisat(?:eur|rice)s? internautes?"
    " membres? abonnes? createurs? streameurs? accounts? profiles? channels? users? groups? servers? subreddits?"
    " members? posters? creators? uploaders?"
    " redditors? redditeu(?:r|se)s? tiktok(?:er|eu(?:r|se))s? youtub(?:er|eu(?:r|se))s? streamers?"
    " instagramm?(?:er|eu(?:r|se))s? snapchatt?(?:er|eu(?:r|se))s? twitch(?:er|eu(?:r|se))s?"
)
_NAMES: Final = one_of(
    "pseudos? pseudonymes? identifiants? handles? user_?names? screen_?names? nicknames? nicks? gamertags? logins?"
    " alias aka a\\.k\\.a\\. surnoms? noms?_d.utilisat(?:eur|rice) noms?_de_compte noms?_de_profil account_names?"
)
_CALLED: Final = one_of(
    "nommee?s? appelee?s? denommee?s? surnommee?s? intitulee?s? baptisee?s? dite?s? prenommee?s?"
    " connue?s?_sous_le_nom_de du_nom_de au_nom_de sous_le_nom_de repondant_au_nom_de s.appelle(?:nt)?"
    " se_nomme(?:nt)? se_fait_appeler se_faisant_appeler named called dubbed titled known_as going_by goes_by"
    " going_as under_the_name(?:_of)? by_the_name_of that_calls_itself signed signant signe"
)
_OPEN: Final = r"[\s:=>“\"«'‘’*_`(\[@\-–—]*"
_SPACE: Final = "[ \u00a0]"

NAME_WORD: Final = re.compile(_NAMES)
"""A pseudonym, a handle: what such words are followed by is a name."""
NAMED: Final = re.compile(rf"(?:\b{_NAMES}\b\s?(?:est|is|was|etait|:|=)?|\b{_CALLED}\b){_OPEN}$")
KIND_NEAR: Final = re.compile(rf"\b(?:{_KINDS}|{_NAMES})\b")
CALLED_KIND: Final = re.compile(rf"\b(?!(?:groupes?|groups?|blogs?)\b)(?:{_KINDS}|{_NAMES})\b")
"""Of what one says that it is “called” so: groups of a class, teams and boats are, and are no accounts."""
KIND_BEFORE: Final = re.compile(rf"\b(?:{_KINDS}|{_NAMES})\b(?P<between>[^.!?\n]{{0,32}}?){_OPEN}$")
_GATHERED: Final = one_of("groupes? groups? pages? membres? members? blogs?")
GATHERING: Final = re.compile(rf"\b{_GATHERED}\b{_OPEN}$")
"""Of a class, of a book: with an everyday word behind it, it is no account."""
_LIGHT_WORD: Final = one_of(
    "est is was sont are officiels? official suivante?s? following signalee?s? reported prive private public"
    " en_question concerne de d’ d' of from sur on dit"
)
LIGHT: Final = re.compile(rf"[\s:(«“\"'-]*(?:{_LIGHT_WORD}\b[\s:(«“\"'-]*){{0,2}}")
"""What may stand between “account” and its name."""
_KIND: Final = one_of("compte profil account profile channel chaine pseudo handle user group server page")
KIND_AFTER: Final = re.compile(rf"[\s\"»”’'),(]{{1,5}}(?:(?:un|une|le|the|an?|ce|est un|is an?)\s)?(?:\w+\s)?{_KIND}\b")
_DONE_TO: Final = one_of(
    "suivez suivre suivait suit cherche[zr] chercher trouve[zr] bloque[zr] ajoute[zr] contacte[zr]"
    " contactee?s?_par signale[zr] abonne[zr]? ecrire_a parler_a discuter_avec visite[zr] follow followed following"
    " search(?:_for)? find look(?:ed|ing)?_(?:up|for) add added block blocked report reported contact contacted_by"
    " message messaged subscribe_to from by as called nomme appele tape[zr]"
)
CUE: Final = re.compile(rf"\b{_DONE_TO}\s[\"«“‘'@\s]*$")
"""What people do with accounts."""
CODE: Final = re.compile(r"\b(?:code|invitations?|invite)[ :«“\"'=]*$")
_FILES: Final = one_of(
    "ref\\.? reference dossier affaire plainte proces-verbal pv commande facture contrat ticket siret siren iban"
    " matricule immatriculation recepisse case file order invoice complaint claim serial tracking suivi colis"
)
_NUMBER: Final = r"(?:\s(?:no?|num(?:ero|ber)?|nr|id))?[\s.:#°\-–—(]*"
REFERENCE: Final = re.compile(rf"\b{_FILES}{_NUMBER}$")
"""What bears a number of its own."""
_SITES: Final = one_of(
    "www https? hxxps? ftp sites? adresses? address website urls? liens? link page domaine domain serveur hote host"
)
WEB: Final = re.compile(rf"{_SITES}[\s.,:/«“\"'(\[-]*$")

_NOUNS: Final = one_of(
    "compte profile? pseudo account user(?:name)? page channel cha[iî]ne handle groupe? server serveur blog"
)
_NOUN: Final = rf"(?P<noun>(?:le |the |un |a )?{_NOUNS}{_SPACE})?"
PLATFORM_BEFORE: Final = re.compile(
    rf"{_SPACE}?(?:\([\w .-]{{1,20}}\){_SPACE}?)?(?P<colon>[:(])?[, \u00a0]*{_NOUN}"
    r"(?P<sign>[:=>|/\-–—(•]*)[ \u00a0\"«“‘'@*`]*$",
    re.IGNORECASE,
)
"""What may stand between a platform and a name behind it."""
PLATFORM_AFTER: Final = re.compile(
    rf"[ \u00a0\u202f]?[\"»”’'*`\])]*{_SPACE}?(?P<sign>[(\[@/|:\-–—]*){_SPACE}?"
    r"(?P<word>(?:sur|on|chez|at|de|d’|d'|via|dans|in|over on|of) (?:le réseau |l.application |l.appli |the )?)?"
    r"(?P<platform>[^\W_][\w.-]*)"
)
_OF_PLATFORM: Final = one_of("compte profil chaine cha[iî]ne canal groupe serveur page pseudo blog")
APPOSED: Final = re.compile(
    r"[\"»”’'*`\])]*\s?[,(]\s?(?:an? |the |un |une |le |la )?"
    rf"(?:(?P<first>[^\W_]+) {_KIND}\b|{_OF_PLATFORM} (?P<last>[^\W_]+))"
)
"""“…, a Telegram channel”, “… (la chaîne Telegram …)”: what is said of a name behind it."""
_ANY_ONE: Final = one_of("an? une? any no each every chaque aucune? toute? quelque some")
ANY_NAME: Final = re.compile(rf"\b{_ANY_ONE}\s{_NAMES}\s*$")
"""“A handle …”: what follows is a verb, not its name."""
SHORT_FORMS: Final = frozenset({"tg", "ig", "tt", "fb", "yt", "snap", "insta", "wa"})
"""Nobody writes these before a common noun."""
