"""What follows what: the choreography of the house, as one table.

The gap between CASE_OPENED and DISPATCH_APPROVED is the law: nothing leaves without people deciding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.actions import bank, crosscheck, fingerprints, follow_up, guard, harmonise, hosts, route
from fanal.core.events import Event
from fanal.queries import world

if TYPE_CHECKING:
    from collections.abc import Callable

# Every reaction takes the subject of the event (a reference), begins by looking whether it is done, and may run twice.
REACTIONS: dict[Event, tuple[Callable[[str], None], ...]] = {
    Event.REPORT_RECEIVED: (harmonise.report,),
    Event.REPORT_HARMONISED: (fingerprints.report, crosscheck.report, guard.learn, hosts.look),
    Event.CASE_DECIDED: (route.propose,),
    Event.BANK_PUBLISHED: (bank.write,),
    Event.BANK_WITHDRAWN: (bank.write,),
    Event.DISPATCH_APPROVED: (lambda ref: follow_up.send(ref, world.current()),),
}
