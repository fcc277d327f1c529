"""The queue: the gravest single report decides, a crowd never does."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.assess import queue
from fanal.core.case import CaseFacts, ReportFacts
from fanal.core.report import Category, Standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def report(
    category: Category = Category.OTHER,
    standing: Standing = Standing.WITNESS,
    *,
    minor: bool = False,
    danger_now: bool = False,
    hours_ago: int = 2,
) -> ReportFacts:
    return ReportFacts(NOW - timedelta(hours=hours_ago), category, standing, minor, danger_now)


def case(*reports: ReportFacts, turn: int = 1, unread: int = 0) -> CaseFacts:
    no_at = NOW - timedelta(hours=1) if turn > 1 else None
    return CaseFacts("C-1", "waiting", NOW - timedelta(hours=2), turn, reports, unread, answered_no_at=no_at)


reports = st.builds(
    report,
    st.sampled_from(Category),
    st.sampled_from(Standing),
    minor=st.booleans(),
    danger_now=st.booleans(),
    hours_ago=st.integers(0, 1000),
)
lower_witness = st.builds(report, st.sampled_from([c for c in Category if c is not Category.DANGER]))


@pytest.mark.parametrize(
    ("facts", "grade", "code"),
    [
        (case(report(Category.CHILD_SEXUAL, danger_now=True)), 1, "rank.child-in-danger"),
        (case(report(Category.DANGER)), 1, "rank.in-danger"),
        (case(report(Category.SCAM, Standing.VICTIM)), 2, "rank.victim"),
        (case(report(Category.HARASSMENT, minor=True)), 2, "rank.minor"),
        (case(report(Category.CHILD_SEXUAL)), 3, "rank.child-safety"),
        (case(report(Category.TERRORISM)), 3, "rank.terrorism"),
        (case(report(Category.HATE)), 4, "rank.against-persons"),
        (case(report(Category.SCAM)), 5, "rank.other"),
        (case(report(Category.DISPUTE)), 6, "rank.elsewhere"),
        (case(), 6, "rank.empty"),
    ],
)
def test_each_grade_is_said_in_words(facts: CaseFacts, grade: int, code: str) -> None:
    found = queue.rank(facts, now=NOW)
    assert (found.grade, found.reasons[0].code) == (grade, code)


def test_reach_is_told_and_weighs_nothing() -> None:
    crowd = queue.rank(case(*[report(Category.HATE)] * 512), now=NOW)
    one = queue.rank(case(report(Category.HATE)), now=NOW)
    assert crowd.grade == one.grade
    reach = next(why for why in crowd.reasons if why.code == "rank.reach")
    assert "512 reports" in reach.text.en
    assert reach.weight == 0


def test_a_victim_who_comes_back_is_read_early() -> None:
    again = queue.rank(case(report(Category.SCAM, Standing.VICTIM), turn=2), now=NOW)
    assert again.grade == 2
    assert "rank.reopened-victim" in [why.code for why in again.reasons]
    assert queue.rank(case(report(Category.SCAM), turn=2), now=NOW).grade == 5


def test_what_came_back_after_its_closing_says_so() -> None:
    again = queue.rank(dataclasses.replace(case(report(Category.SCAM), turn=2), answered_no_at=None), now=NOW)
    assert [why.code for why in again.reasons if why.code.startswith("reopen")] == ["reopen.came-back"]


def test_unread_items_are_told() -> None:
    assert "rank.unread" in [why.code for why in queue.rank(case(report(), unread=3), now=NOW).reasons]


@given(st.lists(lower_witness, max_size=200))
def test_no_crowd_of_witnesses_passes_one_child_in_danger(crowd: list[ReportFacts]) -> None:
    child = queue.rank(case(report(Category.CHILD_SEXUAL, danger_now=True)), now=NOW)
    assert queue.rank(case(*crowd), now=NOW).grade > child.grade


@given(st.lists(reports, min_size=1, max_size=30), st.integers(2, 5))
def test_repeating_every_report_changes_no_grade(some: list[ReportFacts], times: int) -> None:
    assert queue.rank(case(*some * times), now=NOW).grade == queue.rank(case(*some), now=NOW).grade


@given(st.lists(reports, max_size=30), st.integers(1, 4), st.integers(0, 3))
def test_every_rank_has_a_weighing_reason_in_both_languages(some: list[ReportFacts], turn: int, unread: int) -> None:
    found = queue.rank(case(*some, turn=turn, unread=unread), now=NOW)
    assert queue.FIRST <= found.grade <= queue.LAST
    assert any(why.weight for why in found.reasons)
    assert all(why.text.en and why.text.fr for why in found.reasons)


@given(st.lists(reports, min_size=1, max_size=10), reports)
def test_a_further_report_never_puts_a_case_back(some: list[ReportFacts], more: ReportFacts) -> None:
    assert queue.rank(case(*some, more), now=NOW).grade <= queue.rank(case(*some), now=NOW).grade
