"""Run the sequencer until told to stop: every second, and at once while a backlog waits."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from fanal.ledger import sequence
from fanal.wire import clock, notes

if TYPE_CHECKING:
    import threading

log = logging.getLogger("fanal.ledger")

_PATIENCE = 30.0  # seconds at most between two tries while the database is away


def forever(stop: threading.Event, every: float = 1.0) -> None:
    """Integrate what waits every `every` seconds until `stop` is set. A database that goes away is waited for.

    The key is read once, from the file that the setting FANAL_LEDGER_KEY names. Broken passes through: a tree that was
    tampered with is not signed again, and the process ends loudly.
    """
    signer = notes.read_signer(Path(settings.FANAL_LEDGER_KEY))
    wait, away = every, False
    while not stop.is_set():
        try:
            count = sequence.integrate(sign=signer, origin=signer.key.name, now=clock.now)
        except (OperationalError, InterfaceError):
            if not away:
                log.warning("ledger.database.away")
            connection.close()
            away, wait = True, min(wait * 2, _PATIENCE)
        else:
            if away:
                log.warning("ledger.database.back")
            away, wait = False, every
            if count == sequence.MOST:
                continue
        stop.wait(wait)
    connection.close()
