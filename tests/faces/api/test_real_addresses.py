"""Two thousand real addresses as one batch: two thousand targets or flagged items, none lost."""

from __future__ import annotations

import pytest
from tests.shared_data import folder

from fanal.actions import crosscheck, harmonise
from fanal.store.models import CaseReport, Item, Report

# Committed for real: two thousand savepoints within one transaction would be the slowest thing in this test.
pytestmark = pytest.mark.django_db(transaction=True)


def test_none_of_two_thousand_is_lost(batch, report, as_role):
    addresses = (folder("url") / "real-urls-sample.txt").read_text(encoding="utf-8").splitlines()
    assert len(addresses) == 2000

    answers = batch([report | {"items": [{"typed": address}]} for address in addresses], idempotency_key="sample")

    assert [one["line"] for one in answers] == list(range(1, 2001))
    assert {one["status"] for one in answers} == {"received"}
    assert len({one["code"] for one in answers}) == 2000
    with as_role("fanal_worker"):
        for ref in [one["ref"] for one in answers]:
            harmonise.report(ref)
        for ref in [one["ref"] for one in answers[::20]]:
            crosscheck.report(ref)
    with as_role("fanal_owner"):
        assert Report.objects.count() == Item.objects.count() == 2000
        assert not [one for one in Item.objects.all() if one.target_id is None and not one.unread]
        assert CaseReport.objects.values("report").distinct().count() == 100
