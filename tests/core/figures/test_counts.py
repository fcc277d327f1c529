"""Figures: a fold over events, the same whatever the order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.events import Event
from fanal.core.figures import counts

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_each_figure_counts_its_event() -> None:
    happened = [(Event.REPORT_RECEIVED, AT)] * 3 + [(Event.CASE_OPENED, AT)] * 2 + [(Event.DISPATCH_SENT, AT)]
    figures = counts.count([(name.value, at) for name, at in happened])
    assert (figures.value("reports"), figures.value("cases"), figures.value("sent")) == (3, 2, 1)
    assert figures.value("answered") == 0
    with pytest.raises(KeyError):
        figures.value("guilt")


def test_months_without_a_report_stand_there_too() -> None:
    happened = [
        (Event.REPORT_RECEIVED, datetime(2025, 11, 3, tzinfo=UTC)),
        (Event.REPORT_RECEIVED, AT.replace(month=2)),
    ]
    months = counts.count(happened).months
    assert [(one.year, one.month, one.reports) for one in months] == [
        (2025, 11, 1),
        (2025, 12, 0),
        (2026, 1, 0),
        (2026, 2, 1),
    ]


def test_medians() -> None:
    hours = [1, 30, 2, 100]
    spans = [("answer", AT, AT + timedelta(hours=one)) for one in hours]
    median = next(one for one in counts.count([], spans=spans).medians if one.name == "answer")
    assert (median.hours, median.of) == (16.0, 4)
    assert next(one for one in counts.count([]).medians if one.name == "answer").hours is None


def test_what_no_figure_counts_changes_nothing() -> None:
    assert counts.count([(Event.CASE_VISITED, AT), ("unheard.of", AT)]) == counts.count([])
    assert counts.count([]).first_on is None


events = st.lists(
    st.tuples(st.sampled_from(Event), st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31))),  # noqa: DTZ001
    max_size=60,
)


@given(events, st.randoms())
def test_order_changes_nothing_and_nothing_is_lost(happened: list[tuple[str, datetime]], chance: object) -> None:
    mixed = list(happened)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    figures = counts.count(happened)
    assert counts.count(mixed) == figures
    assert figures.value("reports") == sum(name == Event.REPORT_RECEIVED for name, _at in happened)
    assert sum(one.reports for one in figures.months) == figures.value("reports")


def test_the_days_are_those_of_what_is_counted() -> None:
    figures = counts.count([(Event.CASE_CLOSED, AT), (Event.REPORT_RECEIVED, AT - timedelta(days=3))])
    assert (figures.first_on, figures.last_on) == (date(2026, 11, 19), date(2026, 11, 22))
