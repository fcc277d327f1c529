"""Receive reports: sealed, encrypted, recorded and committed before anyone is told so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from fanal.actions import failures, voices
from fanal.core.errors import Refused
from fanal.core.events import Event
from fanal.core.intake import follow_up_code, names, screen
from fanal.core.reasons import reason
from fanal.core.report import Identity, Submission
from fanal.core.sealing import envelope
from fanal.queries import reporter, rows, world
from fanal.queries.record import Happening, record
from fanal.store.models import Item, Report
from fanal.vault.models import Sealed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from fanal.core.reasons import Reason
    from fanal.core.report import Item as Typed
    from fanal.wire.world import World

DIFFERS = reason(
    "submit.differs",
    en="Another report was already sent from this form or under this key. Open a new form, or use a new key.",
    fr="Un autre signalement a déjà été envoyé depuis ce formulaire ou sous cette clé. "
    "Ouvrez un nouveau formulaire, ou prenez une nouvelle clé.",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One report at the door: what it says, who says it, and the one-time nonce that makes a repeat harmless."""

    submission: Submission
    identity: Identity
    nonce: bytes
    source: str = ""  # the API key's id
    notes: tuple[Reason, ...] = ()  # what was set aside on the way in, for the answer


@dataclass(frozen=True, slots=True)
class Received:
    """A committed report: its reference, its follow-up code, when it came, and what its reporter should read first."""

    ref: str
    code: str
    received_at: datetime
    repeated: bool
    screening: screen.Screening
    notes: tuple[Reason, ...] = ()


def receive(
    submission: Submission, identity: Identity, *, nonce: bytes, source: str = "", notes: tuple[Reason, ...] = ()
) -> Received:
    """Take in one report; give its receipt, with the notes of its reading, once everything is committed.

    The same nonce with the same content gives the first receipt again, marked as repeated; with other content it is
    refused ("submit.differs"). Raises errors.Full or errors.Temporary where nothing could be committed.
    """
    answer = receive_many([Incoming(submission, identity, nonce, source, notes)])[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def receive_many(incoming: Sequence[Incoming]) -> list[Received | Refused]:
    """Take in reports in one transaction and answer each in order; a repeated or differing one loses no other.

    Raises errors.Full or errors.Temporary where nothing at all could be committed.
    """
    with failures.named():
        try:
            return _receive(incoming)
        except IntegrityError:
            # Another process committed one of these nonces between our look and our insert: answer each by itself.
            if len(incoming) == 1:
                return _receive(incoming)
            return [_receive([row])[0] for row in incoming]


def _receive(incoming: Sequence[Incoming]) -> list[Received | Refused]:
    here = world.current()
    answers: list[Received | Refused] = []
    drafts: list[_Draft] = []
    origins: dict[Identity, bytes] = {}
    with transaction.atomic():
        day = voices.today(here)
        before = reporter.received_before([row.nonce for row in incoming])
        for row in incoming:
            content, earlier = _content(here, row), before.get(row.nonce)
            if earlier is not None:
                answers.append(_repeat(here, row, earlier) if earlier.content == content else Refused(DIFFERS))
                continue
            draft = _draft(here, row, content, origins, day)
            drafts.append(draft)
            before[row.nonce] = reporter.Earlier(draft.ref, content, draft.at)
            screening = _screen(here, row)
            answers.append(
                Received(draft.ref, draft.code, draft.at, repeated=False, screening=screening, notes=row.notes)
            )
        _save(drafts)
    return answers


@dataclass(frozen=True, slots=True)
class _Draft:
    """The rows of one report before they are written."""

    ref: str
    at: datetime
    code: str
    report: rows.Row
    items: list[rows.Row]
    boxes: list[rows.Row]
    happening: Happening


def _draft(here: World, row: Incoming, content: bytes, origins: dict[Identity, bytes], day: voices.Day) -> _Draft:
    said, id, now = row.submission, here.new_id(), here.now()
    code = code_for(here, row.nonce)
    ref = f"R-{names.reference(here.new_bytes(8))}"
    report = {
        "id": id,
        "ref": ref,
        "submission": here.keys.index(row.nonce.hex(), kind="submission"),
        "content": content,
        "code": here.keys.index(code, kind="code"),
        "received_at": now,
        "channel": said.channel,
        "source": row.source,
        "category": said.category,
        "standing": said.standing,
        "minor": said.minor,
        "danger_now": said.danger_now,
        "language": said.language[:16],
        "seen_on": said.seen_on,
        "body": here.keys.close(_body(said), row=id, field="report.body"),
        "sources": day.tokens(row.identity, row.source),
    }
    items = [_item(here, id, place, item) for place, item in enumerate(said.items)]
    details = {
        "report": str(id),
        "channel": said.channel,
        "category": said.category,
        "standing": said.standing,
        "items": len(items),
    }
    happening = Happening(Event.REPORT_RECEIVED, subject=ref, at=now, details=details)
    return _Draft(ref, now, code, report, items, _boxes(here, ref, row.identity, now, origins), happening)


def _item(here: World, report: UUID, place: int, item: Typed) -> rows.Row:
    id = here.new_id()
    plain = json.dumps({"typed": item.typed, "platform": item.platform}, ensure_ascii=False)
    closed = here.keys.close(plain.encode("utf-8", "surrogatepass"), row=id, field="item.typed")
    return {"id": id, "report_id": report, "position": place, "typed": closed}


def _body(said: Submission) -> bytes:
    return json.dumps(
        {"comment": said.comment, "seen_where": said.seen_where, "external_ref": said.external_ref}, ensure_ascii=False
    ).encode("utf-8", "surrogatepass")


def _content(here: World, row: Incoming) -> bytes:
    said = row.submission
    parts = [
        said.category, said.standing, said.comment, said.seen_where, str(said.seen_on), str(said.minor),
        str(said.danger_now), *(f"{item.platform}\x1f{item.typed}" for item in said.items),
    ]  # fmt: skip
    return here.keys.index("\x1e".join(parts).encode("utf-8", "surrogatepass").hex(), kind="content")


def _boxes(here: World, ref: str, identity: Identity, now: datetime, origins: dict[Identity, bytes]) -> list[rows.Row]:
    """Seal who reports and from where, apart: they may be asked for, and are erased, each by its own rule.

    Lines of one batch come from one machine: its origin is sealed once, made out to the first of them.
    """
    person = Identity(name=identity.name, email=identity.email, phone=identity.phone)
    origin = Identity(ip=identity.ip, user_agent=identity.user_agent)
    boxes = []
    if not person.empty():
        boxes.append(("identity", here.keys.seal(envelope.wrap(person, report_ref=ref)), "reporter-identity"))
    if not origin.empty():
        if origin not in origins:
            origins[origin] = here.keys.seal(envelope.wrap(origin, report_ref=ref))
        boxes.append(("source", origins[origin], "reporter-ip"))
    return [
        {
            "id": here.new_id(),
            "report": ref,
            "what": what,
            "box": box,
            "sealed_at": now,
            "erase_on": (now + timedelta(days=here.catalogue.kept_days(rule))).date(),
        }
        for what, box, rule in boxes
    ]


def _save(drafts: list[_Draft]) -> None:
    if not drafts:
        return
    rows.insert(Report, [draft.report for draft in drafts])
    rows.insert(Item, [item for draft in drafts for item in draft.items])
    rows.insert(Sealed, [box for draft in drafts for box in draft.boxes])
    record(*(draft.happening for draft in drafts))


def code_for(here: World, nonce: bytes) -> str:
    """Derive the follow-up code that belongs to a nonce: never from an identity, and the same for a repeated submit."""
    return follow_up_code.make(here.keys.receipt(nonce))


def _repeat(here: World, row: Incoming, earlier: reporter.Earlier) -> Received:
    code = code_for(here, row.nonce)
    screening = _screen(here, row)
    return Received(earlier.ref, code, earlier.received_at, repeated=True, screening=screening, notes=row.notes)


def _screen(here: World, row: Incoming) -> screen.Screening:
    return screen.screen(row.submission, here.catalogue)
