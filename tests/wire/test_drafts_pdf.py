"""PDF: the text of every page and what travels with it; what is built to harm gives a clear refusal, in time."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from tests.wire.draft_files import answer, bare_pdf, full_pdf, page_pdf, squeezed, stream, texts

from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import pdf, pdf_reader

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>"
HALF = bytearray(zlib.compress(b"".join(b"BT /F 12 Tf (words %d) Tj ET " % (one * one) for one in range(60))))
HALF[len(HALF) // 2] ^= 255  # the first words come out, and then no more


@pytest.fixture(scope="module")
def whole() -> bytes:
    return full_pdf()


@pytest.fixture(scope="module")
def read(whole: bytes) -> Draft | str:
    return answer(whole, name="a.pdf")


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (
            Place.TEXT,
            ["On the first page stands falaise, été.", "the second page stands goulet.", "filled with marais"],
        ),
        (Place.LINK, ["https://dune.example/x"]),
        (Place.ABOUT, ["The title says rivage", "Camille", "The outline says lagune"]),
        (Place.HIDDEN, ["The note says estran"]),
        (Place.PICTURE, ["a tip"]),
    ],
)
def test_each_corner_of_a_pdf_is_read_in_its_place(read: Draft | str, place: Place, held: list[str]) -> None:
    for one in held:
        assert any(one in text for text in texts(read, place)), one
    assert isinstance(read, Draft)
    assert read.form is Form.PDF
    assert read.notes == ()


def test_attached_files_and_what_xmp_says_are_named(whole: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
    writer.add_attachment("crique.csv", b"a,b")
    writer.add_metadata({"/Keywords": "havre"})
    about = DecodedStreamObject()
    about.set_data(b'<x:m xmlns:x="urn:x" x:by="Sacha"><x:title>XMP says anse</x:title></x:m>')
    writer.root_object[NameObject("/Metadata")] = writer._add_object(about)
    content = io.BytesIO()
    writer.write(content)
    read = answer(content.getvalue())
    assert isinstance(read, Draft)
    everything = "\n".join(part.text for part in read.parts)
    for one in ("crique.csv", "havre", "XMP says anse", "Sacha"):
        assert one in everything
    assert [note.code for note in read.notes] == ["draft.files-unread"]


def test_a_page_of_a_picture_alone_is_said_to_be_unread() -> None:
    picture = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    read = answer(page_pdf(stream(b"/X Do"), picture))
    assert isinstance(read, Draft)
    assert {note.code for note in read.notes} == {"draft.pages-unread", "draft.pictures-unread"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda whole: whole[: len(whole) // 2], "draft.damaged"),
        (lambda whole: whole[:-200], "draft.damaged"),
        (lambda _: page_pdf(stream(HALF, b"/Filter/FlateDecode")), "draft.damaged"),
        (lambda whole: _locked(whole, "secret"), "draft.locked"),
    ],
)
def test_what_is_damaged_or_locked_is_refused(whole: bytes, change: Callable[[bytes], bytes], code: str) -> None:
    assert answer(change(whole)) == code


def test_what_anybody_can_open_is_read(whole: bytes) -> None:
    assert any("falaise" in text for text in texts(answer(_locked(whole, "")), Place.TEXT))


def _locked(whole: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
    writer.encrypt(password, "owner", algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


BOMBS = {
    "one stream grows": page_pdf(squeezed(b" " * 80_000_000)),
    "forms within forms": page_pdf(
        stream(b"/X Do"),
        *(stream(b"/X Do " * 2, FORM % (number + 7)) for number in range(20)),
        stream(b"BT (x) Tj ET", b"/Type/XObject/Subtype/Form"),
    ),
    "pages within themselves": bare_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "an array without end": bare_pdf(
        b"<</Type/Catalog/Pages 2 0 R/A " + b"[" * 100_000 + b"]" * 100_000 + b">>", b"<</Type/Pages/Kids[]/Count 0>>"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str) -> None:
    begun = time.monotonic()
    assert answer(BOMBS[name]) in {"draft.too-intricate", "draft.damaged"}
    assert time.monotonic() - begun < pdf.LONGEST + 5


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST", 1.0)
    begun = time.monotonic()
    assert answer(page_pdf(squeezed(b"BT /F 12 Tf (abcdef) Tj ET\n" * 500_000))) == "draft.too-intricate"
    assert time.monotonic() - begun < pdf_reader.MOST_SECONDS - 2  # before the limit on its own time


LIMITS = """
import socket, subprocess, sys
from fanal.wire.drafts import pdf_reader
pdf_reader._on_the_leash()
import pypdf
sys.addaudithook(pdf_reader._forbid)
print({name: refused(act) for name, act in {
    "network": lambda: socket.create_connection(("127.0.0.1", 9)),
    "program": lambda: subprocess.run(["true"]),
    "memory": lambda: bytearray(2 << 30),
    "file": lambda: writes(),
}.items()})
"""


def test_the_reader_has_no_network_no_programs_no_files_and_little_memory(tmp_path: object) -> None:
    acts = (
        "def refused(act):\n    try:\n        act()\n"
        "    except BaseException as why:\n        return type(why).__name__\n"
        f"def writes():\n    with open({str(tmp_path)!r} + '/x', 'w') as file:\n        file.write('x')\n"
        "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", acts + LIMITS], capture_output=True, check=True)
    stopped = {"network": "Refused", "program": "Refused", "memory": "MemoryError", "file": "OSError"}
    assert done.stdout.decode().strip() == str(stopped)


def test_nothing_of_our_surroundings_reaches_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, object]] = []

    def run(*_: object, **how: object) -> subprocess.CompletedProcess[bytes]:
        started.append(how)
        return subprocess.CompletedProcess([], 1)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(socket, "socket", None)
    assert "PATH" in os.environ
    assert answer(b"%PDF-1.7") == "draft.too-intricate"
    assert started[0]["env"] == {}
    assert started[0]["stderr"] is subprocess.DEVNULL


def test_halves_of_characters_are_not_passed_on() -> None:
    assert pdf_reader._whole("a\ud83db") == "a\ufffdb"
