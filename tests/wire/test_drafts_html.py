"""HTML as a browser shows it, and all that travels with it; each character with its place; linear, however broken."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire.draft_files import answer, seen, texts

from fanal.core.guard.draft import Draft, Form, Part, Place
from fanal.wire.drafts import page

OBJECT = "\ufffc"
GARBAGE = [
    *"<>&\"'=/!?- ab\n",
    *(
        "--",
        "amp;",
        "&#x62;",
        "&copy",
        "<p>",
        "<a href=",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<div hidden>",
        "</div>",
        "<style>",
    ),
    *("</style>", "<title>", "<script>", "</script>", "<textarea>", "<svg>", "<![CDATA[", "]]>", "<p hidden>", "</p>"),
    *("<noscript>", "<template>", "</template>", "<!doctype html", "x.example", "<br>", "<img alt=", "<pre>"),
]
broken = st.lists(st.sampled_from(GARBAGE), max_size=30).map("".join)


def faults(source: str, part: Part) -> list[tuple[str, str]]:
    """List the characters of a part that their place in the source does not stand for."""
    assert part.source is not None
    assert part.ends is not None
    assert len(part.source) == len(part.ends) == len(part.text)
    assert list(part.source) == sorted(part.source)
    wrong = []
    for sign, start, end in zip(part.text, part.source, part.ends, strict=True):
        piece = source[start:end]
        stands_for = (
            piece == sign
            or (not piece and sign in f"\n\t{OBJECT}")  # what parts blocks, cells and raised signs is inserted
            or (sign == " " and not piece.strip("\t\n\f\r "))
            or (piece[:1] == "&" and sign in html.unescape(piece))
            or (piece[:1] == "<" and sign in f"\n{OBJECT}")
            or (piece[:1] == "\\" and sign in _unescaped(piece))
        )
        if not stands_for:
            wrong.append((sign, piece))
    return wrong


def _unescaped(piece: str) -> str:
    digits = piece.strip("\\ux{} ")
    return chr(int(digits, 16)) if len(digits) > 1 else str(json.loads(f'"{piece}"'))


@settings(max_examples=200, deadline=None)
@given(broken)
def test_each_character_has_its_place(source: str) -> None:
    read = answer(source.encode(), form=Form.HTML)
    assert isinstance(read, Draft)
    for part in read.parts:
        assert faults(source, part) == []


@settings(max_examples=300, deadline=None)
@given(broken, broken)
def test_no_word_is_lost_however_broken_the_page(before: str, after: str) -> None:
    read = answer(f"{before}zqxwv{after}".encode(), form=Form.HTML)
    assert isinstance(read, Draft)
    assert any("zqxwv" in part.text for part in read.parts)


WORDS = st.text("abcdefg", min_size=1, max_size=6)
INLINE = st.sampled_from(["b", "i", "span", "a", "strong", "font", "u", "custom-tag"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORDS, INLINE, WORDS, WORDS), min_size=1, max_size=5))
def test_a_word_in_pieces_is_whole_again(lines: list[tuple[str, str, str, str]]) -> None:
    whole = "".join(f"<p>{a}<{tag}>{b}</{tag}><!-- x --><wbr>{c}</p>" for a, tag, b, c in lines)
    assert seen(whole).split("\n") == [*(f"{a}{b}{c}" for a, _tag, b, c in lines), ""]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a&shy;b", "a\u00adb"),
        ("a<br>b", "a\nb"),
        ("<td>a</td><td>b</td>", "a\tb\t"),
        ("a \n  b", "a b"),
        ("<pre>a \n  b</pre>", "a \n  b\n"),
        ("a<img src=x>b", f"a{OBJECT}b"),
        ("bad<sup>1</sup>", f"bad{OBJECT}1{OBJECT}"),
        ("&eacute;&#233;&#xE9;&#x80;&notit;&bogus;", "ééé€¬it;&bogus;"),
        ("&#99999999999999999999;&#xD800;", "\ufffd\ufffd"),
        ("a<span hidden>x</span>b", "ab"),
        ("a<span style='color:red;display: none'>x</span>b", "ab"),
        ("a<p hidden>x<p>b", "a\nb"),
        ("<div hidden><p>x</div>b", "b"),
        ("a<template>x</template>b<noscript>y</noscript>c", "abc"),
        ("<svg><![CDATA[a<b>]]></svg>", f"{OBJECT}a<b>"),
        ("<textarea>a<b></textarea>", "a<b>"),
        ("1 < 2 <3", "1 < 2 <3"),
        ("a</>b</ c>d", "abd"),
        ("a<!-->b<!--->c<!-- --!>d", "abcd"),
    ],
)
def test_the_text_is_what_a_browser_shows(source: str, text: str) -> None:
    assert seen(source) == text


PAGE = r"""<!DOCTYPE html><html><head><title>T &amp; rivage</title>
<meta name="description" content="falaise"><meta property="og:title" content="estran">
<meta http-equiv="refresh" content="0;url=https://goulet.example">
<script type="application/ld+json">{"url":"https:\/\/\u0064une.example"}</script>
<style>.x{background:url(https://marais.example/\62 .png)}</style></head><body>
<p title="bulle">Hello</p><img alt="lagune" src="data:image/png;base64,QUJD" srcset="https://ilot.example/2x 2x">
<a href="https://cap.example/?a=1&copy=2&amp;b" data-share="baie.example" aria-label="dit anse">link</a>
<form action="//rade.example"><input value="crique" placeholder="havre"></form>
<!-- passe --><script>var u = "\x63hemin"</script><div hidden>secret <b>fjord</b></div>
<noscript><img src="https://polder.example/n.png"></noscript><bad@ria.example><b onclick="go()" quai>x</b></body>"""


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (Place.ABOUT, ["T & rivage", "falaise", "estran", "https://dune.example", "crique", "havre"]),
        (Place.LINK, ["https://goulet.example", "https://ilot.example/2x", "https://cap.example/?a=1&copy=2&b",
                      "baie.example", "//rade.example", "https://polder.example/n.png"]),
        (Place.PICTURE, ["bulle", "lagune", "dit anse"]),
        (Place.HIDDEN, [" passe ", 'u = "chemin"', "secret fjord", "marais.example/b.png", "bad@ria.example", "go()",
                        "quai"]),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_read_in_its_place(place: Place, held: list[str]) -> None:
    read = answer(PAGE.encode(), name="page.html")
    for one in held:
        assert any(one in text for text in texts(read, place)), one
    assert isinstance(read, Draft)
    assert all(faults(PAGE, part) == [] for part in read.parts)
    assert not any("QUJD" in part.text for part in read.parts)  # a picture's bytes are no words
    assert [note.code for note in read.notes] == ["draft.pictures-unread"]


@pytest.mark.parametrize(
    "piece", ["<div>", "<a ", '<a b="', "<!--", "</", "&amp", "<![CDATA[", "<p hidden>x", "<title>", "<svg>"]
)
def test_a_long_broken_page_is_read_or_refused(piece: str) -> None:
    """What takes quadratic time would take hours here and meet the time limit of a test."""
    read = answer(piece.encode() * (150_000 // len(piece)), form=Form.HTML)
    assert isinstance(read, Draft) or read == "draft.too-intricate"


def test_a_page_of_nothing_but_links_or_tags_is_refused_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_PARTS", 1_000)
    monkeypatch.setattr(page, "MOST_TAGS", 2_000)
    assert answer(b'<a href="x">' * 1_001, form=Form.HTML) == "draft.too-intricate"
    assert answer(b"<b>" * 2_001, form=Form.HTML) == "draft.too-intricate"
    assert isinstance(answer(b"<b>" * 2_000, form=Form.HTML), Draft)
