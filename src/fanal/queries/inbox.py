"""What waits, for whom, since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fanal.core.case import Rank
from fanal.core.lifecycle import CaseState, DispatchState
from fanal.core.report import Category
from fanal.core.rights import Step, demand
from fanal.queries import reach, reading, world
from fanal.store import models

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.core.text import Text
    from fanal.queries.people import Person

PAGE = 50
OPEN = (CaseState.WAITING, CaseState.SECOND, CaseState.THIRD)
GROUPS: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "blocked": (CaseState.ILLEGAL,),
    "decided": (CaseState.NOT_ILLEGAL, CaseState.OUT_OF_REMIT, CaseState.ROUTED),
    "closed": (CaseState.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One case in the queue: its rank is its reasons."""

    ref: str
    state: str
    round: int
    rank: Rank
    category: Text
    opened_at: datetime
    reports: int
    targets: int
    unread: int
    taken_by: str
    mine: bool
    judged: bool  # the person gave an opinion in this round


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of the queue, with what stands elsewhere."""

    rows: tuple[InboxRow, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One dispatch that waits for somebody."""

    ref: str
    case: str
    recipient: str
    kind: str
    state: str
    reasons: tuple[Reason, ...]
    obstacles: tuple[Reason, ...]
    planned_at: datetime
    prepared_by: str
    may_approve: bool


def waiting(person: Person, *, state: str = "open", page: int = 1) -> Inbox:
    """List the cases of one group (open, blocked, decided, closed) by rank, then age; `page` counts from 1."""
    demand(person.role, Step.SEE_QUEUE)
    wanted = GROUPS.get(state, OPEN)
    rows = models.Case.objects.filter(state__in=wanted)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    judged = models.Assessment.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), person=person.id)
    order = ("grade", "opened_at") if wanted == OPEN else ("-decided_at", "opened_at")
    found = rows.annotate(judged=Exists(judged)).order_by(*order)[(page - 1) * PAGE : page * PAGE]
    labels = {one.category: one.label for one in world.current().catalogue.categories}
    return Inbox(
        rows=tuple(
            InboxRow(
                ref=row.ref,
                state=row.state,
                round=row.round,
                rank=Rank(row.grade, reading.reasons(row.reasons)),
                category=labels[Category(row.category)],
                opened_at=row.opened_at,
                reports=row.report_count,
                targets=row.target_count,
                unread=row.unread_count,
                taken_by=row.taken_by,
                mine=row.taken_by == person.id,
                judged=row.judged,
            )
            for row in found
        ),
        total=total,
        page=page,
        pages=pages,
        counts=counts(),
    )


def counts() -> dict[str, int]:
    """Count the cases of each group, and the dispatches that wait for a person."""
    by_state = dict(models.Case.objects.order_by().values_list("state").annotate(Count("pk")))
    answer = {name: sum(by_state.get(state, 0) for state in states) for name, states in GROUPS.items()}
    answer["dispatches"] = models.Dispatch.objects.filter(state__in=_TO_DO).count()
    return answer


_TO_DO = (DispatchState.PLANNED, DispatchState.PREPARED, DispatchState.UNCERTAIN, DispatchState.REFUSED)


def to_approve(person: Person) -> tuple[DispatchRow, ...]:
    """List the dispatches that wait for a person, the oldest first; those that nobody can send come first of all."""
    demand(person.role, Step.APPROVE)
    rows = models.Dispatch.objects.filter(state__in=_TO_DO).select_related("case").order_by("planned_at")[:200]
    found = tuple(
        DispatchRow(
            ref=row.ref,
            case=row.case.ref,
            recipient=recipient_name(row.recipient),
            kind=row.kind,
            state=row.state,
            reasons=reading.reasons(row.reasons),
            obstacles=reach.obstacles(row),
            planned_at=row.planned_at,
            prepared_by=row.prepared_by,
            may_approve=row.state == DispatchState.PREPARED and row.prepared_by != person.id,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: (not row.obstacles, row.planned_at)))


def recipient_name(id: str) -> str:
    """Name a recipient by the directory, else by the law's list of services, else by its id."""
    here = world.current()
    known = here.directory.recipient(id)
    if known is not None:
        return known.name
    try:
        return here.catalogue.service(id).name
    except KeyError:
        return id


def free(person: Person, held_since: datetime) -> QuerySet[models.Case]:
    """Give the open cases that this person may take, by rank: free or left since `held_since`, not judged by them."""
    judged = models.Assessment.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), person=person.id)
    return (
        models.Case.objects.filter(state__in=OPEN)
        .filter(Q(taken_by="") | Q(taken_by=person.id) | Q(taken_at__lt=held_since))
        .exclude(Exists(judged))
        .order_by("grade", "opened_at")
    )
