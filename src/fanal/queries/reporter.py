"""What a reporter may read: the status of a report by its follow-up code, through the two doors the database leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.follow_up import news as vocabulary
from fanal.core.intake import follow_up_code
from fanal.queries import world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from fanal.core.text import Text
from fanal.ledger import receipt


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report that was committed under a nonce before."""

    ref: str
    content: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt page shows; it exists only for a committed report."""

    ref: str
    code: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the desk."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class News:
    """What became of a report, in the public vocabulary (core/follow_up/news.py)."""

    received_at: datetime
    items: int
    headline: Text
    detail: Text
    answers: tuple[Answered, ...]


def received_before(nonces: Sequence[bytes]) -> dict[bytes, Earlier]:
    """Find which nonces were committed before, in one question."""
    keys = world.current().keys
    asked = {index: nonce for nonce in nonces for index in keys.indexes(nonce.hex(), kind="submission")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT submission, ref, content, received_at FROM received_before(%s)", [list(asked)])
        return {
            asked[bytes(submission)]: Earlier(ref, bytes(content), at)
            for submission, ref, content, at in cursor.fetchall()
        }


def received(nonce: bytes) -> Receipt | None:
    """Give the receipt of the report that was committed under this nonce, or nothing."""
    earlier = received_before([nonce]).get(nonce)
    if earlier is None:
        return None
    return Receipt(earlier.ref, follow_up_code.make(world.current().keys.receipt(nonce)), earlier.received_at)


def proof(code: str) -> bytes | None:
    """Give the proof that the report with this code was received and when (C2SP tlog-proof), once it is in the tree."""
    keys = world.current().keys
    digests = list(keys.indexes(follow_up_code.parse(code) or "no such code", kind="code"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reporter_event(%s)", [digests])
        row = cursor.fetchone()
    return receipt.proof_for(row[0]) if row else None


def news(code: str) -> News | None:
    """Say what became of the report with this code; wrong, malformed and expired codes cost and answer alike."""
    keys = world.current().keys
    digests = list(keys.indexes(follow_up_code.parse(code) or "no such code", kind="code"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT received_at, items, state, outcome, sent, removed FROM reporter_status(%s)", [digests])
        status = cursor.fetchone()
        cursor.execute("SELECT id, at, text FROM reporter_answers(%s)", [digests])
        rows = cursor.fetchall()
    if status is None:
        return None
    received_at, items, state, outcome, sent, removed = status
    headline = vocabulary.headline(state=state, outcome=outcome, passed_on=sent > 0, gone=removed > 0)
    answers = tuple(Answered(at, keys.open(bytes(text), row=id, field="answer.text").decode()) for id, at, text in rows)
    return News(received_at, items, headline.headline, headline.detail, answers)
