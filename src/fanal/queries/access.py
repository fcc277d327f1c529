"""The only door to a case: it checks the right and notes the visit, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from fanal.core.errors import NotFound
from fanal.core.events import Event
from fanal.core.rights import Step, demand
from fanal.queries import world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.queries.people import Person


def case_for(person: Person, ref: str, *, lock: bool = False) -> models.Case:
    """Give the case to somebody who may read it; NotAllowed or NotFound otherwise. `lock` holds its row."""
    demand(person.role, Step.READ_CASE)
    rows = models.Case.objects.select_for_update() if lock else models.Case.objects.all()
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
    """Say whether the person read or judged this case before it was re-opened after a no: then others must look."""
    if row.round == 1 or row.answered_no_at is None:
        return False  # a case that came back after its closing may be judged by those who know it
    if row.assessments.filter(person=person.id, round__lt=row.round).exists():
        return True
    again = models.Event.objects.filter(case=row.ref, name=Event.CASE_REOPENED).order_by("-at").first()
    if again is None:
        return False
    return models.Event.objects.filter(case=row.ref, actor=person.id, name=Event.CASE_VISITED, at__lt=again.at).exists()


def gave_opinion(person: Person, row: models.Case) -> bool:
    """Say whether the person gave an opinion in the present round."""
    return row.assessments.filter(person=person.id, round=row.round).exists()
