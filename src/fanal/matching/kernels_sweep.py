"""Looking at every hash: for those that wait to be laid into a ring, and for radii that a ring cannot answer."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import popcount
from fanal.matching.kernels_lay import KEYS, WORDS

if TYPE_CHECKING:
    from fanal.matching.compiling import U16, U32, U64, Whole

STRETCH = 1024  # hashes compared with one query after the other while they are near


@compiled
def sweep(columns: U64, many: Whole, queries: U64, radius: Whole, found: U32, first: Whole, total: Whole) -> Whole:
    """Compare each query with `many` hashes that stand in four columns of words; write those within the radius.

    Rows are numbered from `first`. What does not fit is counted and not written; the new total is given.
    """
    apart = np.empty(STRETCH, np.uint16)
    for low in range(0, many, STRETCH):
        span = min(STRETCH, many - low)
        one, two = columns[0, low : low + span], columns[1, low : low + span]
        three, four = columns[2, low : low + span], columns[3, low : low + span]
        for q in range(queries.shape[0]):
            a, b, c, d = queries[q, 0], queries[q, 1], queries[q, 2], queries[q, 3]
            nearest = np.uint16(256)
            for row in range(span):
                bits = np.uint16(
                    popcount(one[row] ^ a) + popcount(two[row] ^ b) + popcount(three[row] ^ c) + popcount(four[row] ^ d)
                )
                apart[row] = bits
                nearest = min(nearest, bits)
            if nearest > radius:
                continue
            for row in range(span):
                if apart[row] <= radius:
                    if total < found.shape[0]:
                        found[total, 0], found[total, 1], found[total, 2] = q, first + low + row, apart[row]
                    total += 1
    return total


@compiled
def stand_up(low: Whole, high: Whole, offsets: U32, sketches: U16, rows: U32, out: U32) -> None:
    """Write the whole hashes of the rows from `low` up to `high`, eight 32-bit words each, from where their bands are.

    Band 0 is the bucket that a row stands in, band 1 is the first sketch, the others are the row.
    """
    bucket = 0
    for row in range(low, high):
        while bucket < KEYS - 1 and np.int64(offsets[0, bucket + 1]) <= row:
            bucket += 1
        out[row - low, 0] = np.uint32(bucket) | np.uint32(sketches[row]) << np.uint32(16)
        for word in range(WORDS):
            out[row - low, word + 1] = rows[row * WORDS + word]
