"""Receive reports: sealed, encrypted, recorded and committed before anyone is told so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from fanal.actions import failures
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


@dataclass(frozen=True, slots=True)
class Received:
    """A committed report: its reference, its follow-up code, when it came, and what its reporter should read first."""

    ref: str
    code: str
    received_at: datetime
    repeated: bool
    screening: screen.Screening


def receive(submission: Submission, identity: Identity, *, nonce: bytes, source: str = "") -> Received:
    """Take in one report; give its receipt once everything is committed.

    The same nonce with the same content gives the first receipt again, marked as repeated; with other content it is
    refused ("submit.differs"). Raises errors.Full or errors.Temporary where nothing could be committed.
    """
    answer = receive_many([Incoming(submission, identity, nonce, source)])[0]
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
    with transaction.atomic():
        before = reporter.received_before([row.nonce for row in incoming])
        for row in incoming:
            content, earlier = _content(here, row), before.get(row.nonce)
            if earlier is not None:
                answers.append(_repeat(here, row, earlier) if earlier.content == content else Refused(DIFFERS))
                continue
            draft = _draft(here, row, content)
            drafts.append(draft)
            ref, at = draft.report.ref, draft.report.received_at
            before[row.nonce] = reporter.Earlier(ref, content, at)
            answers.append(Received(ref, draft.code, at, repeated=False, screening=_screen(here, row)))
        _save(drafts)
    return answers


@dataclass(slots=True)
class _Draft:
    report: Report
    items: list[Item]
    boxes: list[Sealed]
    happening: Happening
    code: str


def _draft(here: World, row: Incoming, content: bytes) -> _Draft:
    said, id, now = row.submission, here.new_id(), here.now()
    code = code_for(here, row.nonce)
    ref = f"R-{names.reference(here.new_bytes(8))}"
    report = Report(
        id=id,
        ref=ref,
        submission=here.keys.index(row.nonce.hex(), kind="submission"),
        content=content,
        code=here.keys.index(code, kind="code"),
        received_at=now,
        channel=said.channel,
        source=row.source,
        category=said.category,
        standing=said.standing,
        minor=said.minor,
        danger_now=said.danger_now,
        language=said.language[:16],
        seen_on=said.seen_on,
        body=here.keys.close(_body(said), row=id, field="report.body"),
    )
    items = [_item(here, report, place, one.typed, one.platform) for place, one in enumerate(said.items)]
    happening = Happening(
        Event.REPORT_RECEIVED,
        subject=ref,
        at=now,
        details={
            "report": str(id),
            "channel": said.channel,
            "category": said.category,
            "standing": said.standing,
            "items": len(items),
        },
    )
    return _Draft(report, items, _boxes(here, ref, row.identity, now), happening, code)


def _item(here: World, report: Report, place: int, typed: str, platform: str) -> Item:
    id = here.new_id()
    plain = json.dumps({"typed": typed, "platform": platform}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Item(id=id, report=report, position=place, typed=here.keys.close(plain, row=id, field="item.typed"))


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


def _boxes(here: World, ref: str, identity: Identity, now: datetime) -> list[Sealed]:
    person = Identity(name=identity.name, email=identity.email, phone=identity.phone)
    origin = Identity(ip=identity.ip, user_agent=identity.user_agent)
    return [
        Sealed(
            id=here.new_id(),
            report=ref,
            what=what,
            box=here.keys.seal(envelope.wrap(whose, report_ref=ref)),
            sealed_at=now,
            erase_on=(now + timedelta(days=here.catalogue.kept_days(rule))).date(),
        )
        for what, whose, rule in (
            ("identity", person, "reporter-identity"),
            ("source", origin, "reporter-ip"),
        )
        if not whose.empty()
    ]


def _save(drafts: list[_Draft]) -> None:
    if not drafts:
        return
    rows.insert([draft.report for draft in drafts])
    rows.insert([item for draft in drafts for item in draft.items])
    rows.insert([one for draft in drafts for one in draft.boxes])
    record(*(draft.happening for draft in drafts))


def code_for(here: World, nonce: bytes) -> str:
    """Derive the follow-up code that belongs to a nonce: never from an identity, and the same for a repeated submit."""
    return follow_up_code.make(here.keys.receipt(nonce))


def _repeat(here: World, row: Incoming, earlier: reporter.Earlier) -> Received:
    code = code_for(here, row.nonce)
    return Received(earlier.ref, code, earlier.received_at, repeated=True, screening=_screen(here, row))


def _screen(here: World, row: Incoming) -> screen.Screening:
    return screen.screen(row.submission, here.catalogue)
