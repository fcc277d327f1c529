"""Read a draft from bytes: the one front door to the forms in which people write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, plain
from fanal.wire.drafts import forms, letters, refusals
from fanal.wire.drafts.markdown import read_markdown
from fanal.wire.drafts.packed import read_packed
from fanal.wire.drafts.pdf import read_pdf
from fanal.wire.drafts.web import read_html

if TYPE_CHECKING:
    from collections.abc import Callable

_READERS: Final = {Form.PDF: read_pdf, Form.DOCX: read_packed}
_BY_FORM: Final = {Form.TEXT: plain, Form.HTML: read_html, Form.MARKDOWN: read_markdown}


def read(content: bytes, *, name: str = "", form: Form | None = None) -> Draft:
    """Read the draft that `content` holds; `name` is its file's, `form` what its giver says that it is.

    Nothing is executed, nothing fetched, nothing kept. Refused with the reason: a picture, a file of no known form, one
    that is too large, locked, damaged, or built to cost more than a draft may.
    """
    if len(content) > refusals.MOST_BYTES:
        raise Refused(refusals.TOO_LARGE)
    said = form or forms.of_name(name)
    packed = forms.of_bytes(content, form=said)
    if packed is not None:
        return _READERS[packed](content)
    text, notes = letters.text_of(content)
    draft = _BY_FORM[said or forms.of_text(text)](text)
    return replace(draft, notes=(*notes, *draft.notes))


def reader(form: Form) -> Callable[[str], Draft] | None:
    """Give what reads a source of that form, as `read` does; None for a form whose source is no text."""
    return _BY_FORM.get(form)
