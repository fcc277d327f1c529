"""vPDQ of a video (Meta, 2021): the PDQ of one frame a second. Two videos are compared by the share of like frames."""

from __future__ import annotations

from typing import BinaryIO

from fanal.core.text import Text
from fanal.matching import frames, video
from fanal.matching.signal import Example, Signal, Value


def _compute(file: BinaryIO) -> tuple[Value, ...]:
    found = tuple(video.frames(file))
    return (Value(frames.pack(found), max(frame.quality for frame in found)),)


_BITS = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"
_ROWS = f"0000000064{_BITS}0000000000000000" + f"0000000132{_BITS}3ff0000000000000"
SIGNAL = Signal(
    name="vpdq",
    label=Text(en="PDQ of the frames of a video", fr="PDQ des images d’une vidéo"),
    bits=frames.BITS,
    read=frames.read,
    write=frames.write,
    compute=_compute,
    examples=(
        Example(f"0,100,{_BITS},0\n1,50,{_BITS},1\n", _ROWS),
        Example(f'vpdq:["0,100,{_BITS},0.0","1,50,{_BITS},1.0"]', _ROWS),
    ),
    radius=frames.RADIUS,
    least=frames.LEAST_QUALITY,
)
