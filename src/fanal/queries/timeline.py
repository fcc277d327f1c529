"""The history of a case in plain lines, each with its place in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.events import Event
from fanal.ledger.models import Entry, Leaf
from fanal.store import models

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

SHOWN = 200
# A report's arrival is told by the joining line; each visit would drown the rest and is in the ledger all the same.
_QUIET = (Event.CASE_VISITED, Event.REPORT_RECEIVED, Event.REPORT_HARMONISED)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: its name, when, about what, by whom, and its number in the ledger once it has one."""

    event: UUID
    name: str
    at: datetime
    subject: str
    actor: str
    number: int | None


def of(row: models.Case) -> tuple[Line, ...]:
    """Give the last events of a case, the newest first."""
    events = list(models.Event.objects.filter(case=row.ref).exclude(name__in=_QUIET).order_by("-at", "-id")[:SHOWN])
    numbers = numbers_of([one.id for one in events])
    return tuple(Line(one.id, one.name, one.at, one.subject, one.actor, numbers.get(one.id)) for one in events)


def numbers_of(events: list[UUID]) -> dict[UUID, int]:
    """Find the ledger numbers of events; one that is not integrated yet has none."""
    entries = dict(Entry.objects.filter(event_id__in=events).values_list("id", "event_id"))
    return {
        entries[entry]: index
        for entry, index in Leaf.objects.filter(entry_id__in=list(entries)).values_list("entry_id", "index")
    }
