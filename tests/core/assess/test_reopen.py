"""A "no" is looked at again for a victim who comes back, and at the third later report."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from fanal.core.assess import reopen
from fanal.core.case import CaseFacts, ReportFacts
from fanal.core.lifecycle import CaseState
from fanal.core.report import Category, Standing

NO_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
WITNESS, VICTIM = Standing.WITNESS, Standing.VICTIM


def case(*reports: tuple[Standing, int], state: str = CaseState.NOT_ILLEGAL, no: bool = True) -> CaseFacts:
    facts = tuple(
        ReportFacts(NO_AT + timedelta(hours=hours), Category.HARASSMENT, standing, minor=False, danger_now=False)
        for standing, hours in reports
    )
    return CaseFacts("C-1", state, NO_AT - timedelta(days=3), 1, facts, 0, NO_AT if no else None)


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([(VICTIM, -9)], None),
        ([(VICTIM, -9), (VICTIM, -8)], None),
        ([(VICTIM, -9), (VICTIM, 1)], "reopen.victim"),
        ([(WITNESS, -9), (VICTIM, 1)], None),
        ([(WITNESS, -9), (VICTIM, 1), (VICTIM, 2)], "reopen.victim"),
        ([(VICTIM, -9), (WITNESS, 1)], None),
        ([(WITNESS, -9), (WITNESS, 1), (WITNESS, 2)], None),
        ([(WITNESS, -9), (WITNESS, 1), (WITNESS, 2), (WITNESS, 3)], "reopen.third"),
        ([(WITNESS, -9), (VICTIM, 1), (WITNESS, 2), (WITNESS, 3)], "reopen.third"),
        ([(WITNESS, 0), (WITNESS, 1), (WITNESS, 2)], None),
    ],
)
def test_law_seven(reports: list[tuple[Standing, int]], code: str | None) -> None:
    why = reopen.after_no(case(*reports))
    assert (why.code if why else None) == code


@pytest.mark.parametrize("state", [CaseState.OUT_OF_REMIT, CaseState.CLOSED])
def test_every_no_can_be_looked_at_again(state: str) -> None:
    assert reopen.after_no(case((VICTIM, -9), (VICTIM, 1), state=state)) is not None


@pytest.mark.parametrize("state", [CaseState.WAITING, CaseState.SECOND, CaseState.ILLEGAL, CaseState.ROUTED])
def test_a_case_without_a_no_or_already_open_stays(state: str) -> None:
    assert reopen.after_no(case((VICTIM, -9), (VICTIM, 1), state=state)) is None
    assert reopen.after_no(case((VICTIM, -9), (VICTIM, 1), no=False)) is None


@pytest.mark.parametrize(
    ("hours", "state", "no", "code"),
    [
        (1, CaseState.CLOSED, False, "reopen.came-back"),
        (-1, CaseState.CLOSED, False, None),
        (1, CaseState.ROUTED, False, None),
        (1, CaseState.CLOSED, True, None),
    ],
)
def test_what_was_closed_as_illegal_is_looked_at_again_when_it_is_reported_again(
    *, hours: int, state: str, no: bool, code: str | None
) -> None:
    found = reopen.again(dataclasses.replace(case((WITNESS, hours), state=state, no=no), closed_at=NO_AT))
    assert (found.code if found else None) == code
