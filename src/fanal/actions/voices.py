"""How many voices stand behind a case: tokens of sources at the door, groups of voices where reports join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.core.intake import sources

if TYPE_CHECKING:
    from datetime import date

    from fanal.core.report import Identity
    from fanal.wire.keys import Keyring
    from fanal.wire.world import World

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Day:
    """What this process makes the tokens of one day with."""

    day: date
    keys: Keyring
    key: bytes
    salt: bytes

    def tokens(self, identity: Identity, machine: str) -> bytes:
        """Give the packed tokens of one report (core/intake/sources.py). Nothing else of the identity is kept."""
        return sources.tokens(identity, machine, key=self.key, salt=self.salt)


class _Known:
    """The day that this process knows the salt of: one question to the database a day, none a report."""

    day: Day | None = None

    def keep(self, day: Day) -> None:
        self.day = day


_KNOWN = _Known()


def today(here: World) -> Day:
    """Give today's key and salt (UTC). Whoever takes in the day's first report makes the salt, inside its transaction.

    It is remembered only once it is committed: a salt that was rolled back would count one source twice.
    """
    day = here.now().date()
    known = _KNOWN.day
    if known is not None and known.day == day and known.keys is here.keys:
        return known
    found = Day(day, here.keys, here.keys.index("sources", kind="derived"), _salt(day, here.new_bytes(SALT_BYTES)))
    transaction.on_commit(lambda: _KNOWN.keep(found))
    return found


def _salt(day: date, fresh: bytes) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO store_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING", [day, fresh])
        cursor.execute("SELECT salt FROM store_daysalt WHERE day = %s", [day])
        (salt,) = cursor.fetchone()
        return bytes(salt)
