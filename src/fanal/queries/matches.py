"""What lists and earlier reports say of the fingerprints of one case: leads with their words, and no fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from fanal.core import bank
from fanal.core.case import Outcome
from fanal.core.harmonise import fingerprint
from fanal.core.lifecycle import BANK, BankState, steps
from fanal.core.report import TargetKind
from fanal.core.rights import Step, may
from fanal.queries import reading, world
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fanal.core.reasons import Reason
    from fanal.core.report import Target
    from fanal.queries.people import Person

NEAREST = 20


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One match: a lead. The list's own reference is left out: it may be a fingerprint itself; ours (B-…) is told."""

    list: str  # "" for what was reported here before
    classification: str  # in the list's words
    entry: str  # the reference of an entry of our own list; "" for others
    case: str  # where it was reported before: "" for lists, and for what stands in no case
    item: str  # as which item it stands there (C2)
    distance: int | None
    reasons: tuple[Reason, ...]
    harmless: bool  # the list holds what is known to be harmless
    aside: bool  # its entry is found so often that a person looks at it first


@dataclass(frozen=True, slots=True)
class Media:
    """One fingerprint of a case: what it matches, what our own people said, whether our list has it."""

    compared: bool  # a flat picture’s fingerprint says too little to be compared
    matches: tuple[MatchRow, ...]  # the nearest first
    left: int  # matches beyond those
    listed: bool  # a list holds it, ours included: people can say whether the list is right
    said: tuple[tuple[bank.Opinion, int], ...]  # what our own people said, those that nobody said left out
    sealed: bool  # what others said stays under seal until the case is decided (law 6)
    mine: str  # what this person said; "" where nothing
    entry: str  # its reference in our own list; "" where it never was put forward
    entry_state: str
    may_opine: bool
    may_propose: bool


def of(person: Person, case: models.Case, targets: Mapping[UUID, Target], *, sealed: bool) -> dict[UUID, Media]:
    """Say what is known of each fingerprint among a case's targets, by its row's id.

    `sealed` keeps what other people said of a list back: it would tell how they see a case that waits for an opinion.
    The number of questions to the database does not grow with the number of fingerprints.
    """
    hashes = {id: one for id, one in targets.items() if one.kind is TargetKind.HASH}
    if not hashes:
        return {}
    rows, totals = _matches(list(hashes))
    places = _places([row.ref for each in rows.values() for row in each if not row.origin])
    indexes = _indexes(hashes)
    said = _said(indexes)
    entries = _entries(indexes)
    works = may(person.role, Step.BANK)
    illegal = case.outcome == Outcome.ILLEGAL and case.decided_at is not None
    found = {}
    for id, target in hashes.items():
        entry = entries.get(id)
        opinions = said.get(id, {})
        heard = [one for who, one in opinions.items() if who == person.id or not sealed]
        enough = fingerprint.says_enough(target)
        published = entry is not None and entry.state == BankState.PUBLISHED
        listed = published or any(row.origin for row in rows.get(id, ()))
        found[id] = Media(
            compared=enough,
            matches=tuple(_row(case, row, places) for row in rows.get(id, ())),
            left=max(0, totals.get(id, 0) - NEAREST),
            listed=listed,
            said=tuple((one, heard.count(one)) for one in bank.Opinion if one in heard),
            sealed=len(heard) < len(opinions),
            mine=opinions.get(person.id, ""),
            entry=entry.ref if entry else "",
            entry_state=entry.state if entry else "",
            may_opine=works and listed,
            may_propose=works and illegal and enough and (entry is None or "propose" in steps(BANK, entry.state)),
        )
    return found


def _matches(ids: list[UUID]) -> tuple[dict[UUID, list[models.HashMatch]], dict[UUID, int]]:
    """Give the nearest matches of each target, and how many each has, by one question for all of them."""
    far = Coalesce(F("distance"), Value(0))
    rows = (
        models.HashMatch.objects.filter(target__in=ids)
        .annotate(
            place=Window(RowNumber(), partition_by=["target"], order_by=[far.asc(), "negative", "origin", "ref"]),
            total=Window(Count("pk"), partition_by=["target"]),
        )
        .filter(place__lte=NEAREST)
        .order_by("target", "place")
    )
    found: dict[UUID, list[models.HashMatch]] = {}
    totals: dict[UUID, int] = {}
    for row in rows:
        found.setdefault(row.target_id, []).append(row)
        totals[row.target_id] = row.total
    return found, totals


def _places(refs: list[str]) -> dict[str, tuple[str, str]]:
    """Say in which case, and as which item, targets that were reported before stand."""
    if not refs:
        return {}
    rows = models.CaseTarget.objects.filter(target__in=[UUID(one) for one in refs])
    found = rows.values_list("target_id", "case__ref", "position")
    return {str(id): (case, f"C{position}") for id, case, position in found}


def _row(case: models.Case, row: models.HashMatch, places: Mapping[str, tuple[str, str]]) -> MatchRow:
    ref, item = places.get(row.ref, ("", "")) if not row.origin else ("", "")
    return MatchRow(
        list=row.origin,
        classification=row.classification,
        entry=row.ref if row.origin == bank.OWN_LIST else "",
        case=ref,
        item=item if ref == case.ref else "",
        distance=row.distance,
        reasons=reading.reasons(row.reasons),
        harmless=row.negative,
        aside=row.aside,
    )


def _indexes(hashes: Mapping[UUID, Target]) -> dict[bytes, UUID]:
    keys = world.current().keys
    return {index: id for id, one in hashes.items() for index in keys.indexes(one.canonical, kind="hash")}


def _said(indexes: Mapping[bytes, UUID]) -> dict[UUID, dict[str, bank.Opinion]]:
    """Give what each person said of each fingerprint."""
    found: dict[UUID, dict[str, bank.Opinion]] = {}
    for row in models.HashOpinion.objects.filter(index__in=list(indexes)):
        found.setdefault(indexes[bytes(row.index)], {})[row.person] = bank.Opinion(row.opinion)
    return found


def _entries(indexes: Mapping[bytes, UUID]) -> dict[UUID, models.BankEntry]:
    return {
        indexes[bytes(row.index)]: row
        for row in models.BankEntry.objects.filter(index__in=list(indexes)).only("ref", "state", "index")
    }
