"""What people do at the desk, click by click."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.house import WholeHouse
    from tests.journeys.visitor import Visitor


def take(who: Visitor, case: str) -> None:
    """Take a case."""
    where = f"/cases/{case}"
    page = who.get(where).text
    assert f'action="{where}/take"' in page, page
    answer = who.submit(page, f"{where}/take")
    assert answer.status == 200
    assert f'action="{where}/opinion"' in answer.text, "not taken"


def judge(who: Visitor, case: str, grounds: str) -> None:
    """Find a case illegal, every element answered with yes."""
    from tests import house as cast  # Django’s settings are read after the conftests

    where = f"/cases/{case}"
    offence, ticks = cast.offence()
    page = who.get(where).text
    typed = {f"tick-{id}": tick.value for id, tick in ticks.items()}
    typed |= {"outcome": "illegal", "offence": offence, "grounds": grounds}
    answer = who.submit(page, f"{where}/opinion", typed)
    assert answer.status == 200
    assert f'action="{where}/opinion"' not in answer.text, "the opinion was refused"


def sendable(house: WholeHouse, case: str) -> list[str]:
    """List the dispatches of a case that can leave."""
    rows = house.ask(
        "SELECT d.ref FROM store_dispatch d JOIN store_case c ON c.id = d.case_id "
        "WHERE c.ref = %s AND d.obstacles = '[]' ORDER BY d.planned_at, d.id",
        case,
    )
    return [ref for (ref,) in rows]


def states(house: WholeHouse, refs: list[str]) -> set[str]:
    """Give the states of dispatches."""
    return {state for (state,) in house.ask("SELECT DISTINCT state FROM store_dispatch WHERE ref = ANY(%s)", refs)}


def prepare(who: Visitor, dispatch: str, grounds: str) -> None:
    """Put a dispatch forward."""
    where = f"/dispatches/{dispatch}"
    assert who.submit(who.get(where).text, f"{where}/prepare", {"grounds": grounds}).status == 200


def approve(who: Visitor, dispatch: str) -> None:
    """Approve a dispatch that somebody else put forward."""
    where = f"/dispatches/{dispatch}"
    answer = who.submit(who.get(where).text, f"{where}/approve")
    assert answer.status == 200
