"""The sentences that the guard says of what it found: what it is, how it was written, how sure, where, whether live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Place
from fanal.core.guard.review import Role, Standing
from fanal.core.reasons import Reason, reason
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from fanal.core.guard.review import Known

_NAMED: Final = {
    TargetKind.ACCOUNT: ("a reported account", "un compte signalé"),
    TargetKind.POST: ("a reported post", "une publication signalée"),
    TargetKind.GROUP: ("a reported group or channel", "un groupe ou un canal signalé"),
    TargetKind.INVITE: ("an invitation to a reported group", "une invitation à un groupe signalé"),
    TargetKind.URL: ("a reported address", "une adresse signalée"),
    TargetKind.DOMAIN: ("a reported site", "un site signalé"),
    TargetKind.EMAIL: ("a reported e-mail address", "une adresse électronique signalée"),
    TargetKind.PHONE: ("a reported telephone number", "un numéro de téléphone signalé"),
    TargetKind.WALLET: ("a reported wallet address", "une adresse de portefeuille signalée"),
    TargetKind.MAGNET: ("a reported magnet link", "un lien magnet signalé"),
    TargetKind.HASH: ("the fingerprint of a reported file", "l’empreinte d’un fichier signalé"),
}
_WHAT: Final = {
    kind: reason(
        f"guard.names-{kind.value}",
        en=f"It names {en}: whoever reads it can go there.",
        fr=f"Ce passage désigne {fr} : qui le lit peut s’y rendre.",
    )
    for kind, (en, fr) in _NAMED.items()
}
_SITE: Final = reason(
    "guard.names-site",
    en="It names the site of a reported page: whoever reads it can go there.",
    fr="Ce passage désigne le site d’une page signalée : qui le lit peut s’y rendre.",
)
_OWNER: Final = reason(
    "guard.names-owner",
    en="It names the account of a reported post: whoever reads it can go there.",
    fr="Ce passage désigne le compte d’une publication signalée : qui le lit peut s’y rendre.",
)
_STANDING: Final = {
    Standing.REPORTED: reason(
        "guard.live-reported",
        en="It is being examined, and is taken to be still there.",
        fr="Il est en cours d’examen, et réputé encore en ligne.",
    ),
    Standing.ILLEGAL: reason(
        "guard.live-illegal",
        en="An offence was found apparent, and it is taken to be still there.",
        fr="Une infraction a paru constituée, et il est réputé encore en ligne.",
    ),
    Standing.GONE: reason(
        "guard.gone",
        en="It is said to have been removed; it may come back, and naming it makes it known.",
        fr="Il a été dit retiré ; il peut revenir, et le nommer le fait connaître.",
    ),
    Standing.CLEARED: reason(
        "guard.cleared-name",
        en="No offence was found: naming it would repeat the accusation.",
        fr="Aucune infraction n’a été retenue : le nommer répéterait l’accusation.",
    ),
}
_WHERE: Final = {
    Place.LINK: reason(
        "guard.in-link", en="It stands where a link leads.", fr="Il se trouve dans la destination d’un lien."
    ),
    Place.PICTURE: reason(
        "guard.in-picture",
        en="It stands in the words that go with a picture.",
        fr="Il se trouve dans les mots qui accompagnent une image.",
    ),
    Place.ABOUT: reason(
        "guard.in-about",
        en="It stands in the title or the properties, which travel with the text.",
        fr="Il se trouve dans le titre ou les propriétés, qui voyagent avec le texte.",
    ),
    Place.HIDDEN: reason(
        "guard.in-hidden",
        en="It stands where the page does not show it; it is published all the same.",
        fr="Il se trouve là où la page ne le montre pas ; il est publié quand même.",
    ),
}

AT: Final = reason("guard.at", en="An @ stands before it.", fr="Un @ le précède.")
IN_ADDRESS: Final = reason(
    "guard.in-address",
    en="It stands in an address of its platform.",
    fr="Il se trouve dans une adresse de sa plateforme.",
)
WITH_PLATFORM: Final = reason(
    "guard.with-platform", en="Its platform is named beside it.", fr="Sa plateforme est nommée à côté."
)
CALLED_ACCOUNT: Final = reason(
    "guard.called-account",
    en="The words beside it say that it is an account.",
    fr="Les mots d’à côté disent qu’il s’agit d’un compte.",
)
NAMED_SO: Final = reason(
    "guard.named-so",
    en="It is an everyday word, but the words beside it make a name of it.",
    fr="C’est un mot courant, mais les mots d’à côté en font un nom.",
)
NO_WORD: Final = reason(
    "guard.no-word",
    en="It is no everyday word, and is written like that name.",
    fr="Ce n’est pas un mot courant, et il s’écrit comme ce nom.",
)
LISTED: Final = reason(
    "guard.listed", en="It stands in a list of accounts.", fr="Il se trouve dans une liste de comptes."
)
ELSEWHERE: Final = reason(
    "guard.elsewhere",
    en="An account of this name is reported on another platform; this one may be somebody else’s.",
    fr="Un compte de ce nom est signalé sur une autre plateforme ; celui-ci est peut-être à quelqu’un d’autre.",
)
MAYBE_A_WORD: Final = reason(
    "guard.maybe-a-word",
    en="It is an everyday word that is also the name of something reported: does it mean that here?",
    fr="C’est un mot courant qui est aussi le nom de quelque chose de signalé : est-ce le sens ici ?",
)
MAYBE_A_NUMBER: Final = reason(
    "guard.maybe-a-number",
    en="This number is also that of something reported: does it mean that here?",
    fr="Ce nombre est aussi celui de quelque chose de signalé\u202f: est-ce le sens ici\u202f?",
)
HIDDEN: Final = reason(
    "guard.disguised-signs",
    en="It is disguised by invisible, stylised or foreign letters.",
    fr="Il est maquillé par des lettres invisibles, stylisées ou étrangères.",
)
SPELT: Final = reason("guard.disguised-spelt", en="It is spelt letter by letter.", fr="Il est épelé lettre par lettre.")
OVER_LINES: Final = reason("guard.disguised-lines", en="It is split over lines.", fr="Il est coupé entre deux lignes.")
SPACED: Final = reason("guard.disguised-spaced", en="It is split by spaces.", fr="Il est coupé par des espaces.")
DEFANGED: Final = reason(
    "guard.disguised-defanged",
    en="It is disguised by brackets or signs that anybody takes out.",
    fr="Il est maquillé par des crochets ou des signes que chacun saura ôter.",
)
LIKELY: Final = reason(
    "guard.likely",
    en="It is likely, not certain: it may also be something else of the same name.",
    fr="C’est probable, sans être certain : il peut aussi s’agir d’autre chose du même nom.",
)
MORE: Final = reason(
    "guard.more",
    en="Several reported things stand in this passage.",
    fr="Ce passage désigne plusieurs éléments signalés.",
)


def what(known: Known) -> Reason:
    """Say what the passage names."""
    if known.role is Role.SITE and known.kind is TargetKind.URL:
        return _SITE
    if known.role is Role.HANDLE and known.kind is TargetKind.POST:
        return _OWNER
    return _WHAT[known.kind]


def standing(standing: Standing) -> Reason:
    """Say whether it is still there."""
    return _STANDING[standing]


def where(place: Place) -> tuple[Reason, ...]:
    """Say where in the draft it stands, beside its text."""
    return (_WHERE[place],) if place in _WHERE else ()
