"""Read one PDF from standard input and say on standard output what it holds: the program that pdf.py runs apart.

It first gives up what it does not need: memory, time, files to write, the network, other programs.
"""

from __future__ import annotations

import io
import json
import logging
import re
import resource
import sys
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Place
from fanal.wire.drafts import package, refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader
    from pypdf.generic import PdfObject, StreamObject

MOST_MEMORY: Final = 1 << 30
MOST_SECONDS: Final = 8
MOST_WORDS: Final = 20_000_000
MOST_OBJECTS: Final = 500_000

_FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ctypes.",
)
_MISSING: Final = (  # what pypdf says where it goes on without a part of the file
    "Impossible to decode",
    "Error -",
    "CAUTION",
    "Invalid stream",
    "Invalid object number",
    "Invalid /N",
    "Value /N",
    "XRef object",
    "Previous trailer cannot",
    "Invalid/Truncated xref",
    "Ignoring page tree entry",
    "Page contents are not",
    "Circular xref",
)
_TOO_MUCH: Final = ("Exceeded",)
_BY_KEY: Final = {
    "/URI": Place.LINK,
    "/F": Place.LINK,
    "/UF": Place.LINK,
    "/Base": Place.LINK,
    "/Alt": Place.PICTURE,
    "/ActualText": Place.PICTURE,
    "/E": Place.PICTURE,
    "/TU": Place.PICTURE,
    "/V": Place.TEXT,  # what is filled in
    "/Title": Place.ABOUT,
    "/Author": Place.ABOUT,
    "/Subject": Place.ABOUT,
    "/Keywords": Place.ABOUT,
    "/Creator": Place.ABOUT,
    "/Producer": Place.ABOUT,
}
# Numbers, sums, keys and tables that are written as strings.
_NO_WORDS: Final = re.compile(
    r"/(?:ID|CharSet|Panose|Registry|Ordering|Lookup|O|U|OE|UE|Perms|CheckSum|Cert|M|CreationDate|ModDate|DA|ByteRange"
    r"|LastModified|Lang)"
)


def read(content: bytes) -> dict[str, object]:
    """Read a PDF. What comes out: `parts` (place, text) and `notes` (codes), or `refused` (a code)."""
    from pypdf import errors  # noqa: PLC0415 - this program starts before it is on its leash

    heard = _Heard()
    logging.getLogger("pypdf").addHandler(heard)
    logging.getLogger("pypdf").propagate = False
    try:
        answer = _read(content)
    except Refused as why:
        return {"refused": why.reason.code}
    except (errors.LimitReachedError, MemoryError, RecursionError):
        return {"refused": refusals.TOO_INTRICATE.code}
    except Exception:  # noqa: BLE001 - whatever a broken file makes a reader stumble over, and none of its words
        return {"refused": refusals.DAMAGED.code}
    return {"refused": heard.refused} if heard.refused else answer


def _read(content: bytes) -> dict[str, object]:
    from pypdf import PasswordType, PdfReader, overwrite_configuration  # noqa: PLC0415

    overwrite_configuration(jbig2dec_binary=None, disable_legacy_handling=True)
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Refused(refusals.LOCKED)
    parts: list[tuple[str, str]] = []
    notes: set[str] = set()
    left = MOST_WORDS
    for page in reader.pages:
        text = page.extract_text()
        if not _readable(text) and page.get_contents() is not None:
            notes.add(refusals.PAGES_UNREAD.code)
        parts.append((Place.TEXT.value, _whole(text)))
        left -= len(text)
        if left < 0:
            raise Refused(refusals.TOO_INTRICATE)
    for place, text in _beside(reader, notes):
        parts.append((place.value, _whole(text)))
        left -= len(text)
        if left < 0:
            raise Refused(refusals.TOO_INTRICATE)
    return {"parts": parts, "notes": sorted(notes)}


def _beside(reader: PdfReader, notes: set[str]) -> Iterator[tuple[Place, str]]:
    """Give every text that the file holds beside its pages: each object that its root leads to is looked at once."""
    from pypdf import generic  # noqa: PLC0415

    waiting: list[tuple[str, PdfObject | None]] = [("", reader.trailer)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        key, here = waiting.pop()
        if isinstance(here, generic.IndirectObject):
            if (here.idnum, here.generation) in seen:
                continue
            seen.add((here.idnum, here.generation))
            if len(seen) > MOST_OBJECTS:
                raise Refused(refusals.TOO_INTRICATE)
        one = here.get_object() if here is not None else None
        if isinstance(one, generic.DictionaryObject):
            if "/EF" in one:
                notes.add(refusals.FILES_UNREAD.code)
            if isinstance(one, generic.StreamObject):
                yield from _stream(key, one, notes)
            signature = "/Contents" if "/ByteRange" in one else ""
            waiting.extend((str(name), one.raw_get(name)) for name in reversed(list(one)) if name != signature)
        elif isinstance(one, generic.ArrayObject):
            waiting.extend((key, each) for each in reversed(list.copy(one)))
        else:
            yield from _string(key, one)


def _string(key: str, one: PdfObject | None) -> Iterator[tuple[Place, str]]:
    from pypdf import generic  # noqa: PLC0415

    if isinstance(one, generic.TextStringObject) and not _NO_WORDS.fullmatch(key):
        yield _BY_KEY.get(key, Place.HIDDEN), str(one)
    elif isinstance(one, generic.ByteStringObject) and key == "/URI":
        yield Place.LINK, one.decode("latin-1")


def _stream(key: str, stream: StreamObject, notes: set[str]) -> Iterator[tuple[Place, str]]:
    if stream.get("/Subtype") == "/Image":
        notes.add(refusals.PICTURES_UNREAD.code)
    elif key in {"/JS", "/RC"}:
        yield Place.HIDDEN, stream.get_data().decode("utf-8", errors="replace")
    elif key in {"/Metadata", "/XFA"}:
        yield Place.ABOUT, _words_of_xml(stream.get_data())


def _words_of_xml(content: bytes) -> str:
    """Give the words and values of a piece of XML; where it is none, all of it as it stands."""
    pieces: list[str] = []

    def started(_name: str, attributes: dict[str, str]) -> None:
        pieces.extend((*attributes.values(), "\n"))

    try:
        package.parse(content.strip(b"\0"), start=started, end=lambda _: pieces.append("\n"), words=pieces.append)
    except Refused:
        return content.decode("utf-8", errors="replace")
    return "".join(pieces)


def _readable(text: str) -> bool:
    """Say whether a page's text is one: letters that a font draws without saying which they are come out as none."""
    known = sum(1 for sign in text if sign.isprintable() and sign != "\ufffd" and not "\ue000" <= sign <= "\uf8ff")
    return bool(text.strip()) and known >= 0.7 * len(text.replace("\n", ""))


def _whole(text: str) -> str:
    """Give the text without halves of characters, which no file could be written with."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Heard(logging.Handler):
    """Listen to what the reader goes on without, so that a part is not taken for the whole."""

    refused = ""

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(_TOO_MUCH):
            self.refused = refusals.TOO_INTRICATE.code
        elif str(record.msg).startswith(_MISSING):
            self.refused = self.refused or refusals.DAMAGED.code


def _on_the_leash() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    if sys.platform == "linux":  # elsewhere the system does not hold to it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _forbid(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise Refused(refusals.DAMAGED)


def main() -> int:
    """Take the leash, read, answer."""
    _on_the_leash()
    import pypdf  # noqa: F401, PLC0415 - what it needs of the system, it takes before that is closed

    sys.addaudithook(_forbid)
    answer = json.dumps(read(sys.stdin.buffer.read()))
    sys.stdout.write(answer)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
