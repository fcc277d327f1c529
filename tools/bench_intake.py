"""Durable intake, everything on, through HTTP, against a bare psycopg program, in turns in one run.

Everything is sealing, encryption, blind indexes, ledger and job; the bare program writes the same rows to the same
tables of the same server.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

import bench_bare
import bench_house
from bench_page import Section

REACH = {"single": 0.15, "batch": 0.40}
ROUNDS = 7
SINGLES, LINES = 600, 4000  # a round
CONNECTIONS = 8  # at once, for single reports
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


def section() -> Section:
    """Run the rounds, print each figure, and give the section of the page."""
    figures: dict[str, list[tuple[float, float]]] = {"single": [], "batch": []}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanal-bench-")))
        house = stack.enter_context(bench_house.running(folder))
        house.single(50, CONNECTIONS)  # warm: prepared plans, imported modules, filled pools
        house.batch(500)
        bare = bench_bare.Bare(house.admin_url)
        for number in range(ROUNDS):
            pairs = {
                "single": (house.single(SINGLES, CONNECTIONS), bare.single(SINGLES, CONNECTIONS)),
                "batch": (house.batch(LINES), bare.batch(LINES)),
            }
            for name, (ours, limit) in pairs.items():
                figures[name].append((ours, limit))
                print(f"round {number + 1} {name}: {ours:,.0f}/s of {limit:,.0f}/s = {ours / limit:.0%}", flush=True)
        version = house.version()
    return Section(page(figures, version), all(median(figures[name]) >= REACH[name] for name in figures))


def median(pairs: list[tuple[float, float]]) -> float:
    """Give the median of the rounds' ratios."""
    return statistics.median(ours / limit for ours, limit in pairs)


def page(figures: dict[str, list[tuple[float, float]]], version: str) -> str:
    """Write the section."""
    rows = []
    for name, words in (
        ("single", f"one report a request, {CONNECTIONS} connections at once"),
        ("batch", f"NDJSON batches of {LINES:,} lines, one connection"),
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
            "## Durable intake, everything on, against the same rows by bare psycopg",
            "",
            f"Reports a second on PostgreSQL {version}, median (least to most) of the rounds; Fanal and the bare",
            "program take turns.",
            "",
            "| what | Fanal | bare psycopg | ratio | to reach |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            *NOTES,
        ]
    )
