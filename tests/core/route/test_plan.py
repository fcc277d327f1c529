"""The plan: everybody who must know, once, with reasons; what cannot be reached is said loudly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.case import Directory, DispatchKind, Host, Proposal, Recipient
from fanal.core.catalogue import Catalogue, Clock, Kit, Offence, Service
from fanal.core.report import Item, Target
from fanal.core.route import plan
from fanal.core.text import Text

SAME = Text(en="words", fr="mots")
OFFENCE = Offence(
    id="threat-death",
    law="CP",
    article="222-17",
    title=Text(en="Death threat", fr="Menace de mort"),
    nature="délit",
    family="threats",
    base_penalty=None,
    max_penalty=None,
    minors="",
    competent=("pharos", "ofmin"),
    clocks=("week", "day"),
    elements=(),
    condition=None,
    verified="test",
    source="test",
    in_force_from=date(2020, 1, 1),
    in_force_until=None,
    digest="0" * 64,
)
CATALOGUE = Catalogue(
    jurisdiction="fr",
    country="FR",
    digest="0" * 64,
    families={},
    offences=(OFFENCE,),
    services=(Service("pharos", "PHAROS", SAME, "arrêté", "verified"),),
    emergencies=(),
    elsewhere=(),
    categories=(),
    clocks=(
        Clock("week", 168, Text(en="a week", fr="une semaine"), "test"),
        Clock("day", 24, Text(en="a day", fr="un jour"), "test"),
        Clock("hour", 1, SAME, "test"),
        Clock("house-notice", 72, Text(en="three days", fr="trois jours"), "house"),
        Clock("house-acknowledge", 48, Text(en="two days", fr="deux jours"), "house"),
    ),
    retention=(),
    false_report=SAME,
    false_report_article="226-10",
    kit=Kit(call=SAME, post=SAME, rules=()),
)


def recipient(ref: str, kind: DispatchKind, country: str = "FR") -> Recipient:
    return Recipient(ref, ref, kind, "letter", "fr", f"{ref}@desk.example", "age1key", country)


DIRECTORY = Directory(
    recipients=(
        recipient("pharos", DispatchKind.REFERRAL),
        recipient("ofmin", DispatchKind.REFERRAL),
        recipient("hebergeur", DispatchKind.NOTICE),
        recipient("hosting", DispatchKind.NOTICE, "NL"),
        recipient("meldpunt-nl", DispatchKind.REFERRAL, "NL"),
    ),
    hosts=(
        Host("hebergeur.example", "FR", "hebergeur", "operator, 2026-11-01"),
        Host("miroir.example", "FR", "hebergeur", "operator, 2026-11-01"),
        Host("hosting.test", "NL", "hosting", "operator, 2026-11-01"),
        Host("orphan.test", "", "", "operator, 2026-11-01"),
        Host("far.test", "XX", "hosting", ""),
    ),
    hotlines=(("NL", "meldpunt-nl"),),
)


def planned(*hosts: str | None, offence: Offence = OFFENCE, directory: Directory = DIRECTORY) -> dict[str, Proposal]:
    found = plan.plan(offence=offence, hosts=hosts, directory=directory, catalogue=CATALOGUE)
    return {one.recipient: one for one in found}


def test_at_home_the_services_and_the_host() -> None:
    found = planned("hebergeur.example")
    assert list(found) == ["pharos", "ofmin", "hebergeur"]
    assert found["hebergeur"].kind is DispatchKind.NOTICE
    assert found["pharos"].kind is DispatchKind.REFERRAL
    assert not any(one.obstacles for one in found.values())


@pytest.mark.parametrize(
    "typed", ["sha256:" + "ab" * 32, "+33 1 99 00 12 34", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]
)
def test_what_stands_on_no_host_asks_nobody_to_remove_it(typed: str) -> None:
    target = harmonise.item(Item(typed))
    assert isinstance(target, Target)
    assert list(planned(plan.host_of(target))) == ["pharos", "ofmin"]
    assert "(1)" in planned(plan.host_of(target), "")[plan.UNKNOWN_HOST].obstacles[0].text.en


def test_a_page_and_an_account_stand_on_a_host() -> None:
    for typed, host in (("https://hebergeur.example/a", "hebergeur.example"), ("https://x.com/some_name", "x.com")):
        target = harmonise.item(Item(typed))
        assert isinstance(target, Target)
        assert plan.host_of(target) == host


def test_abroad_also_the_sister_hotline_with_a_hint_that_is_not_a_proof() -> None:
    found = planned("hosting.test")
    assert list(found) == ["pharos", "ofmin", "hosting", "meldpunt-nl"]
    said = found["meldpunt-nl"].reasons[0].text.en
    assert "NL" in said
    assert "operator, 2026-11-01" in said
    assert "a hint, not a proof" in said


def test_the_houses_clock_runs_and_the_laws_are_told() -> None:
    found = planned("hosting.test")
    assert (found["pharos"].due_hours, found["pharos"].clock) == (48, "house-acknowledge")
    assert (found["hosting"].due_hours, found["hosting"].clock) == (72, "house-notice")
    assert [why.text.en for why in found["hosting"].reasons[-3:]] == ["three days", "a day", "a week"]


def test_without_a_house_clock_the_shortest_of_the_offence_runs() -> None:
    bare = replace(CATALOGUE, clocks=CATALOGUE.clocks[:3])
    found = plan.plan(offence=OFFENCE, hosts=("hosting.test",), directory=DIRECTORY, catalogue=bare)
    assert {(one.due_hours, one.clock) for one in found} == {(24, "day")}
    none = replace(CATALOGUE, clocks=())
    found = plan.plan(offence=OFFENCE, hosts=("hosting.test",), directory=DIRECTORY, catalogue=none)
    assert {one.reasons[-1].code for one in found} == {"route.no-clock"}


def test_a_platform_is_found_by_its_name_whatever_the_host() -> None:
    named = replace(DIRECTORY, hosts=(Host("x", "", "hosting", "operator"),))
    found = planned("x.com", directory=named)
    assert list(found) == ["pharos", "ofmin", "hosting"]


def test_two_hosts_of_one_recipient_are_one_notice() -> None:
    assert list(planned("hebergeur.example", "miroir.example", "hebergeur.example")) == ["pharos", "ofmin", "hebergeur"]


def test_a_service_that_is_missing_says_what_to_add() -> None:
    found = planned("hebergeur.example", directory=replace(DIRECTORY, recipients=DIRECTORY.recipients[1:]))
    assert found["pharos"].connector == ""
    assert "[[recipient]]" in found["pharos"].obstacles[0].text.en


def test_what_cannot_be_reached_is_said_loudly() -> None:
    found = planned("nobody-knows.test", "", "orphan.test", "far.test")
    assert "(2)" in found[plan.UNKNOWN_HOST].obstacles[0].text.en
    assert found[plan.HOST_WITHOUT_DESK].obstacles[0].code == "route.host-without-desk"
    assert found["hotline-xx"].obstacles[0].code == "route.no-hotline"
    assert all(found[one].connector == "" for one in (plan.UNKNOWN_HOST, plan.HOST_WITHOUT_DESK, "hotline-xx"))


def test_a_case_without_hosts_or_services_is_not_silent() -> None:
    assert plan.UNKNOWN_HOST in planned()
    assert "unknown-service" in planned("hebergeur.example", offence=replace(OFFENCE, competent=()))


def test_a_recipient_without_a_key_is_said() -> None:
    bare = tuple(replace(one, age_recipient="") for one in DIRECTORY.recipients)
    found = planned("hebergeur.example", directory=replace(DIRECTORY, recipients=bare))
    assert "route.no-key" in [why.code for why in found["hebergeur"].obstacles]
    unreachable = tuple(replace(one, connector="") for one in DIRECTORY.recipients)
    found = planned("hebergeur.example", directory=replace(DIRECTORY, recipients=unreachable))
    assert [why.code for why in found["hebergeur"].obstacles] == ["route.no-connector"]


hosts = st.sampled_from(
    ["", "hebergeur.example", "miroir.example", "hosting.test", "orphan.test", "far.test", "x.test"]
)


@given(st.lists(hosts, max_size=12), st.booleans())
def test_every_host_leads_somewhere_and_no_sentence_names_one(some: list[str], known: bool) -> None:  # noqa: FBT001
    found = plan.plan(
        offence=OFFENCE, hosts=tuple(some), directory=DIRECTORY if known else Directory(), catalogue=CATALOGUE
    )
    assert len({(one.recipient, one.kind) for one in found}) == len(found)
    assert any(one.kind is DispatchKind.NOTICE for one in found)
    for one in found:
        assert one.connector or one.obstacles
        assert one.reasons or one.obstacles
        said = " ".join(why.text.en + why.text.fr for why in (*one.reasons, *one.obstacles))
        assert not any(name in said + one.recipient for name in some if name)


@given(st.lists(hosts, max_size=8))
def test_the_order_and_number_of_targets_change_nobody(some: list[str]) -> None:
    once = planned(*some)
    assert set(planned(*reversed(some))) == set(once) == set(planned(*some, *some))
