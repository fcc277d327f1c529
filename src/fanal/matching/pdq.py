"""PDQ: the perceptual hash of a picture, 256 bits that stay near each other when the picture is scaled or recoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hash:
    """256 bits, most significant word first as the reference prints them, and the quality of the picture (0 to 100)."""

    bits: bytes
    quality: int

    @property
    def hex(self) -> str:
        """The 64 hexadecimal digits that lists are written in."""
        return self.bits.hex()


def of_luma(luma: NDArray[np.uint8]) -> Hash:
    """Hash a plane of brightness as it is, without resizing."""
    raise NotImplementedError


def of_image(file: BinaryIO | bytes) -> Hash:
    """Hash a picture as stored (an orientation tag is not applied); nothing is written anywhere."""
    raise NotImplementedError


def orientations(luma: NDArray[np.uint8]) -> tuple[Hash, ...]:
    """Hash the eight ways a plane can be turned and mirrored; the first is the plane as it is."""
    raise NotImplementedError


def of_image_orientations(file: BinaryIO | bytes) -> tuple[Hash, ...]:
    """Hash the eight ways a picture can be turned and mirrored; the first is the picture as stored."""
    raise NotImplementedError
