"""The only door to a case: it checks the right and notes the visit, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.core.errors import NotFound
from fanal.core.events import Event
from fanal.core.rights import Step, demand
from fanal.queries import world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

    from fanal.queries.people import Person

_SEEING = (Event.CASE_VISITED, Event.ASSESSMENT_GIVEN)


def case_for(person: Person, ref: str, *, lock: bool = False) -> models.Case:
    """Give the case to somebody who may read it; NotAllowed or NotFound otherwise. `lock` holds its row."""
    demand(person.role, Step.READ_CASE)
    rows = models.Case.objects.select_for_update(no_key=True) if lock else models.Case.objects.all()
    row = rows.filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row


def visit(person: Person, ref: str) -> models.Case:
    """Give the case to somebody who reads it now, and write that down in the ledger."""
    with transaction.atomic():
        row = case_for(person, ref)
        record(
            Happening(Event.CASE_VISITED, subject=ref, case=ref, actor=person.id, at=world.current().now()),
        )
        return row


def seen_before(person: Person, row: models.Case) -> bool:
    """Say whether the person read or judged this case before it was re-opened after a no: then others must look.

    What a case holds may have come from others, merged into it or whole before it was split off: who saw it there
    before their re-opening has seen it.
    """
    return any(_saw(person, one) for one in _origins(row))


@dataclass(frozen=True, slots=True)
class _Origin:
    """A case whose content this case holds: until when it was there, and whether it is here after a no."""

    case: models.Case
    until: datetime | None
    after_no: bool


def _origins(row: models.Case) -> Iterator[_Origin]:
    """Give the case, and those that its content came from by moves that were not undone."""
    waiting = [_Origin(row, None, _after_no(row))]
    looked: set[UUID] = set()
    while waiting:
        one = waiting.pop()
        if one.case.pk in looked:
            continue
        looked.add(one.case.pk)
        yield one
        for move in models.Move.objects.filter(into=one.case, undone_at=None).select_related("source"):
            after_no = one.after_no if move.what == "split" else _after_no(move.source)
            waiting.append(_Origin(move.source, move.at, after_no))


def _after_no(row: models.Case) -> bool:
    """Say whether a case came back after a no; one that came back after its closing is for those who know it too."""
    return row.round > 1 and row.answered_no_at is not None


def _saw(person: Person, one: _Origin) -> bool:
    if not one.after_no:
        return False
    events = models.Event.objects.filter(case=one.case.ref)
    again = events.filter(name=Event.CASE_REOPENED)
    if one.until is not None:
        again = again.filter(at__lt=one.until)
    reopened = again.order_by("-at").values_list("at", flat=True).first()
    if reopened is None:
        return False
    seen = events.filter(actor=person.id, name__in=_SEEING, at__lt=reopened)
    return seen.exists()


def looked_at(person: Person, refs: Collection[str]) -> set[str]:
    """Give those of the cases `refs` that the person read or judged."""
    events = models.Event.objects.filter(case__in=refs, actor=person.id, name__in=_SEEING)
    return set(events.order_by().values_list("case", flat=True).distinct())


def gave_opinion(person: Person, row: models.Case) -> bool:
    """Say whether the person gave an opinion in the present round."""
    return row.assessments.filter(person=person.id, round=row.round).exists()
