"""Read a message that is about to leave as its recipient could: every text, link, header and name of a file in it."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from io import BytesIO
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Form, Part, Place
from fanal.core.guard.plain import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from fanal.core.connector import Message

SEALED: Final = b"age-encryption.org/v1\n"  # what begins so is for the recipient's key alone
_DEEPEST: Final = 4
_TEXTS: Final = frozenset({"text/plain", "text/csv", "text/markdown"})
_MARKED: Final = frozenset({"text/html", "text/xml", "application/xml"})


def parts(message: Message) -> tuple[Part, ...]:
    """Give everything that can be read in a message, but for what is sealed to the recipient's key.

    Refused where something in it is of no form that is read here: nothing leaves that nobody can look through.
    """
    return tuple(one for part in message.parts for one in read(part.name, part.media_type, part.content))


def read(name: str, media_type: str, content: bytes, *, depth: int = 0) -> Iterator[Part]:
    """Read one file of a message, and the files within it."""
    yield Part(name, Place.ABOUT)
    kind = media_type.partition(";")[0].strip().lower()
    if content.startswith(SEALED):
        return
    if depth > _DEEPEST:
        raise Refused(UNREADABLE)
    if kind == "application/pdf":
        yield from _pdf(content)
    elif kind == "message/rfc822":
        yield from _mail(message_from_bytes(content, policy=policy.default), depth)
    elif kind == "application/json" or kind.endswith("+json"):
        yield from _json(content)
    elif kind in _TEXTS:
        yield Part(_text(content))
    elif kind in _MARKED or kind.endswith("+xml"):
        yield from _marked(content)
    else:
        raise Refused(UNREADABLE)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused(UNREADABLE) from None


def _marked(content: bytes) -> Iterator[Part]:
    """Read HTML or XML: what is shown, and what is not."""
    from fanal.wire import drafts  # noqa: PLC0415 - slow to load

    try:
        yield from drafts.read(content, form=Form.HTML).parts
    except Refused:
        raise Refused(UNREADABLE) from None


def _mail(mail: EmailMessage, depth: int) -> Iterator[Part]:
    for one in mail.walk():
        yield from (Part(f"{name}: {value}", Place.ABOUT) for name, value in one.items())
        if one.is_multipart():
            yield from (Part(str(text), Place.HIDDEN) for text in (one.preamble, one.epilogue) if text)
            continue
        inner = one.get_payload(decode=True)
        if not isinstance(inner, bytes):
            raise Refused(UNREADABLE)
        yield from read(one.get_filename() or "", one.get_content_type(), inner, depth=depth + 1)


def _pdf(content: bytes) -> Iterator[Part]:
    """Read a PDF of our own making: its pages, its properties, whatever on them can be clicked."""
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(BytesIO(content), strict=True)
        for page in reader.pages:
            yield Part(page.extract_text())
            for one in page.get("/Annots") or ():
                yield Part(str(one.get_object()), Place.LINK)
        yield from (Part(f"{name}: {value}", Place.ABOUT) for name, value in (reader.metadata or {}).items())
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        raise Refused(UNREADABLE) from None


def _json(content: bytes) -> Iterator[Part]:
    try:
        waiting: list[object] = [json.loads(content)]
    except ValueError:
        raise Refused(UNREADABLE) from None
    while waiting:
        match waiting.pop():
            case str() as text:
                yield Part(text)
            case dict() as named:
                waiting += [*named, *named.values()]
            case list() as row:
                waiting += row
            case _:
                pass
