"""What several sources say of the country of a host, as people may read it: a hint with its dates, never a ground.

`route/plan.py` does not read this: where a case goes is decided by the law's file and the operator's directory.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from fanal.core import countries
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class Source(StrEnum):
    """Who says something of a host."""

    HOST = "host"  # its own text
    RESOLVER = "resolver"  # the operator's
    CDN = "cdn"  # the table of content delivery networks
    IPTOCC = "iptocc"
    TOR = "tor-geoipdb"
    MMDB = "mmdb"


class Said(StrEnum):
    """What a source says."""

    COUNTRY = "country"
    UNKNOWN = "unknown"
    CDN = "cdn"
    PRIVATE = "private"
    RESERVED = "reserved"
    ONION = "onion"
    ADDRESS = "address"  # the name led to one
    NO_ADDRESS = "no-address"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True)
class Hint:
    """One source's word: `country` where it names one, `cdn` where a network answers in the host's place.

    `dated` is how old the source is (None where it bears no date), `asked` the day it was asked. No address is in it.
    """

    source: Source
    said: Said
    country: str = ""
    cdn: str = ""
    dated: date | None = None
    asked: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person reads: one line, the reason that it rests on, and notes on how much it is worth."""

    line: Text
    why: Reason
    notes: tuple[Reason, ...] = ()


def shown(hints: Iterable[Hint]) -> Shown | None:
    """Put together what the sources say; None where none was asked. The order of the hints changes nothing.

    A network that stands before the host is said instead of any country. Several countries are all said, the one with
    most sources first; agreement, disagreement and a single voice are told apart. Never raises.
    """
    every = sorted(set(hints), key=_order)
    if not every:
        return None
    said = {one.said for one in every}
    if Said.CDN in said:
        return Shown(_behind([one for one in every if one.said is Said.CDN]), BEHIND, (*_looked_up(every), ALONE))
    voices = [one for one in every if one.said is Said.COUNTRY and countries.name(one.country)]
    if voices:
        whole = _agreement(voices)
        also = (ALSO_PRIVATE,) if said & {Said.PRIVATE, Said.RESERVED} else ()
        return Shown(_line(voices, whole), whole, (*_on_sources(voices), *also, *_looked_up(every), ALONE))
    for one in (Said.PRIVATE, Said.RESERVED, Said.ONION):
        if one in said:
            return Shown(_host(_BY_TEXT[one].text), _BY_TEXT[one], _looked_up(every))
    if said & {Said.NO_ADDRESS, Said.NO_ANSWER}:
        last = NO_ADDRESS if Said.NO_ADDRESS in said else NO_ANSWER
        return Shown(_host(last.text), last, _looked_up(every))
    asked = [one for one in every if one.said in (Said.UNKNOWN, Said.COUNTRY)]
    line = Text(en=f"{NOBODY.text.en}{_by(asked, 'en')}", fr=f"{NOBODY.text.fr}{_by(asked, 'fr')}")
    return Shown(_host(line), NOBODY, _looked_up(every))


def _order(one: Hint) -> tuple[int | str, ...]:
    return (_RANK[one.source], one.country, one.said, one.cdn, str(one.dated), str(one.asked))


def _line(voices: Sequence[Hint], whole: Reason) -> Text:
    """Say each country once with the sources that name it."""
    by_country: dict[str, list[Hint]] = {}
    for one in voices:
        by_country.setdefault(one.country, []).append(one)
    parts = sorted(by_country.items(), key=lambda part: -len(part[1]))
    spoken = {
        language: " · ".join(f"{_country(code).speak(language)}{_by(named, language)}" for code, named in parts)
        for language in ("en", "fr")
    }
    return Text(
        en=f"Host: {spoken['en']}: {whole.text.en}",
        fr=f"Hôte\u00a0: {spoken['fr']}\u00a0: {whole.text.fr}",
    )


def _agreement(voices: Sequence[Hint]) -> Reason:
    """Say whether the sources agree: each names the same countries, and there are at least two of them."""
    by_source: dict[Source, set[str]] = {}
    for one in voices:
        by_source.setdefault(one.source, set()).add(one.country)
    named = list(by_source.values())
    if len(named) == 1:
        return ONE_VOICE if len(named[0]) == 1 else SEVERAL
    if any(one != named[0] for one in named):
        return DIFFER
    return AGREE if len(named[0]) == 1 else SEVERAL


def _behind(found: Sequence[Hint]) -> Text:
    names = ", ".join(dict.fromkeys(_cdn(one) for one in found))
    return Text(
        en=f"CDN ({names}): {BEHIND.text.en}",
        fr=f"CDN ({names})\u00a0: {BEHIND.text.fr}",
    )


def _cdn(one: Hint) -> str:
    return f"{one.cdn}, {one.dated:%Y-%m}" if one.dated else one.cdn


def _by(named: Sequence[Hint], language: str) -> str:
    """Name sources with the month of each, in brackets."""
    undated = UNDATED.speak(language)
    words = [f"{one.source.value}, {one.dated.strftime('%Y-%m') if one.dated else undated}" for one in named]
    between = "\u202f; " if language == "fr" else "; "
    return f" ({between.join(words)})" if words else ""


def _country(code: str) -> Text:
    return countries.name(code) or Text(en=code, fr=code)


def _host(text: Text) -> Text:
    return Text(en=f"Host: {text.en}", fr=f"Hôte\u00a0: {text.fr}")


def _on_sources(voices: Sequence[Hint]) -> tuple[Reason, ...]:
    return (ALLOCATED,) if any(one.source is Source.IPTOCC for one in voices) else ()


def _looked_up(every: Sequence[Hint]) -> tuple[Reason, ...]:
    """Say when a name was asked for: nobody asks a second time."""
    days = [one.asked for one in every if one.source is Source.RESOLVER and one.asked]
    if not days:
        return ()
    day = max(days).isoformat()
    return (
        reason(
            "host.asked-once",
            en=f"The name was asked for once, on {day}. This may have changed since.",
            fr=f"Le nom a été demandé une seule fois, le {day}. Cela a pu changer depuis.",
        ),
    )


_RANK: Final = {source: number for number, source in enumerate(Source)}

UNDATED: Final = Text(en="undated", fr="sans date")
AGREE: Final = reason("host.agree", en="the sources agree", fr="les sources concordent")
DIFFER: Final = reason("host.differ", en="the sources differ", fr="les sources diffèrent")
ONE_VOICE: Final = reason("host.one-voice", en="one source only", fr="une seule source")
SEVERAL: Final = reason(
    "host.several",
    en="it has addresses in several countries",
    fr="il a des adresses dans plusieurs pays",
)
NOBODY: Final = reason("host.unknown", en="no source names a country", fr="aucune source ne nomme de pays")
BEHIND: Final = reason(
    "host.behind-cdn",
    en="the country of the machine behind it is not known",
    fr="le pays de la machine derrière lui n’est pas connu",
)
ALLOCATED: Final = reason(
    "host.allocated",
    en="iptocc tells to which country the address was given out, not where the machine stands.",
    fr="iptocc dit à quel pays l’adresse a été attribuée, non où se trouve la machine.",
)
ALSO_PRIVATE: Final = reason(
    "host.also-private",
    en="Another of its addresses is not public.",
    fr="Une autre de ses adresses n’est pas publique.",
)
PRIVATE: Final = reason(
    "host.private",
    en="a private address, which means something only inside one network",
    fr="une adresse privée, qui n’a de sens qu’à l’intérieur d’un réseau",
)
RESERVED: Final = reason(
    "host.reserved",
    en="an address that is set apart: no machine stands there for the public",
    fr="une adresse mise à part\u00a0: aucune machine n’y répond au public",
)
ONION: Final = reason(
    "host.onion",
    en="an onion service, which hides where its machine stands",
    fr="un service onion, qui cache où se trouve sa machine",
)
NO_ADDRESS: Final = reason(
    "host.no-address",
    en="its name led to no address",
    fr="son nom ne menait à aucune adresse",
)
NO_ANSWER: Final = reason(
    "host.no-answer",
    en="the operator’s resolver did not answer",
    fr="le résolveur de l’exploitant n’a pas répondu",
)
ALONE: Final = reason(
    "host.hint",
    en="It is a hint. Nothing is sent anywhere because of it alone.",
    fr="C’est un indice. Rien n’est envoyé nulle part pour cette seule raison.",
)
_BY_TEXT: Final = {Said.PRIVATE: PRIVATE, Said.RESERVED: RESERVED, Said.ONION: ONION}
