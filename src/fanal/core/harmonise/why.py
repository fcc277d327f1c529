"""The sentences of this stage: what was recognised, what was left out, and why a person must read it."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platforms import PLATFORMS
from fanal.core.reasons import Reason, reason
from fanal.core.report import TargetKind

ADDRESS: Final = reason(
    "harmonise.address",
    en="It is a web address.",
    fr="C’est une adresse web.",
)
DOMAIN: Final = reason(
    "harmonise.domain",
    en="It is the name of a host, without a path.",
    fr="C’est le nom d’un hôte, sans chemin.",
)
SCHEME_ASSUMED: Final = reason(
    "harmonise.scheme-assumed",
    en="No http or https was typed; https is assumed.",
    fr="Ni http ni https n’a été saisi ; https est supposé.",
)
WITHIN_TEXT: Final = reason(
    "harmonise.within-text",
    en="The address stood within a text; the words around it are kept as typed.",
    fr="L’adresse figurait dans un texte ; les mots autour sont conservés tels quels.",
)
UNTIL_SPACE: Final = reason(
    "harmonise.until-space",
    en="The address was read up to the first space; what follows is kept as typed.",
    fr="L’adresse a été lue jusqu’à la première espace ; la suite est conservée telle quelle.",
)
SHORT_LINK: Final = reason(
    "harmonise.short-link",
    en="It is a short link: where it leads is not known, and it was not followed.",
    fr="C’est un lien court : on ne sait pas où il mène, et il n’a pas été suivi.",
)
IMITATES: Final = reason(
    "harmonise.imitates",
    en="The host carries the name of a platform in front, but it is not that platform.",
    fr="L’hôte porte devant lui le nom d’une plateforme, mais n’est pas cette plateforme.",
)
PLATFORM_DIFFERS: Final = reason(
    "harmonise.platform-differs",
    en="The reporter named a platform, but the address stands elsewhere: the address counts.",
    fr="La personne a nommé une plateforme, mais l’adresse est ailleurs : c’est l’adresse qui compte.",
)
PLATFORM_UNKNOWN: Final = reason(
    "harmonise.platform-unknown",
    en="The platform named is not one that the rules know; it is kept as typed.",
    fr="La plateforme nommée n’est pas connue des règles ; elle est conservée telle quelle.",
)
BARE_NAME: Final = reason(
    "harmonise.bare-name",
    en="It was typed without @; it is read as a name because a platform was named.",
    fr="Saisi sans @ ; c’est lu comme un nom parce qu’une plateforme a été nommée.",
)
FEDIVERSE: Final = reason(
    "harmonise.fediverse",
    en="It has the shape of an account of Mastodon or another server of the fediverse.",
    fr="Cela a la forme d’un compte Mastodon ou d’un autre serveur du fédivers.",
)

EMPTY: Final = reason(
    "unread.empty",
    en="Nothing visible was typed.",
    fr="Rien de visible n’a été saisi.",
)
TOO_LONG: Final = reason(
    "unread.too-long",
    en="It is too long to be read by rule: a person must read it.",
    fr="C’est trop long pour être lu par une règle : une personne doit le lire.",
)
BROKEN_ADDRESS: Final = reason(
    "unread.broken-address",
    en="It begins like a web address, but it is not one: a part of it is missing or not permitted.",
    fr="Cela commence comme une adresse web, mais n’en est pas une : une partie manque ou n’est pas permise.",
)
OTHER_SCHEME: Final = reason(
    "unread.other-scheme",
    en="It is an address for something other than the web; no rule reads this kind.",
    fr="C’est une adresse pour autre chose que le web ; aucune règle ne lit ce genre.",
)
EMAIL: Final = reason(
    "unread.email",
    en="It is an e-mail address; no rule reads this kind.",
    fr="C’est une adresse électronique ; aucune règle ne lit ce genre.",
)
NO_PLATFORM: Final = reason(
    "unread.no-platform",
    en="It is a name, but on which platform is not said, or the platform is not known to the rules.",
    fr="C’est un nom, mais la plateforme n’est pas dite, ou n’est pas connue des règles.",
)
SEVERAL: Final = reason(
    "unread.several",
    en="Several addresses stand in one entry: a person must take them apart.",
    fr="Plusieurs adresses figurent dans une seule entrée : une personne doit les séparer.",
)
SPELT_OUT: Final = reason(
    "unread.spelt-out",
    en="It may be an address spelt out in words (dot, slash); it is not guessed at.",
    fr="C’est peut-être une adresse épelée avec des mots (point, slash) ; elle n’est pas devinée.",
)
PLAIN_TEXT: Final = reason(
    "unread.plain-text",
    en="It is plain text: neither an address, nor a domain, nor a name with its platform.",
    fr="C’est du texte : ni une adresse, ni un domaine, ni un nom avec sa plateforme.",
)

_KIND: Final = {
    TargetKind.ACCOUNT: ("an account", "un compte"),
    TargetKind.POST: ("a publication", "une publication"),
    TargetKind.URL: ("an invitation", "une invitation"),
}
_LABELS: Final = tuple(dict.fromkeys(platform.label for platform in PLATFORMS))
AT_PLATFORM: Final = {
    (kind, label): reason(
        "harmonise.at-platform",
        en=f"The address is that of {en} on {label}; every other address of it gives the same target.",
        fr=f"L’adresse est celle d’{fr} sur {label} ; toute autre adresse de cet élément donne la même cible.",
    )
    for kind, (en, fr) in _KIND.items()
    for label in _LABELS
}
BY_NAME: Final = {
    label: reason(
        "harmonise.by-name",
        en=f"It is the name of an account on {label}. Names can pass to somebody else: the date counts.",
        fr=f"C’est le nom d’un compte sur {label}. Un nom peut passer à quelqu’un d’autre : la date compte.",
    )
    for label in _LABELS
}


def name_shape(label: str) -> Reason:
    """Say that names on the platform of that label never look like this."""
    return reason(
        "unread.name-shape",
        en=f"Names on {label} do not look like this: a person must read it.",
        fr=f"Les noms sur {label} n’ont pas cette forme : une personne doit le lire.",
    )
