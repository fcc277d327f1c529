"""A file that is a ZIP of XML (DOCX, ODT), opened with hard limits; its XML read as a stream, without a document type.

Nothing is written to disk, no address within is followed. Sizes are counted as they are unpacked, since what the
archive says of itself may be untrue.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from fanal.core.errors import Refused
from fanal.wire.drafts import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_FILES: Final = 5_000
MOST_UNPACKED: Final = 40_000_000
_LOCKED: Final = 0x1
_PLAIN_WAYS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Package:
    """The files of an archive. Refused where it is damaged, locked, or unpacks to more than a draft may."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError):
            raise Refused(refusals.DAMAGED) from None  # its text may name a file within
        self._files = self._archive.infolist()
        if len(self._files) > MOST_FILES:
            raise Refused(refusals.TOO_INTRICATE)
        if any(file.flag_bits & _LOCKED for file in self._files):
            raise Refused(refusals.LOCKED)
        self._left = MOST_UNPACKED

    @property
    def names(self) -> tuple[str, ...]:
        """Name the files."""
        return tuple(file.filename for file in self._files)

    @property
    def comment(self) -> str:
        """Give what is written beside the archive."""
        return self._archive.comment.decode("utf-8", errors="replace")

    def unpacked(self, ends: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Unpack each file whose name ends in one of `ends`; two of one name are both read."""
        for file in self._files:
            if file.filename.lower().endswith(ends):
                yield file.filename, self._unpack(file)

    def read(self, name: str) -> bytes:
        """Unpack one file."""
        return self._unpack(self._archive.getinfo(name))

    def _unpack(self, file: zipfile.ZipInfo) -> bytes:
        if file.compress_type not in _PLAIN_WAYS:
            raise Refused(refusals.DAMAGED)
        try:
            with self._archive.open(file) as stream:
                content = stream.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError):
            raise Refused(refusals.DAMAGED) from None
        self._left -= len(content)
        if self._left < 0:
            raise Refused(refusals.TOO_INTRICATE)
        return content


def parse(
    content: bytes,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Read XML as a stream: `start` and `end` get an element's name without its space, `words` the text between.

    Refused where it is not well-formed or has a document type: entities that grow, files of others.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def started(name: str, attributes: dict[str, str]) -> None:
        start(local(name), {local(key): value for key, value in attributes.items()})

    def ended(name: str) -> None:
        end(local(name))

    def typed(*_: object) -> None:
        raise Refused(refusals.DAMAGED)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = typed
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by place
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused(refusals.DAMAGED) from None


def local(name: str) -> str:
    """Give a name without its space."""
    return name.rpartition(" ")[2]
