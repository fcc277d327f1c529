"""Invented hashes for the benchmark: mostly random, three in ten in clusters of near duplicates, as in lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint8]

LARGEST_CLUSTER, FARTHEST = 400, 20


@dataclass(frozen=True)
class Sample:
    """Hashes to index, and queries: half far from all, a quarter 0 to 40 bits from one, a quarter near a cluster."""

    hashes: Hashes
    queries: Hashes


def flipped(hashes: Hashes, bits: NDArray[np.int64], rng: np.random.Generator) -> Hashes:
    """Flip exactly `bits` different bits of each hash."""
    out = hashes.copy()
    for low in range(0, len(out), 50_000):
        part = out[low : low + 50_000]
        ranks = rng.random((len(part), 256), np.float32).argsort(axis=1)
        part ^= np.packbits(ranks < bits[low : low + 50_000, None], axis=1)
    return out


def sample(count: int, queries: int, seed: int = 7) -> Sample:
    """Draw hashes and queries; cluster sizes are heavy-tailed (2 to 400), members 0 to 20 bits from a centre."""
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 256, (count, 32), np.uint8)
    crowd = count * 3 // 10
    sizes = np.minimum(2 + (rng.pareto(1.2, crowd) * 3).astype(np.int64), LARGEST_CLUSTER)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), crowd))]
    centres = rng.integers(0, 256, (len(sizes), 32), np.uint8)
    members = np.repeat(np.arange(len(sizes)), sizes)
    hashes[: len(members)] = centres[members]
    for step in range(FARTHEST):  # a bit may be flipped back: 0 to 20 apart, fewer on average
        moved = np.nonzero(rng.integers(0, FARTHEST + 1, len(members)) > step)[0]
        spots = rng.integers(0, 256, len(moved))
        hashes[moved, spots >> 3] ^= (1 << (spots & 7)).astype(np.uint8)
    quarter = queries // 4
    single = hashes[rng.integers(len(members), count, quarter)]
    near = centres[rng.integers(0, len(centres), quarter)]
    asked = np.concatenate([
        rng.integers(0, 256, (queries - 2 * quarter, 32), np.uint8),
        flipped(single, rng.integers(0, 41, quarter), rng),
        flipped(near, rng.integers(0, 32, quarter), rng),
    ])  # fmt: skip
    return Sample(hashes[rng.permutation(count)], rng.permutation(asked))
