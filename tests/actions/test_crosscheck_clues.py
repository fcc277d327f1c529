"""Strong clues join, weaker ones are proposed to a person, and what a person called different stays apart."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import tink
from tests import house
from tink import prf

from fanal.actions import links
from fanal.core.case import Outcome
from fanal.core.crosscheck import trace
from fanal.core.lifecycle import LinkState
from fanal.core.report import Category, Item, Standing
from fanal.queries import candidates, cases, reading, world
from fanal.store.models import Case, CaseLink, CaseMark, CaseReport, CaseTarget, ItemTarget, Report, Target
from fanal.wire.keys import Keyring

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanal.wire.world import World

pytestmark = pytest.mark.django_db

CONTACT = "Il donne ce contact à qui veut le suivre : corbeau77@poste.example"


@pytest.fixture
def worlds(settings: object) -> Callable[..., World]:
    """Change the world of this process; the last change stands."""

    def change(**changes: object) -> World:
        other = dataclasses.replace(world.current(), **changes)  # type: ignore[arg-type]
        settings.FANAL_WORLD = lambda: other  # type: ignore[attr-defined]
        return other

    return change


@pytest.fixture
def days_on(worlds: Callable[..., World]) -> Callable[[float], None]:
    """Let days pass."""
    start = world.current().now()

    def pass_by(days: float) -> None:
        worlds(now=lambda: start + timedelta(days=days))

    return pass_by


def into(*typed: str, comment: str = "", **changes: Any) -> str:
    """Bring a report to its case; give the case."""
    received = house.receive(*typed, comment=comment, **changes)
    house.work()
    return house.case_of(received.ref)


def why(case: str) -> list[str]:
    """List the codes of why the last report stands in a case."""
    return [one["code"] for one in CaseReport.objects.filter(case__ref=case).latest("joined_at").reasons]


def link(one: str, other: str) -> CaseLink:
    return CaseLink.objects.get(low__ref__in=(one, other), high__ref__in=(one, other))


def test_posts_of_one_account_are_one_case_at_the_grain_of_the_account() -> None:
    first = into("https://reseau.example/@merle_demo/110000000000000001")
    assert into("https://reseau.example/@merle_demo/110000000000000002") == first
    assert {"place.by-clue", "clue.same-name"} <= set(why(first))
    assert into("@merle_demo@reseau.example") == first
    assert into("https://reseau.example/@pinson_demo/110000000000000003") != first
    assert Case.objects.get(ref=first).target_count == 3
    assert [row.position for row in CaseTarget.objects.filter(case__ref=first).order_by("since")] == [1, 2, 3]


def test_a_page_joins_the_case_of_its_site_however_many_pages_stand_beside_it() -> None:
    pages = [f"https://pages.boutique-inventee.test/annonce-{number}" for number in range(16)]
    site = into(*pages[:4])
    assert into(pages[3], "boutique-inventee.test") == site
    assert into(*pages[4:14]) == site
    assert into(pages[14]) == site
    assert "clue.page-of-site" in why(site)


def test_two_pages_of_one_site_are_proposed_and_stay_apart() -> None:
    one, other = into("https://blog-invente.test/a/lire"), into("https://blog-invente.test/b/voir")
    assert one != other
    found = link(one, other)
    assert (found.state, [each["code"] for each in found.reasons]) == ("proposed", ["clue.same-site"])
    assert found.low_id < found.high_id


def test_a_likeness_is_told_once_and_its_evidence_is_kept_fresh(days_on: Callable[[float], None]) -> None:
    one = into("https://un.example/a", comment=CONTACT)
    said = "Le contact affiché est corbeau77@poste.example, je crois."
    other = into("https://deux.example/b", comment=said)
    assert one != other
    before = link(one, other)
    assert (before.state, before.judged_by, bytes(before.grounds)) == ("proposed", "", b"")
    assert before.reasons[0]["code"] == "clue.same-contact"
    days_on(0.01)
    into("https://deux.example/b", comment=said)
    assert link(one, other).seen_again_at == before.seen_again_at  # within the hour: a crowd writes no row each time
    into("https://deux.example/b", comment=CONTACT)
    heavier = link(one, other)
    assert heavier.weight > before.weight
    days_on(2)
    into("https://deux.example/b", comment=said)
    after = link(one, other)
    assert after.seen_again_at > heavier.seen_again_at
    assert (after.weight, after.reasons, after.proposed_at) == (heavier.weight, heavier.reasons, before.proposed_at)
    told = Counter(house.events(one) + house.events(other))
    assert told["link.proposed"] == CaseLink.objects.count() == 1


def test_what_a_person_called_different_is_never_brought_again(days_on: Callable[[float], None]) -> None:
    one = into("https://un.example/a", comment=CONTACT)
    other = into("https://deux.example/b", comment=CONTACT)
    links.judge(house.ALICE, link(one, other).ref, LinkState.DIFFERENT, grounds="Deux personnes distinctes.")
    judged = link(one, other)
    days_on(3)
    into("https://deux.example/b", comment=CONTACT + ", et le même texte encore une fois, mot pour mot, partout")
    into("https://un.example/a", comment=CONTACT + ", et le même texte encore une fois, mot pour mot, partout")
    after = link(one, other)
    assert (after.state, after.weight, after.reasons, after.seen_again_at) == (
        "different", judged.weight, judged.reasons, judged.seen_again_at,
    )  # fmt: skip
    assert (house.events(one) + house.events(other)).count("link.proposed") == 1


def test_what_was_said_of_a_case_counts_for_the_one_that_it_was_merged_into() -> None:
    one = into("https://un.example/a", comment=CONTACT)
    other = into("https://deux.example/b", comment=CONTACT)
    third = into("https://trois.example/c")
    links.judge(house.ALICE, link(one, other).ref, LinkState.DIFFERENT, grounds="Deux personnes distinctes.")
    links.merge(house.ALICE, one, third, grounds="Le même auteur, vérifié.")
    into("https://deux.example/b", comment=CONTACT)
    into("https://un.example/a", comment=CONTACT)
    assert not CaseLink.objects.filter(low__ref__in=(third, other), high__ref__in=(third, other)).exists()


def test_a_strong_clue_to_a_decided_case_opens_another_and_says_so() -> None:
    decided = house.decided("https://reseau.example/@merle_demo/110000000000000001")
    before = Case.objects.filter(ref=decided).values().get()
    fresh = into("https://reseau.example/@merle_demo/110000000000000002")
    assert fresh != decided
    assert {"place.new", "place.settled"} <= set(why(fresh))
    assert link(fresh, decided).reasons[0]["code"] == "clue.same-name"
    assert Case.objects.filter(ref=decided).values().get() == before


def test_a_name_that_was_silent_for_more_than_a_year_may_be_somebody_elses(days_on: Callable[[float], None]) -> None:
    first = into("@merle_demo@reseau.example")
    days_on(364)
    assert into("@merle_demo@reseau.example") == first
    days_on(364 + 366)
    later = into("@merle_demo@reseau.example")
    assert later != first
    assert sorted(Target.objects.values_list("era", flat=True)) == [1, 2]
    assert link(first, later).reasons[0]["code"] == "clue.old-name"
    days_on(364 + 367)
    assert into("@merle_demo@reseau.example") == later
    assert Target.objects.count() == 2


def test_an_address_stays_the_same_target_for_ever(days_on: Callable[[float], None]) -> None:
    first = into("https://un.example/a")
    days_on(4000)
    assert into("https://un.example/a") == first
    assert Target.objects.get().era == 1


def test_when_a_target_was_last_seen_moves_once_a_day_and_never_back(days_on: Callable[[float], None]) -> None:
    into("https://un.example/a")
    first = Target.objects.get().last_seen_at
    days_on(0.5)
    into("https://un.example/a")
    assert Target.objects.get().last_seen_at == first
    days_on(3)
    into("https://un.example/a")
    later = Target.objects.get().last_seen_at
    assert later - first > timedelta(days=2.9)
    into("https://un.example/a", seen_on=first.date() - timedelta(days=30))
    assert Target.objects.get().last_seen_at == later


def test_what_stands_in_too_many_cases_is_no_clue_any_more_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "COMMON", 3)
    for number in range(4):
        into(f"https://hote-{number}.example/x", comment=CONTACT)
    assert CaseLink.objects.count() == 6
    lonely = into("https://hote-9.example/x", comment=CONTACT)
    assert not CaseLink.objects.filter(high__ref=lonely).exists()
    text = "Le vendeur promet une livraison demain, demande un virement, puis change de nom et recommence ailleurs."
    one = into("https://hote-10.example/x", comment=f"{text} corbeau77@poste.example")
    two = into("https://hote-11.example/x", comment=f"{text} corbeau77@poste.example")
    said = {each["code"]: each["weight"] for each in link(one, two).reasons}
    assert said["clue.same-words"] > 0
    assert "clue.same-contact" not in said
    assert {weight for code, weight in said.items() if "common" in code} == {0}


def test_every_target_of_a_text_stands_in_the_case() -> None:
    text = "Il écrit sur https://un.example/a et aussi sur https://deux.example/b, voir https://trois.example/c"
    case = into(text)
    assert CaseTarget.objects.filter(case__ref=case).count() == 3
    assert ItemTarget.objects.count() == 2
    assert Case.objects.get(ref=case).report_count == 1
    assert into("https://trois.example/c") == case
    assert [row.reports for row in cases.read(house.ALICE, case).items] == [1, 1, 2]
    packed = trace.unpack(bytes(Report.objects.earliest("received_at").marks.packed))
    assert {mark.target for mark in packed if mark.kind is trace.Kind.TARGET and mark.target} == {
        bytes(one.index).hex() for one in Target.objects.all()
    }


def test_a_change_of_keys_parts_nothing(worlds: Callable[..., World]) -> None:
    manager = tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256)
    worlds(keys=_keyring(manager))
    first = into("https://reseau.example/@merle_demo/110000000000000001", comment=CONTACT)
    before = set(CaseMark.objects.values_list("key", flat=True))
    worlds(keys=_keyring(_rotated(manager)))
    assert into("https://reseau.example/@merle_demo/110000000000000002") == first
    assert not before & set(CaseMark.objects.exclude(key__in=before).values_list("key", flat=True))
    other = into("https://deux.example/b", comment="Contact : corbeau77@poste.example")
    assert link(first, other).reasons[0]["code"] == "clue.same-contact"
    assert into("https://reseau.example/@merle_demo/110000000000000001") == first
    assert Target.objects.count() == 3


def _rotated(handle: tink.KeysetHandle) -> tink.KeysetHandle:
    """Give the set with one key more, which is the new primary."""
    import json

    from tink import json_proto_keyset_format, secret_key_access

    def read(one: tink.KeysetHandle) -> dict[str, object]:
        return dict(json.loads(json_proto_keyset_format.serialize(one, secret_key_access.TOKEN)))

    old, new = read(handle), read(tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256))
    both = {"primaryKeyId": new["primaryKeyId"], "key": [*old["key"], *new["key"]]}  # type: ignore[misc]
    return json_proto_keyset_format.parse(json.dumps(both), secret_key_access.TOKEN)


def _keyring(index: tink.KeysetHandle) -> Keyring:
    """Give this process's keys with another set for indexes."""
    other = Keyring(index=index)
    ring = world.current().keys
    changed = Keyring()
    changed.__dict__.update({**ring.__dict__, "_index": other.__dict__["_index"]})
    return changed


def test_counts_that_grow_by_one_say_what_counting_again_would() -> None:
    def told(**changes: Any) -> str:
        return into("https://un.example/a", **changes)

    ref = told(category=Category.HATE)
    for _ in range(3):
        told(category=Category.THREATS)
    told(category=Category.INTIMATE_IMAGES, standing=Standing.VICTIM, minor=True)
    for person in (house.ALICE, house.BRUNO):
        house.judge(person, ref, Outcome.NOT_ILLEGAL)
    told(category=Category.THREATS)
    told(category=Category.DANGER, danger_now=True)
    case = Case.objects.get(ref=ref)
    assert case.state == "not-illegal"
    assert case.answered_no_at is not None
    alike: Counter[tuple[object, ...]] = Counter()
    for report in Report.objects.all():
        after = report.received_at > case.answered_no_at
        alike[report.category, report.standing, report.minor, report.danger_now, after] += 1
    facts = reading.case_facts(case)
    assert alike == Counter(
        {
            (one.category, one.standing, one.minor, one.danger_now, one.received_at > case.answered_no_at): one.times
            for one in facts.reports
        }
    )
    assert sum(row.times for row in case.hours.all()) == Report.objects.count()
    told(category=Category.THREATS)
    assert Case.objects.get(ref=ref).state == "waiting"


def test_what_is_kept_of_a_target_is_read_back_whole() -> None:
    from fanal.core import harmonise

    into("https://x.com/merle_demo/status/1712345678901234567")
    keys = world.current().keys
    row = Target.objects.get()
    assert reading.target(keys, row) == harmonise.item(Item("https://x.com/merle_demo/status/1712345678901234567"))
    assert reading.target(keys, row).born_at is not None


def test_the_day_seen_is_the_day_of_a_mark() -> None:
    into("https://un.example/a", seen_on=date(2026, 10, 3))
    into("https://un.example/a", seen_on=date(2026, 9, 1))
    mark = CaseMark.objects.filter(kind=trace.Kind.TARGET).get()
    assert (mark.first_at, mark.last_at, mark.times) == (
        datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC), 2,
    )  # fmt: skip


def test_the_worker_has_the_rights_for_all_of_it(as_role: house.Acting) -> None:
    for typed in ("@merle_demo@reseau.example", "https://reseau.example/@merle_demo/110000000000000001"):
        house.receive(typed, f"Un texte avec https://deux.example/b et {CONTACT}")
    house.receive("https://trois.example/c", comment=CONTACT)
    with as_role("fanal_worker"):
        house.work()
    assert CaseLink.objects.count() == 1
