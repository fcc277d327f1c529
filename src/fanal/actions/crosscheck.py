"""Have we seen this before? A report joins the cases of its targets, or opens one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Value

from fanal.actions import marks
from fanal.core.assess import queue, reopen
from fanal.core.crosscheck import place
from fanal.core.events import Event
from fanal.core.intake import names
from fanal.core.lifecycle import CASE, REPORT, CaseState, ReportState, step
from fanal.queries import reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.wire.world import World


def report(ref: str) -> None:
    """Link one harmonised report to its cases. A report that is further on is left as it is (jobs may run twice)."""
    here = world.current()
    with transaction.atomic():
        row = models.Report.objects.select_for_update().get(ref=ref)
        if row.state != ReportState.HARMONISED:
            return
        items = list(row.items.order_by("position"))
        targets = _targets(row)
        _hold(targets)
        places = {
            bytes(one.target.index).hex(): one.case
            for one in models.CaseTarget.objects.filter(target__in=targets).select_related("case", "target")
        }
        by_index = {bytes(target.index).hex(): target for target in targets}
        placements = place.place(tuple(by_index), {index: case.ref for index, case in places.items()})
        row.state = step(REPORT, row.state, "link")
        row.save(update_fields=["state"])
        unread = sum(1 for item in items if item.unread)
        for number, placement in enumerate(placements):
            fresh = [by_index[index] for index in placement.targets if index not in places]
            # What nobody could read stays with the first case, so that one person reads it once.
            flagged = unread if number == 0 else 0
            if placement.case is None:
                case = _open(here, row, placement.reasons)
            else:
                case = models.Case.objects.select_for_update().get(ref=placement.case)
            _join(case, row, fresh=fresh, flagged=flagged, reasons=placement.reasons)


def _targets(row: models.Report) -> list[models.Target]:
    """Give the targets of a report in the order typed, each once; the further ones of an item come after its first."""
    first = row.items.exclude(target=None).values_list("position", Value(0), "target")
    further = models.ItemTarget.objects.filter(item__report=row).values_list("item__position", "position", "target")
    order = list(dict.fromkeys(target for _, _, target in sorted([*first, *further], key=lambda one: one[:2])))
    rows = models.Target.objects.in_bulk(order)
    return [rows[one] for one in order]


def _hold(targets: Sequence[models.Target]) -> None:
    """Let one worker at a time decide where these targets stand; in one order, so that none waits for ever."""
    with connection.cursor() as cursor:
        for target in sorted(targets, key=lambda one: one.id):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(bytes(target.index)[:8], "big", signed=True)]
            )


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
    case: models.Case,
    row: models.Report,
    *,
    fresh: Sequence[models.Target],
    flagged: int,
    reasons: tuple[Reason, ...],
) -> None:
    here = world.current()
    now = here.now()
    models.CaseTarget.objects.bulk_create(
        [
            models.CaseTarget(target=target, case=case, position=case.numbered + number + 1, since=now)
            for number, target in enumerate(fresh)
        ]
    )
    models.CaseReport.objects.bulk_create(
        [models.CaseReport(id=here.new_id(), case=case, report=row, reasons=kept(reasons), joined_at=now)]
    )
    case.report_count += 1
    case.target_count += len(fresh)
    case.numbered += len(fresh)
    case.unread_count += flagged
    marks.count(case, row)
    record(
        Happening(
            Event.CASE_JOINED,
            subject=row.ref,
            case=case.ref,
            at=now,
            details={"report": row.ref, "targets": len(fresh), "why": codes(reasons)},
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
