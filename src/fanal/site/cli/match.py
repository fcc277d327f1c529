"""`fanal match`: look fingerprints up in lists of this machine. A match is a lead for a person, never a decision.

A fingerprint is written with its kind in front (pdq:…, sha256:…), or bare where --signal names the kind or only one has
its length. Without any, lines of standard input are read. Each is answered in one line; --json gives JSON lines.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from fanal.core.errors import Refused
from fanal.core.reasons import reason
from fanal.site.cli import FAILED, FINE, FOUND, speaks
from fanal.site.cli import lists as shelf

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from fanal.matching.lists import HashList
    from fanal.matching.match import Answer, Found
    from fanal.matching.signal import Signal

SUMMARY = "look fingerprints up in lists"
WHICH_KIND = reason(
    "match.kind",
    en="Which kind of fingerprint this is cannot be told: write it in front (pdq:…), or give --signal.",
    fr="Le type de cette empreinte ne se devine pas : écrivez-le devant (pdq:…), ou donnez --signal.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("hashes", metavar="HASH", nargs="*", help="a fingerprint; none: one a line from standard input")
    shelf.which(parser)
    parser.add_argument("--signal", metavar="NAME", help="the kind of fingerprints written without one in front")
    parser.add_argument("--near", action="store_true", help="count entries just past the limit as well (slower)")
    parser.add_argument("--json", action="store_true", help="answer as JSON lines")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 nothing was found, 1 something was, 2 a fingerprint could not be read."""
    from fanal.matching import match, signals  # noqa: PLC0415 - numpy and numba take their time

    lists = shelf.opened(options)
    named = signals.find(options.signal) if options.signal else None
    found = failed = False
    for place, written in enumerate(options.hashes or _lines(), 1):
        try:
            kind, value = _read(written, named)
            answer = match.look_up(lists, kind.name, value, count_near=options.near)
        except Refused as refused:
            failed = True
            print(f"fanal match: {place}: {refused.reason.text.speak(speaks())}", file=sys.stderr)
            continue
        found |= bool(answer.found)
        _tell(place, written, kind, answer, lists, json_lines=options.json)
    return FAILED if failed else FOUND if found else FINE


def _lines() -> Iterator[str]:
    return (line.decode("utf-8", "replace").strip() for line in sys.stdin.buffer if line.strip())


def _read(written: str, named: Signal | None) -> tuple[Signal, bytes]:
    from fanal.matching import signals  # noqa: PLC0415

    kind = named or signals.guess(written)
    if kind is None:
        raise Refused(WHICH_KIND)
    return kind, kind.read(written)


def _tell(
    place: int, written: str, kind: Signal, answer: Answer, lists: Sequence[HashList], *, json_lines: bool
) -> None:
    language = speaks()
    if json_lines:
        row = {
            "input": written,
            "signal": kind.name,
            "lists": [one.card.name for one in lists],
            "matches": [_row(one, language) for one in answer.found],
            "near": answer.near,
        }
        print(json.dumps(row, ensure_ascii=True), flush=True)
        return
    if not answer.found:
        print(f"{place}: {'aucune correspondance' if language.startswith('fr') else 'no match'}")
    for one in answer.found:
        far = "" if one.distance is None else f" {one.distance}/{kind.bits}"
        words = " ".join(why.text.speak(language) for why in one.reasons)
        print(f"{place}: {one.list} {one.entry.ref or one.id}{far} ({one.classification}): {words}", flush=True)


def _row(one: Found, language: str) -> dict[str, object]:
    return {
        "list": one.list,
        "ref": one.entry.ref,
        "classification": one.classification,
        "labels": list(one.entry.labels),
        "distance": one.distance,
        "orientation": one.orientation,
        "negative": one.negative,
        "opinions": {
            "seen": one.entry.opinions.seen,
            "disputed": one.entry.opinions.disputed,
            "false_positive": one.entry.opinions.false_positive,
        },
        "reasons": [{"code": why.code, "text": why.text.speak(language)} for why in one.reasons],
    }
