"""Laying out a ring index: permute the bits, sort by the first band, fill the planes."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled

if TYPE_CHECKING:
    from fanal.matching.compiling import U8, U16, U32, U64, Whole

BANDS = 16  # of 16 bits each
KEYS = 1 << 16  # values a band can have
WORDS = 7  # 32-bit words of a row: bands 2 to 15
SPREAD_BYTES = 32


@compiled
def spread_table(order: U8) -> U64:
    """Make the table that moves bit i of a hash to bit `order[i]`, a byte at a time: (byte, its value, 64-bit word)."""
    table = np.zeros((SPREAD_BYTES, 256, 4), np.uint64)
    for place in range(SPREAD_BYTES):
        for value in range(256):
            for bit in range(8):
                if value >> bit & 1:
                    goal = np.int64(order[8 * place + bit])
                    table[place, value, goal >> 6] |= np.uint64(1) << np.uint64(goal & 63)
    return table


@compiled
def spread(hashes: U8, table: U64, out: U64) -> None:
    """Permute the bits of hashes (n × 32 bytes) into `out` (n × 4 words)."""
    for row in range(hashes.shape[0]):
        a = b = c = d = np.uint64(0)
        for place in range(SPREAD_BYTES):
            words = table[place, hashes[row, place]]
            a |= words[0]
            b |= words[1]
            c |= words[2]
            d |= words[3]
        out[row, 0], out[row, 1], out[row, 2], out[row, 3] = a, b, c, d


@compiled
def starts(bands: U16, band: Whole, offsets: U32) -> None:
    """Count how many rows have each value of a band, and write where each bucket begins (65,537 offsets)."""
    offsets[:] = 0
    for row in range(bands.shape[0]):
        offsets[np.int64(bands[row, band]) + 1] += np.uint32(1)
    for key in range(KEYS):
        offsets[key + 1] += offsets[key]


@compiled
def sorted_rows(bands: U16, cursor: U32, order: U32) -> None:
    """Write the rows in the order of band 0; `cursor` holds where each bucket begins, and is used up."""
    for row in range(bands.shape[0]):
        key = bands[row, 0]
        order[cursor[key]] = row
        cursor[key] += np.uint32(1)


@compiled
def gathered(words: U64, order: U32, out: U64) -> None:
    """Write `words[order]`."""
    for row in range(order.shape[0]):
        for word in range(4):
            out[row, word] = words[order[row], word]


@compiled
def fill(bands: U16, band: Whole, offsets: U32, spare: U64, sketches: U16, places: U8, width: Whole) -> None:
    """Fill one band's plane: for each row, in its bucket, the value of the next band and the row's number.

    `bands` stands in the order of band 0, `offsets` tells where each bucket begins. Band 0 keeps no row numbers: there
    the place is the number. Sorted in two steps (by the high byte into `spare`, then by the whole key), so that each
    step writes to few places at a time: with 65,536 at once, every write would wait for memory.
    """
    following = (band + 1) % BANDS
    coarse = offsets[0:KEYS:256].copy()
    for row in range(bands.shape[0]):
        key = np.uint64(bands[row, band])
        high = key >> np.uint64(8)
        spare[coarse[high]] = key | np.uint64(bands[row, following]) << np.uint64(16) | np.uint64(row) << np.uint64(32)
        coarse[high] += np.uint32(1)
    cursor = offsets.copy()
    for entry in spare:
        key = entry & np.uint64(0xFFFF)
        place = np.int64(cursor[key])
        cursor[key] += np.uint32(1)
        sketches[place] = np.uint16(entry >> np.uint64(16) & np.uint64(0xFFFF))
        if band > 0:
            for byte in range(width):
                places[place * width + byte] = np.uint8(entry >> np.uint64(32 + 8 * byte) & np.uint64(0xFF))


@compiled
def pack(numbers: U64, order: U32, width: Whole, out: U8) -> None:
    """Write `numbers[order]`, each in `width` bytes, the lowest first."""
    for row in range(order.shape[0]):
        number = numbers[order[row]]
        for byte in range(width):
            out[row * width + byte] = np.uint8(number >> np.uint64(8 * byte))


@compiled
def unpack(packed: U8, rows: U32, width: Whole, out: U64) -> None:
    """Read what `pack` wrote, for the rows asked."""
    for row in range(rows.shape[0]):
        number = np.uint64(0)
        for byte in range(width):
            number |= np.uint64(packed[np.int64(rows[row]) * width + byte]) << np.uint64(8 * byte)
        out[row] = number
