"""What a person should weigh though nothing known is named: the rules of doubt tried on a text, and its codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard import doubt_rules as rules
from fanal.core.harmonise import hosts, platforms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.core.guard.doubt_rules import Rule
    from fanal.core.guard.seen import Seen
    from fanal.core.reasons import Reason
    from fanal.core.text import Text

    Weighed = tuple[int, int, Reason, Text]

_AHEAD: Final = 240
_WORD: Final = re.compile(r"[\w’'-]+$")
_NOT_HELD: Final = re.compile(r"\b(?:non|not|pas|présumée?|presumed)\s(?:\w+\s)?$")
_LONG: Final = re.compile(rb"[\x1a-\xff]")  # of the lengths of words: 26 and more
_HASH: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})(?![0-9A-Za-z])"
)
_WALLET: Final = re.compile(
    r"(?<![0-9A-Za-z/])(?:0x[0-9a-fA-F]{40}|(?:bc|ltc)1[02-9ac-hj-np-z]{25,87}|"
    r"(?=[A-Za-z]*[0-9])[13LMT][1-9A-HJ-NP-Za-km-z]{25,34}|[48][1-9A-HJ-NP-Za-km-z]{94})(?![0-9A-Za-z])"
)
_SHORTENED: Final = re.compile(r"\.[a-z]{2,4}/")
_HOST: Final = re.compile(r"(?<![\w.-])[\w.-]+\.[a-z]{2,4}$")
_PATH: Final = re.compile(r"[\w-]+")
_LONGEST_HOST: Final = 32
_SIGN: Final = re.compile(r"\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?|\s(?:dot|point)\s")
_LABELS: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_ALSO_WORDS: Final = frozenset(
    {"is", "it", "he", "to", "in", "at", "so", "no", "my", "do", "am", "as", "us", "la", "es", "et", "final"}
)
_ARTICLES: Final = frozenset(
    {"un", "une", "the", "a", "le", "la", "les", "des", "du", "any", "ce", "de", "no", "au", "d", "et"}
)


def doubts(seen: Seen) -> Iterator[Weighed]:
    """Give every passage of a text to weigh: from where to before where, why, and what to write instead."""
    low = seen.low
    places = {sign: here for sign in rules.SIGNS if (here := seen.places((sign,)))}
    for rule in rules.RULES if places else ():
        for sign in rule.signs:
            if sign in places:
                yield from _tried(rule, sign, places[sign], low)
    yield from _codes(seen)
    for found in _SHORTENED.finditer(low):
        host = _HOST.search(low, max(0, found.start() - _LONGEST_HOST), found.end() - 1)
        if host and host.group() in platforms.SHORT_LINKS:
            end = _PATH.match(low, found.end())
            yield host.start(), end.end() if end else found.end(), rules.SHORT_LINK, rules.FULL_LINK


def _tried(rule: Rule, sign: str, places: list[int], low: str) -> Iterator[Weighed]:
    last = 0
    for at in places:
        if (last and at <= last) or (sign in rule.alone and _within(low, at, at + len(sign))):
            continue
        found = rule.pattern.search(low, max(0, at - rule.back, last), min(len(low), at + _AHEAD))
        if found and found.start() - len(sign) <= at < found.end():
            yield from _kept(rule, low, found)
            last = found.end()


def _within(low: str, start: int, end: int) -> bool:
    """Say whether what stands there is a part of a longer word."""
    return any(map(str.isalnum, low[max(0, start - 1) : start] + low[end : end + 1]))


def _kept(rule: Rule, low: str, found: re.Match[str]) -> Iterator[Weighed]:
    start, end = found.span()
    if rule.why is rules.DISGUISED and not _disguises(found.group()):
        return
    if rule.why is rules.PREJUDGES:
        word = _WORD.search(low, start, end)
        start = word.start() if word else start
        if _NOT_HELD.search(low[max(0, start - _LONGEST_HOST) : start]):
            return
    yield start, end, rule.why, rule.wording


def _disguises(passage: str) -> bool:
    """Say whether a passage hides an address: behind the sign for a dot a name must end as names do."""
    found = _SIGN.search(passage)
    if found is None:
        return True
    before = re.split(r"\W+", passage[: found.start()])[-1]
    label = _LABELS.match(_SIGN.sub(".", passage[found.end() :]))
    if not before or before in _ARTICLES or label is None:
        return False
    spaced = passage[found.end() - 1].isspace() and label.group() in _ALSO_WORDS
    return not spaced and hosts.ends_well(f"a.{label.group()}")


def _codes(seen: Seen) -> Iterator[Weighed]:
    """Find fingerprints and wallets among the longest words."""
    at = 0
    for one in _LONG.finditer(seen.sizes):
        word = seen.words[one.start()]
        at = seen.low.find(word, at)
        for pattern, why in ((_HASH, rules.FINGERPRINT), (_WALLET, rules.WALLET)):
            for found in pattern.finditer(seen.text, at, at + len(word)):
                yield found.start(), found.end(), why, rules.SAY_NOTHING
        at += len(word)
