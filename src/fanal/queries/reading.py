"""Rows → core records: the only place where what was encrypted is read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from fanal.core.case import CaseFacts, Opinion, Outcome, ReportFacts
from fanal.core.catalogue import Tick
from fanal.core.reasons import Reason
from fanal.core.report import Category, Item, Standing, Target, TargetKind
from fanal.core.text import Text
from fanal.queries.record import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fanal.store import models
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


def seen_at(row: models.Report) -> datetime:
    """Say when the reporter saw it: the day that was given, else the moment of the report."""
    return row.received_at if row.seen_on is None else datetime.combine(row.seen_on, time(), UTC)


def target(keys: Keyring, row: models.Target) -> Target:
    """Read a target's canonical identity. Rows of an earlier release say less of it."""
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
        handle=plain.get("handle", ""),
        account=plain.get("account", ""),
        site=plain.get("site", ""),
        born_at=datetime.fromisoformat(plain["born_at"]) if plain.get("born_at") else None,
    )


def identity(target: Target) -> dict[str, object]:
    """Give what is kept of a target's identity, to be encrypted together: `target` reads it back."""
    return {
        "canonical": target.canonical,
        "defanged": target.defanged,
        "id": target.id,
        "host": target.host,
        "confidence": target.confidence,
        "reasons": kept(target.reasons),
        "handle": target.handle,
        "account": target.account,
        "site": target.site,
        "born_at": target.born_at.isoformat() if target.born_at else None,
    }


def reasons(kept: Iterable[Mapping[str, object]]) -> tuple[Reason, ...]:
    """Read reasons as actions/record.py keeps them."""
    return tuple(
        Reason(str(one["code"]), Text(en=str(one["en"]), fr=str(one["fr"])), int(str(one["weight"]))) for one in kept
    )


def case_facts(row: models.Case) -> CaseFacts:
    """Give what ranking and re-opening need to know of a case: as many rows as its reports differ, however many."""
    return CaseFacts(
        ref=row.ref,
        state=row.state,
        opened_at=row.opened_at,
        round=row.round,
        reports=tuple(
            ReportFacts(
                received_at=tally.last_at,
                category=Category(tally.category),
                standing=Standing(tally.standing),
                minor=tally.minor,
                danger_now=tally.danger_now,
                times=tally.times,
            )
            for tally in row.tallies.order_by("last_at", "id")
        ),
        unread_items=row.unread_count,
        answered_no_at=row.answered_no_at,
        closed_at=row.closed_at,
        listed=_listed(row),
    )


def _listed(row: models.Case) -> tuple[Category, ...]:
    """Give our categories of the lists that fingerprints in this case match."""
    said = row.targets.filter(target__matches__negative=False, target__matches__aside=False).values_list(
        "target__matches__category", flat=True
    )
    return tuple(Category(one) for one in sorted(set(said.distinct())) if one)


def opinion(row: models.Assessment) -> Opinion:
    """Read an opinion, without its grounds."""
    return Opinion(
        person=row.person,
        outcome=Outcome(row.outcome),
        offence=row.offence,
        ticks=tuple((id, Tick(tick)) for id, tick in sorted(row.ticks.items())),
        given_at=row.given_at,
    )
