"""The tables that show the whole behaviour agree with each other: states, events, reactions, rights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import lifecycle, rights
from fanal.core.errors import IllegalStep, NotAllowed
from fanal.core.events import FOLLOWED, MEANING, Event
from fanal.jobs.reactions import REACTIONS

STATES = {
    "report": (lifecycle.ReportState, lifecycle.ReportState.RECEIVED),
    "case": (lifecycle.CaseState, lifecycle.CaseState.WAITING),
    "link": (lifecycle.LinkState, lifecycle.LinkState.PROPOSED),
    "bank": (lifecycle.BankState, lifecycle.BankState.PROPOSED),
    "dispatch": (lifecycle.DispatchState, lifecycle.DispatchState.PLANNED),
}


def test_what_something_follows_from_has_its_reactions() -> None:
    assert set(REACTIONS) == set(FOLLOWED)


def test_every_event_has_its_meaning() -> None:
    assert set(MEANING) == set(Event)


def test_every_event_is_recorded_somewhere() -> None:
    from pathlib import Path

    source = Path(lifecycle.__file__).parents[1]
    text = "".join(file.read_text() for folder in ("actions", "queries") for file in (source / folder).glob("*.py"))
    assert {event for event in Event if f"Event.{event.name}" not in text} == set()


def test_the_deferred_job_exists() -> None:
    from procrastinate.contrib.django import app

    import fanal.jobs.tasks  # noqa: F401 - registers
    from fanal.queries.record import REACT

    assert REACT in app.tasks


@pytest.mark.parametrize("name", sorted(lifecycle.MACHINES))
def test_every_state_is_reached(name: str) -> None:
    table = lifecycle.MACHINES[name]
    states, first = STATES[name]
    reached = {first}
    for _ in table:
        reached |= {after for (before, _), after in table.items() if before in reached}
    assert reached == set(states)


@given(st.sampled_from(sorted(lifecycle.MACHINES)), st.text(max_size=20), st.text(max_size=20))
def test_what_is_not_in_the_table_is_refused(name: str, state: str, step: str) -> None:
    table = lifecycle.MACHINES[name]
    if (state, step) not in table:
        with pytest.raises(IllegalStep):
            lifecycle.step(table, state, step)


def test_nothing_leaves_the_house_without_a_prepared_and_an_approved_state() -> None:
    """Law 5 and 6: every path from a proposal to a sending passes through two people's steps."""
    paths = [("planned",)]
    ways = []
    while paths:
        path = paths.pop()
        for (state, _), after in lifecycle.DISPATCH.items():
            if state == path[-1] and after not in path:
                paths.append((*path, after))
                if after == "sending":
                    ways.append((*path, after))
    assert ways
    assert all("prepared" in way and "approved" in way for way in ways)


@pytest.mark.parametrize("role", list(rights.Role))
@pytest.mark.parametrize("step", list(rights.Step))
def test_a_right_is_given_or_demanded_in_vain(role: rights.Role, step: rights.Step) -> None:
    if rights.may(role, step):
        rights.demand(role, step)
    else:
        with pytest.raises(NotAllowed):
            rights.demand(role, step)


def test_an_auditor_reads_the_ledger_and_no_case() -> None:
    assert rights.RIGHTS[rights.Role.AUDITOR] == {rights.Step.READ_LEDGER}
