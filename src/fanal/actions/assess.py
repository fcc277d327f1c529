"""Take a case, answer the elements of an offence, and give an opinion that nobody else has coloured."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.core.assess import agreement, qualify
from fanal.core.case import Opinion, Outcome, Verdict
from fanal.core.catalogue import Offence, Tick
from fanal.core.errors import IllegalStep, NotAllowed, Refused
from fanal.core.events import Event
from fanal.core.lifecycle import CASE, CaseState, step
from fanal.core.reasons import Reason, reason
from fanal.core.rights import Step, demand
from fanal.queries import access, inbox, reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fanal.queries.people import Person

HELD_FOR = timedelta(hours=2)  # a case taken and left goes back to the queue by itself

TAKEN = reason(
    "case.taken", en="Somebody else is working on this case.", fr="Quelqu’un d’autre travaille sur ce dossier."
)
SEEN = reason(
    "case.seen",
    en="You saw this case before it was re-opened: somebody who has not must look at it.",
    fr="Vous avez vu ce dossier avant sa réouverture : une personne qui ne l’a pas vu doit le regarder.",
)
GIVEN = reason(
    "opinion.given",
    en="You gave your opinion on this case: another person’s is needed.",
    fr="Vous avez rendu votre avis sur ce dossier : il faut celui d’une autre personne.",
)
NO_GROUNDS = reason(
    "grounds.missing",
    en="Write the reasons for your opinion: the person concerned may contest it.",
    fr="Écrivez les motifs de votre avis : la personne concernée peut le contester.",
)
NO_OFFENCE = reason(
    "offence.missing",
    en="Choose the offence that is apparent, from those whose elements are written and in force.",
    fr="Choisissez l’infraction apparente, parmi celles en vigueur dont les éléments sont écrits.",
)
NOT_ANSWERED = reason(
    "elements.missing",
    en="Answer every element of the offence: yes, no, or unknown.",
    fr="Répondez à chaque élément de l’infraction : oui, non ou inconnu.",
)
DOES_NOT_HOLD = reason(
    "elements.do-not-hold",
    en="With these answers the offence is not made out. Change an answer, the offence or the outcome.",
    fr="Avec ces réponses, l’infraction n’est pas constituée. Changez une réponse, l’infraction ou l’issue.",
)

OPEN = (CaseState.WAITING, CaseState.SECOND, CaseState.THIRD)


def take(person: Person) -> str | None:
    """Take the next case by rank that this person may judge, or nothing. Two people never get the same."""
    demand(person.role, Step.TAKE)
    now = world.current().now()
    with transaction.atomic():
        for row in inbox.free(person, now - HELD_FOR).select_for_update(skip_locked=True, of=("self",))[:50]:
            if not access.seen_before(person, row):
                _take(person, row)
                return row.ref
    return None


def take_case(person: Person, ref: str) -> None:
    """Take this very case; Refused where somebody works on it, or where the person has seen or judged it."""
    demand(person.role, Step.TAKE)
    now = world.current().now()
    with transaction.atomic():
        row = access.case_for(person, ref, lock=True)
        obstacles = obstacles_for(person, row)
        if row.taken_by not in ("", person.id) and row.taken_at and row.taken_at > now - HELD_FOR:
            obstacles = (*obstacles, TAKEN)
        if obstacles:
            raise Refused(*obstacles)
        _take(person, row)


def obstacles_for(person: Person, row: models.Case) -> tuple[Reason, ...]:
    """List what keeps this person from judging this case."""
    found: list[Reason] = []
    if row.state not in OPEN:
        found.append(IllegalStep.default)
    if access.gave_opinion(person, row):
        found.append(GIVEN)
    if access.seen_before(person, row):
        found.append(SEEN)
    return tuple(found)


def release(person: Person, ref: str) -> None:
    """Hand a case back to the queue. No reason is asked."""
    with transaction.atomic():
        row = access.case_for(person, ref, lock=True)
        if row.taken_by != person.id:
            raise NotAllowed
        row.taken_by, row.taken_at = "", None
        row.save(update_fields=["taken_by", "taken_at"])
        record(Happening(Event.CASE_RELEASED, subject=ref, case=ref, actor=person.id, at=world.current().now()))


def give(
    person: Person, ref: str, *, outcome: Outcome, offence: str, ticks: Mapping[str, Tick], grounds: str
) -> Verdict:
    """Give this person's opinion on a case that they took; give what follows from all opinions so far.

    An apparent offence needs a written offence in force, every element answered, and a condition that holds.
    The verdict that comes back says nothing of what others found.
    """
    demand(person.role, Step.ASSESS)
    here = world.current()
    with transaction.atomic():
        row = access.case_for(person, ref, lock=True)
        obstacles = list(obstacles_for(person, row))
        if row.taken_by != person.id:
            obstacles.append(TAKEN)
        if not grounds.strip():
            obstacles.append(NO_GROUNDS)
        entry = _entry(offence) if outcome is Outcome.ILLEGAL else None
        obstacles += _unfit(outcome, entry, ticks)
        if obstacles:
            raise Refused(*obstacles)
        now, id = here.now(), here.new_id()
        models.Assessment.objects.bulk_create(
            [
                models.Assessment(
                    id=id,
                    case=row,
                    round=row.round,
                    person=person.id,
                    outcome=outcome,
                    offence=entry.id if entry else "",
                    law_digest=entry.digest if entry else "",
                    ticks={key: ticks[key] for key in sorted(ticks)} if entry else {},
                    grounds=here.keys.close(grounds.encode(), row=id, field="assessment.grounds"),
                    given_at=now,
                )
            ]
        )
        opinions = tuple(
            reading.opinion(one) for one in row.assessments.filter(round=row.round).order_by("given_at", "id")
        )
        verdict = agreement.settle(opinions)
        _follow(person, row, opinions, verdict)
        return verdict


def _take(person: Person, row: models.Case) -> None:
    now = world.current().now()
    row.taken_by, row.taken_at = person.id, now
    row.save(update_fields=["taken_by", "taken_at"])
    record(Happening(Event.CASE_TAKEN, subject=row.ref, case=row.ref, actor=person.id, at=now))


def _entry(offence: str) -> Offence | None:
    here = world.current()
    try:
        entry = here.catalogue.offence(offence)
    except KeyError:
        return None
    return entry if entry.written() and entry.in_force(here.now().date()) else None


def _unfit(outcome: Outcome, entry: Offence | None, ticks: Mapping[str, Tick]) -> list[Reason]:
    if outcome is not Outcome.ILLEGAL:
        return []
    if entry is None:
        return [NO_OFFENCE]
    if {element.id for element in entry.elements} != set(ticks):
        return [NOT_ANSWERED]
    weighed = qualify.weigh(entry, ticks)
    return [] if weighed.holds is Tick.YES else [DOES_NOT_HOLD]


def _follow(person: Person, row: models.Case, opinions: tuple[Opinion, ...], verdict: Verdict) -> None:
    """Move the case as the verdict says, free it for the next person, and record it without telling what was found."""
    now = world.current().now()
    row.state = step(CASE, row.state, verdict.step)
    row.taken_by, row.taken_at = "", None
    happenings = [
        Happening(
            Event.ASSESSMENT_GIVEN,
            subject=row.ref,
            case=row.ref,
            actor=person.id,
            at=now,
            details={"round": row.round, "opinions": len(opinions)},
        )
    ]
    if verdict.outcome is not None:
        row.outcome, row.offence, row.decided_at = verdict.outcome, verdict.offence, now
        agreed = [one for one in row.assessments.filter(round=row.round) if one.offence == verdict.offence]
        row.law_digest = next((one.law_digest for one in agreed if one.law_digest), "")
        row.answered_no_at = None if verdict.outcome is Outcome.ILLEGAL else now
        happenings.append(
            Happening(
                Event.CASE_DECIDED,
                subject=row.ref,
                case=row.ref,
                at=now,
                details={
                    "outcome": verdict.outcome,
                    "offence": verdict.offence,
                    "law": row.law_digest,
                    "round": row.round,
                    "why": codes(verdict.reasons),
                },
            )
        )
    elif verdict.step == "differ":
        happenings.append(
            Happening(Event.CASE_DISPUTED, subject=row.ref, case=row.ref, at=now, details={"round": row.round})
        )
    row.reasons = [*row.reasons] if verdict.outcome is None else kept(verdict.reasons)
    row.save()
    record(*happenings)
