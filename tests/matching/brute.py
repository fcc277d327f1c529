"""Hashes to search among, and the plainest way to search: compare with every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fanal.matching import Index

    Hashes = NDArray[np.uint8]


def random(count: int, seed: int = 0) -> Hashes:
    """Draw hashes."""
    return np.random.default_rng(seed).integers(0, 256, (count, 32), np.uint8)


def apart(hashes: Hashes, bits: list[int] | NDArray[np.int64], seed: int = 0) -> Hashes:
    """Flip in each hash exactly so many bits."""
    rng, out = np.random.default_rng(seed), hashes.copy()
    for row, many in enumerate(bits):
        flips = np.zeros(256, np.uint8)
        flips[rng.permutation(256)[:many]] = 1
        out[row] ^= np.packbits(flips)
    return out


def clustered(count: int, seed: int = 0) -> Hashes:
    """Draw hashes of which three in ten stand in clusters of near duplicates."""
    rng, out = np.random.default_rng(seed), random(count, seed)
    row = 0
    while row < count * 3 // 10:
        size = min(count - row, 2 + int(rng.pareto(1.2) * 3), 400)
        out[row : row + size] = apart(np.repeat(out[row : row + 1], size, 0), rng.integers(0, 21, size), seed + row)
        row += size
    return out


def search(hashes: Hashes, ids: NDArray[np.uint64], query: Hashes, radius: int) -> list[tuple[int, int]]:
    """Find all within the radius as (distance, id), nearest first."""
    distances = np.bitwise_count(hashes ^ query).sum(axis=1)
    near = np.nonzero(distances <= radius)[0]
    return sorted((int(distances[row]), int(ids[row])) for row in near)


def agree(index: Index, hashes: Hashes, ids: NDArray[np.uint64], queries: Hashes, radius: int) -> int:
    """Compare an index's answers, single and in batches, with the plain search; give how many matches there are."""
    together = index.batch(queries, radius)
    total = 0
    for number, query in enumerate(queries):
        wanted = search(hashes, ids, query, radius)
        rows = together[together["query"] == number]
        assert list(zip(rows["distance"].tolist(), rows["id"].tolist(), strict=True)) == wanted
        assert [(match.distance, match.id) for match in index.query(query.tobytes(), radius)] == wanted
        total += len(wanted)
    assert total == len(together)
    return total
