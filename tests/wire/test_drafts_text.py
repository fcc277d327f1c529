"""Any bytes give a draft or a clear refusal; a text comes out as it was written, whatever its encoding."""

from __future__ import annotations

import codecs
import logging
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire.draft_files import answer, archive

from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import refusals

SENTENCE = "Merci à tous : l’été, œuvre, 日本, مرحبا, 🅱️."
MAGIC = (
    b"",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"<p>",
    b"{\\rtf1",
    b"---\n",
    b"\x89PNG\r\n\x1a\n",
)
NAMES = ("", "a.txt", "a.md", "a.html", "a.docx", "a.odt", "x.png")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(MAGIC), st.binary(max_size=300), st.sampled_from(NAMES))
def test_any_bytes_give_a_draft_or_a_refusal_in_both_languages(magic: bytes, rest: bytes, name: str) -> None:
    if b"%PDF-" in rest:
        return
    read = answer(magic + rest, name=name)
    if isinstance(read, Draft):
        assert read.parts
        assert read.parts[0].place is Place.TEXT
    else:
        assert read.startswith("draft.")


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_a_text_comes_out_as_it_was_written(text: str) -> None:
    for mark, name in ((b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                       (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")):  # fmt: skip
        if mark or not text.startswith("\ufeff"):
            read = answer(mark + text.encode(name), form=Form.TEXT)
            assert isinstance(read, Draft), (name, read)
            assert read.source == text
            assert [text[at] for at in read.parts[0].source or ()] == list(read.parts[0].text)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_without_a_mark_are_known_by_their_zeros(name: str) -> None:
    read = answer("Thank you all for the reports, été.".encode(name))
    assert isinstance(read, Draft)
    assert read.source == "Thank you all for the reports, été."


def test_old_letters_are_read_and_said() -> None:
    read = answer("Un œil, l’été – 5 €".encode("cp1252"), name="a.txt")
    assert isinstance(read, Draft)
    assert read.source == "Un œil, l’été – 5 €"
    assert read.notes == (refusals.OLD_LETTERS,)


@pytest.mark.parametrize(
    ("declared", "used", "note"),
    [
        ("shift_jis", "shift_jis", refusals.OTHER_LETTERS),
        ("koi8-r", "koi8-r", refusals.OTHER_LETTERS),
        ("iso-8859-1", "utf-8", None),  # it is UTF-8, whatever it says
        ("unicode_escape", "cp1252", refusals.OLD_LETTERS),  # never believed
        ("no-such", "cp1252", refusals.OLD_LETTERS),
    ],
)
def test_what_a_page_declares_is_believed_where_it_can_be(declared: str, used: str, note: object) -> None:
    word = {"shift_jis": "日本語", "koi8-r": "привет"}.get(used, "été")
    read = answer(f'<meta charset="{declared}"><p>{word}</p>'.encode(used), name="a.html")
    assert isinstance(read, Draft)
    assert word in read.parts[0].text
    assert read.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "draft.picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "draft.picture"),
        (b"GIF89a" + bytes(50), "draft.picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "draft.picture"),
        (b"\0\0\0\x1cftypavif" + bytes(50), "draft.picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "draft.old-word"),
        (b"{\\rtf1 hello", "draft.rtf"),
        (b"\x7fELF" + bytes(60), "draft.unknown-form"),
        (b"\x1f\x8b\x08" + bytes(60), "draft.unknown-form"),
        (bytes(range(256)) * 4, "draft.unknown-form"),
        (archive({"a.txt": "hello"}), "draft.unknown-form"),
        (b"a" * 20_000_001, "draft.too-large"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(content: bytes, code: str) -> None:
    assert answer(content) == code


def test_a_file_that_is_not_what_it_says_is_refused() -> None:
    assert answer(b"just words", name="a.pdf") == "draft.not-what-it-says"
    assert answer(b"just words", form=Form.DOCX) == "draft.not-what-it-says"
    assert answer(b"just words", form=Form.ODT) == "draft.not-what-it-says"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Thank you all.", Form.TEXT),
        ("We thank 1 < 2 and a_b_c.", Form.TEXT),
        ("<p>Thank you</p>", Form.HTML),
        ("Thank you <a href='x'>all</a>", Form.HTML),
        ("Thank [you](https://x.example)", Form.MARKDOWN),
        ("# Thanks\n\nto all", Form.MARKDOWN),
        ("---\ntitle: x\n---\nThanks", Form.MARKDOWN),
    ],
)
def test_the_form_of_a_text_is_told_by_how_it_is_written(text: str, form: Form) -> None:
    read = answer(text.encode())
    assert isinstance(read, Draft)
    assert read.form is form


def test_only_combining_marks_are_a_text() -> None:
    read = answer(("\u0301" * 500).encode())
    assert isinstance(read, Draft)
    assert len(read.parts[0].text) == 500


def test_nothing_of_a_draft_is_logged_or_fetched(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)
    with caplog.at_level(logging.DEBUG):
        for name in ("a.html", "a.md", "a.txt"):
            answer(f"<img src='https://quay.example/x'> {SENTENCE} \x80".encode(), name=name)
        answer(archive({"word/document.xml": "<document>quay</broken>"}))
    assert caplog.text == ""
