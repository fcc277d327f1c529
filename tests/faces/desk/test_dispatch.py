"""What leaves the house, on the desk: two people, obstacles said loudly, answers recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.faces.desk.conftest import Desk, outside

from fanal.core.connector import Message, Part
from fanal.core.lifecycle import DispatchState

if TYPE_CHECKING:
    from collections.abc import Callable

LIVE = "https://video.example/watch/canary-9k"


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def state(ref: str) -> str:
    from fanal.store.models import Dispatch

    return Dispatch.objects.get(ref=ref).state


@pytest.fixture
def planned(desk: Desk) -> str:
    """A dispatch that can leave, of a case that two people found illegal."""
    with outside():
        found = house.dispatches(house.decided(LIVE))
    if not found:
        pytest.fail("the example directory reaches nobody for this offence")
    return found[0]


def test_two_people_let_a_dispatch_leave(planned: str, desk: Desk) -> None:
    client = desk.enter(house.ALICE)
    page = text(client.get(f"/dispatches/{planned}"))
    assert LIVE not in page
    assert "hxxps://video[.]example" in page
    assert client.post(f"/dispatches/{planned}/prepare", {"grounds": "C1: the elements are there."}).status_code == 302
    page = text(client.get(f"/dispatches/{planned}"))
    assert "You put this forward, so you cannot approve it." in page
    assert f'action="/dispatches/{planned}/approve"' not in page
    listed = text(client.get("/dispatches"))
    assert "put forward by you: somebody else approves" in listed
    desk.enter(house.BRUNO)
    assert f'action="/dispatches/{planned}/approve"' in text(desk.client.get(f"/dispatches/{planned}"))
    assert desk.client.post(f"/dispatches/{planned}/approve").status_code == 302
    assert state(planned) == DispatchState.APPROVED


def test_the_letter_itself_is_read_before_it_is_approved(planned: str, desk: Desk) -> None:
    import io

    import pypdf

    client = desk.enter(house.ALICE)
    client.post(f"/dispatches/{planned}/prepare", {"grounds": "C1: the elements are there."})
    letter = client.get(f"/dispatches/{planned}/letter.pdf")
    assert letter["Content-Type"] == "application/pdf"
    assert letter["Cache-Control"] == "no-store"
    read = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letter.content)).pages)
    assert "C1: the elements are there." in " ".join(read.split())
    assert LIVE not in read
    assert LIVE.encode() not in letter.content
    assert desk.enter(house.DRISS).get(f"/dispatches/{planned}/letter.pdf").status_code == 403


def test_the_preparer_cannot_approve_even_by_hand(planned: str, desk: Desk) -> None:
    client = desk.enter(house.ALICE)
    client.post(f"/dispatches/{planned}/prepare", {"grounds": "C1: the elements are there."})
    answer = client.post(f"/dispatches/{planned}/approve", follow=True)
    assert "another person must approve it" in text(answer)
    assert state(planned) == DispatchState.PREPARED


def test_an_auditor_does_nothing_here(planned: str, desk: Desk) -> None:
    client = desk.enter(house.DRISS)
    assert client.get(f"/dispatches/{planned}").status_code == 403
    for act in ("prepare", "approve", "return", "cancel", "settle", "answer"):
        fields = {"grounds": "x", "answer": "removed", "text": "x", "how": "retry"}
        assert client.post(f"/dispatches/{planned}/{act}", fields).status_code == 403
    assert state(planned) == DispatchState.PLANNED


@pytest.mark.parametrize("grounds", ["", f"See {LIVE} there"])
def test_grounds_are_asked_and_name_nothing(planned: str, desk: Desk, grounds: str) -> None:
    refused = desk.enter(house.ALICE).post(f"/dispatches/{planned}/prepare", {"grounds": grounds})
    assert refused.status_code == 409
    assert "This was not done. What you typed is still here." in text(refused)
    assert state(planned) == DispatchState.PLANNED


def test_it_is_sent_back_or_called_back(planned: str, desk: Desk) -> None:
    desk.enter(house.ALICE).post(f"/dispatches/{planned}/prepare", {"grounds": "C1: the elements are there."})
    desk.enter(house.BRUNO).post(f"/dispatches/{planned}/return")
    assert state(planned) == DispatchState.PLANNED
    assert "C1: the elements are there." in text(desk.client.get(f"/dispatches/{planned}"))
    desk.client.post(f"/dispatches/{planned}/cancel")
    assert state(planned) == DispatchState.CANCELLED
    again = desk.client.post(f"/dispatches/{planned}/cancel", follow=True)
    assert "This step does not follow from the present state" in text(again)


def _put(ref: str, after: DispatchState) -> None:
    from fanal.store.models import Dispatch

    house.approve(ref)
    Dispatch.objects.filter(ref=ref).update(state=after)


def test_what_is_uncertain_is_settled_by_a_supervisor_only(planned: str, desk: Desk) -> None:
    with outside():
        _put(planned, DispatchState.UNCERTAIN)
    client = desk.enter(house.CHLOE)
    page = text(client.get(f"/dispatches/{planned}"))
    assert "Sent? We do not know" in page
    assert "A supervisor settles this." in page
    assert client.post(f"/dispatches/{planned}/settle", {"how": "receipt"}).status_code == 403
    assert state(planned) == DispatchState.UNCERTAIN
    client = desk.enter(house.SOFIA)
    assert "They have it" in text(client.get(f"/dispatches/{planned}"))
    client.post(f"/dispatches/{planned}/settle", {"how": "silence"})
    assert state(planned) == DispatchState.UNCERTAIN
    client.post(f"/dispatches/{planned}/settle", {"how": "receipt"})
    assert state(planned) == DispatchState.SENT


def test_an_answer_is_recorded_and_kept_encrypted(planned: str, desk: Desk) -> None:
    from fanal.store.models import Dispatch

    with outside():
        _put(planned, DispatchState.SENT)
    client = desk.enter(house.ALICE)
    missing = client.post(f"/dispatches/{planned}/answer", {"text": "They wrote at noon"})
    assert missing.status_code == 409
    assert "They wrote at noon" in text(missing)
    assert (
        client.post(f"/dispatches/{planned}/answer", {"answer": "removed", "text": "Gone at noon"}).status_code == 302
    )
    assert "Gone at noon" in text(client.get(f"/dispatches/{planned}"))
    assert state(planned) == DispatchState.ANSWERED
    assert b"Gone at noon" not in bytes(Dispatch.objects.get(ref=planned).answer_text)


def test_what_was_stopped_is_said_on_its_page(planned: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    message = Message("x", (Part("letter.txt", "text/plain", LIVE.encode()),))
    with outside():
        house.connector(monkeypatch, build=lambda _: message)
        house.approve(planned)
        house.work()
        monkeypatch.undo()
    page = text(desk.enter(house.ALICE).get(f"/dispatches/{planned}"))
    assert "This did not leave." in page
    assert "an account or a number stands in it in plain" in page
    assert f'action="/dispatches/{planned}/prepare"' in page
    assert LIVE not in page


def test_obstacles_are_loud(desk: Desk, made: Callable[..., str]) -> None:
    from fanal.store.models import Dispatch

    with outside():
        ref = house.decided(LIVE)
        row = Dispatch.objects.filter(case__ref=ref).order_by("planned_at").first()
        row.recipient = "unknown-host"
        row.obstacles = [{"code": "x", "en": "Nobody is known there.", "fr": "Personne.", "weight": 0}]
        row.save()
    client = desk.enter(house.ALICE)
    assert "Nobody can send this as things stand." in text(client.get("/dispatches"))
    page = text(client.get(f"/cases/{ref}"))
    assert "A competent recipient cannot be reached." in page
    assert "Nobody is known there." in page
    assert "Nobody is known there." in text(client.get(f"/dispatches/{row.ref}"))
