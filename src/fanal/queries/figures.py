"""Counted events, and the figures that were published."""

from __future__ import annotations

import json
from pathlib import Path

from fanal.core.figures import counts
from fanal.queries import events, world


def counted() -> counts.Figures:
    """Count everything that happened: the same events always give the same figures."""
    return counts.count(events.stream(), spans=events.spans())


def published() -> dict[str, object] | None:
    """Read the figures that were cleared and published, or nothing where none are yet."""
    try:
        found = json.loads((Path(world.current().public_folder) / "figures.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
