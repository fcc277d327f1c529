"""Drafts made here: a PDF with something in every corner, hand-written PDFs, archives of XML."""

from __future__ import annotations

import io
import zipfile
import zlib

from reportlab.pdfgen import canvas

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire import drafts

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OPEN = 'xmlns:text="urn:t" xmlns:office="urn:o" xmlns:xlink="urn:x" xmlns:dc="urn:d" xmlns:svg="urn:s"'


def answer(content: bytes, *, name: str = "", form: Form | None = None) -> Draft | str:
    """Give the draft, or the code of the reason for which it was refused."""
    try:
        return drafts.read(content, name=name, form=form)
    except Refused as why:
        return why.reason.code


def texts(draft: Draft | str, place: Place) -> list[str]:
    """Give the texts that stand in one place of a draft."""
    assert isinstance(draft, Draft), draft
    return [part.text for part in draft.parts if part.place is place]


def seen(content: str | bytes, *, name: str = "a.html") -> str:
    """Give the text of a draft that is seen."""
    return texts(answer(content.encode() if isinstance(content, str) else content, name=name), Place.TEXT)[0]


def archive(files: dict[str, str | bytes]) -> bytes:
    """Zip files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return whole.getvalue()


def word(body: str, **more: str | bytes) -> bytes:
    """Make a DOCX of one body; `more` are other files, their names with __ for / and _dot_ for a dot."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
    }
    files |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive(files)


def full_pdf() -> bytes:
    """Make a PDF of two pages with a title, a link, a note, an outline and a field."""
    whole = io.BytesIO()
    page = canvas.Canvas(whole)
    page.setTitle("The title says rivage")
    page.setAuthor("Camille")
    page.drawString(72, 720, "On the first page stands falaise, été.")
    page.linkURL("https://dune.example/x", (0, 0, 100, 100))
    page.bookmarkPage("here")
    page.addOutlineEntry("The outline says lagune", "here")
    page.textAnnotation("The note says estran")
    page.acroForm.textfield(name="field", value="filled with marais", tooltip="a tip")
    page.showPage()
    page.drawString(72, 700, "On the second page stands goulet.")
    page.save()
    return whole.getvalue()


def stream(content: bytes, about: bytes = b"") -> bytes:
    """Write a stream as an object of a PDF."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), about, content)


def squeezed(content: bytes) -> bytes:
    """Write a compressed stream as an object of a PDF."""
    return stream(zlib.compress(content), b"/Filter/FlateDecode")


def bare_pdf(*objects: bytes) -> bytes:
    """Write a PDF of these objects, the first being its root."""
    whole, starts = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size, at = len(objects) + 1, len(whole)
    return (
        whole
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, at)
    )


def page_pdf(content: bytes, *more: bytes) -> bytes:
    """Write a PDF of one page with the stream `content`; object 6, the first of `more`, is its form X."""
    return bare_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        content,
        *more,
    )
