"""Write entries into the ledger: the one way in, inside the transaction of the act that they prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.ledger import entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# One statement whatever the number of rows, and no RETURNING: the portal's role may insert and not read.
# A trigger puts each new entry into the sequencer's queue, so that none can be stored without being queued.
_INSERT = (
    "INSERT INTO ledger_entry (id, event_id, leaf, at) "
    "SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::bytea[], %s::timestamptz[])"
)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written: its own time-ordered id, and what core/ledger/entry.py says of the event."""

    id: UUID
    event_id: UUID
    event: str
    at: datetime
    commitment: bytes


def append(*entries: NewEntry) -> None:
    """Insert all `entries` in the open transaction, taking no lock. They stand in the tree within a second of commit.

    Refused by the database: an event that is in the ledger already.
    """
    if not entries:
        return
    leaves = [
        entry.encode(entry.Entry(event=one.event, event_id=one.event_id, at=one.at, commitment=one.commitment))
        for one in entries
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [[one.id for one in entries], [one.event_id for one in entries], leaves, [one.at for one in entries]],
        )
