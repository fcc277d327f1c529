"""Erase what its time has come for. The ledger still verifies: it holds commitments, not content."""

from __future__ import annotations

from django.db import connection, transaction

from fanal.core.events import Event
from fanal.queries import world
from fanal.queries.record import Happening, record


def seals() -> int:
    """Erase sealed identities whose last day has passed; give how many. The worker cannot read one of them."""
    here = world.current()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault.forget(%s)", [here.now().date()])
            row = cursor.fetchone()
        count = int(row[0]) if row else 0
        if count:
            record(Happening(Event.SEALS_EXPIRED, subject="vault", at=here.now(), details={"count": count}))
    return count
