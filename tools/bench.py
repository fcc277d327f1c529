"""Measure side by side and write docs/benchmarks.md. `make bench` runs it, `make bench ONLY=target` one section.

Each subject is a file of its own, bench_NAME.py, with `section() -> bench_page.Section`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

import bench_page

if TYPE_CHECKING:
    from bench_page import Section

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NAMES = ("intake", "target", "crosscheck", "matching", "guard")


def main() -> int:
    """Measure, print, write the page; exit 1 where a reach is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(NAMES)}")
    parser.add_argument("--dry", action="store_true", help="print, and leave docs/benchmarks.md as it is")
    given = parser.parse_args()
    unknown = set(given.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no such section; there are {', '.join(NAMES)}")
    page = bench_page.read(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    reached = True
    for name in given.names or NAMES:
        found: Section = importlib.import_module(f"bench_{name}").section()
        made = f"Measured on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}."
        page[name] = f"{found.text.strip()}\n\n{made}"
        reached &= found.reached
        print(page[name], flush=True)
        if not given.dry:
            PAGE.write_text(bench_page.write(page, NAMES), encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
