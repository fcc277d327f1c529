"""Law 1: whatever was reported, no page of the desk leads there, and no log names it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests import house
from tests.faces.desk.conftest import Desk, outside
from tests.faces.typed import FIXTURES, PHASES, headers, led, logged, named, typed

from fanal.core.report import Item


@settings(max_examples=4, deadline=None, phases=PHASES, suppress_health_check=FIXTURES)
@given(items=st.lists(typed, min_size=1, max_size=3), words=st.tuples(typed, typed, typed))
def test_no_page_leads_there(desk: Desk, net: list[str], items: list[str], words: tuple[str, str, str]) -> None:
    said, place, why = words
    net.clear()
    with logged() as log:
        with outside():
            told = tuple(Item(one, "x" if number else "") for number, one in enumerate(items))
            received = house.receive(items=told, comment=said, seen_where=place)
            house.work()
            ref = house.case_of(received.ref)
        client = desk.enter(house.ALICE)
        pages = [
            client.get("/"),
            client.get(f"/cases/{ref}"),
            client.post(f"/cases/{ref}/items/C1/reveal", {"why": why}),
        ]
        pages += [client.get(f"/cases/{ref}"), client.post(f"/cases/{ref}/answer", {"text": said})]
    for answer in pages:
        assert answer.status_code < 500
        assert led(answer) == []
        assert named(headers(answer)) == []
    assert named(log.getvalue()) == []
    assert net == []
