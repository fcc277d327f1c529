"""The house for measuring: our own server with durable settings, the API under gunicorn, and a client that waits."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

import psycopg

from fanal.site import env as environment
from fanal.site import setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class House:
    """A running API, its key, and the login that may look at every row."""

    port: int
    key: str
    admin_url: str
    _number: int = 0

    def single(self, count: int, connections: int) -> float:
        """Send `count` reports one by one on as many connections as said; give reports a second."""
        shares = [[self._report() for _ in range(count // connections)] for _ in range(connections)]
        threads = [Thread(target=self._post_all, args=(share,)) for share in shares]
        return timed(threads, sum(len(share) for share in shares))

    def batch(self, lines: int) -> float:
        """Send one batch; give reports a second."""
        body = b"\n".join(self._report() for _ in range(lines)) + b"\n"
        started = time.perf_counter()
        answer = self._post(self._connect(), "/api/v1/reports/batch", body, "application/x-ndjson")
        spent = time.perf_counter() - started
        received = sum(1 for line in answer.splitlines() if json.loads(line)["status"] == "received")
        if received != lines:
            raise RuntimeError("not every line was received")
        return lines / spent

    def version(self) -> str:
        """Say which PostgreSQL this is."""
        with psycopg.connect(self.admin_url) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else "?"

    def _report(self) -> bytes:
        self._number += 1
        return json.dumps(
            {
                "items": [{"typed": f"https://forum.example/topic/{self._number}?page=2"}],
                "category": "threats",
                "comment": "A message that says where somebody lives and what will be done to them. " * 2,
                "language": "en",
                "contact": {"email": f"reporter{self._number}@mail.example"},
            }
        ).encode()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def _post_all(self, bodies: list[bytes]) -> None:
        connection = self._connect()
        for body in bodies:
            self._post(connection, "/api/v1/reports", body, "application/json")

    def _post(self, connection: http.client.HTTPConnection, path: str, body: bytes, kind: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201, 207):
            raise RuntimeError(f"the API answered {answer.status}")
        return content


def timed(threads: list[Thread], count: int) -> float:
    """Run the threads; give things a second."""
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count / (time.perf_counter() - started)


@contextmanager
def running(folder: Path) -> Iterator[House]:
    """Set a house up in `folder`, with nothing running but the database and the API; stop both at the end."""
    port = _free()
    told = {"FANAL_DATA": str(folder / "data"), "FANAL_MODE": "development", "FANAL_API_PORT": str(port)}
    env = environment.read(told)
    cluster = setup.prepare(env, say=lambda _: None)
    if cluster is None:
        raise RuntimeError("the bench runs on a server of its own")
    server: subprocess.Popen[bytes] | None = None
    try:
        key = _key(env)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "fanal.site.wsgi:application"),
                *("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--bind", f"127.0.0.1:{port}"),
                *("--log-level", "error", "--keep-alive", "60"),
            ],
            env=environment.environ_for(env, "fanal_api") | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.api"},
        )
        _wait(port)
        yield House(port, key, cluster.url())
    finally:
        if server:
            server.terminate()
            server.wait(timeout=20)
        cluster.stop()


def _key(env: environment.Env) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "django", "key_add", "bench", "--right", "report", "--right", "batch",
         "--owner", "bench", "--per-minute", "1000000"],
        env=environment.environ_for(env, "fanal_owner") | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.owner"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next(word for word in done.stdout.split() if word.startswith("fanal_"))


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the API did not start")
