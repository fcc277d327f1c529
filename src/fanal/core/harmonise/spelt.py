"""Addresses that somebody spelt: with words for their signs (“example dot com”), or letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import hosts
from fanal.core.harmonise.links import found_on_the_way, host_first
from fanal.core.harmonise.platform import words
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from fanal.core.report import Target

WORDS: Final = reason(
    "harmonise.spelt-out",
    en="It was spelt with words for its signs (as in “dot” or “slash”); it was read as what it seems to say.",
    fr="C’était épelé avec des mots pour les signes (comme « point » ou « slash ») ; c’est lu comme cela semble dit.",
)
LETTERS: Final = reason(
    "harmonise.spaced-out",
    en="It was written with a space after every letter; the spaces were left out.",
    fr="C’était écrit avec une espace après chaque lettre ; les espaces n’ont pas été retenues.",
)
CONFIDENCE: Final = 0.6

_LONGEST: Final = 2_000
_SPACED: Final = re.compile(r"(?:\S ){7,}\S")
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOT: Final = r"(?:\s+(?:dot|point|punkt|punto|ponto)\s+|\.)"
_AT: Final = r"\s+(?:at|arobase|arobas|chez)\s+"
_WHOLE: Final = re.compile(
    rf"(?P<scheme>(?:https?|hxxps?)\s*(?::|colon|deux[ -]points?)\s*(?://|slash\s+slash)\s*)?"
    rf"(?P<local>[\w.+-]{{1,64}}(?:{_DOT}[\w+-]{{1,64}}){{0,3}}{_AT})?"
    rf"(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})"
    r"(?P<path>(?:(?:\s+(?:slash|barre)\s+|/)[\w.~%@=&?+-]*){0,20})",
    re.IGNORECASE,
)
_DOTS: Final = re.compile(_DOT, re.IGNORECASE)
_SLASH: Final = re.compile(r"\s+(?:slash|barre)\s+", re.IGNORECASE)
# Within a text: a name, then words for dots, the last before an ending that people say aloud.
_ENDINGS: Final = "com net org info biz fr be ch eu uk ru io me tv gg app xyz onion example test invalid"
_WITHIN: Final = re.compile(
    rf"(?<![\w@.-])[\w-]{{1,63}}(?:[ ](?:dot|point|punkt|punto)[ ][\w-]{{1,63}}){{0,4}}"
    rf"[ ](?:dot|point|punkt|punto)[ ](?:{'|'.join(_ENDINGS.split())})(?![\w-])",
    re.IGNORECASE,
)
# What stands before “dot com” in a sentence and is no name of a host.
_SENTENCE: Final = words(
    "a an the this that these those and or of in on to for is was my your his her its le la les un une des ce cet cette"
    " au aux du de ce et ou à sur en mon ma ton ta son sa leur d l qu"
)


def read(text: str) -> str:
    """Give the address that the whole of `text` spells; "" where it spells none. Names must exist under its ending."""
    if " " not in text or len(text) > _LONGEST:
        return ""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return ""
    host = _DOTS.sub(".", found.group("host"))
    if not hosts.names_a_host(host):
        return ""
    local = _DOTS.sub(".", found.group("local") or "")
    if local:
        return f"{local.split()[0]}@{host}"
    scheme = found.group("scheme") or ""
    secure = "s" if "s" in scheme.partition("p")[2][:1].lower() else ""
    return (f"http{secure}://" if scheme else "") + host + _SLASH.sub("/", found.group("path"))


def letters(text: str) -> str:
    """Give `text` without its spaces where one stands after every letter of it; "" where it is not written so."""
    return text.replace(" ", "") if len(text) <= _LONGEST and _SPACED.fullmatch(text) else ""


def within(text: str) -> list[tuple[int, int, Target]]:
    """Find the hosts that are spelt within a text: where, and what they name."""
    low = text.lower()
    if not any(f" {word} " in low for word in ("dot", "point", "punkt", "punto")):
        return []
    found = []
    for one in _WITHIN.finditer(text):
        host = _DOTS.sub(".", one.group())
        target = None if host.partition(".")[0].lower() in _SENTENCE else host_first(host, None, (WORDS,))
        if target:
            found.append((one.start(), one.end(), found_on_the_way(target, (), CONFIDENCE)))
    return found
