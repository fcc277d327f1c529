"""What we understood of a report before it is sent: nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core import harmonise
from fanal.core.intake import screen
from fanal.queries import world

if TYPE_CHECKING:
    from fanal.core.report import Item, Submission, Target, Unread


def preview(submission: Submission) -> tuple[tuple[Item, Target | Unread], ...]:
    """Say for each item what it was understood as."""
    return tuple((item, harmonise.item(item)) for item in submission.items)


def screening(submission: Submission) -> screen.Screening:
    """Say what cannot wait and what is for somebody else."""
    return screen.screen(submission, world.current().catalogue)
