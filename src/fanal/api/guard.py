"""Drafts that a program shows before it publishes them: /guard/check. Nothing of one is kept, or written to disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse  # noqa: TC002 - ninja reads them
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from fanal.actions import guard
from fanal.api import body, problems, reply
from fanal.api import sentences as say
from fanal.api.guard_shapes import BYTES
from fanal.core.errors import Refused
from fanal.core.guard.draft import Form
from fanal.core.guard.told import told

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES: Final = 20_000_000 + 64 * 1024  # a draft, and what a form has around it
LANGUAGES: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft as it was sent, with what was said of it."""

    content: bytes
    form: Form | None = None
    name: str = ""
    language: str = ""


def check(request: HttpRequest) -> HttpResponse:
    """Say whether a draft names anything that was reported, where, why, and how it may be written instead."""
    shown = _shown(request)
    tongue = shown.language or problems.language(request)
    checked = guard.check(reply.key(request), shown.content, name=shown.name, form=shown.form, language=tongue)
    answer = {**told(checked.draft, checked.review, tongue), "safe": checked.review.safe}
    return reply.plain(request, answer, status=200)


def _shown(request: HttpRequest) -> Shown:
    kind = (request.content_type or "").lower()
    if kind not in {"application/json", "multipart/form-data", *BYTES}:
        raise Refused(say.DRAFT_TYPE)
    raw = body.whole(request, limit=MAX_BYTES, too_large=say.DRAFT_TOO_LARGE)
    if kind == "application/json":
        return _from_json(body.parse(raw))
    if kind == "multipart/form-data":
        return _from_form(request, raw)
    return Shown(raw, BYTES[kind])


def _from_json(sent: object) -> Shown:
    if not isinstance(sent, Mapping):
        raise Refused(say.NOT_OBJECT)
    text = sent.get("text")
    if not isinstance(text, str) or set(sent) - {"text", "form", "language"}:
        raise Refused(say.DRAFT_EXPECTED)
    return Shown(text.encode(), _form(sent.get("form")), language=_language(sent.get("language")))


def _from_form(request: HttpRequest, raw: bytes) -> Shown:
    meta = {**request.META, "CONTENT_LENGTH": str(len(raw))}
    try:
        fields, files = MultiPartParser(meta, BytesIO(raw), [Memory(request)]).parse()
    except MultiPartParserError:
        raise Refused(say.DRAFT_EXPECTED) from None
    language, form = _language(fields.get("language") or None), _form(fields.get("form") or None)
    file = files.get("file")
    if file is not None:
        return Shown(file.read(), form, file.name or "", language)
    text = fields.get("text")
    if not isinstance(text, str):
        raise Refused(say.DRAFT_EXPECTED)
    return Shown(text.encode("utf-8", "replace"), form, language=language)


def _form(value: object) -> Form | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in set(Form):
        raise Refused(say.DRAFT_EXPECTED)
    return Form(value)


def _language(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or value not in LANGUAGES:
        raise Refused(say.DRAFT_EXPECTED)
    return value


class Memory(FileUploadHandler):
    """Keeps a file of a form in memory, whatever its size: no draft is written to disk."""

    def new_file(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - Django's own
        """Begin another file."""
        super().new_file(*args, **named)
        self._pieces: list[bytes] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece of it."""
        del start
        self._pieces.append(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Give the whole of it."""
        file = BytesIO(b"".join(self._pieces))
        return InMemoryUploadedFile(file, self.field_name, self.file_name, self.content_type, file_size, self.charset)
