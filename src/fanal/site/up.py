"""Start every process, watch them, start again what dies, stop all in order: faces first, the database last."""

from __future__ import annotations

import fcntl
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason
from fanal.site import children as processes
from fanal.site import env as environment
from fanal.site import setup
from fanal.site.children import GRACE, SHORTEST, Child, Plan, Say, leashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fanal.site.env import Env
    from fanal.site.postgres import Cluster

HEALTHY_WITHIN = 120.0
LOG_BYTES, LOGS_KEPT = 1_000_000, 5

RUNNING = reason(
    "up.running",
    en="Fanal runs on this data folder already. Stop that one first (Ctrl-C there), or choose another with --data.",
    fr="Fanal tourne déjà sur ce dossier de données. Arrêtez-le d’abord (Ctrl-C), ou choisissez-en un autre (--data).",
)
ILL = reason(
    "up.ill",
    en="Not every process became healthy. Look into the folder logs of FANAL_DATA, and run “fanal doctor”.",
    fr="Un des processus ne répond pas. Voyez le dossier logs de FANAL_DATA et lancez « fanal doctor ».",
)


def plans(env: Env) -> tuple[Plan, ...]:
    """List the processes, in the order in which they start; they stop in the opposite order."""
    python = (sys.executable, "-m")

    def surroundings(name: str) -> dict[str, str]:
        own = {"DJANGO_SETTINGS_MODULE": f"fanal.site.settings.{name}", "PYTHONUNBUFFERED": "1"}
        return environment.environ_for(env, f"fanal_{name}") | own

    def face(name: str, port: int, hosts: tuple[str, ...]) -> Plan:
        # The desk remembers used second factors and failed log-ins in its own memory: one process, of many threads.
        processes = 1 if name == "desk" else env.workers
        command = (*python, "gunicorn", *_gunicorn(env, port, processes))
        return Plan(name, command, surroundings(name), port, hosts[0])

    return (
        Plan("sequencer", (*python, "fanal.site.sequencer"), surroundings("sequencer")),
        Plan("worker", (*python, "fanal.site.worker"), surroundings("worker")),
        face("api", env.api_port, env.api_hosts),
        face("desk", env.desk_port, env.desk_hosts),
        face("portal", env.portal_port, env.portal_hosts),
    )


def run(env: Env, *, say: Say = print, demo: bool = False) -> int:
    """Set up, start all, watch until Ctrl-C or SIGTERM, stop all; gives 0. Raises Refused or Broken before that."""
    setup.folders(env)
    with _only_one(env), _asked_to_stop() as stopping:
        _ports_free(env)
        _turn_logs(env.data / "logs")
        cluster = setup.prepare(env, say=say)
        children = [Child(plan, env.data / "logs") for plan in plans(env)]
        guest: subprocess.Popen[bytes] | None = None
        try:
            for child in children:
                child.start()
            _until_healthy(children, stopping, cluster, say)
            if not stopping():
                _announce(env, say)
                guest = _play(env) if demo else None
            while not stopping():
                _watch(children, cluster, say)
                time.sleep(0.1)
        finally:
            say("stopping")
            _end(guest)
            for child in reversed(children):
                child.ask_to_stop()
            for child in reversed(children):
                child.stop()
            if cluster is not None:
                cluster.stop()
    say("stopped; everything is kept in the data folder")
    return 0


def _gunicorn(env: Env, port: int, processes: int) -> tuple[str, ...]:
    return (
        f"--bind={env.bind}:{port}",
        f"--workers={processes}",
        f"--threads={env.threads}",
        "--worker-class=fanal.site.web.Worker",
        "--logger-class=fanal.site.web.Quiet",
        "--no-control-socket",
        "--limit-request-line=8190",
        "--timeout=60",
        "--graceful-timeout=10",
        "--keep-alive=5",
        "fanal.site.wsgi:application",
    )


def _watch(children: list[Child], cluster: Cluster | None, say: Say) -> None:
    if cluster is not None and cluster.ended():
        say("the database died; it is started again")
        try:
            cluster.start()
        except Broken as failure:
            say(failure.reason.text.en)
            time.sleep(SHORTEST)
            return
    for child in children:
        child.watch(say)


def _until_healthy(children: list[Child], stopping: Callable[[], bool], cluster: Cluster | None, say: Say) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN
    waiting = list(children)
    while waiting and not stopping():
        _watch(children, cluster, say)
        waiting = [child for child in waiting if not child.healthy()]
        if waiting and time.monotonic() > deadline:
            say("not healthy: " + ", ".join(child.plan.name for child in waiting))
            raise Broken(ILL)
        time.sleep(0.05)


def _announce(env: Env, say: Say) -> None:
    shown = "localhost" if env.bind in ("127.0.0.1", "0.0.0.0", "::") else env.bind  # noqa: S104 - read, not bound
    say(f"Fanal runs ({env.mode}). Ctrl-C stops it. Its data: {env.data}")
    say(f"  portal  http://{shown}:{env.portal_port}/")
    say(f"  desk    http://{shown}:{env.desk_port}/")
    say(f"  API     http://{shown}:{env.api_port}/api/v1/openapi.json")


def _play(env: Env) -> subprocess.Popen[bytes]:
    """Let the demonstration fill the desk, in a process of its own, while this one goes on watching."""
    play = "import os; from fanal.site import demo, env; demo.start(env.read(os.environ))"
    surroundings = environment.environ_for(env, "fanal_owner") | {
        "DJANGO_SETTINGS_MODULE": "fanal.site.settings.owner",
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(  # noqa: S603 - our own program
        leashed((sys.executable, "-c", play)), env=surroundings, stdin=subprocess.DEVNULL, start_new_session=True
    )


def _end(guest: subprocess.Popen[bytes] | None) -> None:
    if guest is not None and guest.poll() is None:
        guest.terminate()
        with suppress(subprocess.TimeoutExpired):
            guest.wait(GRACE)


def _ports_free(env: Env) -> None:
    """Refuse to start where a port is taken: the processes would die and be started again for ever."""
    taken = []
    for port in (env.portal_port, env.desk_port, env.api_port):
        family = socket.AF_INET6 if ":" in env.bind else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((env.bind, port))
            except OSError:
                taken.append(str(port))
    if taken:
        ports = ", ".join(taken)
        raise Refused(
            reason(
                "up.ports",
                en=f"Other programs listen here already: {ports}. Choose other ports with --port-base.",
                fr=f"D’autres programmes écoutent déjà ici : {ports}. Choisissez d’autres ports avec --port-base.",
            )
        )


@contextmanager
def _only_one(env: Env) -> Iterator[None]:
    """Hold the data folder: the lock goes with the process, whatever ends it."""
    with processes.appended(env.data / "up.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(RUNNING) from None
        yield


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Turn SIGINT, SIGTERM and SIGHUP into a word that is asked for between two steps."""
    asked: list[int] = []
    before = {
        one: signal.signal(one, lambda number, _: asked.append(number))
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _turn_logs(logs: Path) -> None:
    """Put logs that have grown aside; the oldest go."""
    for log in logs.glob("*.log"):
        if log.stat().st_size < LOG_BYTES:
            continue
        for age in range(LOGS_KEPT - 1, 0, -1):
            older = log.with_name(f"{log.name}.{age}")
            if older.exists():
                older.rename(log.with_name(f"{log.name}.{age + 1}"))
        log.rename(log.with_name(f"{log.name}.1"))
