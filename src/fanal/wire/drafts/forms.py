"""Which form a draft has: by what its bytes are, by what was said, by its name, by how it is written."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Form
from fanal.wire.drafts import refusals

_BY_NAME: Final = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".mdown": Form.MARKDOWN,
    ".mkd": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
    ".svg": Form.HTML,
    ".pdf": Form.PDF,
    ".docx": Form.DOCX,
    ".docm": Form.DOCX,
    ".odt": Form.DOCX,
}
_PICTURES: Final = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|BM.{4}\0{4}|II\*\0|MM\0\*|\0\0\x01\0[\x01-\x20]\0"
    rb"|.{4}ftyp(?:avif|avis|heic|heix|hevc|mif1|msf1)|\xff\x0a|\0\0\0\x0cJXL |8BPS|\0\0\0\x0cjP  ",
    re.DOTALL,
)
_REFUSED: Final = (
    (_PICTURES, refusals.PICTURE),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), refusals.OLD_WORD),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}\{\\rtf"), refusals.RTF),
    (
        re.compile(
            rb"\x1f\x8b|BZh[1-9]|7z\xbc\xaf|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd|\x7fELF|MZ.{58}|ID3|OggS|fLaC"
            rb"|RIFF....(?:WAVE|AVI )|.{4}ftyp|\x1aE\xdf\xa3|%!PS|wOF[F2]|SQLite format 3",
            re.DOTALL,
        ),
        refusals.UNKNOWN,
    ),
)
_HTML: Final = re.compile(
    r"<!doctype\s+html|<html\b|<(?:head|body|svg|article|section|div|p|a|span|img|br|h[1-6]|ul|ol|table|strong|em)"
    r"(?:\s+[a-z:-]+\s*=\s*[\"'][^<>]{0,400})?\s*/?>",
    re.IGNORECASE,
)
_MARKDOWN: Final = re.compile(
    r"\A(?:---|\+\+\+)[ \t]*\r?\n|\][ ]?\([^\s()]{1,2000}|^[ ]{0,3}\[[^\]\n]{1,999}\]:[ \t]|^[ ]{0,3}#{1,6}[ \t]|^```",
    re.MULTILINE,
)
_SAMPLE: Final = 200_000


def of_bytes(content: bytes, *, form: Form | None) -> Form | None:
    """Tell PDF and DOCX (or ODT) by their bytes; None for what must be a text. Refused for what is known and not read.

    `form` is what was said. A PDF, DOCX or ODT that is none is refused; a text that is a PDF is read as what it is.
    """
    for pattern, why in _REFUSED:
        if pattern.match(content):
            raise Refused(why)
    if b"%PDF-" in content[:1024]:
        return Form.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Form.DOCX
    if form in {Form.PDF, Form.DOCX, Form.ODT}:
        raise Refused(refusals.NOT_WHAT_IT_SAYS)
    return None


def of_name(name: str) -> Form | None:
    """Tell the form by the end of a file's name; None where it says nothing."""
    return next((form for end, form in _BY_NAME.items() if name.lower().endswith(end)), None)


def of_text(text: str) -> Form:
    """Tell the form of a text by how it is written: HTML by its tags, Markdown by its links and headings."""
    if text.lstrip()[:1] == "<" and _HTML.match(text.lstrip()[:1000]):
        return Form.HTML
    sample = text[:_SAMPLE]
    if _MARKDOWN.search(sample):
        return Form.MARKDOWN
    return Form.HTML if _HTML.search(sample) else Form.TEXT
