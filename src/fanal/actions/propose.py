"""Propose cases to a person as linked, with what speaks for it; what a person called different is not brought again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.events import Event
from fanal.core.intake import names
from fanal.queries import world
from fanal.queries.record import Happening, codes, kept, record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from fanal.core.crosscheck.place import Found
    from fanal.store import models

MOST = 20  # links of one report: the strongest, since a person looks at each


@dataclass(frozen=True, slots=True)
class Link:
    """A case that a report went into, and the case (`other`) that it is like besides."""

    case: models.Case
    other: UUID
    found: Found


def propose(links: Sequence[Link], *, report: models.Report) -> None:
    """Propose links once each; where one stands, stronger evidence takes the place of weaker and the date moves on.

    Comes last in a transaction: rows of links are held in one order, and nothing is waited for after them.
    """
    if not links:
        return
    here = world.current()
    now = here.now()
    strongest = sorted(links, key=lambda link: -link.found.comparison.weight)[:MOST]
    rows: dict[tuple[UUID, UUID], tuple[str, Link]] = {}
    for link in strongest:
        pair = (min(link.case.pk, link.other), max(link.case.pk, link.other))
        rows.setdefault(pair, (f"L-{names.reference(here.new_bytes(8))}", link))
    columns: list[list[object]] = [[], [], [], [], [], []]
    for (low, high), (ref, link) in sorted(rows.items(), key=lambda one: one[0]):
        said = link.found.comparison
        values = (here.new_id(), ref, low, high, said.weight, json.dumps(kept(said.reasons), ensure_ascii=False))
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSE, [now, now, *columns])
        written = {ref for (ref,) in cursor.fetchall()}
    record(
        *(
            Happening(
                Event.LINK_PROPOSED,
                subject=ref,
                case=link.case.ref,
                at=now,
                details={
                    "with": link.found.case,
                    "report": report.ref,
                    "weight": link.found.comparison.weight,
                    "why": codes(link.found.comparison.reasons),
                },
            )
            for ref, link in rows.values()
            if ref in written  # else the row was there already, under a reference of its own
        )
    )


# Between two crowds every report brings the same evidence: its row is written once an hour.
_PROPOSE = """
INSERT INTO store_caselink AS old
    (id, ref, low_id, high_id, state, weight, reasons, proposed_at, seen_again_at, judged_by, grounds)
SELECT id, ref, low, high, 'proposed', weight, reasons::jsonb, %s, %s, '', ''
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::integer[], %s::text[])
    AS one (id, ref, low, high, weight, reasons)
ON CONFLICT (low_id, high_id) DO UPDATE SET
    weight = GREATEST(old.weight, excluded.weight),
    reasons = CASE WHEN excluded.weight >= old.weight THEN excluded.reasons ELSE old.reasons END,
    seen_again_at = GREATEST(old.seen_again_at, excluded.seen_again_at)
WHERE old.state <> 'different'
  AND (excluded.weight > old.weight OR excluded.seen_again_at > old.seen_again_at + interval '1 hour')
RETURNING ref
"""
