"""The arithmetic of PDQ, in loops that the compiler turns into vector code.

The reference blurs the whole plane twice with a box, then keeps one point of every 1/64th. What it keeps is linear in
the plane, so both passes and the choice are one narrow matrix for each axis (`operator`), and only the points that are
kept are ever computed. Sums run in double precision: the reference's own rounding (single precision) is the only one
that remains, and turning a picture does not change a sum by the order of its terms.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled

if TYPE_CHECKING:
    from fanal.matching.compiling import F32, F64, I64, U8, Whole

    Plane = U8 | F32
    Block = F32

BLOCK = 64  # the side of the small block that everything is computed from
SIDE = 16  # frequencies kept along each axis
UPRIGHT, MIRRORED = 0, 1


@compiled
def operator(length: Whole, facing: Whole) -> tuple[I64, F64]:
    """Give, for each of the 64 points kept of an axis, where its taps begin and what each weighs.

    A window holds `w` points around its centre, fewer at the edges; two passes make a tent of at most 2w - 1 taps.
    Mirrored, it keeps the points that the unmirrored one would keep of the reversed axis (the reference keeps
    point 8i + 4 of 512; seen from the other end that is 8i + 3), in the order of this axis.
    """
    window = (length + 2 * BLOCK - 1) // (2 * BLOCK)
    right = (window + 2) // 2 - 1
    left = window - 1 - right
    starts = np.zeros(BLOCK, np.int64)
    weights = np.zeros((BLOCK, 2 * window - 1), np.float64)
    for kept in range(BLOCK):
        centre = int((kept + 0.5) * length / BLOCK)
        first, last = max(0, centre - left), min(length - 1, centre + right)
        low = max(0, first - left)
        high = min(length - 1, last + right)
        row = BLOCK - 1 - kept if facing == MIRRORED else kept
        starts[row] = length - 1 - high if facing == MIRRORED else low
        for middle in range(first, last + 1):
            begin, end = max(0, middle - left), min(length - 1, middle + right)
            share = 1.0 / ((last - first + 1) * (end - begin + 1))
            for tap in range(begin, end + 1):
                weights[row, high - tap if facing == MIRRORED else tap - low] += share
    return starts, weights


@compiled
def shrink_rows(plane: Plane, starts: I64, weights: F64) -> F64:
    """Apply an axis operator from above: height × width becomes 64 × width."""
    height, width = plane.shape
    shrunk = np.zeros((BLOCK, width), np.float64)
    for kept in range(BLOCK):
        line = shrunk[kept]
        for tap in range(min(weights.shape[1], height - starts[kept])):
            weight = weights[kept, tap]
            source = plane[starts[kept] + tap]
            for x in range(width):
                line[x] += weight * source[x]
    return shrunk


@compiled
def shrink_columns(rows: F64, starts: I64, weights: F64) -> Block:
    """Apply an axis operator from the side: 64 × width becomes the 64 × 64 block."""
    width = rows.shape[1]
    block = np.empty((BLOCK, BLOCK), np.float32)
    for kept in range(BLOCK):
        start = starts[kept]
        taps = min(weights.shape[1], width - start)
        for y in range(BLOCK):
            total = 0.0
            for tap in range(taps):
                total += weights[kept, tap] * rows[y, start + tap]
            block[y, kept] = total
    return block


@compiled
def quality(block: Block) -> Whole:
    """Sum the steps between neighbours, each cut to whole hundredths of the range, as the reference does."""
    total = 0
    for y in range(BLOCK):
        for x in range(BLOCK):
            here = block[y, x]
            if y + 1 < BLOCK:
                total += abs(int((here - block[y + 1, x]) * np.float32(100) / np.float32(255)))
            if x + 1 < BLOCK:
                total += abs(int((here - block[y, x + 1]) * np.float32(100) / np.float32(255)))
    return min(100, total // 90)


@compiled
def cosines() -> Block:
    """Make the 16 × 64 matrix of the discrete cosine transform; the constant term is left out."""
    table = np.empty((SIDE, BLOCK), np.float32)
    scale = np.float64(np.float32(math.sqrt(2.0 / BLOCK)))
    for i in range(SIDE):
        for j in range(BLOCK):
            table[i, j] = np.float32(scale * math.cos((math.pi / 2.0 / BLOCK) * (i + 1) * (2 * j + 1)))
    return table


@compiled
def frequencies(block: Block, table: Block, turned: Block) -> Block:
    """Transform the block along both axes, adding in the reference's order; `turned` is `table` transposed."""
    half = np.zeros((SIDE, BLOCK), np.float32)
    whole = np.zeros((SIDE, SIDE), np.float32)
    for i in range(SIDE):
        line = half[i]
        for k in range(BLOCK):
            weight = table[i, k]
            for j in range(BLOCK):
                line[j] += weight * block[k, j]
        sums = whole[i]
        for k in range(BLOCK):
            weight = line[k]
            for j in range(SIDE):
                sums[j] += weight * turned[k, j]
    return whole


@compiled
def lower_median(values: Block) -> float:
    """Find the 128th smallest of the 256 (the reference's median) by halving the range of their bit patterns."""
    keys = np.empty(SIDE * SIDE, np.int32)
    patterns = values.view(np.int32)
    for i in range(SIDE):
        for j in range(SIDE):
            pattern = patterns[i, j]
            keys[i * SIDE + j] = pattern if pattern >= 0 else np.int32(-2147483648) - pattern
    low, high = np.int64(-2147483648), np.int64(2147483647)
    while low < high:
        middle = (low + high) >> 1
        below: Whole = 0
        for key in keys:
            below += key <= middle
        if below >= SIDE * SIDE // 2:
            high = middle
        else:
            low = middle + 1
    for i in range(SIDE):
        for j in range(SIDE):
            if keys[i * SIDE + j] == low:
                return float(values[i, j])
    return 0.0


@compiled
def bits(values: Block, median: float, out: U8) -> None:
    """Write one bit for each frequency above the median: the last frequency is the most significant bit."""
    out[:] = 0
    for i in range(SIDE):
        for j in range(SIDE):
            if values[i, j] > median:
                place = SIDE * i + j
                out[31 - (place >> 3)] |= np.uint8(1 << (place & 7))


@compiled
def digest(block: Block, table: Block, turned: Block, out: U8) -> Whole:
    """Hash one block into `out`; give its quality."""
    values = frequencies(block, table, turned)
    bits(values, lower_median(values), out)
    return quality(block)


@compiled
def hash_plane(plane: Plane, table: Block, turned: Block, out: U8) -> Whole:
    """Hash a plane as it lies into `out`; give its quality."""
    rows = operator(plane.shape[0], UPRIGHT)
    columns = operator(plane.shape[1], UPRIGHT)
    return digest(shrink_columns(shrink_rows(plane, rows[0], rows[1]), columns[0], columns[1]), table, turned, out)


@compiled
def hash_turned(plane: Plane, table: Block, turned: Block, out: U8, qualities: I64) -> None:
    """Hash the eight ways to turn and mirror a plane.

    Row 4t + 2v + h of `out` is transposed (t) after mirroring top to bottom (v) and left to right (h). Mirroring the
    plane is mirroring the operator and then reversing the block; transposing the plane is transposing the block: four
    blocks, from two passes over the plane, give all eight.
    """
    for v in range(2):
        above = operator(plane.shape[0], v)
        rows = shrink_rows(plane, above[0], above[1])
        for h in range(2):
            aside = operator(plane.shape[1], h)
            block = shrink_columns(rows, aside[0], aside[1])
            upright = np.empty_like(block)
            across = np.empty_like(block)
            for y in range(BLOCK):
                for x in range(BLOCK):
                    value = block[BLOCK - 1 - y if v else y, BLOCK - 1 - x if h else x]
                    upright[y, x] = value
                    across[x, y] = value
            way = 2 * v + h
            qualities[way] = digest(upright, table, turned, out[way])
            qualities[4 + way] = digest(across, table, turned, out[4 + way])
