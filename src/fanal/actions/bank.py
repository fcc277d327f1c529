"""Our own list of fingerprints: one person puts forward, another publishes, and a withdrawal travels as a tombstone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.core import bank
from fanal.core.case import Outcome
from fanal.core.errors import NotFound, Refused
from fanal.core.events import Event
from fanal.core.intake import names
from fanal.core.lifecycle import BANK, BankState, step
from fanal.core.rights import Step, demand
from fanal.matching import lists
from fanal.matching.lists import Card, Entry, Opinions
from fanal.queries import access, fingerprints, reading, world
from fanal.queries import bank as shown
from fanal.queries.record import Happening, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.core.report import Target
    from fanal.queries.people import Person
    from fanal.wire.world import World

WRITING = 0x62616E6B  # the advisory lock of whoever writes the list


def propose(person: Person, case_ref: str, item: str, *, grounds: str) -> str:
    """Put the fingerprint of one item (C2…) of a case forward for our list; give the entry's reference.

    Refused: what is no fingerprint or says too little, a case that two people have not found illegal, no grounds, and
    what is in the list or was put forward already. An entry that was refused or withdrawn can be put forward again.
    """
    demand(person.role, Step.BANK)
    here = world.current()
    with transaction.atomic():
        case = access.case_for(person, case_ref, lock=True)
        target = reading.target(here.keys, _target(case, item))
        illegal = case.outcome == Outcome.ILLEGAL and case.decided_at is not None
        bank.demand_entry(target, illegal=illegal, grounds=grounds)
        row = _entry(here, target)
        if row is not None and row.state in (BankState.PROPOSED, BankState.PUBLISHED):
            raise Refused(bank.KNOWN)
        row = row or _new(here, target)
        fresh = row.state == ""
        row.state = BankState.PROPOSED if fresh else step(BANK, row.state, "propose")
        row.category, row.proposed_by, row.proposed_at = case.category, person.id, here.now()
        row.decided_by = row.withdrawn_by = ""
        row.decided_at = row.withdrawn_at = None
        row.grounds = here.keys.close(grounds.strip().encode(), row=row.id, field="bank.grounds")
        row.save(force_insert=fresh)
        _record(person, Event.BANK_PROPOSED, row, case=case.ref)
        return row.ref


def publish(person: Person, ref: str) -> None:
    """Put an entry into the list, as its second person; Refused where one put it forward, or has not seen its case."""
    _decide(person, ref, "publish", Event.BANK_PUBLISHED)


def refuse(person: Person, ref: str) -> None:
    """Keep an entry out of the list, as its second person."""
    _decide(person, ref, "refuse", Event.BANK_REFUSED)


def withdraw(person: Person, ref: str, *, grounds: str) -> None:
    """Take an entry out of the list, with grounds: nobody should wait for a second person to stop a false match."""
    demand(person.role, Step.BANK)
    if not grounds.strip():
        raise Refused(bank.NO_GROUNDS)
    here = world.current()
    with transaction.atomic():
        row = _held(ref)
        row.state = step(BANK, row.state, "withdraw")
        row.withdrawn_by, row.withdrawn_at = person.id, here.now()
        row.grounds = here.keys.close(grounds.strip().encode(), row=row.id, field="bank.grounds")
        row.save()
        _record(person, Event.BANK_WITHDRAWN, row)


def opine(person: Person, case_ref: str, item: str, *, opinion: bank.Opinion, grounds: str = "") -> None:
    """Say of the fingerprint of one item whether the lists that hold it are right; to say so again changes it."""
    demand(person.role, Step.BANK)
    here = world.current()
    with transaction.atomic():
        case = access.case_for(person, case_ref)
        row = _target(case, item)
        target = reading.target(here.keys, row)
        index = here.keys.index(target.canonical, kind="hash")
        models.HashOpinion.objects.filter(
            index__in=here.keys.indexes(target.canonical, kind="hash"), person=person.id
        ).delete()
        id = here.new_id()
        models.HashOpinion.objects.bulk_create(
            [
                models.HashOpinion(
                    id=id,
                    index=index,
                    opinion=opinion,
                    person=person.id,
                    grounds=here.keys.close(grounds.strip().encode(), row=id, field="opinion.grounds"),
                    at=here.now(),
                )
            ]
        )
        record(
            Happening(
                Event.HASH_JUDGED,
                subject=case.ref,
                case=case.ref,
                actor=person.id,
                at=here.now(),
                details={"item": item, "opinion": opinion},
            )
        )


def keep() -> None:
    """Write our list where it is missing on disk, as after a restore; do nothing where it is there or empty."""
    if (Path(world.current().lists_folder) / bank.OWN_LIST / lists.CARD).is_file():
        return
    if models.BankEntry.objects.filter(state__in=[BankState.PUBLISHED, BankState.WITHDRAWN]).exists():
        write("")


def write(ref: str) -> None:
    """Write our list anew, as a version that everybody on this machine matches with at once (jobs may run twice)."""
    del ref  # the list is always written whole
    here = world.current()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        rows = models.BankEntry.objects.filter(state__in=[BankState.PUBLISHED, BankState.WITHDRAWN]).order_by("ref")
        entries = [_written(here, row) for row in rows]
        folder = lists.path(Path(here.lists_folder), bank.OWN_LIST)
        lists.update(folder, _card(here), entries, whole=True, at=here.now().isoformat())


def _decide(person: Person, ref: str, name: str, event: Event) -> None:
    demand(person.role, Step.BANK)
    with transaction.atomic():
        row = _held(ref)
        seen = name == "refuse" or shown.seen(person, row)  # nobody has to look at what is kept out
        bank.demand_second(person.id, proposed_by=row.proposed_by, seen=seen)
        row.state = step(BANK, row.state, name)
        row.decided_by, row.decided_at = person.id, world.current().now()
        row.save()
        _record(person, event, row)


def _held(ref: str) -> models.BankEntry:
    row = models.BankEntry.objects.select_for_update().filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row


def _target(case: models.Case, item: str) -> models.Target:
    number = item.removeprefix("C")
    place = case.targets.filter(position=int(number)).first() if number.isdecimal() else None
    if place is None:
        raise NotFound
    return place.target


def _entry(here: World, target: Target) -> models.BankEntry | None:
    indexes = here.keys.indexes(target.canonical, kind="hash")
    return models.BankEntry.objects.select_for_update().filter(index__in=indexes).first()


def _new(here: World, target: Target) -> models.BankEntry:
    id = here.new_id()
    return models.BankEntry(
        id=id,
        ref=f"B-{names.reference(here.new_bytes(8))}",
        signal=target.platform,
        index=here.keys.index(target.canonical, kind="hash"),
        value=here.keys.close(target.id.encode(), row=id, field="bank.value"),
        state="",
    )


def _written(here: World, row: models.BankEntry) -> Entry:
    value = bytes.fromhex(here.keys.open(row.value, row=row.id, field="bank.value").decode())
    said = fingerprints.opinions(value, row.signal)
    return Entry(
        signal=row.signal,
        value=value,
        ref=row.ref,
        labels=(row.category,),
        opinions=Opinions(
            seen=said[bank.Opinion.SEEN],
            disputed=said[bank.Opinion.DISPUTED],
            false_positive=said[bank.Opinion.FALSE_POSITIVE],
        ),
        withdrawn=row.state == BankState.WITHDRAWN,
        at=(row.withdrawn_at or row.decided_at or row.proposed_at).isoformat(),
    )


def _card(here: World) -> Card:
    return Card(
        name=bank.OWN_LIST,
        source=here.sender,
        licence="",
        classification="",
    )


def _record(person: Person, event: Event, row: models.BankEntry, *, case: str = "") -> None:
    record(
        Happening(
            event,
            subject=row.ref,
            case=case,
            actor=person.id,
            at=world.current().now(),
            details={"entry": row.ref, "signal": row.signal},
        )
    )
