"""The sentences of this stage: what was recognised, what was left out, and why a person must read it."""

from __future__ import annotations

from typing import Final

from fanal.core.reasons import reason

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

SEVERAL: Final = reason(
    "harmonise.several",
    en="Several things stand in one entry: each was read as a target of its own, and this is the first.",
    fr="Plusieurs choses figurent dans une seule entrée : chacune a été lue comme une cible, celle-ci en premier.",
)
NOT_ALL_READ: Final = reason(
    "harmonise.not-all-read",
    en="The text is too long to be read to its end by rule: a person should look at the rest.",
    fr="Le texte est trop long pour être lu jusqu’au bout par les règles : une personne devrait voir la suite.",
)
JOINED: Final = reason(
    "harmonise.joined",
    en="The address was broken over lines; its parts were joined, as a browser does.",
    fr="L’adresse était coupée en plusieurs lignes ; ses parties ont été réunies, comme le fait un navigateur.",
)
MAYBE_A_FILE: Final = reason(
    "harmonise.maybe-a-file",
    en="It may as well be the name of a file as that of a host.",
    fr="Ce peut être le nom d’un fichier aussi bien que celui d’un hôte.",
)
MAYBE_A_SEAM: Final = reason(
    "harmonise.maybe-a-seam",
    en="It may as well be the end of a sentence and the first word of the next, without the space between.",
    fr="Ce peut être aussi bien la fin d’une phrase et le premier mot de la suivante, sans l’espace entre les deux.",
)
DECODED: Final = reason(
    "harmonise.decoded",
    en="It was written in the encoding of a mail or of a page’s source; it was decoded.",
    fr="C’était écrit dans l’encodage d’un courriel ou du source d’une page ; cela a été décodé.",
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
BROKEN_MAGNET: Final = reason(
    "unread.broken-magnet",
    en="It is a magnet link without a sound fingerprint: a part of it is missing.",
    fr="C’est un lien magnet sans empreinte valable : une partie manque.",
)
NO_COUNTRY: Final = reason(
    "unread.no-country",
    en="It may be a telephone number, but of which country is not said (as in +33 …).",
    fr="C’est peut-être un numéro de téléphone, mais le pays n’est pas dit (comme +33 …).",
)
NO_PLATFORM: Final = reason(
    "unread.no-platform",
    en="It is a name, but on which platform is not said, or the platform is not known to the rules.",
    fr="C’est un nom, mais la plateforme n’est pas dite, ou n’est pas connue des règles.",
)
PLAIN_TEXT: Final = reason(
    "unread.plain-text",
    en="It is plain text: neither an address, nor a domain, nor a name with its platform.",
    fr="C’est du texte : ni une adresse, ni un domaine, ni un nom avec sa plateforme.",
)
