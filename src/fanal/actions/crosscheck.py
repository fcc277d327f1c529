"""Have we seen this before? A report joins the cases that it belongs to, or opens one; likenesses are proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.actions import marks, propose, voices
from fanal.core.assess import queue, reopen
from fanal.core.crosscheck import place, trace
from fanal.core.crosscheck.compare import compare
from fanal.core.crosscheck.place import Found, Placement
from fanal.core.crosscheck.trace import Kind, Mark
from fanal.core.errors import Temporary
from fanal.core.events import Event
from fanal.core.intake import names
from fanal.core.lifecycle import CASE, REPORT, CaseState, ReportState, step
from fanal.queries import candidates, fingerprints, reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.wire.world import World

ATTEMPTS = 5  # a case that people merge or decide while we look at it is looked at again
OPEN = (CaseState.WAITING, CaseState.SECOND, CaseState.THIRD)
DECIDING = frozenset({Kind.TARGET, Kind.LOOSE, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME, Kind.SITE, Kind.ONION, Kind.MEDIA})
"""The kinds of mark that a strong clue can rest on: reports that share one are placed one after the other."""
MENTIONED = frozenset({Kind.TARGET, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME, Kind.ONION})
"""Those of them that words can name, and that then join nothing."""
SLOTS = 1024
LOCKS = 0x66616E61  # the house's own class of advisory locks


def report(ref: str) -> None:
    """Link one harmonised report to its cases. A report that is further on is left as it is (jobs may run twice).

    Raises errors.Temporary where people kept moving its cases: it is tried again.
    """
    for _ in range(ATTEMPTS):
        with transaction.atomic():
            if _link(ref):
                return
            transaction.set_rollback(True)
    raise Temporary


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one report brings: its targets by blind index, and its marks.

    `asked` holds each mark under every key of the set, with its form under the newest.
    """

    targets: dict[str, models.Target]
    marks: tuple[Mark, ...]
    asked: dict[candidates.Value, candidates.Value]
    unread: int


def _link(ref: str) -> bool:
    """Place one report; say False where its cases moved between the look and the lock."""
    here = world.current()
    row = models.Report.objects.select_for_update().get(ref=ref)
    if row.state != ReportState.HARMONISED:
        return True
    brought = _bring(here, row)
    _hold(brought)
    places = _places(brought)
    found = candidates.of(brought.asked)
    known = {one.ref: (one.id, one.state) for one in found.candidates}
    known |= {case.ref: (case.pk, case.state) for case in places.values()}
    open = {ref for ref, (_, state) in known.items() if state in OPEN}
    at = reading.seen_at(row)
    placements = place.place(
        tuple(brought.targets),
        {index: case.ref for index, case in places.items()},
        found=[
            Found(one.ref, compare(brought.marks, one.seen, at=at, common=found.common)) for one in found.candidates
        ],
        open=open,
        different=candidates.different([id for id, _ in known.values()]),
    )
    cases = _hold_cases(placements)
    if cases and (
        _places(brought) != places or any((one.state in OPEN) != (one.ref in open) for one in cases.values())
    ):
        return False  # people moved or decided it since we looked
    row.state = step(REPORT, row.state, "link")
    row.save(update_fields=["state"])
    models.ReportMarks.objects.bulk_create([models.ReportMarks(report=row, packed=trace.pack(brought.marks))])
    links: list[propose.Link] = []
    for number, placement in enumerate(placements):
        case = _open(here, row, placement.reasons) if placement.case is None else cases[placement.case]
        # What nobody could read stays with the first case, so that one person reads it once.
        flagged = brought.unread if number == 0 else 0
        _join(case, row, placement, brought, fresh=set(placement.targets) - set(places), flagged=flagged)
        links += [propose.Link(case, known[one.case][0], one) for one in placement.links]
    propose.propose(links, report=row)
    return True


def _bring(here: World, row: models.Report) -> _Brought:
    rows, unread = _items(row)
    targets = {bytes(one.index).hex(): one for one in rows}
    read = [(index, reading.target(here.keys, one)) for index, one in targets.items()]
    words = reading.said(here.keys, row).comment
    newest = here.keys.index("marks", kind="derived")
    media = fingerprints.media(targets)
    own = trace.of(read, words, key=newest, media=media)
    asked = {(mark.kind, mark.key): (mark.kind, mark.key) for mark in own}
    for key in here.keys.indexes("marks", kind="derived"):
        if key != newest:  # a report's marks come in one order, whatever the key
            older = trace.of(read, words, key=key, media=media)
            asked |= {(a.kind, a.key): (b.kind, b.key) for a, b in zip(older, own, strict=True)}
    return _Brought(targets, own, asked, unread)


def _items(row: models.Report) -> tuple[list[models.Target], int]:
    """Give the targets of a report in the order typed, each once, and how many of its items nobody could read."""
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, {"report": row.pk})
        order = [target for (target,) in cursor.fetchall()]
    rows = models.Target.objects.in_bulk([one for one in order if one])
    return [rows[one] for one in dict.fromkeys(order) if one], order.count(None)


# The further targets of an item that is a whole text come after its first.
_ITEMS = """
SELECT target_id FROM (
    SELECT position, 0, target_id FROM store_item WHERE report_id = %(report)s
    UNION ALL
    SELECT i.position, f.position, f.target_id FROM store_item i JOIN store_itemtarget f ON f.item_id = i.id
    WHERE i.report_id = %(report)s
) AS one (place, within, target_id) ORDER BY place, within
"""


def decides(mark: Mark) -> bool:
    """Say whether a strong clue can rest on this mark."""
    return mark.kind in DECIDING and (bool(mark.target or mark.own) or mark.kind not in MENTIONED)


def _hold(brought: _Brought) -> None:
    """Let one worker at a time decide where reports with one of these marks belong; in one order, none waits for ever.

    Marks share slots, so that a report of ten thousand targets holds no more locks than the server has room for.
    """
    deciding = {(mark.kind, mark.key) for mark in brought.marks if decides(mark)}
    slots = sorted({key % SLOTS for (_, key), newest in brought.asked.items() if newest in deciding})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, slot) FROM unnest(%s::integer[]) AS slot", [LOCKS, slots])


def _places(brought: _Brought) -> dict[str, models.Case]:
    """Give the case that each target stands in, by blind index; a fresh target stands in none."""
    rows = models.CaseTarget.objects.filter(target__in=list(brought.targets.values())).select_related("case")
    cases = {one.target_id: one.case for one in rows}
    return {index: cases[target.pk] for index, target in brought.targets.items() if target.pk in cases}


def _hold_cases(placements: Sequence[Placement]) -> Mapping[str, models.Case]:
    """Hold the rows of the cases that are gone into, in one order; reading and linking them goes on."""
    refs = [placement.case for placement in placements if placement.case is not None]
    rows = models.Case.objects.select_for_update(no_key=True).filter(ref__in=refs).order_by("id")
    return {case.ref: case for case in rows}


def _open(here: World, row: models.Report, reasons: tuple[Reason, ...]) -> models.Case:
    now = here.now()
    case = models.Case(
        id=here.new_id(),
        ref=f"D-{names.reference(here.new_bytes(8))}",
        category=row.category,
        opened_at=now,
        grade=0,
    )
    case.save(force_insert=True)
    record(
        Happening(
            Event.CASE_OPENED,
            subject=case.ref,
            case=case.ref,
            at=now,
            details={"report": row.ref, "why": codes(reasons)},
        )
    )
    return case


def _join(
    case: models.Case, row: models.Report, placement: Placement, brought: _Brought, *, fresh: set[str], flagged: int
) -> None:
    here = world.current()
    now = here.now()
    new = [brought.targets[index] for index in placement.targets if index in fresh]
    models.CaseTarget.objects.bulk_create(
        [
            models.CaseTarget(target=target, case=case, position=case.numbered + number, since=now)
            for number, target in enumerate(new, 1)
        ]
    )
    models.CaseReport.objects.bulk_create(
        [models.CaseReport(id=here.new_id(), case=case, report=row, reasons=kept(placement.reasons), joined_at=now)]
    )
    case.report_count += 1
    case.target_count += len(new)
    case.numbered += len(new)
    case.unread_count += flagged
    here_are = {index: brought.targets[index].pk for index in placement.targets}
    marks.put(case, brought.marks, targets=here_are, at=reading.seen_at(row))
    marks.count(case, row)
    voices.join(case, row, brought.marks)
    record(
        Happening(
            Event.CASE_JOINED,
            subject=row.ref,
            case=case.ref,
            at=now,
            details={"report": row.ref, "targets": len(new), "why": codes(placement.reasons)},
        )
    )
    _rank(case, now)
    case.save()


def _rank(case: models.Case, now: datetime) -> None:
    """Re-open after a "no" where law 7 says so, then give the case its place in the queue."""
    facts = reading.case_facts(case)
    again = reopen.again(facts)
    if again is not None and case.state in (CaseState.NOT_ILLEGAL, CaseState.OUT_OF_REMIT, CaseState.CLOSED):
        case.state = step(CASE, case.state, "reopen")
        case.round += 1
        case.taken_by, case.taken_at = "", None
        # The last outcome stays in the row until there is a new one: reporters read that it is being looked at again.
        case.decided_at = case.closed_at = None
        record(
            Happening(
                Event.CASE_REOPENED,
                subject=case.ref,
                case=case.ref,
                at=now,
                details={"round": case.round, "why": again.code},
            )
        )
    rank = queue.rank(replace(facts, state=case.state, round=case.round), now=now)
    case.grade, case.reasons = rank.grade, kept(rank.reasons)
