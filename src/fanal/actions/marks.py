"""What a report leaves in a case: its marks, and counts that grow by one. All of it can be made again from reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from fanal.core.crosscheck.trace import Mark
    from fanal.store import models


def put(case: models.Case, marks: Iterable[Mark], *, targets: Mapping[str, UUID], at: datetime) -> None:
    """Add the marks of one report to a case whose row is held; what stands there already is seen once more.

    `targets` gives the row of each target by its blind index; marks of other targets stay out. Words belong to no
    target, and to every case that the report stands in.
    """
    rows = {
        (int(mark.kind), mark.key, mark.own, targets[mark.target] if mark.target else None)
        for mark in marks
        if not mark.target or mark.target in targets
    }
    if not rows:
        return
    kinds, keys, own, whose = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [case.pk, at, at, kinds, keys, own, whose])


_PUT = """
INSERT INTO store_casemark AS old (case_id, kind, key, target_id, own, first_at, last_at, times)
SELECT %s, kind, key, target, own, %s, %s, 1
FROM unnest(%s::smallint[], %s::bigint[], %s::boolean[], %s::uuid[]) AS mark (kind, key, own, target)
ON CONFLICT (kind, key, case_id, own, target_id) DO UPDATE SET times = old.times + 1,
    first_at = LEAST(old.first_at, excluded.first_at), last_at = GREATEST(old.last_at, excluded.last_at)
"""


def count(case: models.Case, report: models.Report) -> None:
    """Count one report that joins a case whose row is held: among those alike, and in its hour."""
    no_or_closing = case.answered_no_at or case.closed_at
    since = no_or_closing if no_or_closing and report.received_at > no_or_closing else None
    hour = report.received_at.replace(minute=0, second=0, microsecond=0)
    alike = (report.category, report.standing, report.minor, report.danger_now)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, (case.pk, hour, case.pk, *alike, since, report.received_at))


_COUNT = """
WITH one AS (
    INSERT INTO store_casehour AS old (case_id, hour, times) VALUES (%s, %s, 1)
    ON CONFLICT (case_id, hour) DO UPDATE SET times = old.times + 1
)
INSERT INTO store_casetally AS old (case_id, category, standing, minor, danger_now, since, times, last_at)
VALUES (%s, %s, %s, %s, %s, %s, 1, %s)
ON CONFLICT (case_id, category, standing, minor, danger_now, since) DO UPDATE
SET times = old.times + 1, last_at = GREATEST(old.last_at, excluded.last_at)
"""
