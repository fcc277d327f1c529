"""From verdicts to passages: overlapping ones become one, and an address is taken whole, from its scheme to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard.judge import Verdict, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAD: Final = 120
_TAIL: Final = 2_048
_BEFORE: Final = re.compile(r"(?:[^\s\"'’«»“”<>()\[\]{}|,;]{1,110}(?:[./=?#+&]|%40))?[@\uff20]?$")
_SCHEME: Final = re.compile(r"(?:[a-z]{3,6}\s?[\[(]?:[\])]?\s?//\s?)(?:www\s?\.\s?)?$", re.IGNORECASE)
_PATH: Final = re.compile(r"(?::[0-9]{1,5})?[/?#][^\s\"«»“”<>|]*")
_LAST: Final = ".,;:!?…)]}'’*_`"


def passages(text: str, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Give the verdicts of one text in order, no two overlapping, each with the whole of what it names."""
    found: list[Verdict] = []
    for one in sorted((_whole(text, one) for one in verdicts), key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            found[-1] = _joined(found[-1], one)
        else:
            found.append(one)
    return found


def _joined(left: Verdict, right: Verdict) -> Verdict:
    """Make one of two that overlap: the heavier says why; a doubt within a finding adds nothing, nor widens it."""
    strong, weak = (
        (left, right)
        if (left.weight, left.end - left.start) >= (right.weight, right.end - right.start)
        else (right, left)
    )
    if weak.weight is Weight.DOUBT and strong.weight > Weight.DOUBT:
        return strong
    return Verdict(min(left.start, right.start), max(left.end, right.end), strong.weight, strong.known, strong.why)


def _whole(text: str, one: Verdict) -> Verdict:
    if one.weight is Weight.DOUBT:
        return one
    start, end = one.start, one.end
    before = text[max(0, start - _LEAD) : start]
    if found := _BEFORE.search(before):
        start -= len(found.group())
    if found := _SCHEME.search(text[max(0, start - 24) : start]):
        start -= len(found.group())
    if found := _PATH.match(text, end, end + _TAIL):
        end += len(found.group().rstrip(_LAST))
    return Verdict(start, max(end, one.end), one.weight, one.known, one.why)
