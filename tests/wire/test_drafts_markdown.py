"""Markdown as its readers see it, and all that travels with it; each character with its place; linear."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire.draft_files import answer, seen, texts

from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import markdown

GARBAGE = [
    *"<>&\"'=/!-*_`[]()#~\\ ab\n\t@",
    *(
        "**",
        "``",
        "```\n",
        "![",
        "](",
        "[^",
        "]:",
        "\n\n",
        "# ",
        "> ",
        "- ",
        "1. ",
        "---\n",
        "amp;",
        "&copy",
        "<b>",
        "</b>",
    ),
    *("<div hidden>", "</div>", "<!--", "-->", "<http://", "<a href=", "<script>", "x.example"),
]
messy = st.lists(st.sampled_from(GARBAGE), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(messy)
def test_each_character_has_its_place(source: str) -> None:
    read = answer(source.encode(), form=Form.MARKDOWN)
    assert isinstance(read, Draft)
    for part in read.parts:
        assert part.source is not None
        assert part.ends is not None
        assert list(part.source) == sorted(part.source)
        for sign, start, end in zip(part.text, part.source, part.ends, strict=True):
            piece = source[start:end]
            inserted = not piece and sign in "\n\t\ufffc"
            other = piece[:1] in "\\&<!" and sign in (piece[1:], html.unescape(piece), "\n", "\ufffc")
            assert piece == sign or inserted or other, (sign, piece)


@settings(max_examples=200, deadline=None)
@given(messy, messy)
def test_no_word_is_lost_however_messy_the_text(before: str, after: str) -> None:
    read = answer(f"{before}zqxwv{after}".encode(), form=Form.MARKDOWN)
    assert isinstance(read, Draft)
    assert any("zqxwv" in part.text for part in read.parts)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("bad**na**me", "badname"),
        ("bad_na_me", "bad_na_me"),
        ("_bad_ *na* ~~me~~", "bad na me"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("**a *b* c**", "a b c"),
        ("f*ck", "f*ck"),
        (r"bad\_na\*me", "bad_na*me"),
        ("bad&shy;name &eacute;", "bad\u00adname é"),
        ("see [bad](https://x.example)name", "see badname"),
        ("see [bad][x]name", "see badname"),
        ("see [bad] name", "see [bad] name"),
        ("see [a](b c", "see [a](b c"),
        ("`a *b* \\_`", "a *b* \\_"),
        ("``a ` b``", "a ` b"),
        ("`a *b*", "`a b"),
        ("<https://x.example/y>", "https://x.example/y"),
        ("a <b>c</b> d < e", "a c d < e"),
        ("# Title\n\n> quoted\n> more\n\n- one\n2. two", "Title\n\nquoted\nmore\n\none\ntwo"),
        ("## 3. Third\n\n# 06. call", "3. Third\n\n06. call"),
        ("a ![alt](x.png) b", "a \ufffc b"),
        ("```\n**raw** <b>\n```\nafter", "**raw** <b>\nafter"),
        ("a\n\n[x]: https://x.example 'T'\nb", "a\n\nb"),
    ],
)
def test_the_text_is_what_a_reader_sees(source: str, text: str) -> None:
    assert seen(source, name="a.md") == text


TEXT = r"""---
title: "A \u0072ivage"
---
See [the *page*](https://dune.example/a_(b) "says \"bulle\"") and ![a **lagune**](https://ilot.example/i.png 'crique').
With [one][baie] and [two]: [^note] <span data-x="rade.example" title="anse">in</span> <!-- passe -->

[cap]: <https://goulet.example/x> (havre)

```python estran
x = 1
```

[^note]: said here
"""


@pytest.mark.parametrize(
    ("place", "held"),
    [
        (Place.ABOUT, ["A rivage"]),
        (
            Place.LINK,
            ["https://dune.example/a_(b)", "https://ilot.example/i.png", "rade.example", "https://goulet.example/x"],
        ),
        (Place.PICTURE, ['says "bulle"', "a lagune", "crique", "anse", "havre"]),
        (Place.HIDDEN, ["baie", " passe ", "cap", "python estran", "note"]),
        (Place.TEXT, ["See the page and", "said here", "x = 1"]),
    ],
)
def test_what_nobody_sees_is_read_in_its_place(place: Place, held: list[str]) -> None:
    read = answer(TEXT.encode(), name="page.md")
    for one in held:
        assert any(one in text for text in texts(read, place)), one


@pytest.mark.parametrize("piece", ["*a", "[", "![", '[](a "', "`a", "``a`", '<a b="', "<a ", "[a]: b (\n", "[a](("])
def test_a_long_messy_text_is_read_or_refused(piece: str) -> None:
    """What takes quadratic time would take hours here and meet the time limit of a test."""
    read = answer(piece.encode() * (40_000 // len(piece)), form=Form.MARKDOWN)
    assert isinstance(read, Draft) or read == "draft.too-intricate"


def test_a_text_of_nothing_but_marks_is_refused_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_SIGNS", 1_000)
    assert answer(b"*a" * 1_001, form=Form.MARKDOWN) == "draft.too-intricate"
