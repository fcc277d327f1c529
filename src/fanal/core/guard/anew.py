"""Where a rewritten text is to be looked at again: at what changed, as far as that can make a name or tell of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from fanal.core.guard.looks import PIECE, SIGN_WORDS, bare

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOLD_BEFORE: Final = 80  # what stands so far behind a name may say that it is one (lists, around)
_TOLD_AFTER: Final = 240  # and so far before it
_LETTERS: Final = 100  # more than count of any name
_STEP: Final = 160  # characters of prose that hold as many
_TIGHT: Final = 2_048  # of a long address its first letters count alone, and it is found whole


class Change(NamedTuple):
    """What was from `start` to before `end` stands from `begin` to before `stop` in the new text."""

    start: int
    end: int
    begin: int
    stop: int


def changes(old: str, new: str) -> list[Change]:
    """Give every stretch in which `new` differs from `old`, in order; between them the two are the same."""
    was, now = old.split("\n"), new.split("\n")
    if len(was) != len(now):
        return [_between(old, new, 0, 0)]
    found: list[Change] = []
    start = begin = 0
    for before, after in zip(was, now, strict=True):
        if before != after:
            found.append(_between(before, after, start, begin))
        start += len(before) + 1
        begin += len(after) + 1
    return found


def told(made: Iterable[Change], size: int) -> list[tuple[int, int]]:
    """Give the stretches of a new text of `size` characters in which a name may be judged otherwise than before."""
    return [(max(0, one.begin - _TOLD_BEFORE), min(size, one.stop + _TOLD_AFTER)) for one in made]


def windows(text: str, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what must be read of `text` to find every name that reaches into one of `stretches`, cut at white space."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        first, last = _reach(text, start, -1), _reach(text, end, 1)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _between(old: str, new: str, start: int, begin: int) -> Change:
    same = _alike(old, new)
    rest = min(len(old), len(new)) - same
    tail = _alike(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])
    return Change(start + same, start + len(old) - tail, begin + same, begin + len(new) - tail)


def _alike(one: str, other: str) -> int:
    """Count the signs with which both begin."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _reach(text: str, at: int, way: int) -> int:
    """Give a place before `at` (`way` is -1) or behind it (1), at white space, that no name joins with it."""
    far, edge, step = at, 0 if way < 0 else len(text), _STEP
    while far != edge and _letters(text[min(far, at) : max(far, at)]) < _LETTERS:
        far = max(0, min(len(text), far + way * step))
        step *= 2
    most = _TIGHT
    while far != edge and most and not text[far - 1 if way < 0 else far].isspace():
        far += way
        most -= 1
    return far


def _letters(text: str) -> int:
    """Count the letters and digits, without words for signs: these are left out of names."""
    return sum(len(word) for word in PIECE.findall(bare(text)) if word not in SIGN_WORDS)
