"""Compare reported fingerprints with lists and with what was reported before. A match is a lead and decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.actions import marks
from fanal.core import bank
from fanal.core.assess import queue
from fanal.core.crosscheck import trace
from fanal.core.errors import Refused
from fanal.core.events import Event
from fanal.core.harmonise import fingerprint
from fanal.core.reasons import reason
from fanal.core.report import TargetKind
from fanal.matching import signals
from fanal.queries import fingerprints, reading, world
from fanal.queries.record import Happening, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fanal.core.reasons import Reason
    from fanal.core.report import Target
    from fanal.matching.lists import Card, HashList
    from fanal.matching.match import Found
    from fanal.queries.api_keys import Key
    from fanal.queries.fingerprints import Near
    from fanal.wire.world import World


def report(ref: str) -> None:
    """Look up each fingerprint of one harmonised report, and keep what was found (jobs may run twice)."""
    here = world.current()
    among = fingerprints.opened()
    found = [
        one
        for row in fingerprints.reported_in(ref)
        for target in [reading.target(here.keys, row)]
        if fingerprint.says_enough(target)
        for one in (*_listed(here, row, target, among), *_near(here, row, target))
    ]
    if not found:
        return
    with transaction.atomic():
        known = set(models.HashMatch.objects.filter(target__in=[one.target for one in found]).values_list(*_ONCE))
        fresh = [one for one in found if (one.target_id, one.origin, one.ref) not in known]
        models.HashMatch.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            lists = sorted({one.origin for one in fresh if one.origin})
            record(
                Happening(
                    Event.HASH_MATCHED,
                    subject=ref,
                    at=here.now(),
                    details={"report": ref, "lists": lists, "matches": len(fresh)},
                )
            )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the lists say of one fingerprint that somebody asked about, or why it could not be looked up."""

    found: tuple[Found, ...] = ()
    fault: Reason | None = None


def ask(key: Key, questions: Sequence[tuple[str, str]], *, names: Collection[str] = ()) -> list[Asked]:
    """Look up what a machine asks: pairs of a kind's name and a written value; answers come in order.

    The values are not kept; that so many were asked, and how many matched, is an event. Lists that are for this house
    alone are not asked.
    """
    here = world.current()
    among = [one for one in fingerprints.opened(names) if not one.card.private]
    answers = [_asked(signal, written, among) for signal, written in questions]
    with transaction.atomic():
        record(
            Happening(
                Event.HASHES_ASKED,
                subject=key.id[:24],
                at=here.now(),
                details={
                    "key": key.id,
                    "asked": len(answers),
                    "matched": sum(1 for one in answers if one.found),
                    "lists": [one.card.name for one in among],
                },
            )
        )
    return answers


def _asked(signal: str, written: str, among: Sequence[HashList]) -> Asked:
    try:
        kind = signals.find(signal)
        return Asked(fingerprints.look_up(kind.name, kind.read(written), among=among).found)
    except Refused as refused:
        return Asked(fault=refused.reason)


def again() -> int:
    """Compare what was reported before with every list that has a new version; give the number of new matches.

    A match of a picture that stands in a case marks the case, so that later reports meet it, and ranks it anew.
    """
    here = world.current()
    seen = dict(models.ListSeen.objects.values_list("name", "version"))
    found = 0
    for one in fingerprints.opened():
        if seen.get(one.card.name) == one.card.version:
            continue
        for row in models.Target.objects.filter(kind=TargetKind.HASH).order_by("pk").iterator():
            target = reading.target(here.keys, row)
            if fingerprint.says_enough(target):
                found += _compare(here, row, _listed(here, row, target, [one]))
        models.ListSeen.objects.update_or_create(
            name=one.card.name, defaults={"version": one.card.version, "at": here.now()}
        )
    return found


def _compare(here: World, row: models.Target, matches: Sequence[models.HashMatch]) -> int:
    """Keep new matches of one fingerprint, and tell its case of them."""
    with transaction.atomic():
        place = models.CaseTarget.objects.filter(target=row).select_related("case").first()
        case = models.Case.objects.select_for_update().get(pk=place.case_id) if place else None
        known = set(models.HashMatch.objects.filter(target=row).values_list(*_ONCE))
        fresh = [one for one in matches if (one.target_id, one.origin, one.ref) not in known]
        if not fresh:
            return 0
        models.HashMatch.objects.bulk_create(fresh, ignore_conflicts=True)
        subject = case.ref if case else ""
        lists = sorted({one.origin for one in fresh})
        record(
            Happening(
                Event.HASH_MATCHED,
                subject=subject,
                case=subject,
                at=here.now(),
                details={"lists": lists, "matches": len(fresh)},
            )
        )
        if case:
            index = bytes(row.index).hex()
            media = fingerprints.media({index: row})
            marked = trace.of([], "", key=here.keys.index("marks", kind="derived"), media=media)
            marks.put(case, marked, targets={}, at=row.last_seen_at)
            rank = queue.rank(reading.case_facts(case), now=here.now())
            case.grade, case.reasons = rank.grade, kept(rank.reasons)
            case.save(update_fields=["grade", "reasons"])
        return len(fresh)


_ONCE = ("target_id", "origin", "ref")
_LIVE = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Za-z+/]{22}==")
FLOODED = reason(
    "match.flooded",
    en="This entry was found more often today than its list allows: it is set aside, and a person looks at it first.",
    fr="Cette entrée a été trouvée aujourd’hui plus souvent que sa liste ne le permet : elle est mise de côté, et une "
    "personne la regarde d’abord.",
)


def _listed(here: World, row: models.Target, target: Target, among: Sequence[HashList]) -> list[models.HashMatch]:
    answer = fingerprints.look_up(target.platform, bytes.fromhex(target.id), among=among)
    return [_match(here, row, one, among) for one in answer.found]


def _match(here: World, row: models.Target, one: Found, among: Sequence[HashList]) -> models.HashMatch:
    card = next(each.card for each in among if each.card.name == one.list)
    ref = _reference(here, one)
    aside = _flooded(here, card, ref)
    return models.HashMatch(
        id=here.new_id(),
        target=row,
        origin=one.list,
        ref=ref,
        classification=one.classification[:200],
        category=bank.category(card.category, *one.entry.labels),
        distance=one.distance,
        orientation=one.orientation,
        negative=one.negative,
        aside=aside,
        reasons=kept((*one.reasons, FLOODED) if aside else one.reasons),
        at=here.now(),
    )


def _reference(here: World, one: Found) -> str:
    """Give the list's own reference; where a source uses a fingerprint for it, the keyed form, since it is live."""
    ref = one.entry.ref or f"#{one.id}"
    if _LIVE.search(ref):
        return f"~{here.keys.index(ref, kind='hash').hex()}"
    return ref[:200]


def _flooded(here: World, card: Card, ref: str) -> bool:
    """Say whether an entry was found on more than its list's number of targets within a day."""
    if not card.flood:
        return False
    since = here.now() - timedelta(days=1)
    return models.HashMatch.objects.filter(origin=card.name, ref=ref, at__gt=since).count() >= card.flood


def _near(here: World, row: models.Target, target: Target) -> list[models.HashMatch]:
    return [_before(here, row, one) for one in fingerprints.near(target, row.pk)]


def _before(here: World, row: models.Target, one: Near) -> models.HashMatch:
    return models.HashMatch(
        id=here.new_id(),
        target=row,
        origin="",
        ref=str(one.target),
        classification="",
        distance=one.distance,
        orientation=one.orientation,
        reasons=kept(one.reasons),
        at=here.now(),
    )
