"""Where reports and targets stand: the case of a report, by its follow-up code, and how many reports name a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.intake import follow_up_code
from fanal.queries import world
from fanal.store.models import CaseReport

if TYPE_CHECKING:
    from uuid import UUID

    from fanal.store.models import Case


def by_code(code: str) -> str:
    """Give the reference of the case that the report with this code joined; "" where it stands in none (yet)."""
    indexes = world.current().keys.indexes(follow_up_code.parse(code) or "no such code", kind="code")
    link = CaseReport.objects.filter(report__code__in=indexes).select_related("case").first()
    return "" if link is None else str(link.case.ref)


def named(case: Case) -> dict[UUID, int]:
    """Count the reports that name each target of a case, as an item of its own or within a text."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [case.pk])
        return dict(cursor.fetchall())


_NAMED = """
WITH here AS (SELECT target_id FROM store_casetarget WHERE case_id = %s)
SELECT target_id, count(*) FROM (
    SELECT i.target_id, i.report_id FROM here JOIN store_item i USING (target_id)
    UNION
    SELECT f.target_id, i.report_id
    FROM here JOIN store_itemtarget f USING (target_id) JOIN store_item i ON i.id = f.item_id
) one GROUP BY target_id
"""
