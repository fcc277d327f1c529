"""The whole house on real parts: started, wounded, killed, started again; backed up and brought back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fanal.site import env

pytestmark = pytest.mark.process

PATIENCE = 120.0  # CI machines are busy


class House:
    """One `fanal up` and what it says."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port, self.said = data, port, data.with_suffix(".said")
        self.surroundings = {**surroundings(data), "FANAL_PORT_BASE": str(port), "FANAL_WORKERS": "1"}
        with self.said.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fanal", "up"],
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )

    def wait_for(self, words: str, since: int = 0) -> None:
        deadline = time.monotonic() + PATIENCE
        while words not in self.said.read_text()[since:]:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"never said “{words}”, but: {self.said.read_text()[since:]}")
            time.sleep(0.1)

    def members(self) -> list[int]:
        """List the processes of this house, by the data folder in their environment or their arguments."""
        mark, found = os.fsencode(self.data), []
        for process in Path("/proc").iterdir():
            if process.name.isdecimal() and int(process.name) != os.getpid():
                try:
                    told = process.joinpath("environ").read_bytes() + process.joinpath("cmdline").read_bytes()
                except OSError:
                    continue
                if mark in told:
                    found.append(int(process.name))
        return found


def surroundings(data: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANAL_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "FANAL_DATA": str(data), "FANAL_MODE": "development", "LANG": "C.UTF-8"}


def fanal(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fanal", *arguments], env=surroundings(data), capture_output=True, text=True, check=False
    )


def three_free_ports() -> int:
    for base in range(20000 + os.getpid() % 9000, 32000, 7):
        try:
            for port in range(base, base + 3):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    pytest.fail("no free ports")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house") / "data"
    one = House(folder, three_free_ports())
    try:
        one.wait_for("Fanal runs")
        yield one
    finally:
        if one.process.poll() is None:
            one.process.send_signal(signal.SIGINT)
            one.process.wait(PATIENCE)


def test_every_face_says_that_it_is_well(house: House) -> None:
    for port in range(house.port, house.port + 3):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    "request_line", ["GET /canary.example\0 HTTP/1.1", "GET /canary.example HTTP/9", "CANARY.EXAMPLE"]
)
def test_what_cannot_be_read_is_neither_echoed_nor_logged(house: House, request_line: str) -> None:
    with socket.create_connection(("127.0.0.1", house.port), timeout=10) as line:
        line.sendall(f"{request_line}\r\nCanary: canary.example\r\n\r\n".encode())
        answer = b""
        while part := line.recv(4096):
            answer += part
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"canary" not in answer.lower()
    for log in (house.data / "logs").iterdir():
        assert b"canary" not in log.read_bytes().lower()


def test_each_process_has_its_own_login_and_no_other(house: House) -> None:
    logins = set()
    for pid in house.members():
        try:
            told = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        except OSError:
            continue
        assert not any(one.startswith(b"DATABASE_URL=") for one in told)
        logins |= {
            one.split(b"//")[1].split(b"@")[0].decode() for one in told if one.startswith(b"FANAL_DATABASE_URL=")
        }
    assert logins == {"fanal_portal", "fanal_desk", "fanal_api", "fanal_worker", "fanal_sequencer"}


def test_a_second_start_is_refused_in_one_sentence(house: House) -> None:
    second = fanal(house.data, "up", "--port-base", str(house.port + 100))
    assert second.returncode == 1
    assert "runs on this data folder already" in second.stderr
    assert "Traceback" not in second.stderr


def test_taken_ports_are_named(house: House, tmp_path: Path) -> None:
    other = fanal(tmp_path / "other", "up", "--port-base", str(house.port))
    assert other.returncode == 1
    assert str(house.port) in other.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_the_doctor_finds_nothing_wrong(house: House) -> None:
    told = fanal(house.data, "doctor", "--json")
    faults = [row for row in json.loads(told.stdout) if row["state"] == "fault"]
    assert faults == []
    assert told.returncode == 0


def test_the_doctor_sees_what_was_broken_on_purpose(house: House) -> None:
    key = house.data / "keys" / "content.json"
    with psycopg.connect(env.database_for(env.read(surroundings(house.data)), "fanal_owner"), autocommit=True) as owner:
        owner.execute("GRANT SELECT ON vault.vault_sealed TO fanal_desk")
        owner.execute("GRANT UPDATE (at) ON ledger_entry TO fanal_worker")
        owner.execute("ALTER TABLE store_event DISABLE TRIGGER USER")
        key.chmod(0o644)
        try:
            told = fanal(house.data, "doctor")
        finally:
            owner.execute("REVOKE SELECT ON vault.vault_sealed FROM fanal_desk")
            owner.execute("REVOKE UPDATE (at) ON ledger_entry FROM fanal_worker")
            owner.execute("ALTER TABLE store_event ENABLE TRIGGER USER")
            key.chmod(0o600)
    assert told.returncode == 1
    for words in (
        "fanal_desk SELECT vault_sealed",
        "fanal_worker UPDATE ledger_entry",
        "store_event is not append-only",
        "others may read content.json",
    ):
        assert words in told.stdout


def test_what_is_killed_is_started_again_and_said(house: House) -> None:
    for name, mark in (("worker", b"fanal.site.worker"), ("the database", b"postgres\0-D\0")):
        since = len(house.said.read_text())
        victims = [pid for pid in house.members() if mark in Path(f"/proc/{pid}/cmdline").read_bytes()]
        assert victims
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        house.wait_for(f"{name} died", since)
    url = env.database_for(env.read(surroundings(house.data)), "fanal_owner")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(url) as owner:
                assert owner.execute("SELECT 1").fetchone() == (1,)
            break
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_backup_comes_back_into_an_empty_folder_only(house: House, tmp_path: Path) -> None:
    url = env.database_for(env.read(surroundings(house.data)), "fanal_owner")
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        owner.execute("INSERT INTO kept VALUES (7)")
    file = tmp_path / "fanal.backup"
    written = fanal(house.data, "backup", str(file))
    assert written.returncode == 0, written.stderr
    assert file.stat().st_mode & 0o077 == 0
    assert "keys" in written.stderr
    assert fanal(house.data, "backup", str(file)).returncode == 1
    assert fanal(house.data, "restore", str(file)).returncode == 1

    other = tmp_path / "other"
    without_keys = fanal(other, "restore", str(file))
    assert (without_keys.returncode, "key" in without_keys.stderr) == (1, True)
    (other / "keys").mkdir(parents=True, mode=0o700)
    for key in (house.data / "keys").iterdir():
        (other / "keys" / key.name).write_bytes(key.read_bytes())
        (other / "keys" / key.name).chmod(0o600)
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    broken = fanal(other, "restore", str(cut))
    assert broken.returncode == 2
    assert "Traceback" not in broken.stderr
    assert [one.name for one in other.iterdir()] == ["keys"]

    back = fanal(other, "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert fanal(other, "restore", str(file)).returncode == 1
    again = tmp_path / "again.backup"
    assert fanal(other, "backup", str(again)).returncode == 0
    told = fanal(other, "doctor", "--json")
    assert [row for row in json.loads(told.stdout) if row["state"] == "fault" and row["part"] != "folders"] == []


def test_killed_outright_it_leaves_nothing_behind_and_starts_again_on_the_same_data(house: House) -> None:
    house.process.kill()
    house.process.wait()
    deadline = time.monotonic() + PATIENCE
    while house.members() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert house.members() == []
    since = len(house.said.read_text())
    keys = {file.name: file.read_bytes() for file in (house.data / "keys").iterdir()}
    again = House(house.data, house.port)
    try:
        again.wait_for("Fanal runs", since)
        assert {file.name: file.read_bytes() for file in (house.data / "keys").iterdir()} == keys
        with psycopg.connect(env.database_for(env.read(surroundings(house.data)), "fanal_owner")) as owner:
            assert owner.execute("SELECT n FROM kept").fetchone() == (7,)
    finally:
        again.process.send_signal(signal.SIGTERM)
        assert again.process.wait(PATIENCE) == 0
    assert again.members() == []
