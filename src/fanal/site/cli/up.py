"""Start the portal, the desk, the API, the worker, the sequencer and the database, and watch over them.

Everything is set up first where it is missing: folders, keys, database, roles, tables. Ctrl-C or SIGTERM stops all;
a second start on the same data finds the same data.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.core.errors import Refused
from fanal.core.reasons import reason
from fanal.site import env

if TYPE_CHECKING:
    import argparse

EXAMPLE = Path(__file__).parents[4] / "examples" / "directory.toml"  # invented recipients, on reserved domains

NOT_BOTH = reason(
    "up.demo",
    en="A demonstration cannot run in production: unset FANAL_MODE, or leave --demo out.",
    fr="Une démonstration ne peut tourner en production : retirez FANAL_MODE ou --demo.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser.add_argument("--demo", action="store_true", help="fill the desk with invented cases; nothing can be sent")
    parser.add_argument("--data", metavar="DIR", type=Path, help="the data folder (else FANAL_DATA, else ./var)")
    parser.add_argument("--port-base", metavar="N", type=int, help="portal on N, desk on N+1, API on N+2 (else 8000)")


def run(given: argparse.Namespace) -> int:
    """Start all and stay until asked to stop."""
    told = dict(os.environ)
    if given.demo:
        if told.get("FANAL_MODE", "demo") == "production":
            raise Refused(NOT_BOTH)
        told["FANAL_MODE"] = "demo"
        if EXAMPLE.is_file():
            told.setdefault("FANAL_DIRECTORY", str(EXAMPLE))
    if given.data is not None:
        told["FANAL_DATA"] = str(given.data)
    if given.port_base is not None:
        told["FANAL_PORT_BASE"] = str(given.port_base)
        for face in ("PORTAL", "DESK", "API"):
            told.pop(f"FANAL_{face}_PORT", None)
    here = env.read(told)
    from fanal.site import up  # noqa: PLC0415 - faults in the settings are told before anything heavy is loaded

    return up.run(here, demo=given.demo, say=_say)


def _say(line: str) -> None:
    with suppress(OSError):  # the terminal may be gone; the processes are stopped in order all the same
        print(line, flush=True)
