"""What an analyst reads of each clue: plain words that presume nothing, and never the value itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.crosscheck.trace import Kind
from fanal.core.reasons import Reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fanal.core.crosscheck.clues import Met

SAME_TARGET: Final = Text(
    en="The same target was reported on both sides.",
    fr="La même cible a été signalée des deux côtés.",
)
SAME_ACCOUNT: Final = Text(
    en="It is the same account by its stable id, whatever its name is now.",
    fr="C’est le même compte d’après son identifiant stable, quel que soit son nom actuel.",
)
SAME_NAME: Final = Text(
    en="It is the same account, or a publication of it, by its name; it was seen under that name here on {date}.",
    fr="C’est le même compte, ou une de ses publications, d’après son nom ; il a été vu ici sous ce nom le {date}.",
)
OLD_NAME: Final = Text(
    en="An account of the same name was seen here, but last on {date}, over a year apart: "
    "the name may be somebody else’s by now.",
    fr="Un compte du même nom a été vu ici, mais le {date} pour la dernière fois, à plus d’un an d’écart : "
    "ce nom est peut-être aujourd’hui celui de quelqu’un d’autre.",
)
OTHER_ACCOUNT: Final = Text(
    en="The name is the same, but the stable ids differ: these are two accounts. It does not count.",
    fr="Le nom est le même, mais les identifiants stables diffèrent : ce sont deux comptes. Cela ne compte pas.",
)
OF_ACCOUNT: Final = Text(
    en="Both belong to one account by its stable id: the account and a publication of it, or two of its publications.",
    fr="Les deux relèvent d’un même compte d’après son identifiant stable : le compte et une de ses publications, "
    "ou deux de ses publications.",
)
SAME_ADDRESS: Final = Text(
    en="The addresses differ only in what seldom matters: http or https, www., a final slash.",
    fr="Les adresses ne diffèrent que par ce qui compte rarement : http ou https, www., une barre finale.",
)
PAGE_OF_SITE: Final = Text(
    en="One side is a page of the site that the other side reports.",
    fr="D’un côté, une page du site que l’autre côté signale.",
)
SAME_SITE: Final = Text(
    en="Both are pages of one site; the site itself was not reported.",
    fr="Les deux sont des pages d’un même site ; le site lui-même n’a pas été signalé.",
)
PAGE_OF_ONION: Final = Text(
    en="One side is a page of the onion service that the other side reports.",
    fr="D’un côté, une page du service onion que l’autre côté signale.",
)
SAME_ONION: Final = Text(
    en="Both lead to the same onion service.",
    fr="Les deux mènent au même service onion.",
)
SAME_MEDIA: Final = Text(
    en="Both carry the fingerprint of the same picture or video.",
    fr="Les deux portent l’empreinte de la même image ou vidéo.",
)
SAME_WALLET: Final = Text(
    en="The same wallet is named on both sides.",
    fr="Le même portefeuille est nommé des deux côtés.",
)
SAME_CONTACT: Final = Text(
    en="The same contact is named on both sides: an e-mail address, a telephone number or an invitation.",
    fr="Le même contact est nommé des deux côtés : une adresse électronique, un numéro de téléphone ou une invitation.",
)
NAMED_IN_WORDS: Final = Text(
    en="The words of one side name what the other side reports; why they name it is for a person to read.",
    fr="Le texte d’un côté nomme ce que l’autre côté signale ; à quel titre, c’est à une personne de le lire.",
)
NAMED_BY_BOTH: Final = Text(
    en="The words of both sides name the same address or account.",
    fr="Les textes des deux côtés nomment la même adresse ou le même compte.",
)
SAME_WORDS: Final = Text(
    en="Both were told in almost the same words.",
    fr="Les deux ont été racontés presque dans les mêmes mots.",
)
LIKE_WORDS: Final = Text(
    en="Both were told partly in the same words.",
    fr="Les deux ont été racontés en partie dans les mêmes mots.",
)
SAME_TEMPLATE: Final = Text(
    en="The addresses are built alike, though they stand on different hosts or pages.",
    fr="Les adresses sont construites de la même façon, sur des hôtes ou des pages différents.",
)
SAME_BURST: Final = Text(
    en="Both were made on the same platform within the same ten minutes.",
    fr="Les deux ont été créés sur la même plateforme en moins de dix minutes.",
)

_SHORT: Final = {
    "same-target": Text(en="same target", fr="même cible"),
    "same-account": Text(en="same account", fr="même compte"),
    "same-name": Text(en="same name", fr="même nom"),
    "of-account": Text(en="its account", fr="son compte"),
    "same-address": Text(en="same address", fr="même adresse"),
    "page-of-site": Text(en="page of it", fr="page du site"),
    "page-of-onion": Text(en="page of it", fr="page du site"),
    "same-media": Text(en="same media", fr="même média"),
    "old-name": Text(en="old name", fr="ancien nom"),
    "same-site": Text(en="same site", fr="même site"),
    "same-onion": Text(en="same onion", fr="même onion"),
    "same-wallet": Text(en="same wallet", fr="portefeuille"),
    "same-contact": Text(en="same contact", fr="même contact"),
    "named-in-words": Text(en="named", fr="nommé"),
    "same-words": Text(en="same words", fr="mêmes mots"),
    "like-words": Text(en="like words", fr="mots proches"),
    "named-by-both": Text(en="both name it", fr="nommé ×2"),
    "same-template": Text(en="same shape", fr="même forme"),
    "same-burst": Text(en="same moment", fr="même moment"),
    "other-account": Text(en="other id", fr="autre id"),
}
_OTHER: Final = Text(en="linked", fr="lié")

_WHAT: Final = {
    Kind.TARGET: Text(en="the target", fr="la cible"),
    Kind.LOOSE: Text(en="the address", fr="l’adresse"),
    Kind.ACCOUNT_ID: Text(en="the account", fr="le compte"),
    Kind.ACCOUNT_NAME: Text(en="the name of the account", fr="le nom du compte"),
    Kind.SITE: Text(en="the site", fr="le site"),
    Kind.TEMPLATE: Text(en="the shape of the address", fr="la forme de l’adresse"),
    Kind.BIRTH: Text(en="the moment of its making", fr="le moment de sa création"),
    Kind.TEXT: Text(en="the wording", fr="la formulation"),
    Kind.CONTACT: Text(en="the contact", fr="le contact"),
    Kind.WALLET: Text(en="the wallet", fr="le portefeuille"),
    Kind.ONION: Text(en="the onion service", fr="le service onion"),
    Kind.MEDIA: Text(en="the picture or video", fr="l’image ou la vidéo"),
}


def say(name: str, sentence: Text, met: Sequence[Met], *, weight: int) -> Reason:
    """Give the reason of one clue; the date is the last on which the other side saw what both share."""
    last = max(one.theirs.last_at for one in met)
    return Reason(
        f"clue.{name}",
        Text(
            en=sentence.en.format(date=f"{last:%Y-%m-%d}"),
            fr=sentence.fr.format(date=f"{last:%d/%m/%Y}"),
        ),
        weight,
    )


def word(code: str) -> Text:
    """Give the one or two words that stand on a line of the drawing for the reason of that code."""
    return _SHORT.get(code.removeprefix("clue."), _OTHER)


def over_common(kind: Kind) -> Reason:
    """Say that a value of this kind stands in so many cases that it ties none together."""
    what = _WHAT[kind]
    return Reason(
        f"clue.over-common.{kind.name.lower().replace('_', '-')}",
        Text(
            en=f"{what.en.capitalize()} stands in very many cases: by itself it does not count.",
            fr=f"{what.fr.capitalize()} figure dans un très grand nombre de dossiers : à lui seul, cet élément ne "
            "compte pas.",
        ),
    )


def left(kinds: Collection[Kind], *, words: bool) -> tuple[Reason, ...]:
    """Say by what later reports find a target again, or its report by its `words`; nothing for no kinds."""
    if not kinds:
        return ()
    named = [_WHAT[kind] for kind in sorted(kinds)]
    en, fr = ", ".join(one.en for one in named), ", ".join(one.fr for one in named)
    return (
        Reason(
            "clue.left-by-words" if words else "clue.left",
            Text(
                en=f"Later reports are compared by what its words name or tell: {en}.",
                fr=f"Les prochains signalements sont comparés à ce que son texte nomme ou raconte : {fr}.",
            )
            if words
            else Text(
                en=f"Later reports are compared with it by: {en}.",
                fr=f"Les prochains signalements y sont comparés par : {fr}.",
            ),
        ),
    )
