"""Rows → core records: the only place where what was encrypted is read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Max, Q, When

from fanal.core.case import CaseFacts, Opinion, Outcome, ReportFacts
from fanal.core.catalogue import Tick
from fanal.core.reasons import Reason
from fanal.core.report import Category, Item, Standing, Target, TargetKind
from fanal.core.text import Text
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fanal.wire.keys import Keyring


@dataclass(frozen=True, slots=True)
class Said:
    """What a report said, beside its items."""

    comment: str
    seen_where: str
    external_ref: str


def item(keys: Keyring, row: models.Item) -> Item:
    """Read an item as it was typed."""
    if not row.typed:
        return Item(typed="", platform="")  # erased on schedule
    plain = json.loads(keys.open(row.typed, row=row.id, field="item.typed").decode("utf-8", "surrogatepass"))
    return Item(typed=plain["typed"], platform=plain["platform"])


def said(keys: Keyring, row: models.Report) -> Said:
    """Read what a report said."""
    if not row.body:
        return Said("", "", "")  # erased on schedule
    plain = json.loads(keys.open(row.body, row=row.id, field="report.body").decode("utf-8", "surrogatepass"))
    return Said(plain["comment"], plain["seen_where"], plain["external_ref"])


def target(keys: Keyring, row: models.Target) -> Target:
    """Read a target's canonical identity."""
    plain = json.loads(keys.open(row.identity, row=row.id, field="target.identity"))
    return Target(
        kind=TargetKind(row.kind),
        canonical=plain["canonical"],
        defanged=plain["defanged"],
        platform=row.platform,
        id=plain["id"],
        host=plain["host"],
        confidence=plain["confidence"],
        reasons=reasons(plain["reasons"]),
    )


def reasons(kept: Iterable[Mapping[str, object]]) -> tuple[Reason, ...]:
    """Read reasons as actions/record.py keeps them."""
    return tuple(
        Reason(str(one["code"]), Text(en=str(one["en"]), fr=str(one["fr"])), int(str(one["weight"]))) for one in kept
    )


def case_facts(row: models.Case) -> CaseFacts:
    """Give what ranking and re-opening need to know of a case: reports that are alike are counted, not listed."""
    alike = ("category", "standing", "minor", "danger_now")
    since = row.answered_no_at or row.closed_at
    after = Q(received_at__gt=since) if since else Q(pk=None)
    groups = (
        models.Report.objects.filter(links__case=row)
        .annotate(after=Case(When(after, then=True), default=False))
        .values(*alike, "after")
        .annotate(times=Count("pk"), last=Max("received_at"))
        .order_by("last")
    )
    return CaseFacts(
        ref=row.ref,
        state=row.state,
        opened_at=row.opened_at,
        round=row.round,
        reports=tuple(
            ReportFacts(
                received_at=group["last"],
                category=Category(group["category"]),
                standing=Standing(group["standing"]),
                minor=group["minor"],
                danger_now=group["danger_now"],
                times=group["times"],
            )
            for group in groups
        ),
        unread_items=row.unread_count,
        answered_no_at=row.answered_no_at,
        closed_at=row.closed_at,
    )


def opinion(row: models.Assessment) -> Opinion:
    """Read an opinion, without its grounds."""
    return Opinion(
        person=row.person,
        outcome=Outcome(row.outcome),
        offence=row.offence,
        ticks=tuple((id, Tick(tick)) for id, tick in sorted(row.ticks.items())),
        given_at=row.given_at,
    )
