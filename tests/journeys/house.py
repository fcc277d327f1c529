"""One whole house: every process real, its faces, its database, its logs, and all that anyone saw of it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.journeys.canaries import DESK, NAMING, SAID, Sight
from tests.journeys.visitor import Visitor
from tests.operations.test_whole_house import PATIENCE, House, surroundings

from fanal.site import demo, env, replay

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"
STAFF = (("camille", "analyst", "K-01"), ("idris", "analyst", "K-02"), ("ana", "supervisor", "M-01"))
RIGHTS = ("--right", "report", "--right", "batch", "--right", "status")


class WholeHouse(House):
    """`fanal up` in demonstration mode with the invented address book; what anyone saw of it is kept in `saw`."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port, self.said = data, port, data.with_suffix(".said")
        self.surroundings = surroundings(data) | {
            "FANAL_MODE": "demo",
            "FANAL_DIRECTORY": str(EXAMPLES / "directory.toml"),
            "FANAL_PORT_BASE": str(port),
            "FANAL_WORKERS": "2",
            "FANAL_PROXIES": "1",  # so that an invented address can come with a report
        }
        self.saw: list[Sight] = []
        self.codes: set[str] = set()
        self.people: dict[str, dict[str, str]] = {}
        self.key = ""
        self.desks: dict[str, Visitor] = {}
        self.start()

    def start(self) -> None:
        since = len(self.said.read_text()) if self.said.exists() else 0
        with self.said.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fanal", "up"],
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        self.wait_for("Fanal runs", since)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def fanal(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command line beside the house."""
        command = [sys.executable, "-m", "fanal", *arguments]
        done = subprocess.run(command, env=self.surroundings | more, capture_output=True, text=True, check=False)
        self.saw.append(Sight(f"fanal {' '.join(arguments)[:60]}", (done.stdout + done.stderr).encode()))
        return done

    def staff(self) -> None:
        """Add the people and the key with the operator's commands."""
        owner = self.surroundings | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.owner"}

        def command(*words: str) -> subprocess.Popen[str]:
            whole = [sys.executable, "-m", "django", *words, "--json"]
            return subprocess.Popen(whole, env=owner, stdout=subprocess.PIPE, text=True)

        added = [command("staff_add", name, role, "--code", code) for name, role, code in STAFF]
        key = command("key_add", "journeys", "--owner", "Tests", "--per-minute", "100000", *RIGHTS)
        told = [json.loads(one.communicate(timeout=PATIENCE)[0]) for one in (*added, key)]
        self.people = {one["username"]: one for one in told[:-1]}
        self.key = told[-1]["secret"]

    # --- its faces

    def reporter(self, **headers: str) -> Visitor:
        return Visitor(self.port, self.saw, headers=headers)

    def machine(self, **headers: str) -> Visitor:
        return Visitor(self.port + 2, self.saw, headers={"Authorization": f"Bearer {self.key}", **headers})

    def desk(self, name: str) -> Visitor:
        """Give somebody's browser at the desk, logged in with password and six digits."""
        if name not in self.desks:
            one = Visitor(self.port + 1, self.saw, allowed=(*NAMING, *SAID, *DESK))
            one.headers["X-Forwarded-For"] = "198.51.100.9"
            who = self.people[name]
            page = one.get("/login").text
            page = one.submit(page, "/login", {"login": name, "password": who["password"]}).text
            answer = one.submit(page, "/second-factor/code", {"code": demo.totp(who["totp_secret"], time.time())})
            assert answer.status == 200
            assert "/logout" in answer.text
            self.desks[name] = one
        return self.desks[name]

    def receive(self, report: dict[str, Any], **headers: str) -> str:
        """Send one report through the API and give its code."""
        answer = self.machine(**headers).ask(
            "POST", "/api/v1/reports", json.dumps(report).encode(), headers={"Content-Type": "application/json"}
        )
        assert answer.status in (200, 201), answer.text
        return self.keep(json.loads(answer.content)["code"])

    def receive_by_form(self, fields: dict[str, str], **headers: str) -> str:
        """Fill in the public form as a browser does: form, review, send, receipt; give the code shown."""
        one = self.reporter(**headers)
        page = one.get("/report").text
        review = one.submit(page, "/report", fields | {"step": "review"}, own=True, allowed=(*NAMING, *SAID))
        assert review.status == 200
        receipt = one.submit(review.text, "/report", {"step": "send"})
        assert receipt.status == 200
        return self.keep(replay.code_in(receipt.text))

    def keep(self, code: str) -> str:
        self.codes.add(code.replace(" ", ""))
        return code.replace(" ", "")

    def known(self, code: str) -> bool:
        """Say whether the API knows a report by this code."""
        body, kind = json.dumps({"code": code}).encode(), {"Content-Type": "application/json"}
        return self.machine().ask("POST", "/api/v1/status", body, headers=kind).status == 200

    # --- what stands behind the faces

    def database(self, role: str = "fanal_owner") -> psycopg.Connection[Any]:
        return psycopg.connect(env.database_for(env.read(self.surroundings), role), autocommit=True)

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with self.database() as owner:
            return owner.execute(question, values).fetchall()

    def until(self, holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Wait until something holds; a database that is being started again is waited for."""
        deadline = time.monotonic() + patience
        while True:
            try:
                if holds():
                    return
            except (OSError, psycopg.OperationalError):
                pass
            if time.monotonic() > deadline:
                pytest.fail(f"never: {what}. It said: {self.said.read_text()[-2000:]}")
            time.sleep(0.2)

    def settled(self) -> bool:
        """Say whether every report stands in a case and no job of the way is left."""
        ((open_reports, jobs),) = self.ask(
            "SELECT (SELECT count(*) FROM store_report r WHERE NOT EXISTS "
            "(SELECT 1 FROM store_casereport l WHERE l.report_id = r.id)), "
            "(SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'fanal.react' AND status <> 'succeeded')"
        )
        return (open_reports, jobs) == (0, 0)

    def case_of(self, item: str, name: str = "camille") -> list[str]:
        """List the cases in the queue of somebody, latest first."""
        page = self.desk(name).get(f"/?state={item}").text
        return list(dict.fromkeys(re.findall(r"/cases/([A-Z0-9-]+)", page)))

    def pids(self, mark: bytes) -> list[int]:
        """List the processes of this house with these words in their arguments or environment."""
        found = []
        for pid in self.members():
            process = Path(f"/proc/{pid}")
            try:
                told = process.joinpath("cmdline").read_bytes() + b"\0" + process.joinpath("environ").read_bytes()
            except OSError:
                continue
            if mark in told and b"leash.py" not in process.joinpath("cmdline").read_bytes():
                found.append(pid)
        return found

    def logs(self) -> list[Sight]:
        """Give every log and what the supervisor said."""
        files = [self.said, *self.data.joinpath("logs").rglob("*"), *self.data.glob("*.log")]
        return [Sight(f"log {one.name}", one.read_bytes()) for one in files if one.is_file()]
