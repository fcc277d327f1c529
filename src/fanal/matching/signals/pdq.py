"""PDQ of a picture (Meta, 2019): 256 bits that stay nearly the same when it is scaled, compressed or lightly edited.

At most 31 bits of difference are a match, and a quality under 50 says too little to be kept (the reference's README).
A crop of a few percent escapes it: no match proves nothing.
"""

from __future__ import annotations

from typing import BinaryIO

from fanal.core.errors import Refused
from fanal.core.text import Text
from fanal.matching import pdq
from fanal.matching.signal import NOT_OF_THIS_KIND, Example, Signal, Value, plain

BITS = 256
_MOST_QUALITY, _DIGITS = 100, 3


def _read(text: str) -> bytes:
    """Read `pdq:<hex>:<quality>`, as the browser writes it, or the digits alone."""
    word, colon, quality = text.strip().rpartition(":")
    if colon and quality.isdecimal() and len(quality) <= _DIGITS:
        if int(quality) > _MOST_QUALITY:
            raise Refused(NOT_OF_THIS_KIND)
        text = word
    return plain(text, name="pdq", size=BITS // 8)


def _compute(file: BinaryIO) -> tuple[Value, ...]:
    found = pdq.of_image(file)
    return (Value(found.bits, found.quality),)


_BITS = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"  # of the reference's own README
SIGNAL = Signal(
    name="pdq",
    label=Text(en="PDQ of the picture", fr="PDQ de l’image"),
    bits=BITS,
    read=_read,
    write=bytes.hex,
    compute=_compute,
    examples=(Example(_BITS, _BITS), Example(f"pdq:{_BITS}:100", _BITS), Example(f"PDQ:{_BITS.upper()}", _BITS)),
    radius=31,
    least=50,
)
