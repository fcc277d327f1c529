"""Bring a report into our words: every item becomes targets, or is flagged for a person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.core import harmonise
from fanal.core.crosscheck import trace
from fanal.core.crosscheck.compare import HANDLE_DAYS
from fanal.core.crosscheck.trace import Kind
from fanal.core.events import Event
from fanal.core.lifecycle import REPORT, ReportState, step
from fanal.core.report import Target, Unread
from fanal.queries import reading, world
from fanal.queries.record import Happening, codes, kept, record
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.core.report import Item
    from fanal.wire.world import World

SEEN_ONCE_A = timedelta(days=1)  # a crowd on one target does not rewrite its row a thousand times an hour


def report(ref: str) -> None:
    """Harmonise the items of one received report. A report that is further on is left as it is (jobs may run twice)."""
    here = world.current()
    with transaction.atomic():
        row = models.Report.objects.select_for_update().get(ref=ref)
        if row.state != ReportState.RECEIVED:
            return
        items = list(row.items.order_by("position"))
        read = [_read(reading.item(here.keys, item), region=here.catalogue.country) for item in items]
        known = _keep(here, {one.canonical: one for found, _ in read for one in found}, at=reading.seen_at(row))
        further: list[models.ItemTarget] = []
        for item, (found, why) in zip(items, read, strict=True):
            rows = list({known[one.canonical].pk: known[one.canonical] for one in found}.values())
            item.target = rows[0] if rows else None
            item.unread = [] if rows else kept(why)
            further += [models.ItemTarget(item=item, target=one, position=n) for n, one in enumerate(rows[1:], 2)]
        models.Item.objects.bulk_update(items, ["target", "unread"])
        models.ItemTarget.objects.bulk_create(further)
        row.state = step(REPORT, row.state, "harmonise")
        row.save(update_fields=["state"])
        record(
            Happening(
                Event.REPORT_HARMONISED,
                subject=ref,
                at=here.now(),
                details={
                    "items": {str(item.position): codes(why) for item, (_, why) in zip(items, read, strict=True)},
                    "targets": len(known),
                    "unread": sum(1 for item in items if item.unread),
                },
            )
        )


def _read(item: Item, *, region: str) -> tuple[tuple[Target, ...], tuple[Reason, ...]]:
    """Give the targets of an item with every reason once, or none with the reasons why a person must read it.

    A telephone number without its country is read as dialled in the `region` of the desk.
    """
    found = harmonise.items(item, region=region)
    if isinstance(found, Unread):
        return (), found.reasons
    return found, tuple(dict.fromkeys(why for one in found for why in one.reasons))


def _keep(here: World, targets: Mapping[str, Target], *, at: datetime) -> dict[str, models.Target]:
    """Find each target (by its canonical form) under any key of the set, or keep it as new; give the rows.

    Workers may race for the same targets: whoever is first makes the row, in one order for all, and the other finds it.
    A name that was silent for longer than HANDLE_DAYS may be somebody else's by now: it becomes a target of a new era.
    """
    found = _latest(here, targets)
    fresh: list[models.Target] = []
    seen: list[models.Target] = []
    for canonical, target in targets.items():
        row = found.get(canonical)
        if row is None:
            fresh.append(_new(here, target, era=1, at=at))
        elif at - row.last_seen_at > timedelta(days=HANDLE_DAYS) and _by_name(target):
            fresh.append(_new(here, target, era=row.era + 1, at=at))
        elif at - row.last_seen_at > SEEN_ONCE_A:
            seen.append(row)
    if seen:
        _see(seen, at)
    if not fresh:
        return found
    fresh.sort(key=lambda row: bytes(row.index))
    models.Target.objects.bulk_create(fresh, ignore_conflicts=True)
    return _latest(here, targets)


def _by_name(target: Target) -> bool:
    """Say whether this is an account that is known by its name only: as a mark it is the name and not the target."""
    kinds = {mark.kind for mark in trace.of([("", target)], "", key=bytes(16)) if mark.own}
    return Kind.ACCOUNT_NAME in kinds and Kind.TARGET not in kinds


def _latest(here: World, targets: Mapping[str, Target]) -> dict[str, models.Target]:
    """Find the rows of targets, each in its latest era."""
    indexes = {index: one for one in targets for index in here.keys.indexes(one, kind="target")}
    rows = models.Target.objects.filter(index__in=list(indexes)).order_by("era")
    return {indexes[bytes(row.index)]: row for row in rows}


def _new(here: World, target: Target, *, era: int, at: datetime) -> models.Target:
    id = here.new_id()
    return models.Target(
        id=id,
        index=here.keys.index(target.canonical, kind="target"),
        era=era,
        kind=target.kind,
        platform=target.platform,
        identity=here.keys.close(
            json.dumps(reading.identity(target), ensure_ascii=False).encode(), row=id, field="target.identity"
        ),
        first_seen_at=at,
        last_seen_at=at,
    )


def _see(rows: Iterable[models.Target], at: datetime) -> None:
    """Move on when targets were last seen; in one order, so that no two workers wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_target t SET last_seen_at = GREATEST(t.last_seen_at, %s) FROM "
            "(SELECT id FROM store_target WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) held WHERE t.id = held.id",
            [at, [row.pk for row in rows]],
        )
