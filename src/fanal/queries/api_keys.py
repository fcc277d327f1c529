"""Whose key this is, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass

from fanal.core.rights import KeyRight
from fanal.staff import secrets
from fanal.staff.models import ApiKey


@dataclass(frozen=True, slots=True)
class Key:
    """A machine's key as the API sees it."""

    id: str
    rights: frozenset[KeyRight]
    per_minute: int


def find(secret: str) -> Key | None:
    """Give the key with this secret, or nothing if it is unknown or revoked. 256 bits of chance need no slow hash."""
    row = ApiKey.objects.filter(key_digest=secrets.digest(secret), revoked_at=None).first()
    if row is None:
        return None
    return Key(str(row.id), frozenset(KeyRight(right) for right in row.rights), row.per_minute)
