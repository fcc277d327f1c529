"""The guard: learn how reported things may be named, and answer whoever may show it a draft.

No answer is given on single names, none without the right, and none to whoever asks as one does who is after the list.
Nothing of a draft is kept, noted or logged.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from fanal.core.errors import FanalError, NotAllowed, Refused, Wait
from fanal.core.events import Event
from fanal.core.guard import probing
from fanal.core.guard.names import names
from fanal.core.guard.tongue import tongue
from fanal.core.rights import KeyRight, Step, demand
from fanal.matching import words
from fanal.matching.names import marks
from fanal.queries import guard, reading, rows, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models
from fanal.wire import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fanal.core.guard.draft import Draft, Form
    from fanal.core.guard.review import Review
    from fanal.core.reasons import Reason
    from fanal.queries.api_keys import Key
    from fanal.queries.people import Person

TOGETHER: Final = 500
ORDER: Final = 0x67756172  # the lock under which names are written, one writer after the other
ASKERS: Final = 0x61736B65  # the house's class of locks for those who ask


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever holds the keys of this machine, and asks from its command line."""


if TYPE_CHECKING:
    Asker = Person | Key | Operator


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it was read, and what the guard says of it."""

    draft: Draft
    review: Review


def check(asker: Asker, content: bytes, *, name: str = "", form: Form | None = None, language: str = "en") -> Checked:
    """Answer on one whole draft; `name` and `form` are as its giver says.

    The safe version is written in the draft's own language, in `language` where its words do not tell which that is.

    Raises NotAllowed without the right; Wait where the asker asked too often, or as one does who is after names;
    Refused where the bytes cannot be read or are no whole draft. Whatever was looked at is one event.
    """
    who = _who(asker)
    _hold_back(who)
    try:
        draft = drafts.read(content, name=name, form=form)
    except FanalError as failure:
        _note(who, _Asked(form.value if form else "", len(content), refused=failure.reason.code))
        raise
    here = world.current()
    asking = probing.asking(draft, ordinary=words.ordinary, key=_askings_key(), at=here.now())
    length = sum(len(part.text) for part in draft.parts)
    if not probing.whole(draft, asking):
        _note(who, _Asked(draft.form, length, asking=asking, refused=probing.NO_DRAFT.code))
        raise Refused(probing.NO_DRAFT)
    review = guard.look(draft, language=tongue(draft, language), again=drafts.reader(draft.form))
    _note(who, _Asked(draft.form, length, asking=asking, review=review))
    return Checked(draft, review)


def learn(ref: str) -> None:
    """Keep the names of one harmonised report's targets, so that the guard knows them (jobs may run twice)."""
    _learn(
        models.Target.objects.filter(Q(items__report__ref=ref) | Q(further__item__report__ref=ref))
        .distinct()
        .order_by("pk")
    )


def keep() -> int:
    """Keep the names of targets that have none under the newest key, and forget those of keys that are gone.

    That is every target once after the guard came to a house that was there before it, and again after each rotation.
    Gives how many targets were named.
    """
    done = 0
    newest, *_ = numbers = list(guard.keys(world.current().keys))
    waiting = models.Target.objects.filter(Q(named=None) | ~Q(named=newest)).order_by("pk")
    last = UUID(int=0)
    while found := list(waiting.filter(pk__gt=last)[:TOGETHER]):
        done += _learn(found)
        last = found[-1].pk
    with transaction.atomic():
        models.GuardName.objects.exclude(keyed__in=numbers).delete()
    return done


def _learn(targets: Iterable[models.Target]) -> int:
    """Keep the names of targets, each target's once under the newest key; give how many targets were new."""
    here = world.current()
    number, key = next(iter(guard.keys(here.keys).items()))
    fresh = [row for row in targets if row.named != number]
    told = [(row, one) for row in fresh for one in names(reading.target(here.keys, row))]
    marked = marks([one.words for _, one in told], key=key).view(np.int64).tolist()
    kept_as = [
        models.GuardName(mark=mark, keyed=number, role=one.role, target=row)
        for (row, one), mark in zip(told, marked, strict=True)
        if mark
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        # One writer after the other: ids are then committed in their order, and who reads on from the last misses none.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER])
        models.GuardName.objects.bulk_create(kept_as, ignore_conflicts=True)
        cursor.execute(_NAMED, [number, [row.pk for row in fresh]])
    return len(fresh)


# In one order, as actions/harmonise.py has it, so that no two workers wait for each other.
_NAMED: Final = """
UPDATE store_target t SET named = %s
FROM (SELECT id FROM store_target WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) held WHERE t.id = held.id
"""


@dataclass(frozen=True, slots=True)
class _Who:
    """One who asks: as askings are kept, as the event says it, and how often; None: as often as it is wanted."""

    id: str
    actor: str
    pace: probing.Pace | None


def _who(asker: Asker) -> _Who:
    if isinstance(asker, Operator):
        return _Who("operator", "operator", None)
    from fanal.queries.api_keys import Key  # noqa: PLC0415 - neither the worker nor the operator has tables of staff

    if isinstance(asker, Key):
        if KeyRight.GUARD not in asker.rights:
            raise NotAllowed
        return _Who(asker.id, "", probing.machine(asker.per_minute))
    demand(asker.role, Step.CHECK_DRAFT)
    return _Who(asker.id, asker.id, probing.person())


def _hold_back(who: _Who) -> tuple[probing.Asking, ...]:
    """Give the asker's askings of the last hour. Raises Wait where no answer is given: asked too often, or fell silent.

    That is looked at before anything is read, and once more when the asking is noted.
    """
    if who.pace is None:
        return ()
    here = world.current()
    lately = guard.lately(who.id, who.pace)
    if seconds := probing.wait(lately.times, lately.first, who.pace, now=here.now()):
        raise Wait(probing.TOO_OFTEN, seconds)
    if lately.silent_until:
        raise Wait(probing.SILENCED, max(1, math.ceil((lately.silent_until - here.now()).total_seconds())))
    return lately.hour


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is noted of an asking."""

    form: str
    length: int
    asking: probing.Asking | None = None
    review: Review | None = None
    refused: str = ""


def _note(who: _Who, asked: _Asked) -> None:
    """Note that somebody asked, and whether that is an alarm; raise Wait where no answer may be given.

    It is committed before anybody has the answer. The askings of one asker are noted one after the other.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ASKERS, zlib.crc32(who.id.encode()) >> 1])
        hour = _hold_back(who)
        why = probing.alarm(asked.asking, hour, who.pace) if asked.asking and who.pace else ()
        _keep_asking(who, asked, why)
    if why:
        raise Wait(probing.SILENCED, int(probing.SILENCE.total_seconds()))


def _keep_asking(who: _Who, asked: _Asked, why: tuple[Reason, ...]) -> None:
    here = world.current()
    now = here.now()
    review = asked.review
    details: dict[str, object] = {"asker": who.id, "form": asked.form, "length": asked.length, "refused": asked.refused}
    if review and not why:
        details |= {"findings": len(review.findings), "doubts": len(review.doubts), "clean": review.clean}
    subject = who.id[:24]
    happened = [Happening(Event.GUARD_ASKED, subject=subject, actor=who.actor, at=now, details=details)]
    if why:
        told = {"asker": who.id, "why": codes(why)}
        happened.append(Happening(Event.GUARD_ALARMED, subject=subject, actor=who.actor, at=now, details=told))
    record(*happened)
    one = asked.asking
    if who.pace is None or one is None:
        return
    rows.insert(
        models.GuardAsking,
        [
            {
                "id": here.new_id(), "asker": who.id, "at": now, "length": asked.length, "words": one.words,
                "names": one.names, "head": one.head, "tail": one.tail, "told": one.told, "alarm": kept(why),
            }
        ],
    )  # fmt: skip


def _askings_key() -> bytes:
    return world.current().keys.index("guard askings", kind="derived")
