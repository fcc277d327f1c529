"""Reports of the same target join one case, the case shows why, and every job may run twice."""

from __future__ import annotations

import pytest
from tests import house, shared_data

from fanal.actions import crosscheck, harmonise, intake
from fanal.core.report import Channel, Identity
from fanal.queries import cases
from fanal.store.models import Case, CaseReport, CaseTarget, Item, Target

pytestmark = pytest.mark.django_db


def test_the_same_account_by_many_hosts_is_one_target_in_one_case() -> None:
    for typed in (
        "https://x.com/someone_inv",
        "http://mobile.twitter.com/Someone_Inv/",
        "hxxps://twitter[.]com/@someone_inv",
    ):
        house.receive(typed)
    house.work()
    assert Target.objects.count() == 1
    assert Case.objects.count() == 1
    case = Case.objects.get()
    assert case.report_count == 3
    reasons = {why.code for row in cases.read(house.ALICE, case.ref).reports for why in row.why}
    assert any("same" in code for code in reasons)


def test_jobs_may_run_twice() -> None:
    received = house.receive("https://a.example/1", "not an address at all, only words")
    house.work()
    before = (Case.objects.count(), CaseReport.objects.count(), CaseTarget.objects.count(), Target.objects.count())
    events = house.events(house.case_of(received.ref))
    harmonise.report(received.ref)
    crosscheck.report(received.ref)
    assert before == (
        Case.objects.count(), CaseReport.objects.count(), CaseTarget.objects.count(), Target.objects.count(),
    )  # fmt: skip
    assert house.events(house.case_of(received.ref)) == events


def test_what_nobody_could_read_is_kept_and_flagged_for_a_person() -> None:
    received = house.receive("le type du club, il a une moto rouge")
    house.work()
    item = Item.objects.get()
    assert item.target is None
    assert item.unread
    page = cases.read(house.ALICE, house.case_of(received.ref))
    assert [row.kind for row in page.items] == ["unread"]
    assert page.items[0].reasons


def test_a_report_that_names_targets_of_two_cases_joins_both() -> None:
    one, two = house.receive("https://a.example/1"), house.receive("https://b.example/2")
    house.work()
    both = house.receive("https://a.example/1", "https://b.example/2", "https://c.example/3")
    house.work()
    joined = {link.case.ref for link in CaseReport.objects.filter(report__ref=both.ref)}
    assert joined == {house.case_of(one.ref), house.case_of(two.ref)}
    assert Case.objects.count() == 2


def test_real_addresses_are_targets_or_flagged_and_each_report_stands_in_a_case() -> None:
    """The whole sample goes through the API's batch in tests/faces/api; these go all the way."""
    lines = (shared_data.folder("url") / "real-urls-sample.txt").read_text(encoding="utf-8").splitlines()[:100]
    rows = [intake.Incoming(house.submission(line, channel=Channel.BATCH), Identity(), house.nonce()) for line in lines]
    assert all(isinstance(one, intake.Received) for one in intake.receive_many(rows))
    house.work()
    items = Item.objects.all()
    assert len(items) == len(lines) == 100
    assert all((item.target_id is None) == bool(item.unread) for item in items)
    assert CaseReport.objects.values("report").distinct().count() == len(lines)


def test_a_crowd_is_one_line_of_the_timeline() -> None:
    for _ in range(5):
        house.receive("https://video.example/crowd")
    house.work()
    page = cases.read(house.ALICE, Case.objects.get().ref)
    assert [(line.name, line.times) for line in page.timeline] == [("case.joined", 5), ("case.opened", 1)]
