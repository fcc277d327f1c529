"""Small counts: never published, and never to be worked out from the others."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.guard import small_numbers
from fanal.core.guard.small_numbers import FEWER, FEWEST, WITHHELD, Shown


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_are_fewer_than_five(count: int) -> None:
    assert small_numbers.shown(count) == Shown(None, FEWER)


@pytest.mark.parametrize(("count", "english", "french"), [(0, "0", "0"), (5, "5", "5"), (6139, "6,139", "6\u202f139")])
def test_others_stand_as_they_are(count: int, english: str, french: str) -> None:
    found = small_numbers.shown(count)
    assert (found.value, found.text.en, found.text.fr) == (count, english, french)


def test_a_single_small_part_takes_another_with_it() -> None:
    total, parts = small_numbers.shown_with_total((3, 90, 100))
    assert total.value == 193
    assert [one.text for one in parts[:2]] == [FEWER, WITHHELD]
    assert parts[2].value == 100


def test_where_nothing_else_helps_the_sum_is_withheld() -> None:
    total, parts = small_numbers.shown_with_total((1, 5))
    assert total == Shown(None, WITHHELD)
    assert [one.value for one in parts] == [None, 5]


def consistent(total: Shown, parts: tuple[Shown, ...], most: int) -> list[tuple[int, ...]]:
    """Everything that an onlooker who knows the rules must hold for possible, up to a largest count."""
    ranges = []
    for one in parts:
        if one.value is not None:
            ranges.append([one.value])
        elif one.text == FEWER:
            ranges.append(list(range(1, FEWEST)))
        else:
            ranges.append(list(range(FEWEST, most + 1)))
    found = itertools.product(*ranges)
    if total.value is not None:
        return [row for row in found if sum(row) == total.value]
    return [row for row in found if total.text != FEWER or sum(row) < FEWEST]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_every_small_part_could_be_something_else(parts: list[int]) -> None:
    total, seen = small_numbers.shown_with_total(tuple(parts))
    possible = consistent(total, seen, most=40)
    assert tuple(parts) in possible
    for index, count in enumerate(parts):
        if 0 < count < FEWEST and sum(parts) >= FEWEST:
            assert len({row[index] for row in possible}) > 1


@given(st.lists(st.integers(0, 10_000), max_size=24))
def test_no_small_count_is_ever_shown(parts: list[int]) -> None:
    total, seen = small_numbers.shown_with_total(tuple(parts))
    assert not any(one.value is not None and 0 < one.value < FEWEST for one in (total, *seen))
    assert [one.value for one, count in zip(seen, parts, strict=True) if count == 0] == [0] * parts.count(0)
