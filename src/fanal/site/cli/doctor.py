"""Look at keys, roles, tables, ledger, connectors, laws, hosts, disk and clock; say how each stands and what to do.

Exit 0 where nothing is at fault (a note is no fault), 1 where something is.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from fanal.site import env
from fanal.site.cli import speaks

if TYPE_CHECKING:
    import argparse

SHOWN = {"fine": "  ok  ", "note": " note ", "fault": "FAULT "}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser.add_argument("--json", action="store_true", help="one JSON list, for programs")


def run(given: argparse.Namespace) -> int:
    """Look at everything and tell."""
    here = env.read(os.environ)
    from fanal.site import examine, examine_database, examine_hosts, examine_lists  # noqa: PLC0415 - faults in the settings come first
    from fanal.wire import clock  # noqa: PLC0415

    today = clock.now().date()
    findings = [
        *examine.machine(here), *examine_hosts.hosts(here, today=today), *examine_lists.lists(here),
        *examine_database.database(here),
    ]  # fmt: skip
    language = speaks()
    if given.json:
        rows = [
            {
                "part": one.part,
                "state": one.state,
                "what": one.what.speak(language),
                "do": one.do.speak(language) if one.do else "",
            }
            for one in findings
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for one in findings:
            print(f"{SHOWN[one.state]} {one.part:<11} {one.what.speak(language)}")
            if one.do:
                print(f"{'':<19}-> {one.do.speak(language)}")
    return int(any(one.state == examine.FAULT for one in findings))
