"""A list as CSV (RFC 4180) with a heading: signal and value, and where there are any ref, labels, withdrawn, at.

`labels` are parted by semicolons. A line that cannot be taken is told by its number and stops nothing.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from fanal.core.errors import Refused
from fanal.matching import signals
from fanal.matching.lists import Entry, Gone
from fanal.matching.sources import NOT_THIS_SHAPE, Bad, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_YES: Final = frozenset({"1", "yes", "true", "oui", "x"})
_NAMES: Final = {"type": "signal", "signal_type": "signal", "hash": "value", "signal_value": "value", "id": "ref"}


def read(file: BinaryIO) -> Iterator[Entry | Gone | Bad]:
    """Read the lines; Refused where the heading names neither signal nor value, or the text is no text."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    lines = csv.reader(text)
    try:
        heading = [_NAMES.get(word.strip().lower(), word.strip().lower()) for word in next(lines, [])]
        if "signal" not in heading or "value" not in heading:
            raise Refused(NOT_THIS_SHAPE)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _line(dict(zip(heading, cells, strict=False)), lines.line_num)
    except csv.Error:
        yield Bad(lines.line_num, NOT_THIS_SHAPE)
    finally:
        text.detach()  # the file is its opener's to close


def _line(row: Mapping[str, str], number: int) -> Entry | Bad:
    try:
        signal = signals.find(row.get("signal", ""))
        value = signal.read(row.get("value", ""))
    except Refused as refused:
        return Bad(number, refused.reason)
    return Entry(
        signal=signal.name,
        value=value,
        ref=row.get("ref", "").strip(),
        labels=tuple(word.strip() for word in row.get("labels", "").split(";") if word.strip()),
        withdrawn=row.get("withdrawn", "").strip().lower() in _YES,
        at=row.get("at", "").strip(),
    )


SOURCE = Source("csv", "CSV with a heading: signal, value, ref, labels, withdrawn, at", whole=True, read=read)
