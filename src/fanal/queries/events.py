"""One event, and the stream of them all for counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.follow_up.outcomes import Answer
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def subject(id: str) -> tuple[str, str]:
    """Give the name and the subject of one event."""
    row = models.Event.objects.only("name", "subject").get(pk=id)
    return row.name, row.subject


def stream() -> Iterator[tuple[str, datetime]]:
    """Give every event's name and time, the oldest first."""
    rows = models.Event.objects.order_by("at", "id").values_list("name", "at")
    yield from rows.iterator(chunk_size=2000)


def spans() -> Iterator[tuple[str, datetime, datetime]]:
    """Give how long things took, by the names of core/figures/counts.MEDIANS: what, from when, until when."""
    decided = models.CaseReport.objects.exclude(case__decided_at=None).values_list(
        "report__received_at", "case__decided_at"
    )
    for received, decision in decided.iterator(chunk_size=2000):
        # A report that joined after the decision waited for nothing.
        if decision is not None and received <= decision:
            yield "decision", received, decision
    answered = models.Dispatch.objects.exclude(answered_at=None).exclude(sent_at=None)
    for sent, answer, said in answered.values_list("sent_at", "answered_at", "answer").iterator(chunk_size=2000):
        if sent is None or answer is None:
            continue
        yield "answer", sent, answer
        if said == Answer.REMOVED:
            yield "removal", sent, answer
