"""One process under supervision: started on a leash, started again when it dies, asked whether it is well."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from fanal.site.postgres_program import LEASH

if TYPE_CHECKING:
    from pathlib import Path

Say = Callable[[str], None]

SHORTEST, LONGEST = 0.2, 5.0  # seconds between a death and the next start
STEADY = 10.0  # seconds of life after which a child is no longer thought to be ill
GRACE = 15.0  # seconds that a child has to end what it is doing


@dataclass(frozen=True, slots=True)
class Plan:
    """One process: its name, what to run, its whole environment, and where it says that it is well (port, host)."""

    name: str
    command: tuple[str, ...]
    surroundings: dict[str, str]
    port: int = 0
    host: str = ""


class Child:
    """A process of a plan, started again when it dies, later each time until it stays."""

    def __init__(self, plan: Plan, logs: Path) -> None:
        self.plan = plan
        self._log = logs / f"{plan.name}.log"
        self._running: subprocess.Popen[bytes] | None = None
        self._since = 0.0
        self._pause = SHORTEST
        self._not_before = 0.0

    def start(self) -> None:
        """Start it on a leash: it ends when we do, however we end."""
        with appended(self._log) as log:
            self._running = subprocess.Popen(  # noqa: S603 - our own programs
                leashed(self.plan.command),
                env=self.plan.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C comes to the supervisor, which stops the others in order
            )
        self._since = time.monotonic()

    def watch(self, say: Say) -> None:
        """Look whether it lives; say so when it died, and start it again when its pause is over."""
        now = time.monotonic()
        if self._running is None:
            if now >= self._not_before:
                self.start()
            return
        code = self._running.poll()
        if code is None:
            return
        self._pause = SHORTEST if now - self._since > STEADY else self._pause
        say(f"{self.plan.name} died ({_how(code)}); it is started again in {self._pause:.1f} s")
        self._running, self._not_before = None, now + self._pause
        self._pause = min(self._pause * 2, LONGEST)

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait for its end, and put one to it if it does not come."""
        if self._running is None:
            return
        try:
            self._running.wait(GRACE)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()

    def pid(self) -> int | None:
        """Give its process id while it runs."""
        return self._running.pid if self._running is not None and self._running.poll() is None else None

    def healthy(self) -> bool:
        """Say whether it runs and, where it answers on a port, answers that it is well."""
        if self._running is None or self._running.poll() is not None:
            return False
        return not self.plan.port or _well(self.plan.port, self.plan.host)


def leashed(command: tuple[str, ...]) -> list[str]:
    """Give the command that runs `command` so that it is asked to end when this process is gone (site/leash.py)."""
    return [sys.executable, "-I", "-S", str(LEASH), str(int(signal.SIGTERM)), str(os.getpid()), "same", "--", *command]


def appended(path: Path) -> BinaryIO:
    """Open a file of ours to be written at its end; nobody else may read it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _well(port: int, host: str) -> bool:
    """Ask a face on this machine whether it is well, by the host name that it answers to."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/health", headers={"Host": host})
            return connection.getresponse().status == http.client.OK
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return False


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
