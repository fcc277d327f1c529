"""What one entry of the ledger says: its canonical bytes, and the salted commitment that lets content be erased.

An entry proves that an event with a name and an id was recorded at a moment, and commits to the event's body without
showing it. Once the body and its salt are erased, the commitment says nothing more, and the ledger still verifies.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fanal.core.errors import Broken
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
SALT_BYTES = 16
COMMITMENT_BYTES = 32
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)

UNREAD = reason(
    "ledger.entry.unread",
    en="This is not an entry of a Fanal ledger in its one canonical form.",
    fr="Ce n’est pas une inscription d’un registre Fanal dans sa seule forme canonique.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the event's name and id, when it was recorded (with a time zone), the 32 bytes that commit to it."""

    event: str
    event_id: UUID
    at: datetime
    commitment: bytes

    def __post_init__(self) -> None:
        if len(self.commitment) != COMMITMENT_BYTES or self.at.tzinfo is None or not self.event:
            raise Broken(UNREAD)


def canonical(value: Mapping[str, object]) -> bytes:
    """Write JSON in one way only: keys sorted, no spaces, ASCII. Numbers that JSON cannot say are refused (Broken)."""
    try:
        return _CANONICAL.encode(value).encode("ascii")
    except (TypeError, ValueError):
        raise Broken(UNREAD) from None


def commit(salt: bytes, body: bytes) -> bytes:
    """Give SHA-256(salt ‖ body). The salt has a fixed length, so that no other split gives the same bytes."""
    if len(salt) != SALT_BYTES:
        raise Broken(UNREAD)
    return hashlib.sha256(salt + body).digest()


def encode(entry: Entry) -> bytes:
    """Write an entry in its canonical bytes: what the leaf hash is taken of."""
    return canonical(
        {
            "at": entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z",
            "commitment": entry.commitment.hex(),
            "event": entry.event,
            "event_id": str(entry.event_id),
            "v": VERSION,
        }
    )


def decode(raw: bytes) -> Entry:
    """Read an entry; Broken for anything but the bytes that `encode` writes."""
    try:
        told = json.loads(raw.decode("ascii"))
        entry = Entry(
            event=str(told["event"]),
            event_id=UUID(told["event_id"]),
            at=datetime.fromisoformat(told["at"]),
            commitment=bytes.fromhex(told["commitment"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise Broken(UNREAD) from None
    if encode(entry) != raw:
        raise Broken(UNREAD)
    return entry
