"""What a text for everybody is refused with: where, masked, why, and what to write; nothing of the name itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.errors import Refused
from fanal.core.guard import clearance, public
from fanal.core.guard.draft import Place, plain
from fanal.core.guard.review import Finding, Review, Standing, Sure
from fanal.core.reasons import reason
from fanal.core.text import Text

WHY = reason("guard.account", en="This is a reported account.", fr="C’est un compte signalé.")
WORDING = Text(en="a reported account", fr="un compte signalé")


def review(text: str, *passages: tuple[int, int]) -> Review:
    ones = [Finding(0, a, b, Place.TEXT, Sure.CERTAIN, Standing.REPORTED, (WHY,), WORDING) for a, b in passages]
    return Review(tuple(ones), (), (), text)


def test_a_text_that_names_nothing_is_cleared_as_it_stands() -> None:
    cleared = clearance.clear_text(plain("Merci.\n"), review("Merci.\n"))
    assert (cleared.content, cleared.rules) == ("Merci.\n", clearance.NAMES)


def test_a_refusal_says_where_why_and_what_to_write_in_both_languages() -> None:
    text = "Bonjour,\nle compte @canaryname est parti."
    at = text.index("@canary")
    with pytest.raises(Refused) as refused:
        clearance.clear_text(plain(text), review(text, (at, at + 11)))
    [one] = refused.value.reasons
    assert one.code == "public.names"
    assert one.text.en == "Line 2, “c…e”: This is a reported account. Write “a reported account” instead."
    assert "Ligne 2, «\u202fc…e\u202f»\u202f: C’est un compte signalé." in one.text.fr
    assert "canary" not in str(refused.value)


def test_what_overlaps_is_told_once_and_many_are_counted() -> None:
    text = "canaryname " * 8
    twice = review(text, (0, 10), (2, 8), (0, 8), (11, 21))
    assert len(public.faults(plain(text), twice)) == 2
    every = review(text, *((at, at + 10) for at in range(0, 88, 11)))
    assert [one.code for one in public.faults(plain(text), every)] == ["public.names"] * 5 + ["public.names-more"]


@given(st.text(min_size=4, max_size=30))
def test_a_masked_passage_shows_two_letters_at_most(passage: str) -> None:
    assert len(public.masked(passage)) <= 3
