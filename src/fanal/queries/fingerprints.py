"""What the lists of this machine, and what was reported before, say of a fingerprint: leads for people."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import numpy as np
from django.db.models import Q

from fanal.core import bank
from fanal.core.errors import Broken, Refused
from fanal.core.harmonise import fingerprint
from fanal.core.report import TargetKind
from fanal.matching import lists, match, signals, turns
from fanal.matching.index import Index
from fanal.matching.lists import HashList
from fanal.queries import reading, world
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fanal.core.reasons import Reason
    from fanal.core.report import Target
    from fanal.matching.lists import Card
    from fanal.matching.match import Answer

_AGAIN: Final = 5 * 60_000 << 80  # five minutes, in the milliseconds that an id begins with


@dataclass(frozen=True, slots=True)
class Near:
    """A fingerprint that was reported before and is near this one: whose, how far, after which turn, in what words."""

    target: UUID
    distance: int
    orientation: int
    reasons: tuple[Reason, ...]


def cards() -> tuple[Card, ...]:
    """Say which lists there are on this machine; one that is damaged is left out (the doctor tells of it)."""
    folder = Path(world.current().lists_folder)
    found = []
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            found.append(lists.read_card(one))
        except (Broken, Refused):
            continue
    return tuple(found)


def opened(names: Collection[str] = ()) -> tuple[HashList, ...]:
    """Open every list of this machine, or those named, in the version that counts now."""
    folder = Path(world.current().lists_folder)
    found = []
    for card in cards():
        if names and card.name not in names:
            continue
        try:
            found.append(_open(folder / card.name, card.version))
        except (Broken, Refused, OSError):
            continue
    return tuple(found)


def look_up(signal: str, value: bytes, *, among: Sequence[HashList]) -> Answer:
    """Look one fingerprint up in lists.

    Of a picture only the fingerprint is here, and not the picture: its other orientations are derived from the bits.
    """
    return match.look_up(among, signal, value, turned=turns.of(value) if signal == "pdq" else ())


def opinions(value: bytes, signal: str) -> dict[bank.Opinion, int]:
    """Count what our own people said of a fingerprint."""
    indexes = world.current().keys.indexes(f"{signal}:{value.hex()}", kind="hash")
    said = list(models.HashOpinion.objects.filter(index__in=indexes).values_list("opinion", flat=True))
    return {one: said.count(one) for one in bank.Opinion}


def near(target: Target, id: UUID) -> tuple[Near, ...]:
    """Find the pictures that were reported before and whose fingerprints are near this one's, itself left out."""
    if target.platform != "pdq" or not fingerprint.says_enough(target):
        return ()
    radius = signals.find("pdq").radius or 0
    best: dict[UUID, tuple[int, int]] = {}
    bits = bytes.fromhex(target.id)
    for way, value in enumerate((bits, *turns.of(bits))):
        for other, distance in REPORTED.within(value, radius):
            if other != id:
                best[other] = min(best.get(other, (distance, way)), (distance, way))
    return tuple(
        Near(other, distance, way, match.words(distance, way)) for other, (distance, way) in sorted(best.items())
    )


def reported_in(ref: str) -> list[models.Target]:
    """Give the fingerprints that a report names, each once."""
    return list(
        models.Target.objects.filter(kind=TargetKind.HASH)
        .filter(Q(items__report__ref=ref) | Q(further__item__report__ref=ref))
        .distinct()
        .order_by("pk")
    )


def media(targets: Mapping[str, models.Target]) -> tuple[str, ...]:
    """Give what a report's fingerprints have in common with others, as text for its marks (core/crosscheck/trace.py).

    That is each fingerprint itself, each that was reported before and is near it, and each entry of a list that it
    matches. Lists of what is harmless tie nothing together.
    """
    here = world.current()
    hashes = [row for row in targets.values() if row.kind == TargetKind.HASH]
    if not hashes:
        return ()
    rows = models.HashMatch.objects.filter(target__in=hashes, negative=False, aside=False).order_by("origin", "ref")
    before = models.Target.objects.in_bulk([UUID(row.ref) for row in rows if not row.origin])
    own = [reading.target(here.keys, row).canonical for row in (*hashes, *before.values())]
    listed = [f"{row.origin}:{row.ref}" for row in rows if row.origin]
    return tuple(dict.fromkeys((*own, *listed)))


class Reported:
    """The PDQ of every picture that was reported, in memory: read once a process, and then only what is new.

    Ids grow with time (RFC 9562, version 7), so that what is new has a greater one than the last. A row whose
    transaction took long may come behind a greater one: the last minutes are read again each time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._rows: list[UUID] = []
        self._known: set[UUID] = set()
        self._from = UUID(int=0)

    def within(self, value: bytes, radius: int) -> list[tuple[UUID, int]]:
        """Give the targets within `radius` of a fingerprint, with their distances."""
        with self._lock:
            self._catch_up()
            if self._index is None:
                return []
            return [(self._rows[one.id], one.distance) for one in self._index.query(value, radius)]

    def _catch_up(self) -> None:
        here = world.current()
        rows = models.Target.objects.filter(kind=TargetKind.HASH, platform="pdq", pk__gte=self._from).order_by("pk")
        fresh = [(row.pk, reading.target(here.keys, row)) for row in rows if row.pk not in self._known]
        if not fresh:
            return
        self._known |= {id for id, _ in fresh}
        self._from = UUID(int=max(int(fresh[-1][0]) - _AGAIN, int(self._from)))
        self._add([(id, bytes.fromhex(target.id)) for id, target in fresh if fingerprint.says_enough(target)])

    def _add(self, told: list[tuple[UUID, bytes]]) -> None:
        if not told:
            return
        hashes = np.frombuffer(b"".join(bits for _, bits in told), dtype=np.uint8).reshape(len(told), -1)
        ids = np.arange(len(self._rows), len(self._rows) + len(told), dtype=np.uint64)
        self._rows += [id for id, _ in told]
        if self._index is None:
            self._index = Index.build(hashes, ids)
        else:
            self._index.add(hashes, ids)


REPORTED: Final = Reported()


@lru_cache(maxsize=64)
def _open(folder: Path, version: int) -> HashList:
    del version  # another version is another list to open; what was mapped before is let go in time
    return HashList.open(folder)
