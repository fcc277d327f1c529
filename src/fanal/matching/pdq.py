"""PDQ: the perceptual hash of a picture, 256 bits that stay near each other when the picture is scaled or recoded.

Source: “The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm” and the C++ reference
(facebook/ThreatExchange, BSD); docs/matching.md says how near we are to it, and what PDQ cannot see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from fanal.matching import kernels_pdq
from fanal.matching.errors import NotComparable
from fanal.matching.pictures import brightness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8] | NDArray[np.float32]
    Table = NDArray[np.float32]

LENGTH = 32  # bytes of a hash
LEAST_SIDE = 5  # the reference hashes nothing smaller
WAYS = 8
# Where each value of the EXIF orientation tag, 1 to 8, stands in what `hash_turned` writes.
EXIF_ORDER = (0, 1, 3, 2, 4, 6, 7, 5)


@dataclass(frozen=True, slots=True)
class Hash:
    """256 bits, most significant word first as the reference prints them, and the quality of the picture (0 to 100).

    Under 50, a picture has too little in it (a blank page, a gradient) for its hash to mean anything.
    """

    bits: bytes
    quality: int

    @property
    def hex(self) -> str:
        """The 64 hexadecimal digits that lists are written in."""
        return self.bits.hex()


def of_luma(luma: Plane) -> Hash:
    """Hash a plane of brightness (rows × columns, 8-bit or float32) as it is, without resizing.

    A side under 5 gives no bits and quality 0, as in the reference. Refuses with `NotComparable` what is no plane.
    """
    plane = _plane(luma)
    if min(plane.shape) < LEAST_SIDE:
        return Hash(bytes(LENGTH), 0)
    bits = np.empty(LENGTH, np.uint8)
    quality = kernels_pdq.hash_plane(plane, *_tables(), bits)
    return Hash(bits.tobytes(), int(quality))


def orientations(luma: Plane) -> tuple[Hash, ...]:
    """Hash the eight ways a plane can be turned and mirrored: at k - 1, what a viewer shows under EXIF orientation k.

    Each equals the hash of the plane turned that way; the first is the plane as it is. To find a turned copy of a
    known picture, ask an index for all eight: lists hold one hash a picture.
    """
    plane = _plane(luma)
    if min(plane.shape) < LEAST_SIDE:
        return (Hash(bytes(LENGTH), 0),) * WAYS
    bits = np.empty((WAYS, LENGTH), np.uint8)
    qualities = np.empty(WAYS, np.int64)
    kernels_pdq.hash_turned(plane, *_tables(), bits, qualities)
    return tuple(Hash(bits[way].tobytes(), int(qualities[way])) for way in EXIF_ORDER)


def of_image(file: BinaryIO | bytes) -> Hash:
    """Hash a picture as stored: an orientation tag is not applied, as the reference does not apply it.

    Takes the bytes of a file or a stream; nothing is written anywhere. `Unreadable` says what cannot be hashed.
    """
    return of_luma(brightness(file))


def of_image_orientations(file: BinaryIO | bytes) -> tuple[Hash, ...]:
    """Hash the eight ways a picture can be turned and mirrored; the first is the picture as stored.

    Browsers apply the orientation tag of a phone's photo before they hash it, the reference does not: the two are
    found in each other's lists only when all eight are asked for.
    """
    return orientations(brightness(file))


def _plane(luma: Plane) -> Plane:
    """Check the shape and the kind of numbers; copy only what the loops could not read in place."""
    if luma.ndim != 2 or 0 in luma.shape or luma.dtype not in (np.uint8, np.float32):  # noqa: PLR2004 rows × columns
        raise NotComparable
    return np.require(luma, requirements=["C", "W", "A"])


@cache
def _tables() -> tuple[Table, Table]:
    """Make the cosine table once, as it is and transposed."""
    table = kernels_pdq.cosines()
    return table, np.ascontiguousarray(table.T)
