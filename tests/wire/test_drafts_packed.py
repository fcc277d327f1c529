"""DOCX and ODT: what is printed, what travels with it, and archives that are built to harm."""

from __future__ import annotations

import io
import socket
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire.draft_files import OPEN, WORD, answer, archive, seen, texts, word

from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import package


def run(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("abc é", min_size=1, max_size=5), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_word_in_pieces_is_whole_again(paragraphs: list[list[str]]) -> None:
    body = "".join("<w:p>" + "".join(run(piece, "<w:b/>") for piece in one) + "</w:p>" for one in paragraphs)
    whole = "".join("".join(one) + "\n" for one in paragraphs)
    if whole.strip():
        assert seen(word(body), name="a.docx") == whole


BODY = f"""<w:p><w:pPr><w:rPr><w:vanish/></w:rPr><w:tabs><w:tab/></w:tabs></w:pPr>{run("bad")}
<w:bookmarkStart w:name="gue"/><w:r><w:softHyphen/><w:t>name</w:t></w:r>{run(" hidden fjord ", "<w:vanish/>")}
<w:r><w:noBreakHyphen/><w:t>end</w:t></w:r></w:p>
<w:p><w:del w:author="Camille"><w:r><w:delText>deleted rivage</w:delText></w:r></w:del><w:ins>{run("added")}</w:ins>
<w:moveFrom>{run("moved estran")}</w:moveFrom><w:r><w:instrText>HYPER</w:instrText></w:r>
<w:r><w:instrText>LINK "https://dune.example"</w:instrText></w:r></w:p>
<w:p>{run("be")}<w:r><mc:AlternateContent><mc:Choice><wp:docPr name="lagune.png" descr="says marais" title="baie"/>
<w:txbxContent><w:p>{run("in a box")}</w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p>{run("in a box")}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>
{run("fore")}</w:p><w:tbl><w:tr><w:tc><w:p>{run("one")}</w:p></w:tc></w:tr></w:tbl>"""
NOTE = f"<w:footnotes {WORD}><w:footnote><w:p>{run('at the foot')}</w:p></w:footnote></w:footnotes>"
COMMENT = f'<w:comment w:author="Dominique"><w:p>{run("falaise?")}</w:p></w:comment>'
LEADS_TO = """<Relationships><Relationship Target="https://goulet.example/x" TargetMode="External"/>
<Relationship Target="media/image1.png"/></Relationships>"""
FULL = word(
    BODY,
    word__header1_dot_xml=f"<w:hdr {WORD}><w:p>{run('at the head')}</w:p></w:hdr>",
    word__footnotes_dot_xml=NOTE,
    word__comments_dot_xml=f"<w:comments {WORD}>{COMMENT}</w:comments>",
    word___rels__document_dot_xml_dot_rels=LEADS_TO,
    docProps__core_dot_xml='<c:p xmlns:c="urn:c"><c:title>Title anse</c:title><c:creator>Sacha</c:creator></c:p>',
    docProps__custom_dot_xml='<Properties><property name="dossier"><v>crique</v></property></Properties>',
    word__media__image1_dot_png=b"",
    word__embeddings__sheet_dot_xlsx=b"",
)


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (Place.TEXT, ["bad\u00adname\u2011end", "added", "before", "in a box", "one", "at the head", "at the foot"]),
        (Place.LINK, ['HYPERLINK "https://dune.example"', "https://goulet.example/x"]),
        (Place.PICTURE, ["says marais", "baie"]),
        (Place.ABOUT, ["Camille", "Dominique", "lagune.png", "Title anse", "Sacha", "crique", "dossier", "sheet.xlsx"]),
        (Place.HIDDEN, ["hidden fjord", "deleted rivage", "moved estran", "falaise?", "gue"]),
    ],
)
def test_each_corner_of_a_docx_is_read_in_its_place(place: Place, held: list[str]) -> None:
    read = answer(FULL, name="a.docx")
    for one in held:
        assert any(one in text for text in texts(read, place)), one
    assert isinstance(read, Draft)
    assert not any("rivage" in text or "fjord" in text for text in texts(read, Place.TEXT))
    assert {note.code for note in read.notes} == {"draft.pictures-unread", "draft.files-unread"}
    assert sum("in a box" in part.text for part in read.parts) == 1  # not once more as an older Word shows it


ODF = "application/vnd.oasis.opendocument.text"
ODT = archive(
    {
        "mimetype": ODF,
        "content.xml": f"""<office:d {OPEN}><text:tracked-changes><text:p>deleted rivage</text:p>
</text:tracked-changes><text:p>bad<text:span>name</text:span><text:s text:c="2"/>is <text:a xlink:href="https://dune.example">here</text:a>
<text:note><text:note-body><text:p>at the foot</text:p></text:note-body></text:note>
<office:annotation><dc:creator>Camille</dc:creator><text:p>falaise?</text:p></office:annotation></text:p>
<svg:desc>says marais</svg:desc></office:d>""",
        "styles.xml": f"<office:s {OPEN}><text:p>at the head</text:p></office:s>",
        "meta.xml": f"<office:m {OPEN}><dc:title>Title anse</dc:title></office:m>",
    }
)


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (Place.TEXT, ["badname  is here", "at the foot", "at the head"]),
        (Place.LINK, ["https://dune.example"]),
        (Place.PICTURE, ["says marais"]),
        (Place.ABOUT, ["Title anse"]),
        (Place.HIDDEN, ["deleted rivage", "falaise?", "Camille"]),
    ],
)
def test_each_corner_of_an_odt_is_read_in_its_place(place: Place, held: list[str]) -> None:
    read = answer(ODT)
    for one in held:
        assert any(one in text for text in texts(read, place)), one
    assert isinstance(read, Draft)
    assert read.form is Form.ODT


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "http://192.0.2.1/x">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive({"word/document.xml": f"{ENTITIES}<document>&b;</document>"}), "draft.damaged"),
        (archive({"word/document.xml": f"{OUTSIDE}<document>&a;</document>"}), "draft.damaged"),
        (archive({"word/document.xml": "<document>"}), "draft.damaged"),
        (archive({"word/document.xml": b"\xff\xfe\x00"}), "draft.damaged"),
        (FULL[: len(FULL) // 2], "draft.damaged"),
        (word("<w:p/>", word__a_dot_xml=b"<a>" + b" " * 45_000_000), "draft.too-intricate"),
        (archive({f"word/{number}.xml": "" for number in range(5_001)}), "draft.too-intricate"),
        (archive({"mimetype": ODF, "META-INF/manifest.xml": "<encryption-data/>"}), "draft.locked"),
    ],
)  # fmt: skip
def test_what_is_damaged_or_built_to_harm_is_refused(content: bytes, code: str) -> None:
    assert answer(content, name="a.docx") == code


def test_what_is_locked_is_refused() -> None:
    with_flag = bytearray(FULL)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = with_flag.find(mark)
        while where >= 0:
            with_flag[where + at] |= 1
            where = with_flag.find(mark, where + 4)
    assert answer(bytes(with_flag)) == "draft.locked"


def test_sizes_are_counted_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000)
    content = bytearray(word("<w:p/>", word__a_dot_xml="<a>" + "b" * 5_000 + "</a>"))
    where = content.rfind(b"PK\x01\x02", 0, content.find(b"word/a.xml", content.find(b"PK\x01\x02")))
    content[where + 24 : where + 28] = (10).to_bytes(4, "little")  # it says ten bytes
    assert answer(bytes(content)) in {"draft.too-intricate", "draft.damaged"}
    assert answer(word("<w:p/>", word__a_dot_xml="<a>" + "b" * 5_000 + "</a>")) == "draft.too-intricate"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FULL) - 1), st.integers(1, 255))
def test_a_flipped_byte_gives_a_draft_or_a_refusal(at: int, flip: int) -> None:
    content = bytearray(FULL)
    content[at] ^= flip
    read = answer(bytes(content), name="a.docx")
    assert isinstance(read, Draft) or read.startswith("draft.")


def test_addresses_within_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)
    monkeypatch.setattr(zipfile.ZipFile, "extract", opened)
    assert isinstance(answer(FULL), Draft)
    assert isinstance(answer(ODT), Draft)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_both_read() -> None:
    whole = io.BytesIO(word(f"<w:p>{run('first')}</w:p>"))
    with zipfile.ZipFile(whole, "a") as packed:
        packed.writestr("word/document.xml", f"<w:document {WORD}><w:p>{run('second')}</w:p></w:document>")
    assert texts(answer(whole.getvalue()), Place.TEXT) == ["first\n", "second\n"]
