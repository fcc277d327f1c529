"""Clearance: only the guard makes it, and what it clears holds no small count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.errors import Refused
from fanal.core.events import Event
from fanal.core.figures import counts
from fanal.core.guard import clearance
from fanal.core.guard.clearance import Cleared

AT = datetime(2026, 10, 30, tzinfo=UTC)


def test_nobody_else_makes_it() -> None:
    with pytest.raises(Refused):
        Cleared("anything", rules=clearance.RULES, seal=object())


def test_it_cannot_be_changed_afterwards() -> None:
    cleared = clearance.clear(counts.count([]))
    with pytest.raises(AttributeError):
        cleared.content = None  # type: ignore[misc, assignment]


def test_a_small_month_takes_another_with_it() -> None:
    events = [(Event.REPORT_RECEIVED, AT)] * 3 + [(Event.REPORT_RECEIVED, AT + timedelta(days=9))] * 60
    public = clearance.clear(counts.count(events)).content
    assert next(one for one in public.counts if one.name == "reports").shown.value == 63
    assert [one.shown.text.en for one in public.months] == ["fewer than 5", "not shown"]


def test_a_median_of_few_is_not_told() -> None:
    spans = [("answer", AT, AT + timedelta(hours=2, minutes=30))]
    hidden = clearance.clear(counts.count([], spans=spans * 4)).content
    told = clearance.clear(counts.count([], spans=spans * 5)).content
    assert next(one for one in hidden.medians if one.name == "answer").hours is None
    median = next(one for one in told.medians if one.name == "answer")
    assert (median.hours, median.text.fr) == (2.5, "2,5\u00a0h")


events = st.tuples(st.sampled_from(Event), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001


@given(st.lists(events, max_size=80))
def test_no_small_count_passes(happened: list[tuple[str, datetime]]) -> None:
    public = clearance.clear(counts.count(happened)).content
    for one in (*public.counts, *public.months):
        assert one.shown.value is None or one.shown.value == 0 or one.shown.value >= 5
