"""Write the whole database into one new file, while everything runs.

What is stored encrypted stays encrypted in it. The keys are not in it: keep the folder FANAL_KEYS in another place,
for without the keys a backup stays closed, and with them in the same hands it is open.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.site import env

if TYPE_CHECKING:
    import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")


def run(given: argparse.Namespace) -> int:
    """Write the backup and say what is not in it."""
    here = env.read(os.environ)
    from fanal.site import dump  # noqa: PLC0415 - faults in the settings are told before anything heavy is loaded

    size = dump.write(here, given.file)
    print(f"{given.file}: {size:,} bytes")
    print(
        "The keys are not in it. Keep a copy of FANAL_KEYS elsewhere: without it this file stays closed.",
        file=sys.stderr,
    )
    return 0
