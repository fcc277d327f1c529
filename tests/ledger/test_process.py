"""The sequencer as its own process: it works, survives kill -9 without a gap or a double, and ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from fanal.core.ledger import proof
from fanal.ledger import append, receipt
from fanal.ledger.models import Leaf, Pending
from fanal.wire import clock, notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

FANAL = [sys.executable, "-c", "import sys; from fanal.site.cli import main; sys.exit(main())"]


@pytest.fixture
def start() -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start sequencers as `fanal up` does; none outlives the test."""
    begun: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        environ = os.environ | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.sequencer"}
        begun.append(subprocess.Popen([sys.executable, "-m", "fanal.site.sequencer"], env=environ))
        return begun[-1]

    yield one
    for process in begun:
        process.kill()
        process.wait(10)


def some(count: int) -> list[append.NewEntry]:
    return [
        append.NewEntry(
            id=clock.new_id(), event_id=clock.new_id(), event="case.visited", at=clock.now(), commitment=bytes(32)
        )
        for _ in range(count)
    ]


def until(ask: Callable[[], object]) -> object:
    deadline = time.monotonic() + 30
    while not (answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def test_killed_in_the_middle_it_goes_on_where_it_was(start: Callable[[], subprocess.Popen[bytes]]) -> None:
    rows = some(600)
    for turn in range(3):
        process = start()
        for at in range(turn * 200, turn * 200 + 200, 10):
            append.append(*rows[at : at + 10])
        assert until(lambda turn=turn: Leaf.objects.count() > turn * 200)
        append.append(*some(3))
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    process = start()
    assert until(lambda: not Pending.objects.exists())
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(609))
    assert Leaf.objects.filter(entry_id__in=[row.id for row in rows]).count() == 600
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_two_sequencers_do_not_quarrel(start: Callable[[], subprocess.Popen[bytes]]) -> None:
    first, second = start(), start()
    rows = some(50)
    for row in rows:
        append.append(row)
    assert until(lambda: Leaf.objects.count() == 50)
    assert (first.poll(), second.poll()) == (None, None)


def test_without_its_key_it_ends_loudly(start: Callable[[], subprocess.Popen[bytes]], tmp_path: Path) -> None:
    environ = os.environ | {"FANAL_KEYS": str(tmp_path)}
    (tmp_path / "web.key").write_text("x" * 60)
    done = subprocess.run(
        [sys.executable, "-m", "fanal.site.sequencer"], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ledger.key.unreadable" in done.stderr
    assert "Traceback" not in done.stderr


def test_from_the_act_to_the_verified_copy(start: Callable[[], subprocess.Popen[bytes]], tmp_path: Path) -> None:
    start()
    rows = some(300)
    append.append(*rows)
    raw = until(lambda: receipt.proof_for(rows[7].event_id))
    assert isinstance(raw, bytes)
    (tmp_path / "receipt.tlog-proof").write_bytes(raw)
    from fanal.site import env

    key = env.read(os.environ).keys / "ledger.vkey"
    proof.verify(proof.decode(raw), notes.read_public(key), check=notes.check)

    def fanal(*words: object) -> int:
        environ = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return subprocess.run(
            [*FANAL, *map(str, words)], env=environ, stdout=subprocess.DEVNULL, check=False
        ).returncode

    log = tmp_path / "log"
    assert fanal("ledger", "export", log) == 0
    assert fanal("ledger", "verify", log, "--public-key", key) == 0
    assert fanal("receipt", "verify", tmp_path / "receipt.tlog-proof", "--public-key", key) == 0
    bundle = log / "tile" / "entries" / "000"
    bent = bytearray(bundle.read_bytes())
    bent[100] ^= 1
    bundle.write_bytes(bent)
    assert fanal("ledger", "verify", log, "--public-key", key) == 1
