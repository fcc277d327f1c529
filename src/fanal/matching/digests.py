"""Whether a list holds exactly this digest (MD5, SHA-1, SHA-256): from one mapped file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


class Digests:
    """An exact look-up over digests of one length (16, 20 or 32 bytes)."""

    @classmethod
    def build(cls, digests: NDArray[np.uint8], ids: NDArray[np.uint64] | None = None) -> Self:
        """Index digests (n rows of 16, 20 or 32 bytes); without ids they are numbered from 0 in the order given."""
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a saved index."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Write the index beside `path` and put it there in one step."""
        raise NotImplementedError

    def add(self, digests: NDArray[np.uint8], ids: NDArray[np.uint64]) -> None:
        """Add digests: the next look-up finds them."""
        raise NotImplementedError

    def remove(self, ids: Iterable[int]) -> None:
        """Remove every digest with one of these ids."""
        raise NotImplementedError

    def find(self, digest: bytes) -> tuple[int, ...]:
        """Give the ids of every entry with exactly this digest, in order."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Count the digests that a look-up can find."""
        raise NotImplementedError
