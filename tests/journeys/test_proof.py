"""Law 9 on a whole house: what happened can be proved offline, and one bit that was changed is found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.journeys import canaries
from tests.journeys.proof import agrees, flipped, offline, verify
from tests.journeys.way import secrets

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.way import Journey

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def exported(journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "export"
    house = journey.house
    house.until(
        lambda: (
            house.ask("SELECT (SELECT count(*) FROM ledger_entry) = (SELECT max(size) FROM ledger_checkpoint)")
            == [(True,)]
        ),
        "every entry under a checkpoint",
    )
    folder.mkdir()
    done = house.fanal("ledger", "export", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_exported_ledger_verifies_offline_and_holds_no_canary(journey: Journey, exported: Path) -> None:
    done = verify(exported, journey.house.data / "keys" / "ledger.vkey")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    for path in exported.rglob("*"):
        if path.is_file():
            assert canaries.found(path.read_bytes(), secrets(journey), encoded=True) == [], path.name


def test_every_event_has_one_entry_and_every_entry_one_leaf(journey: Journey, exported: Path) -> None:
    assert agrees(journey.house) == []
    ((entries,),) = journey.house.ask("SELECT count(*) FROM ledger_entry")
    assert entries > 30


@pytest.mark.parametrize(
    "table", ["store_event", "store_assessment", "ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint"]
)
def test_not_even_the_owner_changes_what_was_recorded(journey: Journey, table: str) -> None:
    assert journey.house.ask(f"SELECT count(*) FROM {table}") > [(0,)]
    ((column,),) = journey.house.ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", table
    )
    for act in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with journey.house.database() as owner, pytest.raises(psycopg.Error) as refused:
            owner.execute(act)
        assert refused.value.sqlstate in ("42501", "23001")  # as the triggers say it


def test_a_reporters_proof_verifies_offline_and_one_flipped_bit_refuses_it(journey: Journey, tmp_path: Path) -> None:
    one, got = journey.house.reporter(**{"X-Forwarded-For": "192.0.2.250"}), []

    def asked() -> bool:
        fields = {"code": journey.codes[0], "proof": "yes"}
        got.append(one.submit(one.get("/follow-up").text, "/follow-up", fields))
        return got[-1].header("Content-Type") == "application/octet-stream"

    journey.house.until(asked, "the proof is handed out", 30)
    answer = got[-1]
    assert canaries.found(answer.content, secrets(journey), encoded=True) == []
    key, file = journey.house.data / "keys" / "ledger.vkey", tmp_path / "fanal.tlog-proof"
    for content, code in ((answer.content, 0), (flipped(answer.content), 1)):
        file.write_bytes(content)
        done = offline("receipt", "verify", str(file), "--public-key", str(key))
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("which", ["checkpoint", "tile/0", "tile/entries", "vkey"])
def test_one_flipped_bit_is_found_and_its_file_named(
    journey: Journey, exported: Path, tmp_path: Path, which: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(exported, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    victim = next(path for path in files if path.relative_to(copy).as_posix().startswith(which))
    victim.write_bytes(flipped(victim.read_bytes()))
    done = verify(copy, journey.house.data / "keys" / "ledger.vkey")
    assert done.returncode == 1
    assert victim.relative_to(copy).as_posix() in done.stdout
    assert "Traceback" not in done.stderr
