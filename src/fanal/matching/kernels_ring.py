"""Searching a ring index: which buckets to look into, which entries pass, which rows are near.

An entry's place runs over the planes of all bands: band × rows + place in the band. Throughout, `m` is how many bits a
band's own value is varied by; `masks` are those variations and `slack` how many bits the next band may then still
differ in. docs/decisions/0017-ring-index.md proves that nothing is lost.
"""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import LANES, lowest, near, popcount, prefetch
from fanal.matching.kernels_lay import BANDS, KEYS, WORDS

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U16, U32, Whole

HELD_ALONE, HELD_TOGETHER = 1 << 11, 1 << 14  # entries that passed, kept until their rows are looked at together
IDS_AHEAD, ROWS_AHEAD = 32, 32  # how far in front memory is asked for
TAG = 28  # a query's number stands below this bit; the band, or the slack, of a look stands above
MOST_QUERIES = 1 << TAG


@compiled
def first_band(row: Whole, offsets: U32) -> Whole:
    """Give band 0 of a row, which is kept nowhere: it is the bucket that the row stands in."""
    low, high = 0, KEYS
    while high - low > 1:
        middle = (low + high) >> 1
        if np.int64(offsets[0, middle]) <= row:
            low = middle
        else:
            high = middle
    return low


@compiled
def differing(row: Whole, band: Whole, words: U32, rows: U32) -> Whole:
    """Count the bits in which one of the bands 2 to 15 of a row differs from the query's."""
    word = rows[row * WORDS + (band >> 1) - 1] ^ words[band >> 1]
    return np.int64(popcount(word >> np.uint32(16 * (band & 1)) & np.uint32(0xFFFF)))


@compiled
def distance(
    row: Whole,
    band: Whole,
    apart: Whole,
    radius: Whole,
    m: Whole,
    query: U16,
    words: U32,
    offsets: U32,
    sketches: U16,
    rows: U32,
) -> Whole:
    """Count the bits in which a row that `band` let pass differs from the query; -1 where it is not to be reported.

    `apart` holds the bits of bands 2 to 15. A row is not reported where it is farther than the radius, or where a lower
    band lets it pass too: then it is reported there. What costs least is asked first: bands 2 to 15 stand in the row,
    band 1 in the first sketch, band 0 is looked for.
    """
    here = differing(row, 2, words, rows)
    second = here
    for lower in range(2, band):
        after = differing(row, lower + 1, words, rows)
        if here <= m and here + after <= 2 * m + 1:
            return -1
        here = after
    first = np.int64(popcount(np.int64(sketches[row]) ^ np.int64(query[1])))
    if apart + first > radius or (band > 1 and first <= m and first + second <= 2 * m + 1):
        return -1
    zeroth = np.int64(popcount(first_band(row, offsets) ^ np.int64(query[0])))
    if apart + first + zeroth > radius or (band > 0 and zeroth <= m and zeroth + first <= 2 * m + 1):
        return -1
    return apart + first + zeroth


@compiled
def look_up(held: I64, many: Whole, count: Whole, places: U8, width: Whole) -> None:
    """Put the row number in the place of each entry held; entries of band 0 stand in the order of the rows."""
    for entry in range(min(many, IDS_AHEAD)):
        prefetch(places, max(0, held[entry] - count) * width)
    for entry in range(many):
        if entry + IDS_AHEAD < many:
            prefetch(places, max(0, held[entry + IDS_AHEAD] - count) * width)
        row = held[entry]
        if row >= count:
            first = (row - count) * width
            row = np.int64(places[first]) | np.int64(places[first + 1]) << 8 | np.int64(places[first + 2]) << 16
            if width > 3:  # noqa: PLR2004
                row |= np.int64(places[first + 3]) << 24
        held[entry] = row


@compiled
def settle(
    held: I64,
    asked: U32,
    many: Whole,
    radius: Whole,
    m: Whole,
    queries: U16,
    words: U32,
    count: Whole,
    width: Whole,
    offsets: U32,
    sketches: U16,
    places: U8,
    rows: U32,
    found: U32,
    total: Whole,
) -> Whole:
    """Look at the rows of the entries held, write those within the radius (query, row, distance); give the new total.

    `asked` holds the query below bit 28 and the band above. What does not fit is counted and not written: the caller
    makes room and asks again. A row number beyond the rows (a damaged file) is passed over.
    """
    look_up(held, many, count, places, width)
    for entry in range(min(many, ROWS_AHEAD)):
        prefetch(rows, held[entry] * WORDS)
        prefetch(rows, held[entry] * WORDS + WORDS - 1)
    for entry in range(many):
        if entry + ROWS_AHEAD < many:
            prefetch(rows, held[entry + ROWS_AHEAD] * WORDS)
            prefetch(rows, held[entry + ROWS_AHEAD] * WORDS + WORDS - 1)
        row, q = held[entry], np.int64(asked[entry]) & (MOST_QUERIES - 1)
        if row >= count:
            continue
        apart: Whole = np.int64(0)
        for word in range(WORDS):
            apart += np.int64(popcount(rows[row * WORDS + word] ^ words[q, word + 1]))
        if apart > radius:
            continue
        band = np.int64(asked[entry]) >> TAG
        apart = distance(row, band, apart, radius, m, queries[q], words[q], offsets, sketches, rows)
        if apart < 0:
            continue
        if total < found.shape[0]:
            found[total, 0], found[total, 1], found[total, 2] = q, row, apart
        total += 1
    return total


@compiled
def keep(mask: Whole, left: Whole, place: Whole, tagged: Whole, held: I64, asked: U32, many: Whole) -> Whole:
    """Hold the entries that a comparison let pass, except those beyond the bucket's end; give how many are held."""
    if left < LANES:
        mask = np.uint32(mask & ((np.uint32(1) << np.uint32(left)) - np.uint32(1)))
    while mask != 0:
        held[many] = place + np.int64(lowest(mask))
        asked[many] = tagged
        many += 1
        mask = np.uint32(mask & (mask - np.uint32(1)))
    return many


@compiled
def aim(query: U16, masks: U16, count: Whole, offsets: U32, sketches: U16, begins: I64, ends: I64) -> None:
    """Find the buckets that a query looks into, then bring them near.

    Two passes: in the first no branch waits for memory, so that all the offsets are on their way at once.
    """
    spot = 0
    for band in range(BANDS):
        for mask in masks:
            key = np.int64(query[band] ^ mask)
            begins[spot] = np.int64(offsets[band, key]) + band * count
            ends[spot] = np.int64(offsets[band, key + 1]) + band * count
            spot += 1
    for spot in range(begins.size):
        begin, end = begins[spot], ends[spot]
        while begin < end:
            prefetch(sketches, begin)
            begin += LANES
        prefetch(sketches, end - 1)  # a bucket begins anywhere in a line of memory, and may end in one more


@compiled
def stream(
    radius: Whole,
    m: Whole,
    masks: U16,
    slack: U16,
    queries: U16,
    words: U32,
    count: Whole,
    width: Whole,
    offsets: U32,
    sketches: U16,
    places: U8,
    rows: U32,
    found: U32,
) -> Whole:
    """Answer queries one after the other; while one is scanned, the buckets of the next are on their way."""
    spots = BANDS * masks.size
    begins, ends = np.empty((2, spots), np.int64), np.empty((2, spots), np.int64)
    held, asked = np.empty(HELD_ALONE, np.int64), np.empty(HELD_ALONE, np.uint32)
    total: Whole = 0
    aim(queries[0], masks, count, offsets, sketches, begins[0], ends[0])
    for q in range(queries.shape[0]):
        if q + 1 < queries.shape[0]:
            turn = (q + 1) & 1
            aim(queries[q + 1], masks, count, offsets, sketches, begins[turn], ends[turn])
        many: Whole = 0
        spot = 0
        for band in range(BANDS):
            key, tagged = queries[q, (band + 1) % BANDS], q | band << TAG
            for most in slack:
                place, end = begins[q & 1, spot], ends[q & 1, spot]
                spot += 1
                while place < end:
                    mask = near(sketches, place, key, most)
                    if mask != 0:
                        if many > HELD_ALONE - LANES:
                            total = settle(
                                held, asked, many, radius, m, queries, words,
                                count, width, offsets, sketches, places, rows, found, total,
                            )  # fmt: skip
                            many = 0
                        before = many
                        many = keep(mask, end - place, place, tagged, held, asked, many)
                        for entry in range(before, many):
                            prefetch(places, (held[entry] - count) * width)
                    place += LANES
        total = settle(
            held, asked, many, radius, m, queries, words,
            count, width, offsets, sketches, places, rows, found, total,
        )  # fmt: skip
    return total


@compiled
def sort_probes(band: Whole, masks: U16, slack: U16, queries: U16, ends: U32, who: U32, keys: U16) -> None:
    """Order all looks into one band by bucket.

    `who` holds the query below bit 28 and the slack above, `keys` the query's next band, `ends` where the looks into
    each bucket end.
    """
    ends[:] = 0
    for q in range(queries.shape[0]):
        for mask in masks:
            ends[np.int64(queries[q, band] ^ mask) + 1] += np.uint32(1)
    for key in range(KEYS):
        ends[key + 1] += ends[key]
    following = (band + 1) % BANDS
    for q in range(queries.shape[0]):
        for k in range(masks.size):
            bucket = np.int64(queries[q, band] ^ masks[k])
            look = np.int64(ends[bucket])
            ends[bucket] = look + 1
            who[look], keys[look] = q | np.int64(slack[k]) << TAG, queries[q, following]


@compiled
def probe_band(
    band: Whole,
    ends: U32,
    who: U32,
    keys: U16,
    radius: Whole,
    m: Whole,
    queries: U16,
    words: U32,
    count: Whole,
    width: Whole,
    offsets: U32,
    sketches: U16,
    places: U8,
    rows: U32,
    found: U32,
    total: Whole,
) -> Whole:
    """Look into one band's buckets in order, each for all the queries that ask for it."""
    held, asked = np.empty(HELD_TOGETHER, np.int64), np.empty(HELD_TOGETHER, np.uint32)
    many: Whole = 0
    look = 0
    for bucket in range(KEYS):
        last = np.int64(ends[bucket])
        begin = np.int64(offsets[band, bucket]) + band * count
        end = np.int64(offsets[band, bucket + 1]) + band * count
        while look < last:
            key, most = keys[look], np.uint16(who[look] >> np.uint32(TAG))
            tagged = (np.int64(who[look]) & (MOST_QUERIES - 1)) | band << TAG
            place = begin
            while place < end:
                mask = near(sketches, place, key, most)
                if mask != 0:
                    if many > HELD_TOGETHER - LANES:
                        total = settle(
                            held, asked, many, radius, m, queries, words,
                            count, width, offsets, sketches, places, rows, found, total,
                        )  # fmt: skip
                        many = 0
                    many = keep(mask, end - place, place, tagged, held, asked, many)
                place += LANES
            look += 1
    return settle(
        held, asked, many, radius, m, queries, words,
        count, width, offsets, sketches, places, rows, found, total,
    )  # fmt: skip


@compiled
def together(
    radius: Whole,
    m: Whole,
    masks: U16,
    slack: U16,
    queries: U16,
    words: U32,
    count: Whole,
    width: Whole,
    offsets: U32,
    sketches: U16,
    places: U8,
    rows: U32,
    found: U32,
) -> Whole:
    """Answer many queries band after band, so that each band's plane is read once, in order."""
    looks = queries.shape[0] * masks.size
    ends, who, keys = np.empty(KEYS + 1, np.uint32), np.empty(looks, np.uint32), np.empty(looks, np.uint16)
    total: Whole = 0
    for band in range(BANDS):
        sort_probes(band, masks, slack, queries, ends, who, keys)
        total = probe_band(
            band, ends, who, keys, radius, m, queries, words,
            count, width, offsets, sketches, places, rows, found, total,
        )  # fmt: skip
    return total
