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
READ = 5000  # a crowd’s reports are many events and few lines
# A report's arrival is told by the joining line; each visit would drown the rest and is in the ledger all the same.
_QUIET = (Event.CASE_VISITED, Event.REPORT_RECEIVED, Event.REPORT_HARMONISED)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: its name, when, about what, by whom, and its number in the ledger once it has one.

    Reports that joined one after the other are one line: `times` says how many, the rest is of the last of them.
    """

    event: UUID
    name: str
    at: datetime
    subject: str
    actor: str
    number: int | None
    times: int = 1


def of(row: models.Case) -> tuple[Line, ...]:
    """Give the last events of a case, the newest first."""
    events = models.Event.objects.filter(case=row.ref).exclude(name__in=_QUIET).order_by("-at", "-id")[:READ]
    runs: list[list[models.Event]] = []
    for one in events:
        if runs and one.name == runs[-1][0].name == Event.CASE_JOINED:
            runs[-1].append(one)
        else:
            runs.append([one])
    shown = [(run[0], len(run)) for run in runs[:SHOWN]]
    numbers = numbers_of([one.id for one, _ in shown])
    return tuple(
        Line(one.id, one.name, one.at, one.subject, one.actor, numbers.get(one.id), times) for one, times in shown
    )


def numbers_of(events: list[UUID]) -> dict[UUID, int]:
    """Find the ledger numbers of events; one that is not integrated yet has none."""
    entries = dict(Entry.objects.filter(event_id__in=events).values_list("id", "event_id"))
    return {
        entries[entry]: index
        for entry, index in Leaf.objects.filter(entry_id__in=list(entries)).values_list("entry_id", "index")
    }
