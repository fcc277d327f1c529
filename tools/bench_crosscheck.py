"""Crosscheck against itself: a new report with 1,000, 100,000 and 1,000,000 reports stored, and a crowd as it grows.

One server, a database for each size, in turns in one run; a worker of its own for each, with warm caches.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import bench_crosscheck_fill as fill
import psycopg
from bench_page import Section

from fanal.site import env as environment
from fanal.site import setup
from fanal.site.env import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.site.postgres import Cluster

SIZES = (1_000, 100_000, 1_000_000)
ROUNDS, A_ROUND = 15, 20  # reports a turn
CROWDS = int(os.environ.get("CROWDS", "100"))  # times the crowd of the replay; a hundred takes half an hour
REACH = 1.5
FALL = 0.9  # the last crowds join a huge case at this share of the rate in a fresh one, at the least
PAIRS = 5  # crowds at the end that are measured in turns with a fresh house each
CHILD = Path(__file__).with_name("bench_crosscheck_worker.py")
NOTES = (
    "- Measured is the worker's act for a report that was read, `actions.crosscheck.report`: one transaction, fsync",
    "  on, with everything on: marks, look for candidates, comparison, joining or opening, proposed links, counts,",
    "  voices, rank, events, ledger entries. Half of the reports name a target that stands in a case, half a new page;",
    "  their words, contacts and hosts stand in no other case, in a few, or in thousands.",
    "- Stored at each size: reports with their items, targets, cases, marks (some 13 a case), counts and voices; the",
    "  same shared values at each size, so that a larger store answers with more cases. Tables are vacuumed, caches",
    "  warm. Events and ledger entries of the stored reports are left out: new ones are only added at their end.",
    f"- The crowd: the replay's first episode {CROWDS} times over, through `actions.harmonise.report` and",
    "  `actions.crosscheck.report`, one worker, one account, one case. `CROWDS=n make bench ONLY=crosscheck` says how",
    "  often; a hundred times takes half an hour.",
)


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that works on one database and answers one line a command."""

    asked: IO[str]
    answers: IO[str]

    def ask(self, what: str, count: int = 0) -> list[float]:
        """Let it do one thing; give what it measured."""
        self.asked.write(json.dumps([what, count]) + "\n")
        self.asked.flush()
        line = self.answers.readline()
        if not line:
            raise RuntimeError("a worker of the bench stopped")
        return cast("list[float]", json.loads(line))


def section() -> Section:
    """Fill, measure in turns, print each figure, and give the section of the page."""
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="fanal-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env, cluster = stack.enter_context(_house(folder))
        version = _version(cluster)
        for size in SIZES:
            name = f"reports_{size}"
            _copy(cluster, name)
            spent = fill.fill(cluster.url(database=name), size, env.keys)
            print(f"filled with {size:,} reports in {spent:.0f} s", flush=True)
        workers = {size: stack.enter_context(_worker(env, f"reports_{size}")) for size in SIZES}
        for worker in workers.values():
            worker.ask("prepare", (ROUNDS + 2) * A_ROUND)
            worker.ask("crosscheck", 2 * A_ROUND)  # warm
        for number in range(ROUNDS):
            for size, worker in workers.items():
                times[size] += worker.ask("crosscheck", A_ROUND)
            shown = ", ".join(f"{size:,}: {statistics.median(times[size][-A_ROUND:]):.1f} ms" for size in SIZES)
            print(f"round {number + 1} {shown}", flush=True)
        _copy(cluster, "crowd")
        crowd = stack.enter_context(_worker(env, "crowd"))
        rates: list[float] = []
        fresh: list[float] = []
        for number in range(CROWDS):
            if number >= CROWDS - PAIRS:
                fresh.append(_fresh(env, cluster, number))
            rates += crowd.ask("crowd")
            print(f"crowd {number + 1} of {CROWDS}: {rates[-1]:.0f} reports a second", flush=True)
    grown = statistics.median(times[SIZES[-1]]) / statistics.median(times[SIZES[0]])
    reached = grown <= REACH and _share(rates, fresh) >= FALL
    return Section(_page(times, rates, fresh, grown, version), reached)


def _fresh(env: environment.Env, cluster: Cluster, number: int) -> float:
    """Let one crowd report to a house that knows nothing yet: what else the machine does slows both alike."""
    _copy(cluster, f"fresh_{number}")
    with _worker(env, f"fresh_{number}") as worker:
        (rate,) = worker.ask("crowd")
    print(f"a fresh house: {rate:.0f} reports a second", flush=True)
    return rate


def _share(rates: list[float], fresh: list[float]) -> float:
    return statistics.median(late / one for late, one in zip(rates[-PAIRS:], fresh, strict=True))


@contextmanager
def _house(folder: Path) -> Iterator[tuple[environment.Env, Cluster]]:
    env = environment.read({"FANAL_DATA": str(folder / "data"), "FANAL_MODE": "development"})
    cluster = setup.prepare(env, say=lambda _: None)
    if cluster is None:
        raise RuntimeError("the bench runs on a server of its own")
    try:
        yield env, cluster
    finally:
        cluster.stop()


@contextmanager
def _worker(env: environment.Env, database: str) -> Iterator[Worker]:
    told = environment.environ_for(env, "fanal_owner") | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.test"}
    told.pop("FANAL_DATABASE_URL")  # it takes reports in and crosschecks them: a login that may do both
    child = subprocess.Popen(
        [sys.executable, str(CHILD), database],
        env=told,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Worker(cast("IO[str]", child.stdin), cast("IO[str]", child.stdout))
    finally:
        cast("IO[str]", child.stdin).close()
        child.wait(timeout=60)


def _copy(cluster: Cluster, name: str) -> None:
    with psycopg.connect(cluster.url(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE} OWNER fanal_owner")


def _version(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "?"


def _page(times: dict[int, list[float]], rates: list[float], fresh: list[float], grown: float, version: str) -> str:
    base = statistics.median(times[SIZES[0]])
    rows = [
        f"| {size:,} | {statistics.median(found):.1f} ms | {statistics.quantiles(found, n=20)[-1]:.1f} ms "
        f"| {statistics.median(found) / base:.2f} × |"
        for size, found in times.items()
    ]
    late, early, share = statistics.median(rates[-PAIRS:]), statistics.median(fresh), _share(rates, fresh)
    total = CROWDS * fill.CROWD
    return "\n".join(
        [
            "## Crosscheck of one new report, whatever is stored",
            "",
            f"PostgreSQL {version}; {ROUNDS * A_ROUND} reports at each size, in turns of {A_ROUND}.",
            "",
            "| reports stored | median | 95 of 100 within | against a thousand |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            f"To reach: a million costs at most {REACH} × a thousand. Measured: **{grown:.2f} ×**.",
            "",
            f"A crowd of {total:,} reports on one account joins its case: the last {PAIRS * fill.CROWD:,} at",
            f"{late:.0f} reports a second, while the first {fill.CROWD} in fresh houses, in turns with them, join at",
            f"{early:.0f}: **{share:.2f} ×** (median of {PAIRS} pairs; the lowest: {min(rates):.0f}).",
            f"To reach: at least {FALL} ×.",
            "",
            *NOTES,
        ]
    )
