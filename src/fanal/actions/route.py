"""Propose dispatches, put one forward, and let a second person approve it. Nothing leaves the house in this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from fanal.actions import dispatches, letters
from fanal.core.case import Outcome, Proposal
from fanal.core.errors import Refused
from fanal.core.events import Event
from fanal.core.intake import names
from fanal.core.lifecycle import DISPATCH, CaseState, step
from fanal.core.reasons import Reason, reason
from fanal.core.rights import Step, demand
from fanal.core.route import plan
from fanal.queries import reach, reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.queries.people import Person
    from fanal.wire.world import World

SAME_PERSON = reason(
    "approve.same-person",
    en="You put this dispatch forward: another person must approve it.",
    fr="Vous avez proposé cette transmission : une autre personne doit l’approuver.",
)
NO_GROUNDS = reason(
    "dispatch.grounds-missing",
    en="Write the grounds: the recipient reads them.",
    fr="Écrivez les motifs : le destinataire les lit.",
)
LIVE = reason(
    "dispatch.grounds-live",
    en="The grounds name an address or an account. They travel in plain sight: write “target 1” instead.",
    fr="Les motifs nomment une adresse ou un compte. Ils voyagent en clair : écrivez plutôt « cible 1 ».",
)


def propose(case_ref: str) -> None:
    """Plan the dispatches of a decided case, once a round. Runs as a job, may run twice."""
    here = world.current()
    with transaction.atomic():
        case = models.Case.objects.select_for_update().get(ref=case_ref)
        if case.outcome != Outcome.ILLEGAL or case.dispatches.filter(round=case.round).exists():
            return
        targets = [reading.target(here.keys, one.target) for one in case.targets.select_related("target")]
        proposals = plan.plan(
            offence=here.catalogue.offence(case.offence),
            hosts=tuple(map(plan.host_of, targets)),
            directory=here.directory,
            catalogue=here.catalogue,
        )
        for proposal in proposals:
            _keep(here, case, proposal)


def prepare(person: Person, dispatch_ref: str, *, grounds: str) -> None:
    """Put a planned dispatch forward. Refused where an obstacle stands or the grounds name anything."""
    demand(person.role, Step.PREPARE)
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        after = step(DISPATCH, row.state, "prepare")
        obstacles = [*_obstacles(row)]
        if not grounds.strip():
            obstacles.append(NO_GROUNDS)
        elif letters.names_something(here, row, grounds):
            obstacles.append(LIVE)
        if obstacles:
            raise Refused(*obstacles)
        row.state, row.prepared_by, row.prepared_at = after, person.id, here.now()
        row.obstacles = []  # whatever stopped it before is looked at anew when it leaves
        row.grounds = here.keys.close(grounds.strip().encode(), row=row.id, field="dispatch.grounds")
        row.save()
        dispatches.say(row, Event.DISPATCH_PREPARED, person)


def approve(person: Person, dispatch_ref: str) -> None:
    """Approve what another person put forward; sending follows as a job."""
    demand(person.role, Step.APPROVE)
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        after = step(DISPATCH, row.state, "approve")
        obstacles = [*_obstacles(row)]
        if row.prepared_by == person.id:
            obstacles.append(SAME_PERSON)
        if obstacles:
            raise Refused(*obstacles)
        row.state, row.approved_by, row.approved_at = after, person.id, here.now()
        row.save()
        dispatches.say(row, Event.DISPATCH_APPROVED, person)


def send_back(person: Person, dispatch_ref: str) -> None:
    """Give a prepared dispatch back to be written again."""
    demand(person.role, Step.APPROVE)
    world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        row.state = step(DISPATCH, row.state, "return")
        row.prepared_by, row.prepared_at = "", None
        row.save()
        dispatches.say(row, Event.DISPATCH_PLANNED, person, returned=True)


def cancel(person: Person, dispatch_ref: str) -> None:
    """Call a dispatch back before it leaves."""
    demand(person.role, Step.CANCEL)
    world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        row.state = step(DISPATCH, row.state, "cancel")
        row.save()
        dispatches.say(row, Event.DISPATCH_CANCELLED, person)


def _keep(here: World, case: models.Case, proposal: Proposal) -> None:
    row = models.Dispatch(
        id=here.new_id(),
        ref=f"T-{names.reference(here.new_bytes(8))}",
        case=case,
        round=case.round,
        recipient=proposal.recipient,
        kind=proposal.kind,
        connector=proposal.connector,
        reasons=kept(proposal.reasons),
        obstacles=kept(proposal.obstacles),
        clock=proposal.clock,
        due_hours=proposal.due_hours,
        planned_at=here.now(),
    )
    row.save(force_insert=True)
    name = Event.ROUTE_BLOCKED if proposal.obstacles else Event.DISPATCH_PLANNED
    record(
        Happening(
            name,
            subject=row.ref,
            case=case.ref,
            at=here.now(),
            details={"recipient": row.recipient, "kind": row.kind, "why": codes(proposal.reasons + proposal.obstacles)},
        )
    )


def _obstacles(row: models.Dispatch) -> tuple[Reason, ...]:
    """List what keeps this dispatch from leaving, as things stand now: the directory may have been completed since."""
    found = list(reach.unreachable(row.recipient))
    if row.case.state not in (CaseState.ILLEGAL, CaseState.ROUTED) or row.round != row.case.round:
        found.append(letters.NOT_DECIDED)
    return tuple(found)
