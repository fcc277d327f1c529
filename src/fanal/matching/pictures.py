"""From the bytes of a picture to its brightness: in memory, within bounds, and never a word about what they show."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import simplejpeg
from PIL import Image

from fanal.core.errors import FanalError
from fanal.matching.errors import ODD_MODE, TOO_LARGE, Unreadable

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 512  # the reference brings every larger picture to this side before it hashes
MOST_POINTS = 89_478_485  # Pillow's own bound; it only warns there, here it is refused
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")  # none of them starts another program
SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")
THROUGH_COLOUR = ("CMYK", "LAB", "HSV", "PA", "RGBa", "La")
BY_LUMA = ("YCbCr", "Gray")  # of a JPEG: its first plane is the brightness
PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA", "RGBX", "YCbCr")


def brightness(file: BinaryIO | bytes) -> NDArray[np.uint8]:
    """Decode a picture to a plane of brightness, at most 512 points a side, as stored: no orientation tag is applied.

    Takes the bytes of a file or a stream. A JPEG is scaled down by its own decoder, never below 512 on a side that had
    more. Of an animation the first frame counts; transparency is left out, as the reference leaves it out.
    Refuses with `Unreadable` what is damaged, cut short, too large, of another kind, or stored in a way that has no
    agreed brightness (32-bit numbers).
    """
    if isinstance(file, bytes) and (plane := _small_jpeg(file)) is not None:
        return plane
    try:
        with Image.open(BytesIO(file) if isinstance(file, bytes) else file, formats=FORMATS) as picture:
            _bound(picture)
            picture.draft("L", (SIDE, SIDE))
            return _thinned(_plane(picture))
    except FanalError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable(TOO_LARGE) from None
    except Exception:  # noqa: BLE001 a hostile file can make a decoder raise anything; its text may quote the file
        raise Unreadable from None


def _small_jpeg(file: bytes) -> NDArray[np.uint8] | None:
    """Decode a JPEG that needs no scaling straight to its brightness: bit for bit as below, in four fifths of the time.

    None for anything else, and for whatever the decoder has a doubt about: then the way below answers or refuses.
    """
    if file[:2] != b"\xff\xd8":
        return None
    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(file)
        if max(height, width) > SIDE or space not in BY_LUMA:
            return None
        plane: NDArray[np.uint8] = simplejpeg.decode_jpeg(file, colorspace="GRAY")
    except ValueError:
        return None
    return plane.reshape(height, width)


def _bound(picture: Image.Image) -> None:
    """Refuse too many points before any is decoded: Pillow's warning could only be made an error for all threads."""
    if picture.width * picture.height > MOST_POINTS:
        raise Unreadable(TOO_LARGE)


def _plane(picture: Image.Image) -> NDArray[np.uint8]:
    """Bring any way to store points to 8 bits of brightness (ITU-R BT.601, as the reference weighs the colours)."""
    if picture.mode == "L":  # most of what comes: the JPEG decoder gave it so, and it is copied once
        return np.asarray(picture)
    if picture.mode in SIXTEEN_BITS:
        return (np.asarray(picture) >> 8).astype(np.uint8)
    if picture.mode in THROUGH_COLOUR:
        return np.array(picture.convert("RGBA" if picture.mode in ("RGBa", "PA") else "RGB").convert("L"))
    if picture.mode in PLAIN:
        return np.array(picture.convert("L"))
    raise Unreadable(ODD_MODE)


def _thinned(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring a plane with a side over 512 to 512 × 512 as the reference does: by the nearest point, not by blurring.

    Measured on 21 pictures: at most 6 bits from the reference's way; hashing at full size is up to 18 bits away.
    """
    height, width = plane.shape
    if max(height, width) <= SIDE:
        return plane
    steps = np.arange(SIDE)
    kept: NDArray[np.uint8] = plane[steps * height // SIDE].take(steps * width // SIDE, axis=1)
    return kept
