"""Run the worker: what follows from events, the calendar, and the publishing of figures."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import django

from fanal.site import logs

if TYPE_CHECKING:
    from procrastinate.contrib.django.django_connector import DjangoConnector


def main() -> None:
    """Start the worker and run until it is told to stop; jobs under way are finished first."""
    logs.quiet_end()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.site.settings.worker")
    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - Django must be set up before

    import fanal.jobs.tasks  # noqa: PLC0415 - registers the tasks
    import fanal.site.publishing  # noqa: F401, PLC0415 - registers the one task that writes public files

    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    with app.replace_connector(connector) as running:
        running.run_worker(
            name="fanal",
            concurrency=4,
            delete_jobs="successful",
            update_heartbeat_interval=5,
            stalled_worker_timeout=15,
            fetch_job_polling_interval=2,
        )


if __name__ == "__main__":
    main()
