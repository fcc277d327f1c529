"""Carry targets and reports from one case to another, as a plan of the core says, and write down what it takes to undo.

Rows change their case and are never made or erased; where each stood before stays with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from fanal.core.crosscheck import judge
from fanal.queries import rows, world
from fanal.queries.record import kept
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from fanal.core.reasons import Reason

Place = tuple[str, int, str]  # a target, its number, and since when it stood there


def holding(case: models.Case) -> judge.Holding:
    """Say what stands in a case: ids of its targets by their numbers, and of its reports in the order they joined."""
    targets = case.targets.order_by("position").values_list("target", flat=True)
    reports = case.links.order_by("joined_at", "id").values_list("report", flat=True)
    return judge.Holding(tuple(map(str, targets)), tuple(map(str, reports)))


def named(case: models.Case) -> dict[str, set[str]]:
    """Say which targets each report of a case names, those of other cases included."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [case.pk, case.pk])
        for report, target in cursor.fetchall():
            found.setdefault(str(report), set()).add(str(target))
    return found


_NAMED = """
SELECT i.report_id, i.target_id FROM store_casereport l JOIN store_item i ON i.report_id = l.report_id
WHERE l.case_id = %s AND i.target_id IS NOT NULL
UNION ALL
SELECT i.report_id, f.target_id FROM store_casereport l JOIN store_item i ON i.report_id = l.report_id
JOIN store_itemtarget f ON f.item_id = i.id WHERE l.case_id = %s
"""


def places(case: models.Case, targets: Sequence[str]) -> list[Place]:
    """Give the places of these targets in a case, as a move keeps them."""
    standing = case.targets.filter(target__in=[UUID(one) for one in targets]).order_by("position")
    found = standing.values_list("target", "position", "since")
    return [(str(target), position, since.isoformat()) for target, position, since in found]


def carry_targets(targets: Sequence[str], into: models.Case, *, at: datetime) -> None:
    """Give these targets the next numbers in another case whose row is held."""
    _place([(target, into.numbered + number, at.isoformat()) for number, target in enumerate(targets, 1)], into)
    into.numbered += len(targets)


def return_targets(taken: Sequence[Place], to: models.Case) -> None:
    """Give targets the very places again that they had."""
    _place(taken, to)


def _place(taken: Sequence[Place], into: models.Case) -> None:
    if taken:
        with connection.cursor() as cursor:
            cursor.execute(_PLACE, [into.pk, *map(list, zip(*taken, strict=True))])


_PLACE = """
UPDATE store_casetarget t SET case_id = %s, position = one.position, since = one.since
FROM unnest(%s::uuid[], %s::integer[], %s::timestamptz[]) AS one (target, position, since)
WHERE t.target_id = one.target
"""


def carry_reports(reports: Sequence[str], source: models.Case, into: models.Case, *, what: str, at: datetime) -> None:
    """Let reports change their case; each keeps the case that it leaves, until when it stood there, and why it left."""
    with connection.cursor() as cursor:
        past = [str(source.pk), at.isoformat(), what]
        cursor.execute(_CARRY, [into.pk, *past, source.pk, list(reports)])


_CARRY = """
UPDATE store_casereport SET case_id = %s,
    past = past || jsonb_build_array(jsonb_build_object('case', %s::text, 'until', %s::text, 'what', %s::text))
WHERE case_id = %s AND report_id = ANY(%s::uuid[])
"""


def return_reports(reports: Sequence[str], source: models.Case, to: models.Case) -> None:
    """Let reports go back to the case that they left last, as if they had not left it."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURN, [to.pk, source.pk, list(reports)])


_RETURN = """
UPDATE store_casereport SET case_id = %s, past = past - -1 WHERE case_id = %s AND report_id = ANY(%s::uuid[])
"""


def add_reports(reports: Sequence[str], into: models.Case, *, why: Reason, at: datetime) -> None:
    """Let reports stand in one more case."""
    here = world.current()
    links: list[Mapping[str, object]] = [
        {"id": here.new_id(), "case_id": into.pk, "report_id": one, "reasons": kept([why]), "joined_at": at, "past": []}
        for one in reports
    ]
    rows.insert(models.CaseReport, links)


def carry_unread(reports: Sequence[str], source: models.Case, into: models.Case) -> None:
    """Let what nobody could read go with its reports, as far as it was counted in the case that they leave."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [list(reports)])
        gone = min(cursor.fetchone()[0], source.unread_count)
    source.unread_count -= gone
    into.unread_count += gone


_UNREAD = "SELECT count(*) FROM store_item WHERE report_id = ANY(%s::uuid[]) AND target_id IS NULL"
