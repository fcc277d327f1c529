"""Measure side by side and write docs/benchmarks.md. `make bench` runs it; it needs nothing but the development set-up.

Durable intake, everything on (sealing, encryption, blind indexes, ledger, job), through HTTP, against a bare psycopg
program that writes the same rows to the same tables of the same server. The two take turns in one run.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_bare
import bench_house

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
REACH = {"single": 0.15, "batch": 0.40}
NOTES = (
    "- Fanal: real HTTP to the API under gunicorn with an API key. Each report is validated, its contact and its",
    "  origin are sealed (two age boxes), its content is encrypted, its blind indexes are computed, and report,",
    "  items, seals, event, ledger entry and job are committed (fsync on) before the answer.",
    "- Bare: the rows that Fanal had just written are read back, given fresh keys, and written by psycopg with",
    "  prepared statements: a transaction a report on as many connections, or 500 reports a transaction with",
    "  executemany in pipeline mode. It computes nothing.",
    "- Worker and sequencer stand still for both: what follows a report is not intake. The client runs on the",
    "  same cores as the server.",
)


def main() -> int:
    """Run the rounds, print each figure, write the page; exit 1 where a reach is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--singles", type=int, default=600, help="single reports a round")
    parser.add_argument("--lines", type=int, default=4000, help="batch lines a round")
    parser.add_argument("--connections", type=int, default=8, help="at once, for single reports")
    parser.add_argument("--dry", action="store_true", help="print, and leave docs/benchmarks.md as it is")
    given = parser.parse_args()
    figures: dict[str, list[tuple[float, float]]] = {"single": [], "batch": []}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanal-bench-")))
        house = stack.enter_context(bench_house.running(folder))
        house.single(50, given.connections)  # warm: prepared plans, imported modules, filled pools
        house.batch(500)
        bare = bench_bare.Bare(house.admin_url)
        for number in range(given.rounds):
            pairs = {
                "single": (
                    house.single(given.singles, given.connections),
                    bare.single(given.singles, given.connections),
                ),
                "batch": (house.batch(given.lines), bare.batch(given.lines)),
            }
            for name, (ours, limit) in pairs.items():
                figures[name].append((ours, limit))
                print(f"round {number + 1} {name}: {ours:,.0f}/s of {limit:,.0f}/s = {ours / limit:.0%}", flush=True)
        version = house.version()
    text = page(figures, given, version)
    print(text)
    if not given.dry:
        PAGE.write_text(text, encoding="utf-8")
    return 0 if all(median(figures[name]) >= REACH[name] for name in figures) else 1


def median(pairs: list[tuple[float, float]]) -> float:
    """Give the median of the rounds' ratios."""
    return statistics.median(ours / limit for ours, limit in pairs)


def page(figures: dict[str, list[tuple[float, float]]], given: argparse.Namespace, version: str) -> str:
    """Write the page."""
    rows = []
    for name, words in (
        ("single", f"one report a request, {given.connections} connections at once"),
        ("batch", f"NDJSON batches of {given.lines:,} lines, one connection"),
    ):
        ours = [pair[0] for pair in figures[name]]
        bare = [pair[1] for pair in figures[name]]
        ratios = [a / b for a, b in figures[name]]
        rows.append(
            f"| {words} | {statistics.median(ours):,.0f} ({min(ours):,.0f} to {max(ours):,.0f}) "
            f"| {statistics.median(bare):,.0f} ({min(bare):,.0f} to {max(bare):,.0f}) "
            f"| **{median(figures[name]):.0%}** ({min(ratios):.0%} to {max(ratios):.0%}) | {REACH[name]:.0%} |"
        )
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}, with {os.cpu_count()} cores, Python",
            f"{platform.python_version()} and PostgreSQL {version}. Ratios count; absolute figures are one machine's.",
            "",
            "## Durable intake, everything on, against the same rows by bare psycopg",
            "",
            "Reports a second, median (least to most) of the rounds; Fanal and the bare program take turns.",
            "",
            "| what | Fanal | bare psycopg | ratio | to reach |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            *NOTES,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
