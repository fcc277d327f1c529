"""Erasure on schedule: what was said goes, that it was said stays provable."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from tests import house

from fanal.actions import follow_up, forget, links
from fanal.core.case import Outcome
from fanal.core.report import Identity
from fanal.ledger.models import Entry
from fanal.queries import cases, reading, world
from fanal.store.models import EventBody, Item, Report
from fanal.vault.models import Sealed

pytestmark = pytest.mark.django_db


def later(settings: object, **span: float) -> None:
    then = world.current().now() + timedelta(**span)
    other = dataclasses.replace(world.current(), now=lambda: then)
    settings.FANAL_WORLD = lambda: other  # type: ignore[attr-defined]


def closed(*typed: str) -> str:
    received = house.receive(*typed)
    house.work()
    ref = house.case_of(received.ref)
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.NOT_ILLEGAL)
    house.work()
    follow_up.close(house.ALICE, ref)
    return ref


def test_seals_are_erased_on_their_day_and_not_before(as_role: house.Acting, settings: object) -> None:
    house.receive(identity=Identity(email="a@mail.example", ip="192.0.2.1"))
    with as_role("fanal_worker"):
        assert forget.seals() == 0
        later(settings, days=world.current().catalogue.kept_days("reporter-ip") + 1)
        assert forget.seals() == 2
    assert Sealed.objects.count() == 0


def test_what_was_said_is_erased_after_its_time_and_the_entries_stay(as_role: house.Acting, settings: object) -> None:
    ref = closed("https://video.example/watch/8")
    kept = house.receive("https://video.example/watch/9").ref
    house.work()
    days = world.current().catalogue.kept_days("report")
    with as_role("fanal_worker"):
        later(settings, days=days - 1)
        assert forget.reports() == 0
        later(settings, days=2)
        entries = Entry.objects.count()
        assert forget.reports() == 1
        assert forget.reports() == 0
    gone = Report.objects.get(erased_at__isnull=False)
    assert bytes(gone.body) == b""
    assert reading.said(world.current().keys, gone).comment == ""
    assert all(bytes(item.typed) == b"" for item in Item.objects.filter(report=gone))
    assert not EventBody.objects.filter(event__subject=gone.ref, event__name="report.received").exists()
    assert Entry.objects.count() == entries + 1
    assert Report.objects.get(ref=kept).erased_at is None
    assert cases.read(house.CHLOE, ref).reports[0].comment == ""


def test_a_report_that_stands_in_a_merged_case_too_is_erased_with_the_case_that_took_it_in(
    as_role: house.Acting, settings: object
) -> None:
    one, two = house.receive("https://video.example/a"), house.receive("https://forum.example/b")
    house.receive("https://video.example/a", "https://forum.example/b")
    house.work()
    ref = house.case_of(one.ref)
    links.merge(house.ALICE, house.case_of(two.ref), ref, grounds="La même personne.")
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.NOT_ILLEGAL)
    follow_up.close(house.ALICE, ref)
    later(settings, days=world.current().catalogue.kept_days("report") + 1)
    with as_role("fanal_worker"):
        assert forget.reports() == 3
