"""The worker's one task that writes public files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

from fanal.core.errors import Refused
from fanal.core.guard.draft import Form
from fanal.jobs.tasks import fresh
from fanal.publish import build
from fanal.queries import figures, guard, world
from fanal.wire import drafts

if TYPE_CHECKING:
    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Review

log = logging.getLogger("fanal.publish")

# Whoever compares two copies learns what happened in between: real figures come once a day, in the night.
EVERY_MINUTE, EVERY_NIGHT = "* * * * *", "11 4 * * *"


@app.periodic(cron=EVERY_MINUTE if world.current().demo else EVERY_NIGHT)
@app.task(name="fanal.publish", queueing_lock="fanal.publish")
@fresh
def publish(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Count, clear and write the public figures. Where a file would name something, none is written, and it is said."""
    here = world.current()
    try:
        build.publish(here.public_folder, figures.counted(), at=here.now(), look=look)
    except Refused as refused:
        log.exception("nothing published: %s", refused.reason)
        raise


def look(name: str, content: str) -> tuple[Draft, Review]:
    """Ask the guard of one file that is about to be published."""
    draft = drafts.read(content.encode(), name=name, form=None if name.endswith(".html") else Form.TEXT)
    return draft, guard.look(draft, language="fr")
