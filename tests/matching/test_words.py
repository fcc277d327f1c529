"""Ordinary words are those that people write; invented names, syllables and digits are none."""

from __future__ import annotations

import pytest

from fanal.matching import words


@pytest.mark.parametrize(
    "word",
    [
        *("maison", "Été", "cœur", "signalements", "gendarmerie", "aujourd’hui", "peut-être", "L’enfant", "qu'il"),
        *("sunshine", "thanks", "Kevin", "amélie", "Orange", "internet", "roc", "ion", "the", "où", "NOËL"),
    ],
)
def test_what_people_write_is_ordinary(word: str) -> None:
    assert words.ordinary(word)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "-",
        "zzz",
        "xtc",
        "nachtvogel",
        "p4pillon",
        "papi11on",
        "77",
        "bl00m",
        "р\u0430pillon",
        "jaimelabd",
        "maison77",
    ],
)
def test_what_is_made_up_or_disguised_is_not(word: str) -> None:
    assert not words.ordinary(word)


def test_the_lists_are_small_in_memory() -> None:
    assert words.ordinary("maison")
    assert words._known().nbytes < 4_000_000
