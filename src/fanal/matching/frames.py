"""A video as a set of pictures' fingerprints, after vPDQ (Meta, 2021): what share of the frames has a like one."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fanal.core.errors import Refused
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BITS: Final = 256
RADIUS: Final = 31
LEAST_QUALITY: Final = 50
SHARE_OF_QUERY: Final = 0.8
SHARE_OF_LISTED: Final = 0.0
"""What the reference's own programs use: 80 % of the questioned video's frames, any share of the listed one's."""

_ROW: Final = struct.Struct(">IB32sd")
_WORDS: Final = 4
_BYTES: Final = 32
_MOST_QUALITY: Final = 100
NOT_FRAMES: Final = reason(
    "signal.frames",
    en="This is not a set of frames: each line or entry holds number, quality, PDQ and seconds.",
    fr="Ce n’est pas un jeu d’images\u202f: chaque ligne ou élément porte numéro, qualité, PDQ et secondes.",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its number in the video, its PDQ (32 bytes), its quality (0 to 100), and where it stands (seconds)."""

    number: int
    bits: bytes
    quality: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of one video is found in another, each as a share of its frames of fair quality (0 to 1)."""

    query: float
    listed: float

    def match(self, *, query: float = SHARE_OF_QUERY, listed: float = SHARE_OF_LISTED) -> bool:
        """Say whether both shares are reached, and anything was found at all."""
        return self.query > 0 and self.query >= query and self.listed >= listed


def pack(frames: Iterable[Frame]) -> bytes:
    """Give a set of frames as bytes, 45 a frame, in the order of their numbers."""
    ordered = sorted(frames, key=lambda frame: (frame.number, frame.seconds))
    return b"".join(_ROW.pack(one.number, one.quality, one.bits, one.seconds) for one in ordered)


def unpack(data: bytes) -> tuple[Frame, ...]:
    """Read what `pack` wrote; Refused where it is not whole."""
    if not data or len(data) % _ROW.size:
        raise Refused(NOT_FRAMES)
    return tuple(Frame(number, bits, quality, seconds) for number, quality, bits, seconds in _ROW.iter_unpack(data))


def read(text: str) -> bytes:
    """Read frames as the reference writes them: lines “number,quality,hex,seconds”, or a JSON list of such lines."""
    word = text.strip()
    if word[:5].lower() == "vpdq:":
        word = word[5:].strip()
    try:
        lines = json.loads(word) if word.startswith("[") else word.splitlines()
        frames = [_line(line) for line in lines if line.strip()]
        if not frames:
            raise Refused(NOT_FRAMES)
        return pack(frames)
    except (ValueError, TypeError, AttributeError, struct.error, RecursionError):
        raise Refused(NOT_FRAMES) from None


def write(data: bytes) -> str:
    """Write frames as a JSON list of lines, on one line of text."""
    lines = [f"{one.number},{one.quality},{one.bits.hex()},{one.seconds:g}" for one in unpack(data)]
    return json.dumps(lines, separators=(",", ":"))


def compare(
    query: Sequence[Frame], listed: Sequence[Frame], *, radius: int = RADIUS, least: int = LEAST_QUALITY
) -> Shares:
    """Say what share of either video has a like frame in the other; frames under `least` of quality count for none."""
    ours, theirs = _bits(query, least), _bits(listed, least)
    if not len(ours) or not len(theirs):
        return Shares(0.0, 0.0)
    near = np.empty((len(ours), len(theirs)), dtype=bool)
    for place, row in enumerate(ours):
        near[place] = np.bitwise_count(theirs ^ row).sum(axis=1) <= radius
    return Shares(float(near.any(axis=1).mean()), float(near.any(axis=0).mean()))


def _bits(frames: Sequence[Frame], least: int) -> NDArray[np.uint64]:
    """Give the different fingerprints of fair quality, four words a row: a still scene counts once."""
    kept = {frame.bits: None for frame in frames if frame.quality >= least}
    return np.frombuffer(b"".join(kept), dtype=np.uint64).reshape(-1, _WORDS)


def _line(line: str) -> Frame:
    number, quality, bits, seconds = line.split(",")
    frame = Frame(int(number), bytes.fromhex(bits.strip()), int(quality), float(seconds))
    if len(frame.bits) != _BYTES or not 0 <= frame.quality <= _MOST_QUALITY:
        raise ValueError
    if not 0 <= frame.seconds < float("inf"):
        raise ValueError
    return frame
