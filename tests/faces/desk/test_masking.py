"""Masking: whatever is found, however it overlaps, no letter of it is on the page, and each mark leads to words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fanal.core.guard.draft import Draft, Form, Part, Place
from fanal.core.guard.review import Doubt, Finding, Review, Standing, Sure
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text
from fanal.desk.masking import CUT, Masked, mask

ACCOUNT = Text(en="[reported account]", fr="[compte signalé]")
SITE = Text(en="[reported site]", fr="[site signalé]")
WHY = reason("guard.test", en="It names.", fr="Cela nomme.")
SEARCH = reason("guard.teaches-search", en="Search words.", fr="Des mots à chercher.")
JUDGES = reason("guard.prejudges", en="It judges.", fr="Cela préjuge.")


def found(start: int, end: int, *, part: int = 0, place: Place = Place.TEXT, wording: Text = ACCOUNT) -> Finding:
    return Finding(part, start, end, place, Sure.CERTAIN, Standing.REPORTED, (WHY,), wording)


def weighed(start: int, end: int, why: Reason = SEARCH) -> Doubt:
    return Doubt(0, start, end, Place.TEXT, (why,), Text(en="Leave it out.", fr="Retirez-le."))


def masked(text: str, *remarks: Finding | Doubt, more: tuple[Part, ...] = ()) -> Masked:
    findings = tuple(one for one in remarks if isinstance(one, Finding))
    doubts = tuple(one for one in remarks if isinstance(one, Doubt))
    draft = Draft(Form.TEXT, text, (Part(text), *more))
    return mask(draft, Review(findings, doubts, (), text), language="en")


def written(answer: Masked) -> str:
    return "".join(piece.text for block in answer.blocks for piece in block.pieces)


spans = st.tuples(st.integers(0, 39), st.integers(1, 12), st.booleans())


@given(st.lists(spans, max_size=8))
def test_no_letter_of_a_passage_is_shown_and_every_other_is(places: list[tuple[int, int, bool]]) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(40))  # forty letters, each once
    remarks = [
        found(start, min(40, start + size)) if sure else weighed(start, min(40, start + size))
        for start, size, sure in places
    ]
    answer = masked(text, *remarks)
    hidden = {letter for one in remarks for letter in text[one.start : one.end]}
    assert {letter for letter in written(answer) if letter in text} == {*text} - hidden
    known = {one.number for one in (*answer.findings, *answer.doubts)}
    used = [number for block in answer.blocks for piece in block.pieces for number in piece.numbers]
    assert set(used) == known == set(range(1, len(known) + 1))
    marks = [piece for block in answer.blocks for piece in block.pieces if piece.numbers]
    assert all(piece.kind in {"find", "doubt"} for piece in marks)
    assert all(piece.text.startswith("[") for piece in marks)


def test_the_same_thing_has_one_letter_and_others_have_others() -> None:
    text = "See @one_1, then @two_2, and @ONE_1 again."
    ones = [found(text.index(word), text.index(word) + 6) for word in ("@one_1", "@two_2", "@ONE_1")]
    answer = masked(text, *ones)
    assert written(answer) == ("See [reported account A], then [reported account B], and [reported account A] again.")
    assert [(one.number, one.times) for one in answer.findings] == [(1, 3)]


def test_a_thing_that_is_alone_needs_no_letter_and_doubts_are_numbered_on() -> None:
    text = "See site.example and search words here."
    answer = masked(text, found(4, 16, wording=SITE), weighed(21, 33))
    assert written(answer) == "See [reported site] and [search words] here."
    assert [one.number for one in (*answer.findings, *answer.doubts)] == [1, 2]


def test_words_that_judge_stay_readable_unless_something_is_found_in_them() -> None:
    text = "The predator @one_1 was seen."
    assert "predator" in written(masked(text, weighed(4, 12, JUDGES)))
    assert "predator" not in written(masked(text, weighed(4, 12, JUDGES), found(4, 19)))


def test_what_is_not_read_on_the_page_comes_last_and_only_where_a_remark_is() -> None:
    parts = (
        Part("https://site.example/fine", Place.LINK),
        Part("https://site.example/found", Place.LINK),
        Part("note", Place.HIDDEN),
    )
    answer = masked("Plain words.", found(0, 26, part=2, place=Place.LINK, wording=SITE), more=parts)
    assert [block.place for block in answer.blocks] == [Place.TEXT, Place.LINK]
    assert "fine" not in written(answer)
    assert written(answer).endswith("[reported site]")


def test_other_addresses_are_shown_so_that_none_can_be_opened() -> None:
    assert written(masked("Our page is https://desk.example/report\u202e now.")) == (
        "Our page is hxxps://desk[.]example/report⟨U+202E⟩ now."
    )


def test_a_long_text_without_a_remark_is_shortened() -> None:
    text = "a" * (CUT + 1) + "@one_1" + "b" * 20
    kinds = [(piece.kind, piece.text) for piece in masked(text, found(CUT + 1, CUT + 7)).blocks[0].pieces]
    assert [kind for kind, _ in kinds] == ["", "cut", "", "find", ""]
    assert len(written(masked("a" * 10_000_000))) < CUT


def test_more_letters_than_the_alphabet_has() -> None:
    text = " ".join(f"@u{n:03}" for n in range(60))
    answer = masked(text, *(found(n * 6, n * 6 + 5) for n in range(60)))
    labels = [piece.text for piece in answer.blocks[0].pieces if piece.numbers]
    assert len(set(labels)) == 60
    assert labels[25:28] == ["[reported account Z]", "[reported account AA]", "[reported account AB]"]
