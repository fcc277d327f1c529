"""Law 5, 6, 8 and 12: people decide what leaves, two of them; it leaves once; a demonstration cannot send."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests import house

from fanal.actions import follow_up, letters, route
from fanal.core.connector import Message, Receipt, Sent
from fanal.core.errors import IllegalStep, NotAllowed, Refused
from fanal.core.follow_up.outcomes import Answer
from fanal.queries import dispatches, world
from fanal.store.models import Attempt, Dispatch

if TYPE_CHECKING:
    from fanal.wire.world import World

pytestmark = pytest.mark.django_db

LIVE = "https://hebergeur.example/page?id=9"


@pytest.fixture
def planned() -> str:
    return house.dispatches(house.decided(LIVE))[0]


def world_with(settings: object, **changes: object) -> World:
    other = dataclasses.replace(world.current(), **changes)  # type: ignore[arg-type]
    settings.FANAL_WORLD = lambda: other  # type: ignore[attr-defined]
    return other


def test_nothing_leaves_until_two_people_said_so(planned: str) -> None:
    house.work()
    assert Dispatch.objects.get(ref=planned).state == "planned"
    route.prepare(house.ALICE, planned, grounds="Cible 1 : éléments réunis.")
    house.work()
    assert Dispatch.objects.get(ref=planned).sent_at is None
    with pytest.raises(Refused, match=r"approve\.same-person"):
        route.approve(house.ALICE, planned)
    route.approve(house.BRUNO, planned)
    house.work()
    assert Dispatch.objects.get(ref=planned).state == "sent"


def test_the_database_refuses_one_person_as_two(planned: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(ref=planned).update(prepared_by="K-11", approved_by="K-11")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(ref=planned).update(state="sending")


def test_an_unprepared_dispatch_is_not_approved(planned: str) -> None:
    with pytest.raises(IllegalStep):
        route.approve(house.BRUNO, planned)


@pytest.mark.parametrize("grounds", [LIVE, "voir hebergeur.example/page", "écrire à x@mail.example", "", "   "])
def test_grounds_that_name_a_live_thing_are_refused(planned: str, grounds: str) -> None:
    with pytest.raises(Refused):
        route.prepare(house.ALICE, planned, grounds=grounds)
    assert Dispatch.objects.get(ref=planned).state == "planned"


def test_a_letter_is_defanged_but_for_its_sealed_annex(planned: str) -> None:
    house.approve(planned)
    house.work()
    row = Dispatch.objects.get(ref=planned)
    message = letters.open_message(world.current(), row)
    kinds = {part.media_type for part in message.parts}
    assert "application/pdf" in kinds
    assert "message/rfc822" in kinds
    for part in message.parts:
        assert LIVE.encode() not in part.content
        assert b"hebergeur.example" not in part.content
    assert any(b"age-encryption.org" in part.content for part in message.parts)


def test_sending_twice_arrives_once(planned: str) -> None:
    house.approve(planned)
    follow_up.send(planned, world.current())
    laid = sorted(one.name for one in world.current().outbox.path.iterdir())
    follow_up.send(planned, world.current())
    house.work()
    assert sorted(one.name for one in world.current().outbox.path.iterdir()) == laid
    assert Attempt.objects.filter(dispatch__ref=planned).count() == 1


def test_a_crash_between_claim_and_note_is_uncertain_and_a_person_settles_it(
    planned: str, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approve(planned)
    sent: list[Message] = []

    def crash(message: Message, wire: object) -> Receipt:
        sent.append(message)
        raise KeyboardInterrupt

    house.connector(monkeypatch, send=crash)
    with pytest.raises(KeyboardInterrupt):
        follow_up.send(planned, world.current())
    assert Dispatch.objects.get(ref=planned).state == "sending"
    follow_up.send(planned, world.current())  # the rescued job
    assert len(sent) == 1
    assert follow_up.expire() == 0
    later = world.current().now() + follow_up.PATIENCE * 2
    world_with(settings, now=lambda: later)
    assert follow_up.expire() == 1
    assert Dispatch.objects.get(ref=planned).state == "uncertain"
    with pytest.raises(NotAllowed):
        follow_up.settle(house.ALICE, planned, how="receipt")
    follow_up.settle(house.SOFIA, planned, how="receipt")
    assert Dispatch.objects.get(ref=planned).state == "sent"


@pytest.mark.parametrize(("how", "state"), [(Sent.REFUSED, "refused"), (Sent.UNCERTAIN, "uncertain")])
def test_what_came_back_is_noted(planned: str, monkeypatch: pytest.MonkeyPatch, how: Sent, state: str) -> None:
    house.approve(planned)
    first: list[Message] = []
    house.connector(monkeypatch, send=lambda message, _: (first.append(message), Receipt(how))[1])
    house.work()
    assert Dispatch.objects.get(ref=planned).state == state
    house.connector(monkeypatch, send=lambda message, _: (first.append(message), Receipt(Sent.TAKEN))[1])
    follow_up.settle(house.SOFIA, planned, how="retry")
    house.work()
    assert Dispatch.objects.get(ref=planned).state == "sent"
    assert first[0] == first[1]


def test_a_demonstration_sends_nothing_outside(planned: str, monkeypatch: pytest.MonkeyPatch) -> None:
    house.connector(monkeypatch, only_demo_safe=False, send=lambda *_: pytest.fail("it was sent"))
    with pytest.raises(Refused, match=r"connector\.demo"):
        route.prepare(house.ALICE, planned, grounds="Cible 1.")


def test_a_connector_that_is_off_sends_nothing(planned: str, settings: object) -> None:
    house.approve(planned)
    world_with(settings, connectors_on=frozenset())
    with pytest.raises(Refused, match=r"connector\.off"):
        follow_up.send(planned, world.current())
    assert Dispatch.objects.get(ref=planned).state == "approved"


def test_what_cannot_be_routed_is_said_loudly() -> None:
    ref = house.decided("https://nowhere-known.example/x")
    blocked = [row for row in Dispatch.objects.filter(case__ref=ref) if row.obstacles]
    assert blocked
    assert "route.blocked" in house.events(ref)
    assert dispatches.lines(blocked[0].case)[0].obstacles


def test_a_dispatch_is_called_back_before_it_leaves_and_not_after(planned: str) -> None:
    house.approve(planned)
    route.cancel(house.CHLOE, planned)
    house.work()
    assert Dispatch.objects.get(ref=planned).state == "cancelled"
    with pytest.raises(IllegalStep):
        route.cancel(house.CHLOE, planned)


def test_an_answer_is_recorded_and_a_live_answer_to_reporters_refused(planned: str) -> None:
    house.approve(planned)
    house.work()
    follow_up.record_answer(house.ALICE, planned, answer=Answer.ACKNOWLEDGED, text="Reçu.")
    page = dispatches.read(house.ALICE, planned)
    assert (page.state, page.answer, page.answer_text) == ("answered", "acknowledged", "Reçu.")
    case = page.case
    for text in ("", f"C’était {LIVE}", "voir hebergeur.example"):
        with pytest.raises(Refused):
            follow_up.answer_reporters(house.ALICE, case, text=text)
    follow_up.close(house.ALICE, case)
    with pytest.raises(IllegalStep):
        follow_up.close(house.ALICE, case)


def test_a_directory_that_was_completed_since_lifts_the_obstacle(planned: str, settings: object) -> None:
    full = world.current().directory
    world_with(settings, directory=dataclasses.replace(full, recipients=()))
    with pytest.raises(Refused, match=r"recipient\.unknown"):
        route.prepare(house.ALICE, planned, grounds="Cible 1.")
    assert dispatches.read(house.ALICE, planned).obstacles
    world_with(settings, directory=full)
    assert not dispatches.read(house.ALICE, planned).obstacles
    route.prepare(house.ALICE, planned, grounds="Cible 1.")
