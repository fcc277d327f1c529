"""Checking the proof as anyone would, and that events, entries and leaves agree."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.house import WholeHouse


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as anyone would: no data folder, no database, no setting."""
    plain = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ} | {"LANG": "C"}
    command = [sys.executable, "-m", "fanal", *words]
    return subprocess.run(command, env=plain, cwd="/", capture_output=True, text=True, check=False)


def verify(folder: Path, key: Path) -> subprocess.CompletedProcess[str]:
    """Verify an exported ledger with nothing but the public key."""
    return offline("ledger", "verify", str(folder), "--public-key", str(key))


def flipped(content: bytes) -> bytes:
    """Flip one bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def agrees(house: WholeHouse) -> list[str]:
    """List what does not agree between events, ledger entries and leaves."""
    wrong = {
        "events without an entry": "SELECT e.id FROM store_event e LEFT JOIN ledger_entry l ON l.event_id = e.id "
        "WHERE l.id IS NULL",
        "entries without an event": "SELECT l.id FROM ledger_entry l LEFT JOIN store_event e ON l.event_id = e.id "
        "WHERE e.id IS NULL",
        "events with two entries": "SELECT event_id FROM ledger_entry GROUP BY event_id HAVING count(*) > 1",
    }
    return [what for what, question in wrong.items() if house.ask(question)]


def proved(house: WholeHouse, folder: Path) -> None:
    """Events, entries and leaves agree, and the exported ledger verifies offline."""
    assert agrees(house) == []
    question = "SELECT (SELECT count(*) FROM ledger_entry) = (SELECT count(*) FROM ledger_leaf)"
    house.until(lambda: house.ask(question) == [(True,)], "one leaf for every entry")
    question = "SELECT (SELECT count(*) FROM ledger_entry) = (SELECT max(size) FROM ledger_checkpoint)"
    house.until(lambda: house.ask(question) == [(True,)], "every entry under a checkpoint")
    folder.mkdir(exist_ok=True)
    done = house.fanal("ledger", "export", str(folder))
    assert done.returncode == 0, done.stderr
    done = verify(folder, house.data / "keys" / "ledger.vkey")
    assert done.returncode == 0, done.stdout
