"""What every act on a dispatch begins and ends with: its row held, and what happened recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.errors import NotFound
from fanal.queries import world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.core.events import Event
    from fanal.queries.people import Person


def hold(ref: str) -> models.Dispatch:
    """Lock one dispatch and its case for this transaction; NotFound where there is none."""
    row = models.Dispatch.objects.select_for_update().select_related("case").filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row


def say(row: models.Dispatch, name: Event, person: Person | None = None, **details: object) -> None:
    """Record what happened to a dispatch, by whom (the house itself where nobody is named)."""
    record(
        Happening(
            name,
            subject=row.ref,
            case=row.case.ref,
            actor=person.id if person else "",
            at=world.current().now(),
            details={"recipient": row.recipient, **details},
        )
    )
