"""The page of figures: a section a subject, each with the day it was measured; measuring one leaves the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD = """# Benchmarks

Made by `make bench` (or `make bench ONLY=name`, which measures one section again). Ratios count; absolute figures are
one machine's."""


@dataclass(frozen=True, slots=True)
class Section:
    """What measuring one subject gave: its text, from its heading on, and whether everything to reach was reached."""

    text: str
    reached: bool


def read(text: str) -> dict[str, str]:
    """Give the sections of a page by name."""
    parts = re.split(r"<!-- section (\w+) -->\n", text)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def write(sections: Mapping[str, str], order: Sequence[str]) -> str:
    """Give the page with these sections, in order."""
    kept = [f"<!-- section {name} -->\n{sections[name]}" for name in order if name in sections]
    return "\n\n".join([HEAD, *kept]) + "\n"
