"""What we understood of a report before it is sent: nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core import harmonise
from fanal.core.intake import screen
from fanal.core.report import Unread
from fanal.queries import world

if TYPE_CHECKING:
    from fanal.core.report import Item, Submission, Target


def preview(submission: Submission) -> tuple[tuple[Item, Target | Unread], ...]:
    """Say for each item what it was understood as: once for each target that it holds."""
    region = world.current().catalogue.country
    return tuple((item, one) for item in submission.items for one in _understood(item, region))


def _understood(item: Item, region: str) -> tuple[Target | Unread, ...]:
    found = harmonise.items(item, region=region)
    return (found,) if isinstance(found, Unread) else found


def screening(submission: Submission) -> screen.Screening:
    """Say what cannot wait and what is for somebody else."""
    return screen.screen(submission, world.current().catalogue)
