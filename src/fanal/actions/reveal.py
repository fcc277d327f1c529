"""Show one reported item to one entitled person who says why; each showing is in the ledger before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.core.errors import NotFound, Refused
from fanal.core.events import Event
from fanal.core.harmonise import defang
from fanal.core.reasons import reason
from fanal.core.rights import Step, demand
from fanal.queries import access, reading, world
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from uuid import UUID

    from fanal.queries.people import Person
    from fanal.wire.world import World

SHOWN_FOR = timedelta(minutes=15)
LONGEST_NUMBER = 6  # no case holds a million items
NO_REASON = reason(
    "reveal.no-reason",
    en="Say why you need to see it: the reason is recorded.",
    fr="Dites pourquoi vous devez la voir : le motif est enregistré.",
)


@dataclass(frozen=True, slots=True)
class Revealed:
    """One item as shown: its form, by whom and when, the ledger's event, and when it veils itself again."""

    ref: str
    text: str
    at: datetime
    veiled_at: datetime
    event: UUID
    why: str


def reveal(person: Person, case_ref: str, item_ref: str, *, why: str) -> Revealed:
    """Show one item in its defanged form. `item_ref` is C1, C2… (targets) or N1, N2… (what nobody could read)."""
    return _show(person, case_ref, item_ref, why=why, live=False)


def reveal_live(person: Person, case_ref: str, item_ref: str, *, why: str) -> Revealed:
    """Show one item in clear, so that it can be copied once: a second, recorded act."""
    return _show(person, case_ref, item_ref, why=why, live=True)


def _show(person: Person, case_ref: str, item_ref: str, *, why: str, live: bool) -> Revealed:
    demand(person.role, Step.REVEAL)
    here = world.current()
    if not why.strip():
        raise Refused(NO_REASON)
    with transaction.atomic():
        case = access.case_for(person, case_ref)
        text = _text(case, item_ref, live=live)
        now = here.now()
        (event,) = record(
            Happening(
                Event.ITEM_REVEALED,
                subject=case_ref,
                case=case_ref,
                actor=person.id,
                at=now,
                details={"item": item_ref, "live": live, "why": _closed(here, case, why)},
            )
        )
        return Revealed(item_ref, text, now, now + SHOWN_FOR, event, why.strip())


def _closed(here: World, case: models.Case, why: str) -> str:
    """Encrypt the reason: it is a person's own words, may quote the identifier, and the body of an event is plain."""
    said = defang.defang_text(why.strip())[:200].encode()
    return here.keys.close(said, row=case.id, field="reveal.why").hex()


def _text(case: models.Case, item_ref: str, *, live: bool) -> str:
    keys = world.current().keys
    kind, number = item_ref[:1], item_ref[1:]
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise NotFound
    if kind == "C":
        place = case.targets.select_related("target").filter(position=int(number)).first()
        if place is not None:
            target = reading.target(keys, place.target)
            return target.canonical if live else target.defanged
    elif kind == "N":
        rows = models.Item.objects.filter(report__links__case=case, target=None).order_by(
            "report__received_at", "position"
        )
        row = rows[int(number) - 1 : int(number)].first() if int(number) > 0 else None
        if row is not None:
            item = reading.item(keys, row)
            typed = f"{item.platform} {item.typed}".strip()
            return typed if live else defang.defang_text(typed)
    raise NotFound
