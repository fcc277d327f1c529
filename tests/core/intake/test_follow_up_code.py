"""A code is found again however it is typed, and a slip is always noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.intake import follow_up_code

CHANCE = st.binary(min_size=12, max_size=32)
PLACE = st.integers(0, follow_up_code.LENGTH - 1)


@given(CHANCE)
def test_a_code_reads_back(chance: bytes) -> None:
    code = follow_up_code.make(chance)
    assert len(code) == 20
    assert follow_up_code.parse(code) == code
    assert follow_up_code.parse(follow_up_code.show(code)) == code


@given(CHANCE, PLACE, st.sampled_from(follow_up_code.ALPHABET))
def test_every_single_substitution_is_noticed(chance: bytes, place: int, symbol: str) -> None:
    code = follow_up_code.make(chance)
    wrong = code[:place] + symbol + code[place + 1 :]
    assert follow_up_code.parse(wrong) == (code if wrong == code else None)


@given(CHANCE, st.integers(0, follow_up_code.LENGTH - 2))
def test_every_swap_of_neighbours_is_noticed(chance: bytes, place: int) -> None:
    code = follow_up_code.make(chance)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert follow_up_code.parse(wrong) == (code if wrong == code else None)


@given(CHANCE, PLACE)
def test_a_lost_symbol_is_noticed(chance: bytes, place: int) -> None:
    code = follow_up_code.make(chance)
    assert follow_up_code.parse(code[:place] + code[place + 1 :]) is None


@given(st.binary(min_size=12, max_size=12), st.integers(0, 94))
def test_each_of_the_95_bits_counts(chance: bytes, bit: int) -> None:
    other = (int.from_bytes(chance, "big") ^ 2 << bit).to_bytes(12, "big")
    assert follow_up_code.make(chance) != follow_up_code.make(other)


def test_the_way_of_typing_is_forgiven() -> None:
    code = follow_up_code.make(bytes(range(12)))
    typed = follow_up_code.show(code).lower().replace("0", "o").replace("1", "l").replace(" ", " – ")
    assert follow_up_code.parse(f"\t{typed}\n") == code


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    found = follow_up_code.parse(text)
    assert found is None or follow_up_code.parse(found) == found


def test_a_code_is_shown_in_groups_of_four() -> None:
    shown = follow_up_code.show(follow_up_code.make(bytes(12)))
    assert [len(group) for group in shown.split(" ")] == [4, 4, 4, 4, 4]


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        follow_up_code.make(bytes(11))
