"""What the episodes show at the desk: joins, proposals, who stays apart, and a crowd that outranks nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from tests import house

from fanal.actions import intake
from fanal.core.intake import read
from fanal.core.report import Category, Channel, Identity
from fanal.queries import inbox
from fanal.site import replay
from fanal.store.models import Case, CaseLink, CaseReport, CaseTally

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "examples" / "replay"
CROWD, NIGHT, POSTS = "1-crowd", "2-four-in-the-morning", "6-one-account-many-posts"


def play(steps: Sequence[replay.Step]) -> list[str]:
    """Take reports in, do the worker's work, and give the case of each."""
    said = [read.read(step.said, channel=Channel.BATCH, today=date(2026, 11, 22)).submission for step in steps]
    rows = [intake.Incoming(one, Identity(), house.nonce()) for one in said if one is not None]
    refs = [one.ref for one in intake.receive_many(rows) if isinstance(one, intake.Received)]
    house.work()
    cases = dict(CaseReport.objects.filter(report__ref__in=refs).values_list("report__ref", "case__ref"))
    return [cases[ref] for ref in refs]


def episode(name: str) -> tuple[replay.Step, ...]:
    return replay.read(FOLDER / f"{name}.ndjson")


def link(one: str, other: str) -> list[str]:
    """Give the codes of why two cases are proposed as linked."""
    found = CaseLink.objects.get(low__ref__in=(one, other), high__ref__in=(one, other))
    assert found.state == "proposed"
    return [each["code"] for each in found.reasons]


def test_posts_and_their_account_are_one_case_pages_and_their_site_another_and_people_judge_the_rest() -> None:
    cases = play(episode(POSTS))
    account, site, namesake = cases[0], cases[4], cases[7]
    assert cases == [account] * 4 + [site] * 3 + [namesake]
    assert len({account, site, namesake}) == 3
    assert "clue.same-contact" in link(account, site)
    kinds = sorted(Case.objects.get(ref=account).targets.values_list("target__kind", flat=True))
    assert kinds == ["account", "post", "post", "post"]
    kinds = sorted(Case.objects.get(ref=site).targets.values_list("target__kind", flat=True))
    assert kinds == ["domain", *["url"] * 5]
    assert not CaseLink.objects.filter(low__ref=namesake).exists()
    assert not CaseLink.objects.filter(high__ref=namesake).exists()


def test_the_accounts_of_four_in_the_morning_are_proposed_with_the_crowds_and_not_joined_to_it() -> None:
    (crowd,) = set(play(episode(CROWD)[::25]))
    first, second, third = play(episode(NIGHT))
    assert first == third
    assert len({crowd, first, second}) == 3
    for one, other in ((crowd, first), (crowd, second), (first, second)):
        assert "clue.same-contact" in link(one, other)


def test_a_campaign_of_any_size_outranks_no_child_in_danger() -> None:
    every = episode(CROWD)
    (crowd,) = set(play(every[::50]))  # the hour thinned out, copies among them
    before = Case.objects.get(ref=crowd)
    for _ in range(9):
        play(every[::50])
    after = Case.objects.get(ref=crowd)
    assert after.report_count == 10 * before.report_count
    assert after.copies == 10 * before.copies
    assert after.grade == before.grade
    child = house.receive(
        "https://salon.example/discussion/12", category=Category.CHILD_SEXUAL, minor=True, danger_now=True, comment=""
    )
    house.work()
    ref = house.case_of(child.ref)
    assert [row.ref for row in inbox.waiting(house.ALICE).rows] == [ref, crowd]

    CaseTally.objects.filter(case=after).update(times=F("times") * 10_000)
    play(every[:1])  # the next report ranks the case again, by a count of millions
    rows = inbox.waiting(house.ALICE).rows
    assert [row.ref for row in rows] == [ref, crowd]
    assert (rows[1].rank.grade, rows[0].rank.grade) == (before.grade, 1)
