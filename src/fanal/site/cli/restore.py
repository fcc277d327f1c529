"""Bring a backup back into an empty data folder, after its key files were put into FANAL_KEYS.

A folder with data in it is refused and not touched. Afterwards “fanal up” goes on where the backup was made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.site import env

if TYPE_CHECKING:
    import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what “fanal backup” wrote")


def run(given: argparse.Namespace) -> int:
    """Bring it back."""
    here = env.read(os.environ)
    from fanal.site import dump  # noqa: PLC0415 - faults in the settings are told before anything heavy is loaded

    dump.bring_back(here, given.file)
    print(f"brought back into {here.data}; “fanal up” goes on from there")
    return 0
