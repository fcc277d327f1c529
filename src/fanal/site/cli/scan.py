"""`fanal scan`: which files of a folder, or of a manifest with one file a line, are in a list. Nothing is copied.

Matches come out as JSON lines as they are found: the file’s name, the list and its entry, the distance, the words for
it. With --journal a run that was stopped goes on where it was. Progress is told on standard error.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.site.cli import FINE, FOUND, speaks
from fanal.site.cli import lists as shelf

if TYPE_CHECKING:
    import argparse

    from fanal.matching.scan import Done, Hit

SUMMARY = "look through a folder or a manifest of files for what is in a list"
WIDTH = 30
OFTEN = 0.5  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("where", metavar="DIR|MANIFEST", type=Path, help="a folder, or a text with one file a line")
    shelf.which(parser)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="default: one a core")
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="note what is done, and go on from there next time"
    )
    parser.add_argument(
        "--scheduler", default="", metavar="tcp://HOST:PORT", help="run on this Dask cluster (needs the extra cluster)"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 nothing was found, 1 something was found, 2 wrong use or failure."""
    from fanal.matching import scan  # noqa: PLC0415 - numpy and numba take their time

    names = list(scan.files(options.where))
    bar = _Bar(len(names), quiet=options.quiet)
    found = unread = 0
    parts = scan.run(
        names,
        shelf.folders(options),
        journal=options.journal,
        processes=max(1, options.processes),
        scheduler=options.scheduler,
    )
    for done in parts:
        for hit in done.hits:
            print(json.dumps(_row(hit), ensure_ascii=True), flush=True)
        for name, code in done.unread:
            print(json.dumps({"file": name, "unread": code}, ensure_ascii=True), flush=True)
        found += len(done.hits)
        unread += len(done.unread)
        bar.on(done)
    bar.end(found, unread)
    return FOUND if found else FINE


def _row(hit: Hit) -> dict[str, object]:
    return dataclasses.asdict(hit)


class _Bar:
    """A line on standard error that moves on a terminal, and is written once at the end elsewhere."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._done, self._at, self._from = total, 0, 0.0, time.monotonic()
        self._moves = not quiet and sys.stderr.isatty()
        self._quiet = quiet

    def on(self, done: Done) -> None:
        self._done += done.files
        if self._moves and time.monotonic() - self._at > OFTEN:
            self._at = time.monotonic()
            full = WIDTH * self._done // max(1, self._total)
            rate = self._done / max(0.001, self._at - self._from)
            print(
                f"\r[{'#' * full}{'.' * (WIDTH - full)}] {self._done}/{self._total}  {rate:,.0f}/s ",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self, found: int, unread: int) -> None:
        if self._quiet:
            return
        words = (
            f"{self._done} fichiers, {found} correspondances, {unread} illisibles"
            if speaks().startswith("fr")
            else f"{self._done} files, {found} matches, {unread} unreadable"
        )
        print(f"\r{words}" if self._moves else words, file=sys.stderr)
