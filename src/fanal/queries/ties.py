"""Which target of a case ties it to which linked case, and why: what the core says of the marks that the two share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.crosscheck.compare import Seen, compare
from fanal.core.crosscheck.graph import Tie
from fanal.core.crosscheck.trace import Kind, Mark
from fanal.queries import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from fanal.core.reasons import Reason
    from fanal.store import models

MOST_SHARED = 4000  # marks looked at for one drawing; what is beyond them is drawn from the case itself


def of(
    row: models.Case, targets: Sequence[models.CaseTarget], links: Sequence[tuple[models.CaseLink, models.Case]]
) -> tuple[Tie, ...]:
    """Give the ties of a case: each reason of a link once for every own target that it rests on, else for the case.

    Only reasons that the link was proposed with are given, so that drawing and table say the same.
    """
    shared = _shared(row, targets, [other.pk for _, other in links])
    found: list[Tie] = []
    for link, other in links:
        left = {one.code: one for one in reading.reasons(link.reasons)}
        told: set[str] = set()
        for place in targets:
            ours, theirs, at = shared.get((place.target_id, other.pk), ((), (), None))
            said = compare(ours, theirs, at=at, common=()).reasons if at else ()
            here = tuple(left[one.code] for one in said if one.code in left)
            if here:
                told.update(one.code for one in here)
                found.append(Tie(f"C{place.position}", other.ref, here, link.state))
        rest: tuple[Reason, ...] = tuple(one for code, one in left.items() if code not in told)
        if rest:
            found.append(Tie(row.ref, other.ref, rest, link.state))
    return tuple(found)


_Pair = tuple[list[Mark], list[Seen], "datetime | None"]


def _shared(
    row: models.Case, targets: Sequence[models.CaseTarget], others: Sequence[UUID]
) -> dict[tuple[UUID, UUID], _Pair]:
    """Give what each target of ours shares with each of these cases, and when ours was seen last."""
    found: dict[tuple[UUID, UUID], _Pair] = defaultdict(lambda: ([], [], None))
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [list(others), row.pk, [one.target_id for one in targets], MOST_SHARED])
        for kind, key, target, index, own, at, other, theirs, their_own, first_at, last_at in cursor.fetchall():
            ours, seen, latest = found[target, other]
            mark = Mark(Kind(kind), key, bytes(index).hex(), own)
            if mark not in ours:
                ours.append(mark)
            their = Mark(Kind(kind), key, bytes(theirs).hex() if theirs else "", their_own)
            seen.append(Seen(their, first_at, last_at))
            found[target, other] = (ours, seen, max(at, latest) if latest else at)
    return found


_SHARED = """
SELECT a.kind, a.key, a.target_id, ours.index, a.own, a.last_at, b.case_id, theirs.index, b.own, b.first_at, b.last_at
FROM store_casemark a
JOIN store_target ours ON ours.id = a.target_id
JOIN store_casemark b ON b.kind = a.kind AND b.key = a.key AND b.case_id = ANY(%s)
LEFT JOIN store_target theirs ON theirs.id = b.target_id
WHERE a.case_id = %s AND a.target_id = ANY(%s)
ORDER BY a.kind, a.key
LIMIT %s
"""
