"""The fingerprint of a turned or mirrored picture, where only the fingerprint is known and not the picture.

A PDQ is a square of signs of frequencies. Turning the picture over a diagonal transposes the square, exactly. Mirroring
it changes the sign of every other column or row; the reference samples half a step off the middle, so that this is only
near: of mirrored copies, about three in four lie within 31 bits (docs/matching.md). With the picture at hand,
pdq.of_image_orientations finds them all.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np

from fanal.matching.errors import NotComparable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE: Final = 16
_BYTES: Final = 32


def of(bits: bytes) -> tuple[bytes, ...]:
    """Give the fingerprints of the seven other orientations, in the order of pdq.orientations."""
    if len(bits) != _BYTES:
        raise NotComparable
    square = np.unpackbits(np.frombuffer(bits, dtype=np.uint8)[::-1], bitorder="little").reshape(_SIDE, _SIDE)
    mirrored = [square ^ mask for mask in _masks()]
    return tuple(_bytes(one) for one in (*mirrored[1:], *(one.T for one in _transposed(mirrored))))


def _transposed(mirrored: list[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """Give them in the order in which their transposes come: mirrored left to right is then top to bottom."""
    plain, across, both, down = mirrored
    return [plain, down, both, across]


@functools.cache
def _masks() -> tuple[NDArray[np.uint8], ...]:
    """Say which signs change: for none, left to right, half a turn, top to bottom."""
    odd = (np.arange(_SIDE) % 2 == 0).astype(np.uint8)  # the lowest frequency kept is the first odd one
    rows = np.repeat(odd[:, None], _SIDE, axis=1)
    return np.zeros_like(rows), rows.T.copy(), rows ^ rows.T, rows


def _bytes(square: NDArray[np.uint8]) -> bytes:
    return np.packbits(np.ascontiguousarray(square).reshape(-1), bitorder="little")[::-1].tobytes()
