"""The guard over a million names, known by their marks alone, beside `ahocorasick_rs` over the same names in plain.

Both look at the same text in turns, in one process and on one thread; the names come from a PostgreSQL of its own.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import bench_guard_names as given
import numpy as np
import psycopg
from bench_page import Section

from fanal.matching.names import marks
from fanal.site import env as environment
from fanal.site import setup
from fanal.wire import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

REACH = 0.2  # of the peer's rate
MOST_BYTES = 24
READY = 2.0  # seconds
ANSWERED = 0.020
CHILD = Path(__file__).with_name("bench_guard_worker.py")


@dataclass(frozen=True, slots=True)
class Measured:
    """What the process measured: rates in millions of characters a second, times in seconds."""

    names: int
    bytes: float
    loads: Sequence[float]
    rounds: Sequence[tuple[float, float, float]]  # the peer, the index, the whole review
    drafts: Sequence[float]
    characters: int
    set_in: int
    findings: int
    false: int


def section() -> Section:
    """Fill a database, measure in a process of its own, and give the section of the page."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="fanal-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env = environment.read({"FANAL_DATA": str(folder / "data"), "FANAL_MODE": "development"})
        cluster = setup.prepare(env, say=lambda _: None)
        if cluster is None:
            raise RuntimeError("the bench runs on a server of its own")
        stack.callback(cluster.stop)
        _fill(cluster.url(), env)
        told = environment.environ_for(env, "fanal_owner") | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.test"}
        told.pop("FANAL_DATABASE_URL")  # as the other benches have it: a login of this machine
        done = subprocess.run([sys.executable, str(CHILD)], env=told, stdout=subprocess.PIPE, text=True, check=True)
    found = Measured(**json.loads(done.stdout.splitlines()[-1]))
    return Section(_page(found), _reached(found))


def _fill(url: str, env: environment.Env) -> None:
    """Put the names' marks into the database, under the house's own key; a few targets share them."""
    ring = keys.load(env.keys, parts=frozenset({"index"}))
    key, number = ring.index("guard", kind="derived"), ring.index("guard", kind="number")
    keyed = int.from_bytes(number[:4], "big") >> 1
    known = given.names()
    made = marks([name for name, _kind in known], key=key).view(np.int64).tolist()
    kinds = list(given.KINDS)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for at, (_role, kind, platform) in enumerate(given.KINDS.values()):
            cursor.execute(
                "INSERT INTO store_target (id, index, era, kind, platform, identity, first_seen_at, last_seen_at)"
                " VALUES (%s, %s, 1, %s, %s, '', now(), now())",
                [f"00000000-0000-4000-8000-{at:012}", bytes([at]) * 32, kind, platform],
            )
        with cursor.copy("COPY store_guardname (mark, keyed, role, target_id) FROM STDIN") as copy:
            # a few differ in signs alone, and have one mark
            for mark, (_name, kind) in dict(zip(made, known, strict=True)).items():
                target = f"00000000-0000-4000-8000-{kinds.index(kind):012}"
                copy.write_row((mark, keyed, given.KINDS[kind][0], target))
        connection.commit()
        connection.autocommit = True
        cursor.execute("VACUUM ANALYZE store_guardname")


def _shares(found: Measured) -> tuple[float, float]:
    """Give the index's rate and the review's, as shares of the peer's: the middle of the rounds' ratios."""
    return (
        statistics.median(index / peer for peer, index, _review in found.rounds),
        statistics.median(review / peer for peer, _index, review in found.rounds),
    )


def _reached(found: Measured) -> bool:
    return (
        _shares(found)[0] >= REACH
        and found.bytes <= MOST_BYTES
        and statistics.median(found.loads) < READY
        and statistics.median(found.drafts) < ANSWERED
    )


def _page(found: Measured) -> str:
    peer, index, review = (statistics.median(column) for column in zip(*found.rounds, strict=True))
    of_index, of_review = _shares(found)
    middle = 1000 * statistics.median(found.drafts)
    slowest = f" (the slowest of {len(found.drafts)}: {1000 * max(found.drafts):.1f} ms)"
    return "\n".join(
        [
            "## What may be said in public, against a million names",
            "",
            f"{found.names:,} names of invented things (handles, hosts, page addresses, numbers, wallets, hashes);",
            f"{found.characters:,} characters of French and English drafts (those of tests/guard/corpus that name",
            f"nothing), with {found.set_in} of the names set in.",
            "",
            "| on one thread | characters a second | of the peer | reach |",
            "|---|---|---|---|",
            f"| `ahocorasick_rs`, names in plain, text in small letters | {peer:.1f} million | 1 | |",
            f"| `NameIndex.find`, names by their marks | {index:.1f} million | {of_index:.2f} × | {REACH} × |",
            f"| the whole review (`queries.guard.look`) | {review:.1f} million | {of_review:.2f} × | |",
            "",
            "| | measured | reach |",
            "|---|---|---|",
            f"| memory a name | {found.bytes:.1f} bytes | {MOST_BYTES} |",
            f"| ready: read from PostgreSQL and laid out | {statistics.median(found.loads):.2f} s | {READY:g} s |",
            f"| a draft of 2,000 characters, answered{slowest} | {middle:.1f} ms | {1000 * ANSWERED:g} ms |",
            "",
            "- The peer finds names that stand there letter for letter, anywhere, within words too; the index finds",
            "  them at the edges of words, spelt, spaced, dotted or in look-alikes, and hashes some 14 candidates a",
            "  word with SipHash-2-4 for that. The peer's list is in plain, its text in small letters beforehand.",
            "- Searching is compared with searching. The review is everything but the reading of a file: all readings",
            "  of the text, the marks found asked of the database, weighing, and the safe version, looked at again",
            "  where it changed. The peer has nothing like it.",
            f"  It made {found.findings} findings.",
            "- A mark has 64 bits, and all of them are compared: a million names in 100 million words are spotted",
            "  falsely with a chance of less than one in ten thousand;",
            f"  in the drafts without the names {found.false or 'none'} were. What disguise makes alike (l and I, 0",
            "  and o) is the same name here, and the surroundings decide.",
            "- Rates are the middle of 15 rounds, the peer, the index and the review in turns; ratios of each round.",
        ]
    )
