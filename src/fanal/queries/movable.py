"""What may be merged, split or undone as things stand: the core's question with the rows that it asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.crosscheck import judge
from fanal.queries import candidates
from fanal.store import models

if TYPE_CHECKING:
    from uuid import UUID

    from fanal.core.reasons import Reason


def to_merge(source: models.Case, into: models.Case) -> tuple[Reason, ...]:
    """List what keeps one case from being merged into another; nothing where it may be done."""
    return judge.may_merge(
        judge.Side(source.ref, source.state),
        judge.Side(into.ref, into.state),
        different=candidates.different((source.pk, into.pk)),
    )


def to_split(case: models.Case) -> tuple[Reason, ...]:
    """List what keeps any target from being taken out of a case, whichever it is."""
    targets = tuple(f"C{number}" for number in range(min(case.target_count, 2)))
    return judge.may_split(case.state, judge.Holding(targets, ()), targets[:1])


def to_undo(move: models.Move, source: models.Case, into: models.Case) -> tuple[Reason, ...]:
    """List what keeps a move between these two cases from being undone."""
    both = (source.pk, into.pk)
    since = models.Move.objects.filter(undone_at=None, at__gte=move.at).exclude(pk=move.pk)
    later = {*since.filter(source__in=both), *since.filter(into__in=both)}
    return judge.may_undo(
        move.what,
        undone=move.undone_at is not None,
        source=source.state,
        into=into.state,
        later=[(str(one.source_id), str(one.into_id)) for one in later],
        cases=(str(source.pk), str(into.pk)),
    )


def parts(case: UUID) -> tuple[UUID, ...]:
    """Give a case and every case that was merged into it, at any depth."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [case])
        return tuple(id for (id,) in cursor.fetchall())


_PARTS = """
WITH RECURSIVE part (id) AS (
    SELECT %s::uuid UNION SELECT c.id FROM store_case c JOIN part p ON c.merged_into_id = p.id
)
SELECT id FROM part
"""


def whole(case: models.Case) -> models.Case:
    """Give the case that a case was merged into in the end; itself where it was not."""
    while case.merged_into is not None:
        case = case.merged_into
    return case
