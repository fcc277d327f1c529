"""Which cases hold marks that a report brings: index look-ups, as many as the report has marks, whatever is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from fanal.core.crosscheck.compare import COMMON, Seen
from fanal.core.crosscheck.trace import Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

Value = tuple[Kind, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One case that may be about the same: what it holds of the marks that were asked for."""

    id: UUID
    ref: str
    state: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one report, and the marks that stand in more than COMMON cases: those bring nobody here."""

    candidates: tuple[Candidate, ...]
    common: frozenset[Value]


def of(marks: Mapping[Value, Value]) -> Found:
    """Find the cases that hold one of these marks, the oldest first, with what they hold of them all.

    `marks` maps each mark to the form in which it comes back: during a rotation of keys a report's mark is asked for
    under every key of the set and answered under the newest.
    """
    if not marks:
        return Found((), frozenset())
    kinds, keys = zip(*marks, strict=True)
    asked: dict[str, int | list[int]] = {
        "kinds": [int(kind) for kind in kinds], "keys": list(keys), "common": COMMON,
        "name": int(Kind.ACCOUNT_NAME), "id": int(Kind.ACCOUNT_ID),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ASK, asked)
        return _read(cursor.fetchall(), marks)


def _read(rows: Iterable[tuple[Any, ...]], marks: Mapping[Value, Value]) -> Found:
    common: set[Value] = set()
    cases: dict[UUID, tuple[str, str, list[Seen]]] = {}
    for id, ref, state, kind, key, often, target, own, first_at, last_at in rows:
        value = marks.get((Kind(kind), key), (Kind(kind), key))
        if often:
            common.add(value)
        if id is not None:
            mark = Mark(value[0], value[1], "" if target is None else bytes(target).hex(), own)
            cases.setdefault(id, (ref, state, []))[2].append(Seen(mark, first_at, last_at))
    found = (Candidate(id, ref, state, tuple(seen)) for id, (ref, state, seen) in sorted(cases.items()))
    return Found(tuple(found), frozenset(common))


# `stands` walks from case to case through the index (a loose scan), so that a case which holds a mark ten thousand
# times costs one step, and stops at the first case too many. `held` looks at the ends of what a case holds of a mark:
# the targets that are the thing itself, the words, the first and the latest that belong to it. The last part adds the
# stable ids of what has the same name. Each look is LATERAL with a LIMIT: the planner is left no way to read a table.
ASK = """
WITH asked AS MATERIALIZED (
    SELECT kind, key FROM unnest(%(kinds)s::smallint[], %(keys)s::bigint[]) AS one (kind, key)
), stands AS MATERIALIZED (
    SELECT asked.kind, asked.key, walk.case_id
    FROM asked CROSS JOIN LATERAL (
        WITH RECURSIVE step AS (
            (SELECT m.case_id FROM store_casemark m WHERE m.kind = asked.kind AND m.key = asked.key
             ORDER BY m.case_id LIMIT 1)
            UNION ALL
            SELECT (SELECT m.case_id FROM store_casemark m
                    WHERE m.kind = asked.kind AND m.key = asked.key AND m.case_id > step.case_id
                    ORDER BY m.case_id LIMIT 1)
            FROM step WHERE step.case_id IS NOT NULL
        )
        SELECT case_id FROM step WHERE case_id IS NOT NULL LIMIT %(common)s + 1
    ) walk
), often AS MATERIALIZED (
    SELECT kind, key, count(*) > %(common)s AS often FROM stands GROUP BY kind, key
), found AS MATERIALIZED (
    SELECT DISTINCT case_id FROM stands JOIN often USING (kind, key) WHERE NOT often
), pairs AS (
    SELECT case_id, kind, key, often FROM stands JOIN often USING (kind, key) WHERE NOT often
    UNION ALL
    SELECT case_id, kind, key, often FROM found CROSS JOIN often WHERE often
), held AS MATERIALIZED (
    SELECT pairs.case_id, pairs.kind, pairs.key, pairs.often, m.target_id, m.own, m.first_at, m.last_at
    FROM pairs CROSS JOIN LATERAL (
        (SELECT * FROM store_casemark m WHERE m.kind = pairs.kind AND m.key = pairs.key AND m.case_id = pairs.case_id
         AND m.own ORDER BY m.target_id DESC LIMIT 4)
        UNION ALL
        (SELECT * FROM store_casemark m WHERE m.kind = pairs.kind AND m.key = pairs.key AND m.case_id = pairs.case_id
         AND NOT m.own ORDER BY m.target_id DESC LIMIT 4)
        UNION ALL
        (SELECT * FROM store_casemark m WHERE m.kind = pairs.kind AND m.key = pairs.key AND m.case_id = pairs.case_id
         AND NOT m.own ORDER BY m.target_id LIMIT 1)
    ) m
), ids AS (
    SELECT named.case_id, m.kind, m.key, false, named.target_id, m.own, m.first_at, m.last_at
    FROM (SELECT DISTINCT case_id, target_id FROM held WHERE kind = %(name)s) named
    CROSS JOIN LATERAL (
        SELECT * FROM store_casemark m
        WHERE m.target_id = named.target_id AND m.kind = %(id)s AND m.case_id = named.case_id LIMIT 4
    ) m
)
SELECT c.id, c.ref, c.state, held.kind, held.key, held.often, t.index, held.own, held.first_at, held.last_at
FROM (TABLE held UNION TABLE ids) held
CROSS JOIN LATERAL (SELECT id, ref, state FROM store_case WHERE id = held.case_id LIMIT 1) c
LEFT JOIN LATERAL (SELECT index FROM store_target WHERE id = held.target_id LIMIT 1) t ON true
WHERE c.state <> 'merged'
UNION ALL
SELECT NULL, NULL, NULL, kind, key, often, NULL, NULL, NULL, NULL FROM often WHERE often
"""


def different(cases: Collection[UUID]) -> set[tuple[str, str]]:
    """Give the pairs of these cases (references, both ways) of which a person said that they are different.

    What was said of a case before it was merged into one of these counts for that one.
    """
    if len(cases) <= 1:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, [list(cases)])
        pairs = cursor.fetchall()
    return {pair for one, other in pairs for pair in ((one, other), (other, one))}


_DIFFERENT = """
WITH RECURSIVE family AS (
    SELECT id, id AS head FROM store_case WHERE id = ANY(%s)
    UNION ALL
    SELECT c.id, family.head FROM store_case c JOIN family ON c.merged_into_id = family.id
)
SELECT DISTINCT one.ref, other.ref
FROM family low
JOIN store_caselink l ON l.low_id = low.id AND l.state = 'different'
JOIN family high ON high.id = l.high_id
JOIN store_case one ON one.id = low.head
JOIN store_case other ON other.id = high.head
WHERE low.head <> high.head
"""
