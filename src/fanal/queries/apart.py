"""Which cases a person called different. What was said of a case holds for the one that it was merged into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

_PARTS = """
WITH RECURSIVE part (case_id, whole) AS (
    SELECT id, id FROM store_case WHERE id = ANY(%s)
    UNION
    SELECT c.id, p.whole FROM store_case c JOIN part p ON c.merged_into_id = p.case_id
)
"""
_PAIRS = f"""{_PARTS}
SELECT DISTINCT a.ref, b.ref
FROM store_caselink l
JOIN part one ON one.case_id = l.low_id JOIN part other ON other.case_id = l.high_id AND other.whole <> one.whole
JOIN store_case a ON a.id = one.whole JOIN store_case b ON b.id = other.whole
WHERE l.state = 'different'
"""


def pairs(cases: Collection[UUID]) -> frozenset[tuple[str, str]]:
    """Give the pairs among these cases (references, in either order) of which a person said that they are different.

    It holds whatever was said of cases that were merged into them; one question, however many there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [list(cases)])
        return frozenset(cursor.fetchall())


def parts(case: UUID) -> tuple[UUID, ...]:
    """Give the case and every case that was merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_PARTS} SELECT case_id FROM part", [[case]])
        return tuple(id for (id,) in cursor.fetchall())
