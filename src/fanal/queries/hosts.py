"""What is known of a target's host, as people may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.route import hints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fanal.store import models


def shown(rows: Iterable[models.HostHint]) -> hints.Shown | None:
    """Put together the hints that are kept of one target; None where there is none."""
    return hints.shown(
        hints.Hint(
            source=hints.Source(row.source),
            said=hints.Said(row.answer),
            country=row.country,
            cdn=row.cdn,
            dated=row.source_date,
            asked=row.at.date(),
        )
        for row in rows
    )
