"""Make again what is derived from the reports of a case, after a person moved some: marks, counts, voices, rank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from django.db import connection

from fanal.actions import voices
from fanal.core.assess import queue
from fanal.core.crosscheck import crowd, trace
from fanal.core.intake import sources
from fanal.queries import reading, rows
from fanal.queries.record import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from fanal.store import models

TOGETHER = 2000


def make(case: models.Case, known: Mapping[int, int], *, between: tuple[int, int], now: datetime) -> None:
    """Count the reports of a case whose row is held from the start, and save it in its place in the queue.

    `known` and `between` are what voices.again asks for. The reports are read once, in the order of their joining.
    """
    found = _Marks(_targets(case))
    voices.again(case, map(found.take, _reports(case)), known, between=between)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_casemark WHERE case_id = %s", [case.pk])
        for statement in _COUNTS:
            cursor.execute(statement, [case.pk])
    rows.copy("store_casemark", _MARKS, ((case.pk, *which, *mark) for which, mark in found.marks()))
    case.report_count, case.target_count = case.links.count(), case.targets.count()
    rank = queue.rank(reading.case_facts(case), now=now)
    case.grade, case.reasons = rank.grade, kept(rank.reasons)
    case.save()


def empty(case: models.Case) -> None:
    """Leave nothing by which reports could find or count a case that was merged; save it."""
    with connection.cursor() as cursor:
        for table in ("casemark", "casetally", "casehour", "crowdnode"):
            cursor.execute(f"DELETE FROM store_{table} WHERE case_id = %s", [case.pk])
    case.report_count, case.target_count, case.unread_count = case.links.count(), 0, 0
    case.independent = case.copies = 0
    case.save()


_MARKS = ("case_id", "kind", "key", "target_id", "own", "first_at", "last_at", "times")
_COUNTS = (
    "DELETE FROM store_casetally WHERE case_id = %s",
    """
INSERT INTO store_casetally (case_id, category, standing, minor, danger_now, since, times, last_at)
SELECT c.id, r.category, r.standing, r.minor, r.danger_now, CASE WHEN r.received_at > s.since THEN s.since END AS after,
       count(*), max(r.received_at)
FROM store_case c JOIN store_casereport l ON l.case_id = c.id JOIN store_report r ON r.id = l.report_id,
     LATERAL (SELECT COALESCE(c.answered_no_at, c.closed_at) AS since) s
WHERE c.id = %s GROUP BY c.id, r.category, r.standing, r.minor, r.danger_now, after
""",
    "DELETE FROM store_casehour WHERE case_id = %s",
    """
INSERT INTO store_casehour (case_id, hour, times)
SELECT l.case_id, date_trunc('hour', r.received_at, 'UTC') AS hour, count(*)
FROM store_casereport l JOIN store_report r ON r.id = l.report_id WHERE l.case_id = %s GROUP BY l.case_id, hour
""",
)
_REPORTS = """
SELECT r.received_at, r.seen_on, r.sources, m.packed
FROM store_casereport l JOIN store_report r ON r.id = l.report_id LEFT JOIN store_reportmarks m ON m.report_id = r.id
WHERE l.case_id = %s
"""


@dataclass(frozen=True, slots=True)
class _Report:
    received_at: datetime
    seen_on: date | None
    sources: bytes
    packed: bytes


def _reports(case: models.Case) -> Iterator[_Report]:
    with connection.cursor() as cursor:
        cursor.execute(_REPORTS, [case.pk])
        while found := cursor.fetchmany(TOGETHER):
            for received_at, seen_on, tokens, packed in found:
                yield _Report(received_at, seen_on, bytes(tokens), bytes(packed or b""))


def _targets(case: models.Case) -> dict[str, UUID]:
    """Give the targets of the case by blind index; of two eras of one name the later."""
    rows = case.targets.order_by("target__era").values_list("target__index", "target")
    return {bytes(index).hex(): target for index, target in rows}


_Which = tuple[int, int, "UUID | None"]  # kind, key, target
_What = tuple[bool, datetime, datetime, int]  # own, first and last seen, how often


@dataclass(slots=True)
class _Alike:
    """Reports that left the very same marks, as copies of one text do: read once, and counted."""

    marks: dict[_Which, bool]
    texts: tuple[int, ...]
    first_at: datetime
    last_at: datetime
    times: int = 0


class _Marks:
    """The marks of a case as they add up, report by report."""

    def __init__(self, targets: Mapping[str, UUID]) -> None:
        self._targets = targets
        self._alike: dict[bytes, _Alike] = {}
        self._until: dict[date, date] = {}

    def take(self, report: _Report) -> voices.Told:
        """Add the marks of one report; give what it tells of its voice."""
        at = datetime.combine(report.seen_on, time(), UTC) if report.seen_on else report.received_at
        alike = self._alike.get(report.packed)
        if alike is None:
            alike = self._alike[report.packed] = self._unpack(report.packed, at)
        alike.times += 1
        alike.first_at, alike.last_at = min(alike.first_at, at), max(alike.last_at, at)
        day = report.received_at.date()
        until = self._until.get(day) or self._until.setdefault(day, voices.until(report.received_at))
        return voices.Told(sources.unpack(report.sources), alike.texts, until)

    def marks(self) -> Iterable[tuple[_Which, _What]]:
        """Give each mark once, with what is known of it by all reports together."""
        found: dict[_Which, _What] = {}
        for alike in self._alike.values():
            for which, own in alike.marks.items():
                before = found.get(which, (own, alike.first_at, alike.last_at, 0))
                found[which] = (
                    before[0] or own,
                    min(before[1], alike.first_at),
                    max(before[2], alike.last_at),
                    before[3] + alike.times,
                )
        return found.items()

    def _unpack(self, packed: bytes, at: datetime) -> _Alike:
        marks = trace.unpack(packed) if packed else ()
        which: dict[_Which, bool] = {}
        for mark in marks:
            if mark.target and mark.target not in self._targets:
                continue
            key = (int(mark.kind), mark.key, self._targets[mark.target] if mark.target else None)
            which[key] = which.get(key, False) or mark.own
        return _Alike(which, crowd.phrases(marks), at, at)
