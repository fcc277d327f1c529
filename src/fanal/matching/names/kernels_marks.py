"""The table of marks: hashes finished many at a time, most of them thrown out by three bits, the rest looked up."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import prefetch, word_at
from fanal.matching.names.kernels_join import BATCH, GRID, ONE, ONE_ROW, ROWS, SIDE, joined, oddly, passed, placed
from fanal.matching.names.kernels_siphash import mixed, taken

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U64, Whole

_NONE = np.uint64(0)
_WHERE = np.uint64(40)  # the sieve goes by other bits of a mark than the table
HITS = BATCH + SIDE * ONE  # of one round: of the beginnings side by side, each may be odd


@compiled
def bits_of(mark: Whole) -> Whole:
    """Give the three bits of a mark in its word of the sieve."""
    low = np.uint64(63)
    one, two, three = (mark >> np.uint64(22)) & low, (mark >> np.uint64(28)) & low, (mark >> np.uint64(34)) & low
    return (np.uint64(1) << one) | (np.uint64(1) << two) | (np.uint64(1) << three)


@compiled
def put(slots: U64, sieve: U64, marks: U64) -> int:
    """Put marks into a table that has room for them; give how many are new. A mark of 0 names nothing."""
    last, span = np.uint64(slots.size - 1), np.uint64(sieve.size - 1)
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
            sieve[(mark >> _WHERE) & span] |= bits_of(mark)
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
def sieved(sieve: U64, marks: U64, ends: I64, made: int, through: U8) -> int:
    """Keep those of a batch whose bits are set in the sieve, in front; give how many.

    All are tried first, without a choice between ways, and then looked through eight at a time: few are left.
    """
    span = np.uint64(sieve.size - 1)
    for each in range(made):
        prefetch(sieve, np.int64((marks[each] >> _WHERE) & span))
    for each in range(made):
        bits = bits_of(marks[each])
        through[each] = (sieve[(marks[each] >> _WHERE) & span] & bits) == bits
    through[made : made + 8] = 0
    first, last = ends[1], ends[2]
    left = 0
    for low in range(0, made, 8):
        if word_at(through, low):
            for each in range(low, low + 8):
                if through[each]:
                    marks[left], first[left], last[left] = marks[each], first[each], last[each]
                    left += 1
    return left


@compiled
def looked_up(slots: U64, marks: U64, ends: I64, made: int) -> int:
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
    key: U64, slots: U64, sieve: U64, first: int, until: int,
    state: I64, spans: I64, places: I64, about: I64, signs: U8,
    rows: U64, states: U64, lasts: U64, ends: I64, odd: I64, through: U8, hits: I64, marks: U64,
) -> tuple[int, int]:  # fmt: skip
    """Look up all that begins at a token from `first` to before `until`, batch by batch.

    `hits` has two columns, where each begins and ends in the text, and `marks` its mark. It gives the first token that
    is not done, and how many hits there are: it stops where another round may find no room.
    """
    found, done, odds, side = 0, 0, 0, first
    while done < odds or (first < until and found + HITS <= marks.size):
        made, row = 0, GRID
        if done == odds:
            side = first
            first, made, odds = joined(side, until, state, places, about, signs, lasts, ends, odd)
            passed(key, side, first, places, signs, rows, states[0])
            done = 0
        while done < odds and made + ONE <= BATCH and row + ONE_ROW <= ROWS:
            token, reached = odd[2 * done], odd[2 * done + 1]
            made, row = oddly(
                token, reached, token - side, state, places, about, signs, rows, lasts, ends, made, row
            )  # fmt: skip
            done += 1
        finished(rows, states, lasts, ends, made)
        made = looked_up(slots, lasts, ends, sieved(sieve, lasts, ends, made, through))
        placed(made, state, spans, about, ends)
        hits[0, found : found + made] = ends[1, :made]
        hits[1, found : found + made] = ends[2, :made]
        marks[found : found + made] = lasts[:made]
        found += made
    return first, found
