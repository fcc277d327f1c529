"""Tell what an archive holds, and read it: DOCX or ODT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.errors import Refused
from fanal.wire.drafts import refusals
from fanal.wire.drafts.odt import read_odt
from fanal.wire.drafts.package import Package
from fanal.wire.drafts.word import read_docx

if TYPE_CHECKING:
    from fanal.core.guard.draft import Draft


def read_packed(content: bytes) -> Draft:
    """Read the draft in an archive. Refused where it holds neither, is damaged, locked or costs too much."""
    files = Package(content)
    if any(name.startswith("word/") for name in files.names):
        return read_docx(files)
    if "mimetype" in files.names and files.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return read_odt(files)
    raise Refused(refusals.UNKNOWN)
