"""How fast an address becomes a target, against w3lib's `canonicalize_url`; can_ada's bare parse is the limit.

The same 2,000 addresses, repeated, in turns in one run; then whole command lines: `fanal target` over a file of them,
against a Python program that prints `canonicalize_url` of each line.
"""

from __future__ import annotations

import compileall
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import can_ada
from bench_page import Section
from w3lib.url import canonicalize_url

import fanal
from fanal.core import harmonise
from fanal.core.report import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REACH = 1.5
ROUNDS = 9
SAMPLE = Path(__file__).parents[2] / "shared" / "data" / "url" / "real-urls-sample.txt"
REPEATS = 3
FILEREPEATS = 100
# As a person has it: a program that is not told to write every line by itself.
PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
PEER = """\
import sys
from w3lib.url import canonicalize_url
for line in sys.stdin:
    print(canonicalize_url(line.rstrip()))
"""
NOTES = (
    "- Fanal gives kind, canonical and defanged form, platform with its ids, site, confidence and reasons; it",
    "  leaves tracking parameters out and looks for imitated hosts. Facts of hosts are remembered (the last",
    "  16,384), addresses are not. A first round is not counted: it fills the caches of both.",
    "- Command lines: start included, from compiled bytecode. `fanal target` writes the whole answer as JSON, the",
    "  program an address.",
)


def section() -> Section:
    """Measure in turns, print each round as it ends, and give the section of the page."""
    addresses, said = _addresses()
    items = [Item(one) for one in addresses]
    kinds: dict[str, Callable[[], float]] = {
        "`harmonise.item`": lambda: _rate(harmonise.item, items),
        "w3lib `canonicalize_url`": lambda: _rate(canonicalize_url, addresses),
        "can_ada `parse`": lambda: _rate(can_ada.parse, addresses),
    }
    commands = {
        "`fanal target` over a file": [sys.executable, "-m", "fanal", "target"],
        "a program with w3lib over it": [sys.executable, "-c", PEER],
    }
    rates: dict[str, list[float]] = {name: [] for name in (*kinds, *commands)}
    for measure in kinds.values():
        measure()
    with tempfile.TemporaryDirectory(prefix="fanal-bench-") as folder:
        file = Path(folder) / "addresses.txt"
        file.write_text("\n".join(addresses * FILEREPEATS) + "\n", encoding="utf-8")
        compileall.compile_dir(Path(fanal.__file__).parent, quiet=1)
        for number in range(ROUNDS):
            for name, measure in kinds.items():
                rates[name].append(measure())
            for name, command in commands.items():
                rates[name].append(_whole(command, file, len(addresses) * FILEREPEATS))
            told = ", ".join(f"{name} {found[-1]:,.0f}/s" for name, found in rates.items())
            print(f"round {number + 1}: {told}", flush=True)
    ours, w3lib, _, line, _ = rates.values()
    return Section(page(rates, said), min(_ratio(ours, w3lib), _ratio(line, w3lib)) >= REACH)


def page(rates: dict[str, list[float]], said: str) -> str:
    """Write the section."""
    ours, w3lib, parse, line, program = rates.values()
    rows = [
        f"| {name} | {statistics.median(found):,.0f} ({min(found):,.0f} to {max(found):,.0f}) |"
        for name, found in rates.items()
    ]
    return "\n".join(
        [
            "## A canonical target from an address, against w3lib",
            "",
            f"{said} Addresses a second, median (least to most) of the rounds, which take turns.",
            "",
            "| what | addresses a second |",
            "| --- | --- |",
            *rows,
            "",
            f"Reading is **{_ratio(ours, w3lib):.2f} ×** w3lib (to reach: {REACH} ×), {_ratio(ours, parse):.1%} of the",
            f"bare parse. The whole command line is **{_ratio(line, w3lib):.2f} ×** w3lib's bare function, and",
            f"{_ratio(line, program):.2f} × the program.",
            "",
            *NOTES,
        ]
    )


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Give the median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _addresses() -> tuple[list[str], str]:
    """Give real addresses where they are beside the project, made ones otherwise, and the words that say which."""
    if SAMPLE.is_file():
        return SAMPLE.read_text(encoding="utf-8").splitlines(), "2,000 addresses of a public data set, repeated."
    made = [f"https://www.site-{n % 1400}.example/folder/page-{n}.html?id={n}" for n in range(2_000)]
    return made, "The data set is not here: 2,000 made addresses on 1,400 hosts, repeated."


def _rate(read: Callable[[Any], object], given: Sequence[object]) -> float:
    gc.collect()
    started = time.perf_counter()
    for _ in range(REPEATS):
        for one in given:
            read(one)
    return REPEATS * len(given) / (time.perf_counter() - started)


def _whole(command: list[str], file: Path, count: int) -> float:
    with file.open("rb") as given:
        started = time.perf_counter()
        # 1: something was not read, which is an answer too
        done = subprocess.run(command, stdin=given, stdout=subprocess.DEVNULL, env=PLAIN, check=False)
        spent = time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[1:3]} ended with {done.returncode}")
    return count / spent
