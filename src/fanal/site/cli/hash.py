"""`fanal hash`: the fingerprints of files, one JSON line each. Files are read, and nothing is written anywhere.

Without --signal every kind that fits is computed; videos (vpdq) take a decoder and only come when asked for. “-” reads
standard input. The lines hold what identifies a file: they are for your own eyes and programs.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fanal.core.errors import FanalError, Refused
from fanal.core.reasons import reason
from fanal.site.cli import FINE, FOUND, speaks

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from fanal.matching.signal import Signal

SUMMARY = "compute the fingerprints of files, as JSON lines"
WHEN_ASKED = frozenset({"vpdq"})
UNREADABLE = reason("file.unreadable", en="This file cannot be read.", fr="Ce fichier ne peut être lu.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a file; - reads standard input")
    parser.add_argument(
        "--signal",
        action="append",
        metavar="NAME",
        help="only this kind: md5, pdq, sha1, sha256 or vpdq; may be repeated",
    )
    parser.add_argument(
        "--orientations", action="store_true", help="the PDQ of all eight ways to turn and mirror a picture as well"
    )


def run(options: argparse.Namespace) -> int:
    """Do it: 0 every file was read, 1 some could not be."""
    from fanal.matching import signals  # noqa: PLC0415 - numpy and numba take their time

    asked = [signals.find(name) for name in options.signal or ()]
    kinds = asked or [kind for kind in signals.every() if kind.name not in WHEN_ASKED]
    missed = 0
    for name in options.files:
        for line in _lines(name, kinds, orientations=options.orientations, insist=bool(asked)):
            missed += "error" in line
            print(json.dumps(line, ensure_ascii=True), flush=True)
    return FOUND if missed else FINE


def _lines(name: str, kinds: Sequence[Signal], *, orientations: bool, insist: bool) -> Iterator[dict[str, object]]:
    try:
        with _opened(name) as file:
            for kind in kinds:
                file.seek(0)
                yield from _fingerprints(name, kind, file, orientations=orientations, insist=insist)
    except OSError:
        yield _error(name, Refused(UNREADABLE))


def _fingerprints(
    name: str, kind: Signal, file: BinaryIO, *, orientations: bool, insist: bool
) -> Iterator[dict[str, object]]:
    try:
        if kind.name == "pdq" and orientations:
            from fanal.matching import pdq  # noqa: PLC0415

            for way, found in enumerate(pdq.of_image_orientations(file)):
                yield _line(name, kind, found.bits, found.quality) | {"orientation": way}
            return
        for value in kind.compute(file):
            yield _line(name, kind, value.data, value.quality)
    except FanalError as failure:
        # Not every file is a picture: that is only worth a word where its kind was asked for.
        if insist or failure.reason.code != "image.unreadable":
            yield _error(name, failure) | {"signal": kind.name}


def _line(name: str, kind: Signal, data: bytes, quality: int | None) -> dict[str, object]:
    line: dict[str, object] = {"file": name, "signal": kind.name, "value": kind.write(data)}
    if quality is not None:
        line["quality"] = quality
        line["usable"] = kind.least is None or quality >= kind.least
    return line


def _error(name: str, failure: FanalError) -> dict[str, object]:
    return {"file": name, "error": failure.reason.code, "message": failure.reason.text.speak(speaks())}


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """Open a file, or hold standard input in memory, since every kind reads it from its beginning."""
    if name == "-":
        import io  # noqa: PLC0415

        yield io.BytesIO(sys.stdin.buffer.read())
    else:
        with Path(name).open("rb") as file:
            yield file
