"""The worker's tasks. Each carries ids, calls one action, and may run twice."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING

from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from fanal.actions import bank, fingerprints, follow_up, forget, guard
from fanal.core.events import Event
from fanal.jobs.reactions import REACTIONS
from fanal.queries import events
from fanal.queries import guard as asked

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("fanal.jobs")

# Patience of about a day and a half in all; a job that fails beyond it stays, and doctor says so.
PATIENT = RetryStrategy(max_attempts=16, exponential_wait=2)
STALLED_AFTER = 15  # seconds without a heartbeat: three of the worker's


def fresh(task: Callable[..., None]) -> Callable[..., None]:
    """Run a task on a database connection that is known to work: the server may have been restarted in between."""

    @wraps(task)
    def run(*args: object, **named: object) -> None:
        close_old_connections()
        try:
            task(*args, **named)
        finally:
            close_old_connections()

    return run


@app.task(name="fanal.react", retry=PATIENT)
@fresh
def react(event: str) -> None:
    """Do what follows from one event."""
    name, subject = events.subject(event)
    for reaction in REACTIONS[Event(name)]:
        reaction(subject)
    log.info("%s %s followed", name, subject)


@app.periodic(cron="* * * * *")
@app.task(name="fanal.expire", queueing_lock="fanal.expire")
@fresh
def expire(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Make sendings that nobody noted uncertain."""
    if count := follow_up.expire():
        log.warning("%d sendings are uncertain: a person must settle them", count)


@app.periodic(cron="*/10 * * * *")
@app.task(name="fanal.compare", queueing_lock="fanal.compare")
@fresh
def compare(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Compare what was reported before with lists that were brought up to date, our own among them."""
    bank.keep()
    if count := fingerprints.again():
        log.info("%d new matches with lists", count)


@app.periodic(cron="*/5 * * * *")
@app.task(name="fanal.names", lock="fanal.names", queueing_lock="fanal.names")
@fresh
def names(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Let the guard learn the names of targets that it does not know under the newest key, and be ready for drafts."""
    if count := guard.keep():
        log.info("%d targets named for the guard", count)
    asked.warm()


@app.periodic(cron="7 3 * * *")
@app.task(name="fanal.forget", queueing_lock="fanal.forget")
@fresh
def erase(timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Erase sealed identities, tokens of sources, what reports said and who asked the guard, past their time."""
    log.info("%d seals, %d tokens, %d reports erased", forget.seals(), forget.sources(), forget.reports())
    log.info("%d askings of the guard erased", forget.askings())


@app.periodic(cron="* * * * * */5")  # the sixth field is the second
@app.task(name="fanal.rescue", queueing_lock="fanal.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the calendar passes it
    """Put back the jobs of a worker that died in mid-step. It takes no lock, so that it cannot block itself."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("job %s of a dead worker is put back", job.id)
        await manager.retry_job(job)
