"""Note what is known of the hosts of a report: a hint for people, and nothing follows from it.

Nobody decides anything here, so nothing is recorded as an event. Whoever is asked is asked before a row is written:
no transaction waits for a network.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fanal.core.route import hosts
from fanal.queries import reading, world
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fanal.core.route.hints import Hint
    from fanal.wire.world import World

PATIENCE = timedelta(seconds=20)  # for all the names of one report; what is left over is asked for with the next one


def look(ref: str) -> None:
    """Ask once about each host of one harmonised report that nothing is known of yet (jobs may run twice).

    A name that was not answered is not asked for again. No address is kept.
    """
    here = world.current()
    until = here.now() + PATIENCE
    known: dict[hosts.Place, tuple[Hint, ...]] = {}
    for row in _unknown(ref):
        place = hosts.place(reading.target(here.keys, row))
        if place not in known:
            if place.standing is hosts.Standing.NAME and here.now() >= until:
                continue
            known[place] = here.hosts.look(place, on=here.now().date())
        _keep(here, row, known[place])


def _unknown(ref: str) -> Iterable[models.Target]:
    """Give the targets of a report that no source has said anything of."""
    ids = set(models.Item.objects.filter(report__ref=ref, target__isnull=False).values_list("target", flat=True))
    ids |= set(models.ItemTarget.objects.filter(item__report__ref=ref).values_list("target", flat=True))
    return models.Target.objects.filter(pk__in=ids, host_hints=None).order_by("pk")


def _keep(here: World, row: models.Target, hints: Sequence[Hint]) -> None:
    """Keep the hints of one target together; where another worker was faster, what it wrote stays."""
    models.HostHint.objects.bulk_create(
        [
            models.HostHint(
                id=here.new_id(),
                target=row,
                source=one.source,
                answer=one.said,
                country=one.country,
                cdn=one.cdn,
                source_date=one.dated,
                at=here.now(),
            )
            for one in hints
        ],
        ignore_conflicts=True,
    )
