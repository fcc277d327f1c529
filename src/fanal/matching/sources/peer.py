"""What one desk of Fanal gives to another: JSON lines, a heading and then one entry a line, tombstones included.

The heading tells name, source, licence, classification and version. `write` makes what `read` takes, byte for byte.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, Final

from fanal.core.errors import Refused
from fanal.matching import signals
from fanal.matching.lists import Entry, Gone, Opinions
from fanal.matching.sources import NOT_THIS_SHAPE, Bad, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fanal.matching.lists import Card

SHAPE: Final = "fanal-hash-list/1"
_LONGEST: Final = 1 << 24


def write(card: Card, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the lines of an export: what was withdrawn travels as such."""
    heading = {
        "shape": SHAPE,
        "name": card.name,
        "source": card.source,
        "licence": card.licence,
        "classification": card.classification,
        "version": card.version,
    }
    yield _bytes(heading)
    for one in entries:
        said = one.opinions
        yield _bytes(
            {
                "signal": one.signal,
                "value": signals.find(one.signal).write(one.value),
                "ref": one.ref,
                "labels": list(one.labels),
                "opinions": {"seen": said.seen, "disputed": said.disputed, "false_positive": said.false_positive},
                "withdrawn": one.withdrawn,
                "at": one.at,
            }
        )


def read(file: BinaryIO) -> Iterator[Entry | Gone | Bad]:
    """Read an export; Refused where its heading is not that of one."""
    try:
        heading = json.loads(file.readline(_LONGEST))
        known = heading["shape"] == SHAPE
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise Refused(NOT_THIS_SHAPE)
    number = 1
    while line := file.readline(_LONGEST):
        number += 1
        if line.strip():
            yield _line(line, number)


def _line(line: bytes, number: int) -> Entry | Bad:
    try:
        row = json.loads(line)
        signal = signals.find(row["signal"])
        said = row.get("opinions", {})
        return Entry(
            signal=signal.name,
            value=signal.read(row["value"]),
            ref=str(row.get("ref", "")),
            labels=tuple(str(word) for word in row.get("labels", [])),
            opinions=Opinions(
                int(said.get("seen", 0)), int(said.get("disputed", 0)), int(said.get("false_positive", 0))
            ),
            withdrawn=row.get("withdrawn") is True,
            at=str(row.get("at", "")),
        )
    except Refused as refused:
        return Bad(number, refused.reason)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Bad(number, NOT_THIS_SHAPE)


def _bytes(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


SOURCE = Source("peer", "another desk's export: JSON lines", whole=True, read=read)
