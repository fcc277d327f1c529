"""The safe version: in the draft's own source, with nothing else touched, and itself without findings."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.guard.reported import REPORTED, ask, index

from fanal.core.guard import check
from fanal.core.guard.draft import Draft, Form, Part, Place, plain

if TYPE_CHECKING:
    from fanal.core.guard.review import Doubt, Finding

TRICKS = (
    "{}",
    "@{}",
    "le compte {}",
    "«{}»",
    "{}, {} et {}",
    "hxxps://{}",
    "{}.",
    "x.com/{}",
    "compte\n{}",
    "{}{}",
    "[.]{}",
    "%40{}",
    "&#64;{}",
)
TYPED = (*(one for one, _ in REPORTED), "badname", "papillon", "b a d n a m e", "ami point example", "soleil")
WORDS = (
    "compte",
    "le",
    "et",
    "sur",
    "Merci",
    "X",
    "TikTok",
    ",",
    "\n",
    ".",
    "-",
    "@",
    "_",
    "#",
    "à l’envers",
    "zéro six",
)


@pytest.mark.parametrize(
    ("draft", "safe"),
    [
        ("Merci, @badname est signalé.", "Merci, [compte signalé] est signalé."),
        ("Le compte @badname est signalé.", "Le compte [nom retiré] est signalé."),
        ("Voir https://bad.example/galerie?id=4 vite.", "Voir [adresse signalée] vite."),
        ("Bloquez @badname, @papillon et @soleil !", "Bloquez [comptes signalés] !"),
        ("Appelez le 06 39 98 04 17.", "Appelez le [numéro retiré]."),
    ],
)
def test_the_sentence_still_reads(draft: str, safe: str) -> None:
    assert ask(draft).safe == safe


def test_it_speaks_the_language_asked_for() -> None:
    assert ask("Please avoid @badname today.", "en").safe == "Please avoid [reported account] today."


def test_markup_within_a_passage_stays() -> None:
    source = "<p>Voir bad<b>name</b>94, ou @bad<i>name</i>.</p>"
    at = [
        place
        for place, sign in enumerate(source)
        if source[:place].count("<") == source[:place].count(">") and sign not in "<>"
    ]
    text = "".join(source[place] for place in at)
    part = Part(text, Place.TEXT, array("I", at), array("I", [place + 1 for place in at]))
    review = ask(Draft(Form.HTML, source, (part,)))
    assert review.safe.count("<i>") == 1
    assert review.safe == "<p>Voir bad<b>name</b>94, ou [compte signalé]<i></i>.</p>"


def test_where_a_link_leads_is_replaced_whole() -> None:
    source = '<a href="https://bad.example/x">ici</a>'
    start, end = source.index("https"), source.index('">')
    parts = (
        Part("ici", Place.TEXT, range(end + 2, end + 5), range(end + 3, end + 6)),
        Part(source[start:end], Place.LINK, range(start, end), range(start + 1, end + 1)),
    )
    assert ask(Draft(Form.HTML, source, parts)).safe == '<a href="#">ici</a>'


def test_a_draft_without_a_source_is_rewritten_as_its_text() -> None:
    parts = (Part("Voir @badname.", Place.TEXT), Part("badname", Place.ABOUT), Part("Merci à tous.", Place.TEXT))
    assert ask(Draft(Form.PDF, "", parts)).safe == "Voir [compte signalé].\n\nMerci à tous."


def test_the_safe_version_is_read_again_as_the_draft_was() -> None:
    asked: list[str] = []

    def again(source: str) -> Draft:
        asked.append(source)
        return plain(source)

    blind, leads = index()
    check(
        plain("Voir @badname."),
        find=blind.find,
        known=lambda marks: {one: leads[one] for one in marks if one in leads},
        ordinary=lambda _: False,
        language="en",
        again=again,
    )
    assert asked == ["Voir [reported account]."]


def test_what_the_guard_wrote_is_never_a_name_itself() -> None:
    """An index in which the words of the wording are somebody's names, as they are among a million."""
    blind, leads = index()
    (mark,) = {one.mark for one in blind.find("badname")}

    def words_too(text: str) -> list[tuple[int, int, int]]:
        return [(at, at + 7, mark) for at in range(len(text)) if text.startswith(("badname", "account"), at)]

    review = check(
        plain("We were asked about @badname on X."),
        find=words_too,
        known=lambda marks: {one: leads[one] for one in marks},
        ordinary=lambda _: False,
        language="en",
    )
    assert review.safe == "We were asked about [reported account] on X."


def test_where_the_wording_makes_another_name_a_line_is_withheld_and_at_last_all() -> None:
    """A reader that drops the brackets, so that our words are read as anybody's: nothing loops, nothing is left."""
    blind, leads = index()
    (mark,) = {one.mark for one in blind.find("badname")}

    def everything(text: str) -> list[tuple[int, int, int]]:
        return [(at, at + 7, mark) for at in range(len(text)) if text.startswith(("badname", "account"), at)]

    review = check(
        plain("One @badname\nTwo @badname\nThree"),
        find=everything,
        known=lambda marks: {one: leads[one] for one in marks},
        ordinary=lambda _: False,
        language="en",
        again=lambda source: plain(source.replace("[", "").replace("]", "")),
    )
    assert "badname" not in review.safe
    assert "[reported account]" not in review.safe
    assert "Three" in review.safe


@given(
    st.lists(
        st.sampled_from((*WORDS, *TYPED))
        | st.builds(str.format, st.sampled_from(TRICKS), *[st.sampled_from(TYPED)] * 3),
        max_size=12,
    ),
    st.sampled_from(("fr", "en")),
)
def test_the_safe_version_is_itself_without_findings(pieces: list[str], language: str) -> None:
    draft = " ".join(pieces)
    review = ask(draft, language)
    assert not ask(review.safe, language).findings
    assert bool(review.findings) == (review.safe != draft)


@given(st.text(max_size=200) | st.text(alphabet="\u0301\u200b\ufe0f\u202e@._-/%&\\=ab0 \n", max_size=200))
def test_any_text_is_answered_within_its_bounds(text: str) -> None:
    review = ask(text)
    said: list[Finding | Doubt] = [*review.findings, *review.doubts]
    for one in said:
        assert 0 <= one.start < one.end <= len(text)
        assert one.part == 0
        assert one.wording.en
        assert all(reason.text.en for reason in one.reasons)
