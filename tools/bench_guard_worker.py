"""The process of bench_guard: reads the names as a face does, checks drafts, prints what it measured."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

django.setup()
sys.path.insert(0, str(Path(__file__).parent))

import ahocorasick_rs  # noqa: E402
import bench_guard_names as given  # noqa: E402

from fanal.core.guard.draft import plain  # noqa: E402
from fanal.queries import guard, world  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
LOADS = 5
DRAFTS = 60
DRAFT = 2_000


def main() -> None:
    """Measure everything in turns, and print one line of JSON."""
    known = given.names()
    text = given.text(known)
    keyed = guard.keys(world.current().keys)
    guard.look(plain(text[:DRAFT]), language="fr", again=plain)  # compiles, connects, reads the names once
    loads = []
    for _ in range(LOADS):
        started = time.perf_counter()
        (index,) = guard.Names(keyed).fresh()
        loads.append(time.perf_counter() - started)
        print(f"ready in {loads[-1]:.2f} s", file=sys.stderr, flush=True)
    peer = ahocorasick_rs.AhoCorasick([name.lower() for name, _kind in known])
    low = text.lower()
    rounds: list[tuple[float, float, float]] = []
    for number in range(ROUNDS + 1):
        one = _rate(lambda: peer.find_matches_as_indexes(low), low)
        two = _rate(lambda: index.find(text), text)
        three = _rate(lambda: guard.look(plain(text), language="fr", again=plain), text)
        print(f"peer {one:.1f}, index {two:.1f}, review {three:.1f} MB/s", file=sys.stderr, flush=True)
        if number:
            rounds.append((one, two, three))
    drafts = [text[at : at + DRAFT] for at in range(0, min(len(text) - DRAFT, DRAFTS * DRAFT), DRAFT)]
    times = []
    for draft in drafts:
        started = time.perf_counter()
        guard.look(plain(draft), language="fr", again=plain)
        times.append(time.perf_counter() - started)
    found = guard.look(plain(text), language="fr", again=plain)
    print(
        json.dumps(
            {
                "names": len(index),
                "bytes": index.nbytes / len(index),
                "loads": loads,
                "rounds": rounds,
                "drafts": times,
                "characters": len(text),
                "set_in": len(peer.find_matches_as_indexes(low)),
                "findings": len(found.findings),
                "false": len(index.find(given.bare())),
            }
        )
    )


def _rate(work: Callable[[], object], text: str) -> float:
    """Give millions of characters a second, of three runs the middle one."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return len(text) / statistics.median(times) / 1e6


if __name__ == "__main__":
    main()
