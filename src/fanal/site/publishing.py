"""The worker's one task that writes public files."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from fanal.jobs.tasks import fresh
from fanal.publish import build
from fanal.queries import figures, world

log = logging.getLogger("fanal.publish")

# Whoever compares two copies learns what happened in between: real figures come once a day, in the night.
EVERY_MINUTE, EVERY_NIGHT = "* * * * *", "11 4 * * *"


@app.periodic(cron=EVERY_MINUTE if world.current().demo else EVERY_NIGHT)
@app.task(name="fanal.publish", queueing_lock="fanal.publish")
@fresh
def publish(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Count, clear and write the public figures."""
    here = world.current()
    build.publish(here.public_folder, figures.counted(), at=here.now())
