"""What a person revealed and may still see: kept in the encrypted session, until it veils itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fanal.queries import world

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fanal.actions.reveal import Revealed
    from fanal.queries.cases import ItemRow
    from fanal.queries.timeline import Line

KEY = "revealed"


@dataclass(frozen=True, slots=True)
class Shown:
    """One item on the page: veiled, unless this person revealed it and its time has not passed."""

    row: ItemRow
    text: str = ""
    why: str = ""
    at: datetime | None = None
    until: datetime | None = None
    seconds: int = 0
    number: int | None = None


def of(request: HttpRequest, case_ref: str, row: ItemRow, lines: tuple[Line, ...]) -> Shown:
    """Give an item as this person may see it now."""
    kept = request.session.get(KEY, {}).get(f"{case_ref}/{row.ref}")
    if kept is None:
        return Shown(row)
    until = datetime.fromisoformat(kept["until"])
    left = (until - world.current().now()).total_seconds()
    if left <= 0:
        forget(request, case_ref, row.ref)
        return Shown(row)
    number = next((line.number for line in lines if line.event == UUID(kept["event"])), None)
    return Shown(row, kept["text"], kept["why"], datetime.fromisoformat(kept["at"]), until, int(left), number)


def keep(request: HttpRequest, case_ref: str, revealed: Revealed) -> None:
    """Keep what was revealed for as long as it may be seen."""
    every = request.session.get(KEY, {})
    every[f"{case_ref}/{revealed.ref}"] = {
        "text": revealed.text,
        "why": revealed.why,
        "at": revealed.at.isoformat(),
        "until": revealed.veiled_at.isoformat(),
        "event": str(revealed.event),
    }
    request.session[KEY] = every


def why(request: HttpRequest, case_ref: str, item_ref: str) -> str:
    """Give the reason for which an item was revealed; "" where it is veiled."""
    return str(request.session.get(KEY, {}).get(f"{case_ref}/{item_ref}", {}).get("why", ""))


def forget(request: HttpRequest, case_ref: str, item_ref: str) -> None:
    """Veil an item."""
    every = request.session.get(KEY, {})
    if every.pop(f"{case_ref}/{item_ref}", None) is not None:
        request.session[KEY] = every
