"""Our own list of fingerprints, entry by entry, and the lists of this machine: references and words, never digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Count

from fanal.core import bank
from fanal.core.errors import Broken, Refused
from fanal.core.harmonise import defang
from fanal.core.intake import show
from fanal.core.lifecycle import BANK, BankState, steps
from fanal.core.report import Category
from fanal.core.rights import Step, demand
from fanal.matching import lists, signals
from fanal.queries import access, world
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fanal.core.text import Text
    from fanal.matching.lists import Card
    from fanal.queries.people import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of our own list: what it is, where it came from, who did what. The fingerprint itself is not told."""

    ref: str
    state: str
    signal: Text  # the kind of fingerprint
    category: Text
    case: str  # where it was reported; "" where no case holds it any more
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    grounds: str  # defanged; "" while they are under seal
    sealed: bool  # the second person decides without them (law 6)
    mine: bool  # this person put it forward, and so does not decide on it
    seen: bool  # this person looked at its case, and so may publish it
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """One page of the entries of one state, the latest first, and how many there are of each."""

    rows: tuple[EntryRow, ...]
    state: str
    counts: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list of this machine; `card` is None where it is damaged and nothing is matched with it."""

    name: str
    card: Card | None
    category: Text | None  # ours, of its entries
    imported_at: datetime | None
    entries: int  # those that were withdrawn included
    ours: bool  # it is our own list


def entries(person: Person, *, state: str = BankState.PROPOSED, page: int = 1) -> Entries:
    """List the entries of our list in one state; `page` counts from 1. NotAllowed for who has no right to the list."""
    demand(person.role, Step.BANK)
    told = dict(models.BankEntry.objects.order_by().values_list("state").annotate(Count("pk")))
    counts = {one.value: told.get(one, 0) for one in BankState}
    pages = max(1, -(-counts[state] // PAGE))
    page = min(max(1, page), pages)
    rows = models.BankEntry.objects.filter(state=state).order_by("-proposed_at", "-id")[(page - 1) * PAGE : page * PAGE]
    return Entries(_rows(person, list(rows)), state, counts, page, pages)


def waiting() -> int:
    """Count the entries that wait for a second person."""
    return models.BankEntry.objects.filter(state=BankState.PROPOSED).count()


def seen(person: Person, row: models.BankEntry) -> bool:
    """Say whether somebody looked at the case in which an entry's fingerprint stands; no where no case holds it."""
    return bool(access.looked_at(person, _cases([row]).values()))


def shelf(person: Person) -> tuple[ListRow, ...]:
    """Say which lists there are on this machine, by name; one that is damaged is told, since it matches nothing."""
    demand(person.role, Step.BANK)
    folder = Path(world.current().lists_folder)
    labels = _labels()
    found = []
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            card = lists.read_card(one)
            ours = card.name == bank.OWN_LIST
            many = lists.count(one, card)
            found.append(ListRow(card.name, card, labels.get(card.category), _moment(card), many, ours))
        except Refused:
            continue  # no list
        except Broken:
            found.append(ListRow(one.name, None, None, None, 0, ours=False))
    return tuple(found)


def _rows(person: Person, rows: Sequence[models.BankEntry]) -> tuple[EntryRow, ...]:
    labels = _labels()
    cases = _cases(rows)
    looked = access.looked_at(person, cases.values())
    return tuple(_row(person, row, labels[row.category], cases.get(row.ref, ""), looked) for row in rows)


def _row(person: Person, row: models.BankEntry, category: Text, case: str, looked: Collection[str]) -> EntryRow:
    mine = row.proposed_by == person.id
    sealed = row.state == BankState.PROPOSED and not mine
    grounds = "" if sealed else world.current().keys.open(row.grounds, row=row.id, field="bank.grounds").decode()
    return EntryRow(
        ref=row.ref,
        state=row.state,
        signal=signals.find(row.signal).label,
        category=category,
        case=case,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        grounds=show.show(defang.defang_text(grounds)),
        sealed=sealed,
        mine=mine,
        seen=case in looked,
        steps=steps(BANK, row.state),
    )


def _cases(rows: Sequence[models.BankEntry]) -> dict[str, str]:
    """Name the case in which each entry's fingerprint stands now, by the entry's reference: one question for all."""
    keys = world.current().keys
    refs: dict[bytes, str] = {}
    for row in rows:
        value = keys.open(row.value, row=row.id, field="bank.value").decode()
        refs |= dict.fromkeys(keys.indexes(f"{row.signal}:{value}", kind="target"), row.ref)
    places = models.CaseTarget.objects.filter(target__index__in=list(refs))
    return {refs[bytes(index)]: case for index, case in places.values_list("target__index", "case__ref")}


def _moment(card: Card) -> datetime | None:
    """Read when a list was brought in; None where its card says it in no form that we write."""
    try:
        found = datetime.fromisoformat(card.imported_at)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _labels() -> dict[str, Text]:
    return {Category(one.category).value: one.label for one in world.current().catalogue.categories}
