"""The last look at a dispatch before it leaves: what holds anything live does not go, and a person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.actions import dispatches
from fanal.core.errors import Refused
from fanal.core.events import Event
from fanal.core.guard import plain, surfaces
from fanal.core.lifecycle import DISPATCH, step
from fanal.queries import reading
from fanal.queries.record import codes, kept
from fanal.wire import outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.core.case import Recipient
    from fanal.core.connector import Message
    from fanal.core.reasons import Reason
    from fanal.store import models
    from fanal.wire.world import World


def faults(here: World, row: models.Dispatch, message: Message, whom: Recipient) -> tuple[Reason, ...]:
    """Say why a message must not leave, whatever connector built it; nothing where it may."""
    places = row.case.targets.select_related("target")
    try:
        return plain.faults(
            outgoing.parts(message),
            about=[reading.target(here.keys, one.target) for one in places],
            may_stand=may_stand(whom),
        )
    except Refused as refused:
        return refused.reasons


def may_stand(whom: Recipient) -> plain.MayStand:
    """Give what may stand as it is: mailboxes of our own, the recipient's own addresses, and sources of law."""
    theirs = {line.strip() for line in whom.address.splitlines()} | {*whom.address.split(), whom.name}
    return plain.MayStand(frozenset(theirs) - {""}, domains=surfaces.OWN, sites=surfaces.LAW)


def stop(row: models.Dispatch, reasons: Sequence[Reason]) -> None:
    """Give an approved dispatch back to those who put it forward, with the reasons: it waits before all others."""
    row.state = step(DISPATCH, row.state, "stop")
    row.prepared_by, row.prepared_at, row.approved_by, row.approved_at = "", None, "", None
    row.obstacles = kept(reasons)
    row.save()
    dispatches.say(row, Event.DISPATCH_STOPPED, why=codes(reasons))
