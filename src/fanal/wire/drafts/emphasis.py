"""Which asterisks, underscores and tildes of Markdown are marks and which are signs (CommonMark 0.31, 6.2; GFM 6.5)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Marks:
    """A run of one mark; `left` is how many of them remain signs."""

    sign: str
    start: int
    left: int
    opens: bool
    closes: bool


def marks(source: str, start: int, end: int) -> Marks:
    """Read the run of marks from `start` to before `end`: whether it may begin or end emphasis, by its neighbours."""
    before, after = source[start - 1 : start] or " ", source[end : end + 1] or " "
    to_left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    to_right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    sign = source[start]
    if sign == "_":  # not within words
        opens, closes = (
            to_left and (not to_right or _punctuation(before)),
            to_right and (not to_left or _punctuation(after)),
        )
    else:
        opens, closes = to_left, to_right
    return Marks(sign, start, end - start, opens, closes)


def settle(runs: Iterable[Marks]) -> None:
    """Pair the runs of one block: paired marks are taken from `left`. Each run is pushed and popped at most once."""
    waiting: dict[str, list[Marks]] = {}
    for run in runs:
        openers = waiting.setdefault(run.sign, [])
        while run.closes and run.left and openers:
            pair = min(run.left, openers[-1].left)
            run.left -= pair
            openers[-1].left -= pair
            if not openers[-1].left:
                openers.pop()
        if run.opens and run.left:
            openers.append(run)


def _punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"
