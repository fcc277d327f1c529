"""Which of ten million hashes lie within so many bits of this one: exactly, at once, from one mapped file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


class Match(NamedTuple):
    """One stored hash within the radius: its id and how many bits differ."""

    id: int
    distance: int


class Index:
    """An exact radius search over 256-bit hashes."""

    @classmethod
    def build(cls, hashes: NDArray[np.uint8], ids: NDArray[np.uint64] | None = None) -> Self:
        """Index hashes (n rows of 32 bytes); without ids they are numbered from 0 in the order given."""
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a saved index."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write the index beside `path` and put it there in one step."""
        raise NotImplementedError

    def add(self, hashes: NDArray[np.uint8], ids: NDArray[np.uint64]) -> None:
        """Add hashes: the next query finds them."""
        raise NotImplementedError

    def remove(self, ids: NDArray[np.uint64]) -> None:
        """Remove every hash with one of these ids: the next query no longer finds them. Unknown ids are no fault."""
        raise NotImplementedError

    def merge(self) -> None:
        """Put what was added and removed into the base."""
        raise NotImplementedError

    def verify(self) -> None:
        """Check every byte of the mapped file; `BadFile` where one is not as it was written."""
        raise NotImplementedError

    def reopen(self) -> Self:
        """Give the index now at the path: this same one unless the file was replaced."""
        raise NotImplementedError

    def query(self, hash: bytes, radius: int = 31) -> list[Match]:
        """Find every stored hash within the radius, nearest first."""
        raise NotImplementedError

    def batch(self, hashes: NDArray[np.uint8], radius: int = 31) -> NDArray[np.void]:
        """Find for many: rows of (query, id, distance), in the order of the queries, nearest first."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Count the hashes that a query can find."""
        raise NotImplementedError
