"""Send (claim, send, note), settle what is uncertain, take the recipient's answer, and tell the reporters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.actions import dispatches, letters, outgoing
from fanal.core.connector import Message, Receipt, Sent, Wire
from fanal.core.errors import FanalError, Refused
from fanal.core.events import Event
from fanal.core.guard import clearance, plain
from fanal.core.guard.draft import plain as plain_draft
from fanal.core.harmonise import defang
from fanal.core.lifecycle import CASE, DISPATCH, CaseState, DispatchState, step
from fanal.core.reasons import reason
from fanal.core.rights import Step, demand
from fanal.core.route import disclosure
from fanal.queries import access, guard, world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.core.follow_up.outcomes import Answer
    from fanal.core.reasons import Reason
    from fanal.queries.people import Person
    from fanal.wire.world import World

PATIENCE = timedelta(minutes=5)  # a sending that nobody noted after this is uncertain

EMPTY = reason("answer.empty", en="Write the answer.", fr="Écrivez la réponse.")
LIVE = reason(
    "answer.live",
    en="The text names an address or an account. Reporters must not be led back to it: leave it out.",
    fr="Le texte nomme une adresse ou un compte. Il ne faut pas y ramener les personnes : retirez-le.",
)
MERGED = reason(
    "answer.merged",
    en="This case was merged into another: its reporters are written to from there.",
    fr="Ce dossier a été fusionné dans un autre : c’est de là qu’on écrit aux personnes qui l’ont signalé.",
)

_NOTED = {
    Sent.TAKEN: ("receipt", Event.DISPATCH_SENT),
    Sent.REFUSED: ("refusal", Event.DISPATCH_REFUSED),
    Sent.UNCERTAIN: ("silence", Event.DISPATCH_UNCERTAIN),
}


def send(dispatch_ref: str, wire: Wire) -> None:
    """Send one approved dispatch: claim it, hand the bytes over outside any transaction, note what came back.

    Runs as a job and may run twice. A crash after the claim leaves it `sending`; `expire` makes that `uncertain`.
    """
    claimed = _claim(dispatch_ref)
    if claimed is None:
        return
    row, attempt = claimed
    here = world.current()
    message = letters.open_message(here, row)
    _, connector = letters.recipient(here, row)
    receipt = connector.send(message, wire)
    _note(dispatch_ref, attempt, receipt)


def _claim(dispatch_ref: str) -> tuple[models.Dispatch, models.Attempt] | None:
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        if row.state != DispatchState.APPROVED:
            return None
        letters.recipient(here, row)
        now = here.now()
        number = row.attempts.count() + 1
        if row.message is None:
            # The exact bytes are made once: a retry sends the same ones under the same key, so that they arrive once.
            message, faults = _built(here, row)
            if faults:
                outgoing.stop(row, faults)
                return None
            row.message = letters.close_message(here, row.id, replace(message, key=row.ref))
        row.state = step(DISPATCH, row.state, "claim")
        row.save()
        attempt = models.Attempt(id=here.new_id(), dispatch=row, key=f"{row.ref}.{number}", claimed_at=now)
        attempt.save(force_insert=True)
        dispatches.say(row, Event.DISPATCH_CLAIMED, attempt=number)
        return row, attempt


def _built(here: World, row: models.Dispatch) -> tuple[Message, tuple[Reason, ...]]:
    """Make the bytes of a dispatch, and say why they must not leave, if so."""
    whom, connector = letters.recipient(here, row)
    try:
        message = connector.build(letters.disclose(here, row, sealed=True))
    except FanalError as failure:
        if failure.reason.code != disclosure.LIVE.code:
            raise
        return Message(row.ref, ()), (plain.LIVE,)
    return message, outgoing.faults(here, row, message, whom)


def _note(dispatch_ref: str, attempt: models.Attempt, receipt: Receipt) -> None:
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        if row.state != DispatchState.SENDING:
            return
        name, event = _NOTED[receipt.how]
        now = here.now()
        row.state = step(DISPATCH, row.state, name)
        attempt.noted_at, attempt.how, attempt.reference = now, receipt.how, receipt.reference[:128]
        attempt.save()
        if receipt.how is Sent.TAKEN:
            _left(here, row)
        row.save()
        dispatches.say(row, event)


def expire() -> int:
    """Make every sending that nobody noted uncertain, so that a person settles it; give how many there were."""
    here = world.current()
    late = models.Attempt.objects.filter(
        noted_at=None, claimed_at__lt=here.now() - PATIENCE, dispatch__state=DispatchState.SENDING
    ).select_related("dispatch")
    refs = [one.dispatch.ref for one in late]
    for ref in refs:
        with transaction.atomic():
            row = dispatches.hold(ref)
            if row.state == DispatchState.SENDING:
                row.state = step(DISPATCH, row.state, "silence")
                row.save()
                dispatches.say(row, Event.DISPATCH_UNCERTAIN)
    return len(refs)


def settle(person: Person, dispatch_ref: str, *, how: str) -> None:
    """Settle an uncertain or refused dispatch: `receipt` (it arrived) or `retry` (the same bytes are sent again)."""
    demand(person.role, Step.SETTLE)
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        row.state = step(DISPATCH, row.state, how)
        if how == "receipt":
            _left(here, row)
        row.save()
        dispatches.say(row, Event.DISPATCH_SETTLED, person, how=how)
        if how == "retry":
            dispatches.say(row, Event.DISPATCH_APPROVED, person, again=True)


def record_answer(person: Person, dispatch_ref: str, *, answer: Answer, text: str) -> None:
    """Record what the recipient answered. The text stays in the house, encrypted."""
    demand(person.role, Step.RECORD_ANSWER)
    here = world.current()
    with transaction.atomic():
        row = dispatches.hold(dispatch_ref)
        row.state = step(DISPATCH, row.state, "answer")
        row.answer, row.answered_at = answer, here.now()
        row.answer_text = here.keys.close(text.encode(), row=row.id, field="dispatch.answer")
        row.save()
        dispatches.say(row, Event.DISPATCH_ANSWERED, person, answer=answer)


def answer_reporters(person: Person, case_ref: str, *, text: str) -> None:
    """Write to every reporter of a case. Refused where the text is empty or would lead anyone back to the content.

    The guard looks for whatever was reported, in this case or another, however it is written. A text that it refuses is
    an event, without a word of it: whoever tries names one by one is seen.
    """
    demand(person.role, Step.ANSWER_REPORTER)
    here = world.current()
    access.case_for(person, case_ref)
    if not text.strip():
        raise Refused(EMPTY)
    if defang.defang_text(text) != text:
        raise Refused(LIVE)
    draft = plain_draft(text.strip())
    try:
        cleared = clearance.clear_text(draft, guard.look(draft, language=person.language))
    except Refused as refused:
        _refused(person, case_ref, len(refused.reasons))
        raise
    with transaction.atomic():
        case = access.case_for(person, case_ref, lock=True)
        if case.state == CaseState.MERGED:
            raise Refused(MERGED)
        id, now = here.new_id(), here.now()
        models.ReporterAnswer(
            id=id,
            case=case,
            person=person.id,
            text=here.keys.close(cleared.content.encode(), row=id, field="answer.text"),
            at=now,
        ).save(force_insert=True)
        record(Happening(Event.REPORTER_ANSWERED, subject=case.ref, case=case.ref, actor=person.id, at=now))


def _refused(person: Person, case_ref: str, passages: int) -> None:
    """Note that a text to reporters named something; what it was is written nowhere."""
    with transaction.atomic():
        record(
            Happening(
                Event.ANSWER_STOPPED,
                subject=case_ref,
                case=case_ref,
                actor=person.id,
                at=world.current().now(),
                details={"passages": passages},
            )
        )


def close(person: Person, case_ref: str) -> None:
    """Close a case whose decision has had its effect."""
    demand(person.role, Step.CLOSE)
    here = world.current()
    with transaction.atomic():
        case = access.case_for(person, case_ref, lock=True)
        case.state = step(CASE, case.state, "close")
        case.closed_at = here.now()
        case.save()
        record(Happening(Event.CASE_CLOSED, subject=case.ref, case=case.ref, actor=person.id, at=here.now()))


def _left(here: World, row: models.Dispatch) -> None:
    now = here.now()
    row.sent_at = now
    row.due_at = now + timedelta(hours=row.due_hours) if row.due_hours else None
    if row.case.state in (CaseState.ILLEGAL, CaseState.ROUTED):
        row.case.state = step(CASE, row.case.state, "sent")
        row.case.save(update_fields=["state"])
