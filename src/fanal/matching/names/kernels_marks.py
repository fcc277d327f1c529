"""The table of marks: hashes finished many at a time, most of them thrown out by one bit each, the rest looked up."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import prefetch
from fanal.matching.names.kernels_join import BATCH, joined, placed
from fanal.matching.names.kernels_siphash import mixed, taken

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U64, Whole

_NONE = np.uint64(0)
_BITS = np.uint64(32)  # the sieve goes by other bits of a mark than the table


@compiled
def put(slots: U64, sieve: U8, marks: U64) -> int:
    """Put marks into a table that has room for them; give how many are new. A mark of 0 names nothing."""
    last, span = np.uint64(slots.size - 1), np.uint64(8 * sieve.size - 1)
    new = 0
    for mark in marks:
        if mark == _NONE:
            continue
        at = mark & last
        while slots[at] != _NONE and slots[at] != mark:
            at = (at + np.uint64(1)) & last
        if slots[at] == _NONE:
            slots[at] = mark
            new += 1
            bit = (mark >> _BITS) & span
            sieve[bit >> np.uint64(3)] |= np.uint8(1) << np.uint8(bit & np.uint64(7))
    return new


@compiled
def finished(rows: U64, states: U64, lasts: U64, ends: I64, made: int) -> None:
    """Finish the hashes of a batch: each takes in its last word, in whose place it is written.

    The states are gathered first, so that the compiler may finish several hashes with each instruction.
    """
    for column in range(4):
        come, gone, row_of = rows[column], states[column], ends[0]
        for each in range(made):
            gone[each] = come[row_of[each]]
    a, b, c, d = states[0], states[1], states[2], states[3]
    for each in range(made):
        s, t, u, v = taken((a[each], b[each], c[each], d[each]), lasts[each])
        s, t, u, v = mixed(mixed(mixed(mixed((s, t, u ^ np.uint64(0xFF), v)))))
        lasts[each] = s ^ t ^ u ^ v


@compiled
def sieved(sieve: U8, marks: U64, ends: I64, made: int) -> Whole:
    """Keep those of a batch whose bit is set in the sieve, in front; give how many."""
    span = np.uint64(8 * sieve.size - 1)
    first, last = ends[1], ends[2]
    left: Whole = 0
    for each in range(made):
        mark = marks[each]
        bit = (mark >> _BITS) & span
        marks[left], first[left], last[left] = mark, first[each], last[each]
        left += np.int64((np.uint64(sieve[bit >> np.uint64(3)]) >> (bit & np.uint64(7))) & np.uint64(1))
    return left


@compiled
def looked_up(slots: U64, marks: U64, ends: I64, made: Whole) -> int:
    """Keep those of a batch that are in the table, in front; give how many."""
    last = np.uint64(slots.size - 1)
    for each in range(made):
        prefetch(slots, np.int64(marks[each] & last))
    left = 0
    for each in range(made):
        mark = marks[each]
        at = mark & last
        while slots[at] != mark and slots[at] != _NONE:
            at = (at + np.uint64(1)) & last
        if slots[at] == mark and mark != _NONE:
            marks[left] = mark
            ends[1, left], ends[2, left] = ends[1, each], ends[2, each]
            left += 1
    return left


@compiled
def spotted(
    key: U64, slots: U64, sieve: U8, first: int, until: int,
    state: I64, spans: I64, places: I64, about: I64, signs: U8,
    rows: U64, states: U64, lasts: U64, ends: I64, hits: I64, marks: U64,
) -> tuple[int, int]:  # fmt: skip
    """Look up all that begins at a token from `first` to before `until`, batch by batch.

    `hits` has two columns, where each begins and ends in the text, and `marks` its mark. It gives the first token that
    is not done, and how many hits there are: it stops where another batch may find no room.
    """
    found = 0
    while first < until and found + BATCH <= marks.size:
        first, each = joined(key, first, until, state, places, about, signs, rows, lasts, ends)
        finished(rows, states, lasts, ends, each)
        made = looked_up(slots, lasts, ends, sieved(sieve, lasts, ends, each))
        placed(made, state, spans, about, ends)
        hits[0, found : found + made] = ends[1, :made]
        hits[1, found : found + made] = ends[2, :made]
        marks[found : found + made] = lasts[:made]
        found += made
    return first, found
