"""The frames of a video, one a second, through a decoder of the machine's own (ffmpeg): by pipe, nothing on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, BinaryIO, Final

import numpy as np

from fanal.core.reasons import reason
from fanal.matching import pdq
from fanal.matching.errors import Unreadable
from fanal.matching.frames import Frame
from fanal.matching.signal import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDE: Final = 512
MOST_FRAMES: Final = 6 * 3600
PATIENCE: Final = 3600.0
# Containers that hold what they show. A playlist would make the decoder open other files, or the network.
_FORMATS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,gif,apng,ivf"

NO_DECODER: Final = reason(
    "video.no-decoder",
    en="This machine has no ffmpeg: videos cannot be fingerprinted here. Install it, or give fingerprints of frames.",
    fr="Cette machine n’a pas ffmpeg\u202f: l’empreinte d’une vidéo ne peut y être calculée. Installez-le, ou donnez "
    "les empreintes des images.",
)
NO_VIDEO: Final = reason(
    "video.unreadable",
    en="No frame could be read: this is not a video, or it is damaged, or of a kind that is not opened here.",
    fr="Aucune image n’a pu être lue\u202f: ce n’est pas une vidéo, elle est abîmée, ou d’un type qui n’est pas ouvert "
    "ici.",
)


def frames(file: BinaryIO) -> Iterator[Frame]:
    """Give the PDQ of one frame a second, as they are decoded; Unreadable where there is no decoder or no frame."""
    decoder = shutil.which("ffmpeg")
    if decoder is None:
        raise Unreadable(NO_DECODER)
    found = 0
    with _descriptor(file) as handle, _decoding(decoder, handle) as pipe:
        while len(plane := pipe.read(SIDE * SIDE)) == SIDE * SIDE and found < MOST_FRAMES:
            one = pdq.of_luma(np.frombuffer(plane, dtype=np.uint8).reshape(SIDE, SIDE))
            yield Frame(found, one.bits, one.quality, float(found))
            found += 1
    if not found:
        raise Unreadable(NO_VIDEO)


@contextmanager
def _decoding(decoder: str, handle: int) -> Iterator[IO[bytes]]:
    program = subprocess.Popen(  # noqa: S603 - our own arguments; the file is handed over open
        [
            decoder, "-hide_banner", "-loglevel", "quiet", "-nostdin",
            "-protocol_whitelist", "file", "-format_whitelist", _FORMATS, "-i", f"/dev/fd/{handle}",
            "-an", "-sn", "-dn", "-vf", f"fps=1,scale={SIDE}:{SIDE}:flags=area", "-pix_fmt", "gray",
            "-f", "rawvideo", "pipe:1",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(handle,),
    )  # fmt: skip
    patience = threading.Timer(PATIENCE, program.kill)
    patience.daemon = True
    patience.start()
    try:
        assert program.stdout is not None  # noqa: S101 - a pipe was asked for
        yield program.stdout
    finally:
        patience.cancel()
        program.kill()
        program.communicate()


@contextmanager
def _descriptor(file: BinaryIO) -> Iterator[int]:
    """Give a descriptor that the decoder can seek in: the file's own, or memory that has no name on any disk."""
    try:
        own = file.fileno()
    except (OSError, AttributeError):
        own = None
    if own is not None:
        yield own
        return
    memory = os.memfd_create("video")
    try:
        with os.fdopen(os.dup(memory), "wb") as room:
            for piece in pieces(file):
                room.write(piece)
        yield memory
    finally:
        os.close(memory)
