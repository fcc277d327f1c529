"""Similar texts share bands as often as the table says, and disguises of one text share them all."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.crosscheck.things import KEY, STORY

from fanal.core.crosscheck import sketch


def agree(one: str, two: str) -> int:
    return sum(a == b for a, b in zip(sketch.bands(one, key=KEY), sketch.bands(two, key=KEY), strict=False))


@pytest.mark.parametrize(
    "other",
    [
        STORY.upper(),
        unicodedata.normalize("NFD", STORY),
        STORY.replace("é", "e").replace("à", "a"),
        STORY.replace(" ", "\u00a0\n "),
        STORY.replace(",", " 😡 ;"),
        f"{STORY} https://video.example/watch?v=1",
        f"{STORY} @some_name 06 12",
        STORY.replace("samedi", "samedi www.a.example 24"),
    ],
)
def test_the_same_words_in_disguise_agree_in_every_band(other: str) -> None:
    assert agree(STORY, other) == sketch.BANDS


def test_few_words_leave_nothing() -> None:
    assert sketch.bands("Ce compte est dangereux merci de regarder", key=KEY) == ()
    assert sketch.bands("", key=KEY) == ()


def test_a_script_without_spaces_has_words_too() -> None:
    assert len(sketch.bands("这个账号每天晚上都发布威胁视频", key=KEY)) == sketch.BANDS


@pytest.mark.parametrize(("changed", "least", "most"), [(11, 0.83, 0.97), (33, 0.03, 0.16), (54, 0.0, 0.02)])
def test_texts_agree_as_often_as_the_table_says(changed: int, least: float, most: float) -> None:
    """Of 201 words, so many are changed that the texts share 0.80, 0.50 and 0.30 of their pairs: 200 texts of each."""
    chance = random.Random(7)  # noqa: S311 - the texts are to be the same in every run
    met = 0
    for _ in range(200):
        one = ["".join(chance.choices("abcdefghijklmnoprstuvwxy", k=9)) for _ in range(201)]
        two = list(one)
        for place in chance.sample(range(1, 200, 3), changed):
            two[place] += "z"
        met += agree(" ".join(one), " ".join(two)) >= 2
    assert least <= met / 200 <= most


@given(st.text(max_size=2000))
def test_any_text_is_answered(text: str) -> None:
    assert len(sketch.bands(text, key=KEY)) in (0, sketch.BANDS)


def test_the_values_are_those_that_are_stored() -> None:
    """What a database holds was made with these numbers: another release of the library must draw the same."""
    assert [band.hex() for band in sketch.bands(STORY, key=KEY)[:2]] == [
        "007593c839107992fec37f802d078f69cd",
        "010c1b236b45d7cac0c011d0742829b433",
    ]
