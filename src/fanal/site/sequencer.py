"""The sequencer's process: `python -m fanal.site.sequencer`. It alone holds the ledger's signing key."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading


def main() -> int:
    """Sequence until SIGTERM or SIGINT; 0 when told to stop, 1 when the ledger or its key does not hold."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.site.settings.sequencer")
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())

    import django  # noqa: PLC0415 - the signals are ours before anything slow begins

    from fanal.site import logs  # noqa: PLC0415

    logs.quiet_end()
    django.setup()

    from fanal.core.errors import Broken  # noqa: PLC0415
    from fanal.ledger import run  # noqa: PLC0415 - needs the settings

    log = logging.getLogger("fanal.ledger")
    log.info("ledger.sequencer.started")
    try:
        run.forever(stop)
    except Broken as broken:
        log.critical("%s", broken.reason)
        return 1
    log.info("ledger.sequencer.stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
