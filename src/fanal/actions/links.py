"""What people say of two cases, and what they do about it: judge, merge, split, undo. Nothing of it happens by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from fanal.actions import anew, assess, back, distinct, moves, voices
from fanal.core.crosscheck import judge as core
from fanal.core.errors import NotFound, Refused
from fanal.core.events import Event
from fanal.core.intake import names
from fanal.core.lifecycle import CASE, LINK, CaseState, LinkState, step
from fanal.core.reasons import reason
from fanal.core.rights import Step, demand
from fanal.queries import access, movable, world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.core.reasons import Reason
    from fanal.queries.people import Person

NO_GROUNDS = reason(
    "link.no-grounds",
    en="Write why: whoever looks at these cases later must be able to follow you.",
    fr="Écrivez pourquoi : qui regardera ces dossiers plus tard doit pouvoir vous suivre.",
)
SPLIT_OFF = reason(
    "link.split-off",
    en="A person split this case off another: the report names targets of both.",
    fr="Une personne a séparé ce dossier d’un autre : le signalement désigne des cibles des deux.",
)
TOGETHER = reason(
    "link.together",
    en="One of these two cases is merged into the other: undo that first.",
    fr="L’un de ces deux dossiers est fusionné dans l’autre : annulez d’abord cette fusion.",
)


def judge(person: Person, link_ref: str, judgement: LinkState, *, grounds: str) -> None:
    """Say of two linked cases that they are the same, different, or that it is not clear (LinkState).

    “Different” stands against every rule and every later report, until a person judges again. “Same” merges nothing by
    itself. Refused: no grounds, PROPOSED as a judgement, two cases of which one is merged into the other.
    """
    demand(person.role, Step.LINK)
    with transaction.atomic():
        found = models.CaseLink.objects.select_related("low", "high").filter(ref=link_ref).first()
        if found is None:
            raise NotFound
        low, high = _hold(person, found.low.ref, found.high.ref)
        link = models.CaseLink.objects.select_for_update().get(pk=found.pk)
        obstacles = _unsaid(grounds)
        if judgement is LinkState.DIFFERENT and movable.whole(low) == movable.whole(high):
            obstacles.append(TOGETHER)
        if obstacles:
            raise Refused(*obstacles)
        distinct.say(link, step(LINK, link.state, judgement), person, grounds)
        now = world.current().now()
        details = {"judgement": judgement}
        record(
            *(
                Happening(Event.LINK_JUDGED, subject=link.ref, case=one, actor=person.id, at=now, details=details)
                for one in (low.ref, high.ref)
            )
        )


def merge(person: Person, source_ref: str, into_ref: str, *, grounds: str) -> str:
    """Merge a case on which nobody has given an opinion in this round into an open one; give the move's reference.

    All that `source` holds goes, but for the reports that stand in both already. Refused: what core/crosscheck/judge
    forbids, no grounds, a source that somebody else works on.
    """
    demand(person.role, Step.LINK)
    here = world.current()
    now = here.now()
    with transaction.atomic():
        source, into = _hold(person, source_ref, into_ref)
        obstacles = [*movable.to_merge(source, into), *_unsaid(grounds)]
        if source.taken_by not in ("", person.id) and source.taken_at and source.taken_at > now - assess.HELD_FOR:
            obstacles.append(assess.TAKEN)
        if obstacles:
            raise Refused(*obstacles)
        plan = core.merge(moves.holding(source), moves.holding(into))
        before = distinct.before(source, into)
        known = voices.groups([source, into])
        row = _move(person, "merge", (source, into), plan, grounds=grounds, link=before)
        moves.carry_targets(plan.targets, into, at=now)
        moves.carry_reports(plan.reports, source, into, what="merge", at=now)
        into.unread_count += source.unread_count
        between = (max(source.independent, into.independent), source.independent + into.independent)
        source.state, source.merged_into = step(CASE, source.state, "merge"), into
        source.taken_by, source.taken_at = "", None
        anew.empty(source)
        anew.make(into, known, between=between, now=now)
        distinct.between(source, into, LinkState.SAME, person, grounds)
        _tell(Event.CASE_MERGED, row, person, reports=len(plan.reports), both=len(plan.both), targets=len(plan.targets))
        return row.ref


def split(person: Person, case_ref: str, items: Sequence[str], *, grounds: str) -> tuple[str, str]:
    """Take targets ("C2", …) out of an open case, with the reports that name only them, into a new case.

    Give the references of the new case and of the move. A report that names targets of both stands in both. The new
    case keeps the age, the round and the history of the whole; the two are different from then on, and the new one is
    different from all that the whole was. Refused: what core/crosscheck/judge forbids, no grounds.
    """
    demand(person.role, Step.LINK)
    here = world.current()
    now = here.now()
    with transaction.atomic():
        (case,) = _hold(person, case_ref)
        numbers = {f"C{place.position}": str(place.target_id) for place in case.targets.all()}
        whole, chosen = moves.holding(case), [numbers.get(one, one) for one in dict.fromkeys(items)]
        obstacles = [*core.may_split(case.state, whole, chosen), *_unsaid(grounds)]
        if obstacles:
            raise Refused(*obstacles)
        plan = core.split(whole, chosen, moves.named(case))
        known, most = voices.groups([case]), case.independent
        part = _part(case, plan)
        row = _move(person, "split", (case, part), plan, grounds=grounds, link="")
        moves.carry_unread(plan.reports, case, part)
        moves.carry_targets(plan.targets, part, at=now)
        moves.carry_reports(plan.reports, case, part, what="split", at=now)
        moves.add_reports(plan.both, part, why=SPLIT_OFF, at=now)
        for one in (case, part):
            anew.make(one, known, between=(min(1, most), most), now=now)
        distinct.inherit(case, part)
        distinct.between(case, part, LinkState.DIFFERENT, person, grounds)
        _tell(Event.CASE_SPLIT, row, person, reports=len(plan.reports), both=len(plan.both), targets=len(plan.targets))
        return part.ref, row.ref


def _part(case: models.Case, plan: core.Moved) -> models.Case:
    """Open the case for what is split off: as old as the whole, in its round, with the answers that it had."""
    here = world.current()
    first = models.Report.objects.filter(pk__in=(plan.reports or plan.both)[:1]).first()
    part = models.Case(
        id=here.new_id(),
        ref=f"D-{names.reference(here.new_bytes(8))}",
        round=case.round,
        grade=case.grade,
        category=first.category if first else case.category,
        opened_at=case.opened_at,
        outcome=case.outcome,
        offence=case.offence,
        law_digest=case.law_digest,
        answered_no_at=case.answered_no_at,
    )
    part.save(force_insert=True)
    return part


def undo(person: Person, move_ref: str, *, grounds: str) -> tuple[Reason, ...]:
    """Undo the last merge or split of its two cases, to the letter; say what joined since and so stays where it is.

    Refused: what core/crosscheck/judge forbids, no grounds.
    """
    demand(person.role, Step.LINK)
    with transaction.atomic():
        found = models.Move.objects.select_related("source", "into").filter(ref=move_ref).first()
        if found is None:
            raise NotFound
        source, into = _hold(person, found.source.ref, found.into.ref)
        row = models.Move.objects.select_for_update().get(pk=found.pk)
        obstacles = [*movable.to_undo(row, source, into), *_unsaid(grounds)]
        if obstacles:
            raise Refused(*obstacles)
        taken = row.moved
        plan = core.undo(
            row.what,
            core.Moved(tuple(one[0] for one in taken["targets"]), tuple(taken["reports"]), tuple(taken["both"])),
            moves.holding(into),
            moves.holding(source),
            moves.named(into),
        )
        back.bring(row, plan, source, into)
        if row.what == "merge":
            distinct.inherit(into, source, since=row.at)
            if taken["link"] != LinkState.SAME:
                distinct.between(source, into, LinkState.UNSURE, person, grounds)
        elif into.state == CaseState.MERGED:
            distinct.between(source, into, LinkState.SAME, person, grounds)
        else:  # the part lives on, and what was said of it was said of what comes home as well
            distinct.inherit(into, source)
        row.undone_by, row.undone_at = person.id, world.current().now()
        row.save(update_fields=["undone_by", "undone_at"])
        why = world.current().keys.close(grounds.strip().encode(), row=row.id, field="move.undone").hex()
        _tell(Event.MOVE_UNDONE, row, person, reports=len(plan.reports), stayed=len(plan.stay.reports), why=why)
        return back.stayed(row, plan)


def _hold(person: Person, *refs: str) -> tuple[models.Case, ...]:
    """Hold the rows of cases that this person may read, in one order so that none waits for ever."""
    order = models.Case.objects.filter(ref__in=refs).order_by("id").values_list("ref", flat=True)
    held = {ref: access.case_for(person, ref, lock=True) for ref in [*order, *refs][: len(set(refs))]}
    if set(held) != set(refs):
        raise NotFound
    return tuple(held[ref] for ref in refs)


def _unsaid(grounds: str) -> list[Reason]:
    return [] if grounds.strip() else [NO_GROUNDS]


def _move(
    person: Person, what: str, both: tuple[models.Case, models.Case], plan: core.Moved, *, grounds: str, link: str
) -> models.Move:
    """Write down what is about to move, and what was counted before: the ids of rows, nothing that names anything."""
    here = world.current()
    (source, into), id = both, here.new_id()
    row = models.Move(
        id=id,
        ref=f"M-{names.reference(here.new_bytes(8))}",
        what=what,
        source=source,
        into=into,
        moved={
            "targets": moves.places(source, plan.targets),
            "reports": plan.reports,
            "both": plan.both,
            "source": back.counted(source),
            "into": back.counted(into),
            "link": link,
        },
        grounds=here.keys.close(grounds.strip().encode(), row=id, field="move.grounds"),
        by=person.id,
        at=here.now(),
    )
    row.save(force_insert=True)
    return row


def _tell(event: Event, row: models.Move, person: Person, **details: object) -> None:
    """Record what was done in the history of both cases."""
    now = world.current().now()
    told = {"move": row.ref, "source": row.source.ref, "into": row.into.ref, **details}
    record(
        *(
            Happening(event, subject=row.ref, case=one, actor=person.id, at=now, details=told)
            for one in (row.source.ref, row.into.ref)
        )
    )
