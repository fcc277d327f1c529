"""A ring: hashes laid out so that all those within a radius are found by looking at very few of them.

Each hash is 16 bands of 16 bits. For each band there is a plane: the hashes sorted by that band's value (a bucket for
each value), and for each of them the value of the *next* band (its sketch) and its row number. A query looks into the
buckets near its own value, reads the sketches in passing, and goes to the rows of the very few that pass.
docs/decisions/0017-ring-index.md tells why nothing is lost and where the bytes are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from fanal.matching import kernels_lay, kernels_ring, kernels_sweep
from fanal.matching.kernels_bits import LANES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fanal.matching.compiling import Whole

    Words = NDArray[np.uint64]  # n × 4: permuted hashes
    Found = NDArray[np.uint32]  # n × 3: query, row, distance

BANDS, KEYS, WORDS = kernels_lay.BANDS, kernels_lay.KEYS, kernels_lay.WORDS
WIDEST = 47  # the largest radius that a ring answers: two bits varied in each band
LARGE = 250_000  # under it, looking at every hash is quicker than varying two bits
TOGETHER = 1024  # queries from which it pays to go band after band
AT_ONCE = 1 << 16  # queries that share one pass over the planes
BLOCK = 1 << 16  # rows that are stood up at a time to be swept
NARROW, WIDE = 3, 4  # bytes of a row number


@dataclass(frozen=True, slots=True)
class Ring:
    """The arrays. They may be a mapped file: nothing writes to them."""

    offsets: NDArray[np.uint32]  # (16, 65537): where each bucket begins in its plane
    sketches: NDArray[np.uint16]  # plane after plane: the next band's value; then 32 of padding
    places: NDArray[np.uint8]  # planes 1 to 15: the row numbers, 3 or 4 bytes each
    rows: NDArray[np.uint32]  # bands 2 to 15 of each hash, in the order of band 0
    labels: NDArray[np.uint8]  # the ids, as few bytes each as the largest needs

    @property
    def count(self) -> int:
        """How many hashes it holds."""
        return self.rows.size // WORDS

    @property
    def width(self) -> int:
        """How many bytes a row number has."""
        return self.places.size // ((BANDS - 1) * self.count)

    @property
    def label_width(self) -> int:
        """How many bytes an id has."""
        return self.labels.size // self.count

    def fits(self) -> bool:
        """Say whether the arrays agree with each other, so that no search reads outside them, whatever they hold."""
        n = self.count
        return (
            n > 0
            and self.rows.size == n * WORDS
            and self.offsets.shape == (BANDS, KEYS + 1)
            and self.sketches.size == BANDS * n + LANES
            and self.places.size in ((BANDS - 1) * n * NARROW, (BANDS - 1) * n * WIDE)
            and self.labels.size % n == 0
            and 1 <= self.label_width <= 8  # noqa: PLR2004 bytes of a 64-bit number
            and bool((self.offsets[:, 0] == 0).all() and (self.offsets[:, -1] == n).all())
            and bool((self.offsets[:, 1:] >= self.offsets[:, :-1]).all())
        )

    def search(self, words: Words, radius: int) -> Found:
        """Find all rows within the radius of each query: (query, row, distance), in no order."""
        varied = radius // BANDS
        if radius > WIDEST or (varied > 1 and self.count < LARGE):
            return self._swept(words, radius)
        if len(words) <= AT_ONCE:
            return self._looked_up(words, radius, varied)
        parts = []
        for low in range(0, len(words), AT_ONCE):
            part = self._looked_up(words[low : low + AT_ONCE], radius, varied)
            part[:, 0] += np.uint32(low)
            parts.append(part)
        return np.concatenate(parts)

    def ids(self, rows: NDArray[np.uint32]) -> NDArray[np.uint64]:
        """Give the ids of rows."""
        ids = np.empty(rows.size, np.uint64)
        kernels_lay.unpack(self.labels, np.ascontiguousarray(rows), self.label_width, ids)
        return ids

    def words(self) -> Words:
        """Stand every hash up again, in the order of the rows, still permuted."""
        out = np.empty((self.count, 8), np.uint32)
        kernels_sweep.stand_up(0, self.count, self.offsets, self.sketches, self.rows, out)
        return out.view(np.uint64)

    def _looked_up(self, words: Words, radius: int, varied: int) -> Found:
        """Search by buckets: one query after the other, or many band after band."""
        if not len(words):
            return np.empty((0, 3), np.uint32)
        way = kernels_ring.together if len(words) >= TOGETHER else kernels_ring.stream
        count, masks, slack = self.count, *variations(varied)
        halves, quarters = words.view(np.uint16), words.view(np.uint32)
        planes = (self.offsets, self.sketches, self.places, self.rows)
        return written(
            64 + 8 * len(words),
            lambda found: way(radius, varied, masks, slack, halves, quarters, count, self.width, *planes, found),
        )

    def _swept(self, words: Words, radius: int) -> Found:
        """Search by looking at every row, block by block."""
        parts = []
        block = np.empty((min(BLOCK, self.count), 8), np.uint32)
        for low in range(0, self.count, BLOCK):
            many = min(BLOCK, self.count - low)
            kernels_sweep.stand_up(low, low + many, self.offsets, self.sketches, self.rows, block)
            columns = np.ascontiguousarray(block[:many].view(np.uint64).T)
            parts.append(swept(columns, many, words, radius, first=low))
        return np.concatenate(parts)


def lay(words: Words, ids: NDArray[np.uint64]) -> Ring:
    """Lay out permuted hashes (at least one) with their ids."""
    count = len(words)
    bands = words.view(np.uint16)
    width = NARROW if count <= 1 << 8 * NARROW else WIDE
    offsets = np.empty((BANDS, KEYS + 1), np.uint32)
    sketches = np.zeros(BANDS * count + LANES, np.uint16)
    places = np.empty((BANDS - 1) * count * width, np.uint8)
    order = np.empty(count, np.uint32)
    kernels_lay.starts(bands, 0, offsets[0])
    kernels_lay.sorted_rows(bands, offsets[0].copy(), order)
    ordered = np.empty_like(words)
    kernels_lay.gathered(words, order, ordered)
    bands = ordered.view(np.uint16)
    spare = np.empty(count, np.uint64)
    for band in range(BANDS):
        kernels_lay.starts(bands, band, offsets[band])
        numbers = places[max(0, band - 1) * count * width :]
        kernels_lay.fill(bands, band, offsets[band], spare, sketches[band * count :], numbers, width)
    label_width = max(1, (int(ids.max()).bit_length() + 7) // 8)
    labels = np.empty(count * label_width, np.uint8)
    kernels_lay.pack(ids, order, label_width, labels)
    rows = np.ascontiguousarray(bands.view(np.uint32)[:, 1:]).ravel()
    return Ring(offsets=offsets, sketches=sketches, places=places, rows=rows, labels=labels)


def swept(columns: Words, many: int, words: Words, radius: int, *, first: int = 0) -> Found:
    """Compare each query with the first `many` hashes of four columns; rows are numbered from `first`."""
    return written(64 + len(words), lambda found: kernels_sweep.sweep(columns, many, words, radius, found, first, 0))


def written(room: int, search: Callable[[Found], Whole]) -> Found:
    """Run a search that writes what fits and counts the rest; where it did not fit, run it again with room for all."""
    found = np.empty((room, 3), np.uint32)
    total = int(search(found))
    if total > room:
        found = np.empty((total, 3), np.uint32)
        search(found)
    return found[:total]


@cache
def variations(varied: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Give every way to vary at most so many of a band's 16 bits, and what each leaves for the next band."""
    bits = [1 << bit for bit in range(16)]
    masks = [sum(chosen) for many in range(varied + 1) for chosen in combinations(bits, many)]
    as_array = np.array(masks, np.uint16)
    return as_array, (2 * varied + 1 - np.bitwise_count(as_array)).astype(np.uint16)
