"""Which case a report stands in, asked with its follow-up code."""

from __future__ import annotations

from fanal.core.intake import follow_up_code
from fanal.core.lifecycle import CaseState
from fanal.queries import world
from fanal.store.models import CaseReport


def by_code(code: str) -> str:
    """Give the reference of the case that the report with this code joined; "" where it stands in none (yet)."""
    indexes = world.current().keys.indexes(follow_up_code.parse(code) or "no such code", kind="code")
    links = CaseReport.objects.filter(report__code__in=indexes).exclude(case__state=CaseState.MERGED)
    link = links.select_related("case").first()
    return "" if link is None else str(link.case.ref)
