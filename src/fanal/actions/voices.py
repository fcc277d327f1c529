"""How many voices stand behind a case: tokens of sources at the door, groups of voices where reports join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.core.crosscheck import crowd
from fanal.core.intake import sources
from fanal.queries import rows, world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fanal.core.crosscheck.trace import Mark
    from fanal.core.report import Identity
    from fanal.store import models
    from fanal.wire.keys import Keyring
    from fanal.wire.world import World

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Day:
    """What this process makes the tokens of one day with."""

    day: date
    keys: Keyring
    key: bytes
    salt: bytes

    def tokens(self, identity: Identity, machine: str) -> bytes:
        """Give the packed tokens of one report (core/intake/sources.py). Nothing else of the identity is kept."""
        return sources.tokens(identity, machine, key=self.key, salt=self.salt)


class _Known:
    """The day that this process knows the salt of: one question to the database a day, none a report."""

    day: Day | None = None

    def keep(self, day: Day) -> None:
        self.day = day


_KNOWN = _Known()


def today(here: World) -> Day:
    """Give today's key and salt (UTC). Whoever takes in the day's first report makes the salt, inside its transaction.

    It is remembered only once it is committed: a salt that was rolled back would count one source twice.
    """
    day = here.now().date()
    known = _KNOWN.day
    if known is not None and known.day == day and known.keys is here.keys:
        return known
    found = Day(day, here.keys, here.keys.index("sources", kind="derived"), _salt(day, here.new_bytes(SALT_BYTES)))
    transaction.on_commit(lambda: _KNOWN.keep(found))
    return found


def _salt(day: date, fresh: bytes) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO store_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING", [day, fresh])
        cursor.execute("SELECT salt FROM store_daysalt WHERE day = %s", [day])
        (salt,) = cursor.fetchone()
        return bytes(salt)


def join(case: models.Case, report: models.Report, marks: Sequence[Mark]) -> None:
    """Count the voice of one report that joins a case whose row is held; the caller saves the case.

    `marks` are the report's own (core/crosscheck/trace.py): those of its words say which text it repeats. Whoever
    shares a source or a text with an earlier report of the case adds no voice. It costs the same for the first report
    and for the millionth, but where a report shows two groups to be one.
    """
    tokens = sources.unpack(report.sources)
    texts = crowd.phrases(marks)
    nodes = list(dict.fromkeys((*tokens, *texts)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT node, root FROM store_crowdnode WHERE case_id = %s AND node = ANY(%s)", [case.pk, nodes])
        voice = crowd.voice(nodes, dict(cursor.fetchall()))
        case.independent += voice.fresh - len(voice.merges)
        if not nodes:
            return
        if voice.merges:
            cursor.execute(
                "UPDATE store_crowdnode SET root = %s WHERE case_id = %s AND root = ANY(%s)",
                [voice.root, case.pk, list(voice.merges)],
            )
        said = [node in tokens for node in nodes]
        cursor.execute(_PUT, [case.pk, voice.root, until(report.received_at), nodes, said])
        case.copies = max([case.copies, *(times for source, times in cursor.fetchall() if not source)])


_PUT = """
INSERT INTO store_crowdnode AS old (case_id, node, root, source, times, until)
SELECT %s, node, %s, source, 1, CASE WHEN source THEN %s::date END
FROM unnest(%s::bigint[], %s::boolean[]) AS fresh (node, source)
ON CONFLICT (case_id, node) DO UPDATE SET times = old.times + 1, root = excluded.root,
    until = GREATEST(old.until, excluded.until)
RETURNING source, times
"""


def until(received_at: datetime) -> date:
    """Give the last day on which the sources of a report that came then can be told apart (the law's own file)."""
    return received_at.date() + timedelta(days=world.current().catalogue.kept_days("source-token") - 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells of its voice: the tokens of its sources while they are kept, the texts that it repeats."""

    tokens: tuple[int, ...]
    texts: tuple[int, ...]
    until: date


def groups(cases: Sequence[models.Case]) -> dict[int, int]:
    """Give the group of each node that these cases know. It outlives the sources that showed it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT node, root FROM store_crowdnode WHERE case_id = ANY(%s)", [[one.pk for one in cases]])
        return dict(cursor.fetchall())


def again(case: models.Case, reports: Iterable[Told], known: Mapping[int, int], *, between: tuple[int, int]) -> None:
    """Count the voices of a case from its reports, as `join` would have; the caller saves the case.

    `known` are groups seen before (`groups`): what an erased source once showed of two texts still holds. Reports
    that neither words nor a kept source tells apart count one each, so the answer is kept `between` what is certain.
    """
    parent: dict[int, int] = {}
    seen: dict[int, _Node] = {}
    silent = 0
    for told in reports:
        nodes = list(dict.fromkeys((*told.tokens, *told.texts)))
        silent += not nodes
        for node in nodes:
            _unite(parent, nodes[0], node)
            if node in known:
                _unite(parent, node, known[node])
            one = seen.get(node)
            if one is None:
                one = seen[node] = _Node(source=node in told.tokens)
            one.times += 1
            if one.source and (one.until is None or one.until < told.until):
                one.until = told.until
    roots: dict[int, int] = {}
    for node in seen:
        top = _top(parent, node)
        roots[top] = min(roots.get(top, node), node)
    fewest, most = between
    case.independent = min(max(len(roots) + silent, fewest), most)
    case.copies = max((one.times for one in seen.values() if not one.source), default=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_crowdnode WHERE case_id = %s", [case.pk])
    columns = ("case_id", "node", "root", "source", "times", "until")
    groups = {node: roots[_top(parent, node)] for node in seen}
    rows.copy(
        "store_crowdnode",
        columns,
        ((case.pk, node, groups[node], one.source, one.times, one.until) for node, one in seen.items()),
    )


@dataclass(slots=True)
class _Node:
    source: bool
    times: int = 0
    until: date | None = None


def _unite(parent: dict[int, int], one: int, other: int) -> None:
    one, other = _top(parent, one), _top(parent, other)
    if one != other:
        parent[max(one, other)] = min(one, other)


def _top(parent: dict[int, int], node: int) -> int:
    """Find the top of a node's group; nodes on the way are lifted, so that no way grows long."""
    top = node
    while top in parent:
        top = parent[top]
    while node != top:
        parent[node], node = top, parent[node]
    return top
