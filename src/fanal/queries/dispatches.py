"""What goes where: one dispatch with everything that decides whether it may leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.case import DisclosedTarget
from fanal.core.errors import NotFound
from fanal.core.follow_up import deadlines
from fanal.core.guard.plain import STOPPED
from fanal.core.lifecycle import DISPATCH, DispatchState, steps
from fanal.core.rights import Step, demand
from fanal.queries import access, inbox, reach, reading, world
from fanal.store import models

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.core.text import Text
    from fanal.queries.people import Person


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """One dispatch in a case's list."""

    ref: str
    recipient: str
    kind: str
    state: str
    reasons: tuple[Reason, ...]
    obstacles: tuple[Reason, ...]
    due_at: datetime | None
    late: bool
    answer: str


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt to send."""

    claimed_at: datetime
    noted_at: datetime | None
    how: str
    reference: str


@dataclass(frozen=True, slots=True)
class DispatchPage:
    """Everything that the desk shows of one dispatch."""

    ref: str
    case: str
    case_state: str
    recipient: str
    connector: str
    kind: str
    state: str
    reasons: tuple[Reason, ...]
    obstacles: tuple[Reason, ...]
    stopped: bool  # it was about to leave, and held something live
    clock: Text | None
    due_hours: int
    planned_at: datetime
    offence: Text | None
    article: str
    targets: tuple[DisclosedTarget, ...]
    grounds: str
    prepared_by: str
    prepared_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    sent_at: datetime | None
    due_at: datetime | None
    late: bool
    answer: str
    answer_text: str
    answered_at: datetime | None
    attempts: tuple[AttemptRow, ...]
    steps: tuple[str, ...]
    mine: bool  # this person prepared it, and so cannot approve it


def lines(row: models.Case) -> tuple[DispatchLine, ...]:
    """List the dispatches of a case, those that nobody can send first."""
    now = world.current().now()
    found = [
        DispatchLine(
            ref=one.ref,
            recipient=inbox.recipient_name(one.recipient),
            kind=one.kind,
            state=one.state,
            reasons=reading.reasons(one.reasons),
            obstacles=reach.obstacles(one),
            due_at=one.due_at,
            late=_late(one, now),
            answer=one.answer,
        )
        for one in row.dispatches.order_by("planned_at", "id")
    ]
    return tuple(sorted(found, key=lambda line: not line.obstacles))


def read(person: Person, ref: str) -> DispatchPage:
    """Read one dispatch: it is a reading of its case, and written down as one."""
    demand(person.role, Step.READ_CASE)
    row = models.Dispatch.objects.select_related("case").filter(ref=ref).first()
    if row is None:
        raise NotFound
    access.visit(person, row.case.ref)
    here = world.current()
    offence = here.catalogue.offence(row.case.offence) if row.case.offence else None
    places = row.case.targets.select_related("target").order_by("position")
    targets = [(f"C{one.position}", reading.target(here.keys, one.target)) for one in places]
    obstacles = reach.obstacles(row)
    return DispatchPage(
        ref=row.ref,
        case=row.case.ref,
        case_state=row.case.state,
        recipient=inbox.recipient_name(row.recipient),
        connector=row.connector,
        kind=row.kind,
        state=row.state,
        reasons=reading.reasons(row.reasons),
        obstacles=obstacles,
        stopped=any(one.code in STOPPED for one in obstacles),
        clock=here.catalogue.clock(row.clock).text if row.clock else None,
        due_hours=row.due_hours,
        planned_at=row.planned_at,
        offence=offence.title if offence else None,
        article=f"{offence.law} {offence.article}" if offence else "",
        targets=tuple(DisclosedTarget(name, target.kind, target.defanged) for name, target in targets),
        grounds=_text(row, row.grounds, "dispatch.grounds"),
        prepared_by=row.prepared_by,
        prepared_at=row.prepared_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        late=_late(row, here.now()),
        answer=row.answer,
        answer_text=_text(row, row.answer_text, "dispatch.answer"),
        answered_at=row.answered_at,
        attempts=tuple(
            AttemptRow(one.claimed_at, one.noted_at, one.how, one.reference)
            for one in row.attempts.order_by("claimed_at")
        ),
        steps=steps(DISPATCH, row.state),
        mine=row.prepared_by == person.id,
    )


def _late(row: models.Dispatch, now: datetime) -> bool:
    if row.state != DispatchState.SENT or row.sent_at is None or not row.due_hours:
        return False
    return deadlines.due(row.sent_at, row.due_hours, now=now).late


def _text(row: models.Dispatch, closed: bytes | memoryview | None, field: str) -> str:
    if closed is None:
        return ""
    return world.current().keys.open(bytes(closed), row=row.id, field=field).decode()
