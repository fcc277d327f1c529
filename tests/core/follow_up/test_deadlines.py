"""Deadlines: exact, told in words, late only once they are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.errors import Refused
from fanal.core.follow_up import deadlines

SENT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "passed", "code", "words"),
    [
        (2, timedelta(minutes=82), "due.last-hour", "38 min left of 2 h."),
        (24, timedelta(hours=3, minutes=30), "due.running", "20 h 30 min left of 24 h."),
        (168, timedelta(days=2, hours=5), "due.running", "4 d 19 h left of 7 d."),
        (1, timedelta(hours=1), "due.last-hour", "0 min left of 1 h."),
        (24, timedelta(hours=25), "due.late", "Late by 1 h."),
    ],
)
def test_the_words(hours: int, passed: timedelta, code: str, words: str) -> None:
    why = deadlines.due(SENT, hours, now=SENT + passed).reasons[0]
    assert (why.code, why.text.en) == (code, words)


def test_french_keeps_number_and_unit_together() -> None:
    assert deadlines.due(SENT, 168, now=SENT).reasons[0].text.fr == "7\u00a0j sur 7\u00a0j."


def test_a_deadline_without_length_is_refused() -> None:
    with pytest.raises(Refused):
        deadlines.due(SENT, 0, now=SENT)


@given(st.integers(1, 10_000), st.timedeltas(timedelta(), timedelta(days=1000)))
def test_late_exactly_after_the_moment(hours: int, passed: timedelta) -> None:
    found = deadlines.due(SENT, hours, now=SENT + passed)
    assert found.due_at == SENT + timedelta(hours=hours)
    assert found.late == (passed > timedelta(hours=hours))
    assert found.left == timedelta(hours=hours) - passed
