"""Say what happened: event, erasable body, ledger entry and job in the caller's transaction, or nothing.

It stands below the actions because reading a case is an act too (queries/access.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from fanal.core.events import FOLLOWED
from fanal.core.events import Event as Name
from fanal.core.ledger import entry
from fanal.ledger import append
from fanal.queries import rows, world
from fanal.store.models import Event, EventBody

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from procrastinate.types import JSONValue

    from fanal.core.reasons import Reason

REACT = "fanal.react"  # deferred by name: actions do not know the jobs

# A queue of our own that always speaks through Django's connection: within a worker, procrastinate's app is given
# another one, and a job deferred there would be committed without its event.
QUEUE = App(connector=DjangoConnector())


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: about `subject` (a reference), in `case`, by `actor` (a staff code, or empty)."""

    name: Name
    subject: str
    at: datetime
    case: str = ""
    actor: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def record(*happenings: Happening) -> list[UUID]:
    """Record what happened, in order; give the events' ids. Refuses to run outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the act's own transaction")
    here = world.current()
    events: list[rows.Row] = []
    bodies: list[rows.Row] = []
    entries: list[append.NewEntry] = []
    jobs: list[dict[str, JSONValue]] = []
    for one in happenings:
        id = here.new_id()
        salt = here.new_bytes(16)
        body = canonical(one)
        events.append(
            {"id": id, "name": one.name, "at": one.at, "subject": one.subject, "case": one.case, "actor": one.actor}
        )
        bodies.append({"event_id": id, "salt": salt, "body": body})
        entries.append(
            append.NewEntry(
                id=here.new_id(), event_id=id, event=one.name, at=one.at, commitment=entry.commit(salt, body)
            )
        )
        if one.name in FOLLOWED:
            jobs.append({"event": str(id)})
    rows.insert(Event, events)
    rows.insert(EventBody, bodies)
    append.append(*entries)
    if jobs:
        QUEUE.configure_task(REACT, allow_unknown=True).batch_defer(*jobs)
    return [one["id"] for one in events]


def canonical(one: Happening) -> bytes:
    """Give the bytes that the ledger commits to."""
    return entry.canonical(
        {
            "actor": one.actor,
            "at": one.at.isoformat(),
            "case": one.case,
            "details": one.details,
            "event": one.name,
            "subject": one.subject,
            "v": 1,
        }
    )


def kept(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    """Give reasons as they are kept in a row: code and both sentences."""
    return [{"code": one.code, "en": one.text.en, "fr": one.text.fr, "weight": one.weight} for one in reasons]


def codes(reasons: Sequence[Reason]) -> list[str]:
    """Give the codes alone, for an event's details."""
    return [one.code for one in reasons]
