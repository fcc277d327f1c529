"""Looking for candidates reads an index and a bounded number of rows, whatever is stored and however big a case is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from fanal.core.crosscheck.compare import COMMON
from fanal.core.crosscheck.trace import Kind
from fanal.queries import candidates
from fanal.store.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.django_db

CASES = 2_000
OFTEN = 3_000
RARE, HUGE, EVERYWHERE, NOWHERE = 7, -1, -2, -3

# Every case holds each kind of mark under a key that two cases share; the first holds HUGE once for each of OFTEN
# targets, and all hold EVERYWHERE.
FILL = """
INSERT INTO store_case (id, ref, state, round, grade, reasons, category, opened_at, report_count, target_count,
    numbered, unread_count, independent, copies, taken_by, outcome, offence, law_digest)
SELECT gen_random_uuid(), 'D-' || n, 'waiting', 1, 4, '[]', 'threats', now(), 1, 1, 1, 0, 1, 1, '', '', '', ''
FROM generate_series(1, %(cases)s) n;
INSERT INTO store_target (id, index, era, kind, platform, identity, first_seen_at, last_seen_at)
SELECT gen_random_uuid(), decode(lpad(to_hex(n), 32, '0'), 'hex'), 1, 'url', '', '', now(), now()
FROM generate_series(1, %(often)s) n;
CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM store_case;
INSERT INTO store_casemark (case_id, target_id, kind, key, own, first_at, last_at, times)
SELECT id, NULL::uuid, one, n / 2, false, now(), now(), 1 FROM numbered, unnest(%(kinds)s) one
UNION ALL SELECT id, NULL, 9, %(everywhere)s, false, now(), now(), 1 FROM numbered
UNION ALL
SELECT (SELECT id FROM numbered WHERE n = 1), t.id, one, %(huge)s, one = 1, now(), now(), 1
FROM store_target t, unnest(ARRAY[1, 3, 4]) one;
"""


@pytest.fixture(autouse=True)
def filled(db: None) -> None:
    values: dict[str, int | list[int]] = {
        "cases": CASES,
        "often": OFTEN,
        "kinds": list(map(int, Kind)),
        "huge": HUGE,
        "everywhere": EVERYWHERE,
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, values)
        for table in ("store_case", "store_target", "store_casemark"):
            cursor.execute(f"ANALYZE {table}")


def asked(*values: candidates.Value) -> Mapping[candidates.Value, candidates.Value]:
    return {one: one for one in values}


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for one in plan.get("Plans", ()):
        yield from nodes(one)


def read(monkeypatch: pytest.MonkeyPatch, *values: candidates.Value) -> list[Mapping[str, Any]]:
    """Ask for candidates, and give the steps that the server took over the house's tables."""
    monkeypatch.setattr(candidates, "ASK", f"EXPLAIN (ANALYZE, FORMAT JSON) {candidates.ASK}")
    monkeypatch.setattr(candidates, "_read", lambda rows, _: rows)
    rows: Any = candidates.of(asked(*values))
    ((plan,),) = rows
    tree = json.loads(plan) if isinstance(plan, str) else plan
    return [one for one in nodes(tree[0]["Plan"]) if one.get("Relation Name")]


def test_marks_of_every_kind_are_found_by_the_index_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in Kind:
        found = candidates.of(asked((kind, RARE)))
        assert len(found.candidates) == 2
        assert {seen.mark.kind for one in found.candidates for seen in one.seen} == {kind}
    for kind in Kind:
        with monkeypatch.context() as patch:
            steps = read(patch, (kind, RARE))
        assert {one["Relation Name"] for one in steps} == {"store_casemark", "store_case", "store_target"}
        assert {one["Node Type"] for one in steps} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
        assert sum(touched(one) for one in steps) <= 20


def touched(step: Mapping[str, Any]) -> float:
    """Count the rows that a step looked at: those that it gave and those that it threw away."""
    return float(step["Actual Loops"] * (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)))


def test_a_case_with_thousands_of_targets_costs_as_much_as_one_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    found = candidates.of(asked((Kind.ACCOUNT_NAME, HUGE)))
    assert [len(one.seen) for one in found.candidates] == [10]  # five by name, and the stable id of each
    steps = read(monkeypatch, (Kind.ACCOUNT_NAME, HUGE), (Kind.TARGET, HUGE))
    assert sum(touched(one) for one in steps) <= 100


def test_a_mark_that_stands_everywhere_costs_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    found = candidates.of(asked((Kind.CONTACT, EVERYWHERE), (Kind.SITE, RARE)))
    assert found.common == {(Kind.CONTACT, EVERYWHERE)}
    assert len(found.candidates) == 2
    assert all({seen.mark.kind for seen in one.seen} == {Kind.SITE, Kind.CONTACT} for one in found.candidates)
    steps = read(monkeypatch, (Kind.CONTACT, EVERYWHERE), (Kind.SITE, RARE))
    assert sum(touched(one) for one in steps) <= 2 * COMMON


def test_what_nobody_holds_and_what_was_merged_bring_nobody() -> None:
    assert candidates.of(asked((Kind.TEXT, NOWHERE))) == candidates.Found((), frozenset())
    assert candidates.of({}) == candidates.Found((), frozenset())
    Case.objects.update(state="merged")
    assert candidates.of(asked((Kind.TEXT, RARE))).candidates == ()
