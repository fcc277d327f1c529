"""Bring a report into our words: every item becomes a target, or is flagged for a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction

from fanal.core import harmonise
from fanal.core.events import Event
from fanal.core.lifecycle import REPORT, ReportState, step
from fanal.core.report import Target, Unread
from fanal.queries import reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from fanal.wire.world import World


def report(ref: str) -> None:
    """Harmonise the items of one received report. A report that is further on is left as it is (jobs may run twice)."""
    here = world.current()
    with transaction.atomic():
        row = models.Report.objects.select_for_update().get(ref=ref)
        if row.state != ReportState.RECEIVED:
            return
        items = list(row.items.order_by("position"))
        found: dict[str, list[str]] = {}
        for item in items:
            result = harmonise.item(reading.item(here.keys, item))
            if isinstance(result, Unread):
                item.unread = kept(result.reasons)
                found[str(item.position)] = codes(result.reasons)
            else:
                item.target = _target(here, result)
                found[str(item.position)] = codes(result.reasons)
        models.Item.objects.bulk_update(items, ["target", "unread"])
        row.state = step(REPORT, row.state, "harmonise")
        row.save(update_fields=["state"])
        record(
            Happening(
                Event.REPORT_HARMONISED,
                subject=ref,
                at=here.now(),
                details={"items": found, "unread": sum(1 for item in items if item.unread)},
            )
        )


def _target(here: World, target: Target) -> models.Target:
    """Find the target by its blind index under any key of the set, or keep it as new; two workers may race for it."""
    known = models.Target.objects.filter(index__in=here.keys.indexes(target.canonical, kind="target")).first()
    if known is not None:
        return known
    id = here.new_id()
    index = here.keys.index(target.canonical, kind="target")
    plain = {
        "canonical": target.canonical,
        "defanged": target.defanged,
        "id": target.id,
        "host": target.host,
        "confidence": target.confidence,
        "reasons": kept(target.reasons),
    }
    models.Target.objects.bulk_create(
        [
            models.Target(
                id=id,
                index=index,
                kind=target.kind,
                platform=target.platform,
                identity=here.keys.close(
                    json.dumps(plain, ensure_ascii=False).encode(), row=id, field="target.identity"
                ),
                first_seen_at=here.now(),
                last_seen_at=here.now(),
            )
        ],
        ignore_conflicts=True,
    )
    return models.Target.objects.get(index=index, era=1)
