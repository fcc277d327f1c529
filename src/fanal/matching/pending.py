"""Hashes that wait to be laid into a ring: searched by looking at each, so that a new one counts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from fanal.matching.ring import swept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fanal.matching.ring import Found, Words

LEAST_ROOM = 64


@dataclass(frozen=True, slots=True)
class Pending:
    """Permuted hashes in four columns of words, with room behind them, and their ids.

    A value: adding or removing gives another. Adding may write into the room behind, which no older value looks at;
    so readers in other threads go on undisturbed as long as one thread at a time adds.
    """

    columns: NDArray[np.uint64]  # 4 × room
    ids: NDArray[np.uint64]
    count: int

    @classmethod
    def of(cls, words: Words, ids: NDArray[np.uint64]) -> Self:
        """Hold these hashes (n × 4 words)."""
        room = max(LEAST_ROOM, len(ids))
        columns, held = np.empty((4, room), np.uint64), np.empty(room, np.uint64)
        columns[:, : len(ids)], held[: len(ids)] = words.T, ids
        return cls(columns, held, len(ids))

    def plus(self, words: Words, ids: NDArray[np.uint64]) -> Self:
        """Hold more."""
        count = self.count + len(ids)
        columns, held = self.columns, self.ids
        if count > held.size:
            columns, held = np.empty((4, 2 * count), np.uint64), np.empty(2 * count, np.uint64)
            columns[:, : self.count], held[: self.count] = self.columns[:, : self.count], self.ids[: self.count]
        columns[:, self.count : count], held[self.count : count] = words.T, ids
        return type(self)(columns, held, count)

    def without(self, ids: NDArray[np.uint64]) -> Self:
        """Hold no more of these ids."""
        stays = ~np.isin(self.ids[: self.count], ids)
        return self if stays.all() else self.of(self.words()[stays], self.ids[: self.count][stays])

    def words(self) -> Words:
        """Give the hashes back, one a row."""
        return np.ascontiguousarray(self.columns[:, : self.count].T)

    def search(self, words: Words, radius: int) -> Found:
        """Find all within the radius of each query: (query, row, distance), in no order."""
        return swept(self.columns, self.count, words, radius)
