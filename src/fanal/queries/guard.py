"""What the guard says of a draft: the names of this process in memory, what they lead to, and who asked too much."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from django.db import connection

from fanal.core import guard
from fanal.core.guard import probing, standing
from fanal.core.guard.draft import plain
from fanal.core.guard.review import Known, Role
from fanal.core.report import TargetKind
from fanal.core.rights import Step, demand
from fanal.matching import words
from fanal.matching.names import NameIndex
from fanal.queries import reading, world
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Review
    from fanal.core.reasons import Reason
    from fanal.matching.names import Spotted
    from fanal.queries.people import Person
    from fanal.wire.keys import Keyring

SHOWN_FOR: Final = timedelta(days=7)  # as long as they are kept (actions/forget.py)


def look(draft: Draft, *, language: str, again: Callable[[str], Draft] | None = None) -> Review:
    """Say what of a draft may not be said in public. No right is asked and nothing is noted: actions/guard.py does.

    The texts of the house itself go through here too. `again` reads the safe version as `draft` was read.
    """
    indexes = _names().fresh()

    def find(text: str) -> list[Spotted]:
        return [one for index in indexes for one in index.find(text)]

    return guard.check(draft, find=find, known=known, ordinary=words.ordinary, language=language, again=again)


def warm() -> None:
    """Compile and read what the first draft would wait for; what is compiled stays on disk for every process."""
    words.ordinary("lanterne")
    look(plain("Une lanterne."), language="fr")


def known(marks: Collection[int]) -> Mapping[int, tuple[Known, ...]]:
    """Say what names lead to, by their marks, in one query; a mark that no target has is left out."""
    if not marks:
        return {}
    found: dict[int, dict[Known, None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mark, role, kind, platform, state, outcome, removed FROM guard_known(%s)",
            [[_signed(one) for one in marks]],
        )
        for mark, role, kind, platform, state, outcome, removed in cursor.fetchall():
            how = standing.standing(state, outcome, removed=removed)
            one = Known(Role(role), TargetKind(kind), platform, how)
            found.setdefault(mark % _ALL, {})[one] = None
    return {mark: tuple(ones) for mark, ones in found.items()}


@dataclass(frozen=True, slots=True)
class Alarm:
    """That somebody asked the guard as one asks after single names: who, when, why, until when no answer is given."""

    at: datetime
    asker: str
    until: datetime
    reasons: tuple[Reason, ...]


def alarms(person: Person) -> tuple[Alarm, ...]:
    """Give the alarms of the last days, newest first, to somebody who may see them; NotAllowed otherwise."""
    demand(person.role, Step.SEE_ALARMS)
    since = world.current().now() - SHOWN_FOR
    rows = models.GuardAsking.objects.filter(at__gt=since).exclude(alarm=[]).order_by("-at")
    return tuple(Alarm(row.at, row.asker, row.at + probing.SILENCE, reading.reasons(row.alarm)) for row in rows)


def silences(person: Person) -> int:
    """Count the askers who get no answer at present, for somebody who may see alarms; NotAllowed otherwise."""
    now = world.current().now()
    return len({one.asker for one in alarms(person) if one.until > now})


@dataclass(frozen=True, slots=True)
class Lately:
    """What one asker did: how often since when within the pace's time, the askings of the last hour, the silence."""

    times: int
    first: datetime | None
    hour: tuple[probing.Asking, ...]
    silent_until: datetime | None


def lately(asker: str, pace: probing.Pace) -> Lately:
    """Say what an asker did lately, by its id."""
    now = world.current().now()
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, [asker, now - pace.within, asker, now - probing.SILENCE, _MOST_ASKINGS])
        rows = cursor.fetchall()
    (times, first, *_), *_ = rows
    hour = [row[2:] for row in rows if row[2] is not None]
    alarmed = [at for at, *_, alarm in hour if alarm]
    return Lately(
        times,
        first,
        tuple(probing.Asking(*row[:-1]) for row in hour),
        max(alarmed) + probing.SILENCE if alarmed else None,
    )


_LATELY: Final = """
SELECT often.times, often.first, one.at, one.words, one.names, one.head, one.tail, one.told, one.alarmed
FROM guard_asked_times(%s, %s) often LEFT JOIN guard_asked(%s, %s, %s) one ON true
"""


def keys(ring: Keyring) -> dict[int, bytes]:
    """Give the keys that names are marked with (16 bytes each) by the numbers that rows know them by; newest first.

    A number is 31 keyed bits of a word that everybody knows: it tells nothing of its key.
    """
    newest = ring.index("guard", kind="derived")
    every = dict(zip(ring.indexes("guard", kind="derived"), ring.indexes("guard", kind="number"), strict=True))
    order = sorted(every, key=lambda one: one != newest)
    return {int.from_bytes(every[one][:4], "big") >> 1: one for one in order}


class Names:
    """The names of one database in memory, an index for each key: read once a process, and then only what is new.

    Ids are committed in their order (actions/guard.py holds a lock), so that nothing before the last one comes later.
    The last one is looked for each time: where it is not there any more, everything is read anew.
    """

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self._lock = threading.Lock()
        self._keys = keys
        self._indexes: dict[int, NameIndex] = {}
        self._last: tuple[int, int] | None = None

    def fresh(self) -> tuple[NameIndex, ...]:
        """Take in what is new, and give the indexes."""
        with self._lock:
            pieces = _read(self._last)
            if self._last is not None and not any(one.last for one in pieces):
                self._last, pieces = None, _read(None)
            if self._last is None:
                self._indexes = {number: NameIndex(key) for number, key in self._keys.items()}
            new = [one for one in pieces if not one.last]
            for number, index in self._indexes.items():
                own = [np.frombuffer(one.marks, ">i8") for one in new if one.keyed == number]
                if own:
                    index.add(np.concatenate(own).astype(np.int64).view(np.uint64))
            if new:
                self._last = _row(max(one.until for one in new))
            return tuple(self._indexes.values())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Names that were read together: under which key, up to which id, their marks, and whether it is the last known."""

    keyed: int
    last: bool
    until: int
    marks: bytes


_ALL: Final = 1 << 64
_MOST_ASKINGS: Final = 300


def _names() -> Names:
    ring = world.current().keys
    return _opened(str(connection.settings_dict["NAME"]), tuple(keys(ring).items()))


@lru_cache(maxsize=4)
def _opened(database: str, keyed: tuple[tuple[int, bytes], ...]) -> Names:
    del database  # another one has other names
    return Names(dict(keyed))


def _read(last: tuple[int, int] | None) -> list[_Piece]:
    """Read the names after `last` (its id and mark), and that one where it is still there; all where it is None.

    The database puts eight bytes a name together: a row each, a million take some ten times as long, even with COPY.
    """
    id, mark = last or (0, 0)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"id": id, "mark": mark})
        return [_Piece(keyed, here, until, bytes(marks)) for keyed, here, until, marks in cursor.fetchall()]


_MARKS: Final = """
SELECT keyed, id = %(id)s AND mark = %(mark)s, max(id), string_agg(int8send(mark), '')
FROM store_guardname WHERE id >= %(id)s GROUP BY 1, 2, id / 65536
"""


def _row(id: int) -> tuple[int, int] | None:
    """Give a name's id and mark; None where it went in this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, mark FROM store_guardname WHERE id = %s", [id])
        row = cursor.fetchone()
        return (row[0], row[1]) if row else None


def _signed(mark: int) -> int:
    """Give a mark as the database has it."""
    return mark - _ALL if mark >= _ALL // 2 else mark
