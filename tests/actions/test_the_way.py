"""One report, all the way, through the actions and with the rights of each process."""

from __future__ import annotations

import pytest
from tests import house

from fanal.actions import follow_up
from fanal.core.follow_up.outcomes import Answer
from fanal.queries import cases, dispatches, inbox, reporter, world
from fanal.store import models


@pytest.mark.django_db
def test_one_report_all_the_way(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        received = house.receive("https://hebergeur.example/page?id=4")
        assert reporter.news(received.code) is not None
    with as_role("fanal_worker"):
        house.work()
    ref = house.case_of(received.ref)
    with as_role("fanal_desk"):
        rows = inbox.waiting(house.ALICE).rows
        assert [row.ref for row in rows] == [ref]
        assert rows[0].rank.reasons
        house.judge(house.ALICE, ref)
        page = cases.read(house.BRUNO, ref)
        assert page.role == "second"
        assert page.opinions == ()
        house.judge(house.BRUNO, ref)
    with as_role("fanal_worker"):
        house.work()
    ready = house.dispatches(ref)
    assert ready
    with as_role("fanal_desk"):
        house.approve(ready[0])
    with as_role("fanal_worker"):
        house.work()
    assert models.Dispatch.objects.get(ref=ready[0]).state == "sent"
    with as_role("fanal_desk"):
        follow_up.record_answer(house.ALICE, ready[0], answer=Answer.REMOVED, text="Retiré ce jour.")
        follow_up.answer_reporters(house.ALICE, ref, text="Ce que vous avez signalé n’est plus en ligne.")
        assert dispatches.read(house.ALICE, ready[0]).answer == "removed"
    with as_role("fanal_portal"):
        news = reporter.news(received.code)
    assert news is not None
    assert [answer.text for answer in news.answers] == ["Ce que vous avez signalé n’est plus en ligne."]
    assert models.Case.objects.get(ref=ref).state == "routed"
    assert (world.current().outbox.path / ready[0]).exists()


@pytest.mark.django_db
def test_every_target_of_a_pasted_text_stands_in_the_case() -> None:
    received = house.receive("Transmis : https://a.example/1, b.example/2 et le 06 39 98 12 34")
    house.work()
    page = cases.read(house.ALICE, house.case_of(received.ref))
    assert [item.kind for item in page.items] == ["url", "url", "phone"]
