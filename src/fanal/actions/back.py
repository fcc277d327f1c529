"""Bring back what a merge or a split took, and count both cases as they were, with what joined since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.actions import anew, moves, voices
from fanal.core.lifecycle import CASE, step
from fanal.core.reasons import Reason, reason
from fanal.queries import world

if TYPE_CHECKING:
    from fanal.core.crosscheck.judge import Returned
    from fanal.store import models

CAME_BACK = reason(
    "link.came-back",
    en="A person undid a merge or a split: the report names targets that came back here.",
    fr="Une personne a annulé une fusion ou une division\u202f: le signalement désigne des cibles revenues ici.",
)


def counted(case: models.Case) -> dict[str, int]:
    """Give the counts of a case before a move, for it to keep."""
    return {
        "reports": case.report_count,
        "targets": case.target_count,
        "unread": case.unread_count,
        "voices": case.independent,
    }


def bring(row: models.Move, plan: Returned, source: models.Case, into: models.Case) -> None:
    """Undo a move as planned: rows of both cases are held. The case that nothing is left in ends, or begins again.

    Voices are those of before, and at most one more for each report that joined since: what erased sources once
    told cannot be asked again.
    """
    now = world.current().now()
    before, known = row.moved["source"], voices.groups([source, into])
    moves.return_targets([tuple(one) for one in row.moved["targets"] if one[0] in plan.targets], source)
    moves.return_reports(plan.reports, into, source)
    moves.add_reports(plan.also, source, why=CAME_BACK, at=now)
    if row.what == "merge":
        _part_again(row, source, into)
    elif plan.stay.targets:
        moves.carry_unread(plan.reports, into, source)
    else:
        source.unread_count += into.unread_count
        into.state, into.merged_into = step(CASE, into.state, "merge"), source
        into.taken_by, into.taken_at = "", None
    if into.merged_into_id == source.pk:
        anew.empty(into)
    else:
        least, since = row.moved["into"]["voices"], len(plan.stay.reports) - row.moved["into"]["reports"]
        anew.make(into, known, between=(least, least + since), now=now)
    more = source.links.count() - before["reports"]
    anew.make(source, known, between=(before["voices"], before["voices"] + more), now=now)


def _part_again(row: models.Move, source: models.Case, into: models.Case) -> None:
    """Let a merged case wait again, with what nobody could read in it."""
    source.state, source.merged_into = step(CASE, source.state, "unmerge"), None
    source.unread_count = min(row.moved["source"]["unread"], into.unread_count)
    into.unread_count -= source.unread_count


def stayed(row: models.Move, plan: Returned) -> tuple[Reason, ...]:
    """Say what joined since the move and stays where it joined; nothing where nothing did."""
    targets = len(plan.stay.targets) - row.moved["into"]["targets"]
    reports = len(plan.stay.reports) - row.moved["into"]["reports"]
    ended = row.what == "split" and not plan.stay.targets
    if ended or not (targets or reports):
        return ()
    return (
        reason(
            "link.stayed",
            en=f"What joined since stays where it joined: {targets} targets, {reports} reports.",
            fr=f"Ce qui est arrivé depuis reste où il est arrivé\u202f: {targets} cibles, {reports} signalements.",
        ),
    )
