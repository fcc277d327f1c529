"""What is known of a report's hosts: asked once, outside any transaction, kept without an address, deciding nothing.

192.88.99.0/24 is public and in nobody's use (RFC 7526); .zz is an ending that nobody has.
"""

from __future__ import annotations

import dataclasses
import socket
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests import house
from tests.wire import name_server

from fanal.actions import hosts
from fanal.core.route import hosts as core
from fanal.core.route.hints import Said, Source
from fanal.queries import cases, world
from fanal.store.models import Dispatch, HostHint, Target
from fanal.wire import cdn
from fanal.wire.hosts import Hosts
from fanal.wire.resolver import Answer, Outcome, Resolver

if TYPE_CHECKING:
    import dns.message
    from pytest_django.fixtures import Settings

    from fanal.core.route.hosts import IP

pytestmark = pytest.mark.django_db
PUBLIC = "http://192.88.99.7/seen"
LIVE = ("192.88.99", "lamp", "cache", "zz", "edge")


@dataclasses.dataclass
class List:
    """A list that names one country for everything."""

    source: Source
    country: str

    def dated(self) -> date:
        return date(2026, 6, 25)

    def of(self, ip: IP) -> str:  # noqa: ARG002 - it says the same of all
        return self.country


@dataclasses.dataclass
class Told:
    """A resolver that gives one answer, and notes whom it was asked for and whether a transaction was open."""

    answer: Answer
    asked: list[str] = dataclasses.field(default_factory=list)
    within: list[bool] = dataclasses.field(default_factory=list)

    def ask(self, host: str) -> Answer:
        self.asked.append(host)
        self.within.append(connection.in_atomic_block)
        return self.answer


FRANCE, NETHERLANDS = List(Source.IPTOCC, "FR"), List(Source.TOR, "NL")


def ask(settings: Settings, *lists: List, resolver: Told | Resolver | None = None) -> None:
    """Let the house ask these."""
    here = dataclasses.replace(world.current(), hosts=Hosts(lists, cdn.table(), resolver))
    settings.FANAL_WORLD = lambda: here


def line(report_ref: str, number: int = 0) -> str:
    """Read on the case's page what is said of an item's host."""
    shown = cases.read(house.ALICE, house.case_of(report_ref)).items[number].host_hints
    return shown.line.en if shown else ""


def test_two_lists_that_differ_are_shown_with_their_dates(settings: Settings, as_role: house.Acting) -> None:
    ask(settings, FRANCE, NETHERLANDS)
    received = house.receive(PUBLIC)
    with as_role("fanal_worker"):
        house.work()
    with as_role("fanal_desk"):
        said = line(received.ref)
    assert said == "Host: France (iptocc, 2026-06) · Netherlands (tor-geoipdb, 2026-06): the sources differ"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://10.1.2.3/admin", "Host: a private address, which means something only inside one network"),
        ("http://192.0.2.7/", "Host: an address that is set apart: no machine stands there for the public"),
        ("https://video.example/watch/1", ""),
        ("https://x.com/someone_inv", ""),
        ("https://bit.ly/abc", ""),
        ("https://cache.lamp.zz/1", ""),
        ("https://x.cloudfront.net/1", "CDN (Amazon CloudFront, 2026-09): the country of the machine behind it is not"),
        ("only words about a red boat", ""),
    ],
)
def test_what_is_known_without_asking_anybody(typed: str, said: str) -> None:
    received = house.receive(typed)
    house.work()
    assert line(received.ref).startswith(said)
    assert bool(line(received.ref)) == bool(said)


def test_by_default_no_socket_is_opened_for_any_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 12 and the switch: the house of this run has no resolver."""
    received = house.receive("https://cache.lamp.zz/1", "http://lamp.zz:8080/2", PUBLIC, "https://video.example/3")

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    house.work()
    assert world.current().hosts.resolver is None
    assert house.case_of(received.ref)
    assert not HostHint.objects.filter(source=Source.RESOLVER).exists()


def test_with_the_operators_resolver_a_name_is_asked_for_once(settings: Settings) -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return name_server.reply(question, "cache.lamp.zz. 60 IN A 192.88.99.9")

    with name_server.serving(says) as server:
        ask(settings, FRANCE, NETHERLANDS, resolver=Resolver((server.address,)))
        first = house.receive("https://cache.lamp.zz/1", "https://cache.lamp.zz/2")
        house.work()
        asked = len(server.asked)
        house.receive("https://cache.lamp.zz/1")
        house.work()
    assert asked == len(server.asked) == 2  # A and AAAA, for two pages of one host and for a later report
    for number in (0, 1):
        assert line(first.ref, number).startswith("Host: France (iptocc, 2026-06) · Netherlands")


def test_a_name_that_leads_to_a_network_says_cdn(settings: Settings) -> None:
    ask(settings, FRANCE, resolver=Told(Answer(Outcome.FOUND, (ip_address("104.16.0.1"),), ("cache.lamp.zz",))))
    received = house.receive("https://cache.lamp.zz/1")
    house.work()
    assert line(received.ref) == "CDN (Cloudflare, 2026-09): the country of the machine behind it is not known"


def test_a_silent_resolver_is_told_and_nobody_asks_again(settings: Settings) -> None:
    silent = Told(Answer(Outcome.NO_ANSWER))
    ask(settings, FRANCE, resolver=silent)
    received = house.receive("https://cache.lamp.zz/1")
    house.work()
    hosts.look(received.ref)
    house.receive("https://cache.lamp.zz/1")
    house.work()
    assert silent.asked == ["cache.lamp.zz"]
    assert line(received.ref) == "Host: the operator’s resolver did not answer"


def test_patience_has_an_end_and_what_is_left_waits_for_the_next_report(settings: Settings) -> None:
    silent = Told(Answer(Outcome.NO_ANSWER))
    ask(settings, resolver=silent)
    received = house.receive(*(f"https://h{number}.lamp.zz/" for number in range(6)))
    house.work()
    HostHint.objects.all().delete()
    silent.asked.clear()
    here, waited = world.current(), iter(range(1000))
    late = dataclasses.replace(here, now=lambda: here.now() + hosts.PATIENCE * next(waited) / 6)
    settings.FANAL_WORLD = lambda: late
    hosts.look(received.ref)
    assert 0 < len(silent.asked) < 6
    settings.FANAL_WORLD = lambda: here
    hosts.look(received.ref)
    assert len(silent.asked) == len(set(silent.asked)) == 6


def test_looking_twice_changes_nothing(settings: Settings) -> None:
    ask(settings, FRANCE, NETHERLANDS)
    received = house.receive(PUBLIC)
    house.work()
    before = list(HostHint.objects.order_by("id").values())
    hosts.look(received.ref)
    again = world.current().hosts.look(core.of("192.88.99.7"), on=date(2026, 11, 22))
    hosts._keep(world.current(), Target.objects.get(), again)  # a worker that looked at the same time
    assert list(HostHint.objects.order_by("id").values()) == before
    assert len(before) == 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_the_network(settings: Settings) -> None:
    told = Told(Answer(Outcome.FOUND, (ip_address("192.88.99.9"),), ("cache.lamp.zz",)))
    ask(settings, FRANCE, resolver=told)
    house.receive("https://cache.lamp.zz/1")
    house.work()
    assert told.within == [False]


def test_every_word_of_a_hint_fits_its_column() -> None:
    room = {name: HostHint._meta.get_field(name).max_length for name in ("source", "answer", "cdn")}
    longest = {"source": max(map(len, Source)), "answer": max(map(len, Said)), "cdn": cdn.LONGEST_NAME}
    assert all(longest[name] <= room[name] for name in room)


def test_no_address_and_no_name_is_kept(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    aliases = ("cache.lamp.zz", "lamp.edge.zz")
    ask(settings, FRANCE, resolver=Told(Answer(Outcome.FOUND, (ip_address("192.88.99.9"),), aliases)))
    with caplog.at_level("DEBUG"):
        house.receive("https://cache.lamp.zz/1", PUBLIC)
        house.work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_hosthint")
        kept = repr(cursor.fetchall())
    assert "FR" in kept
    for text in LIVE:
        assert text not in kept
        assert text not in caplog.text


def test_a_country_that_is_only_a_hint_routes_nothing(settings: Settings) -> None:
    """The directory names a hotline for NL, and both lists say NL; only a host of the directory brings that hotline."""
    ask(settings, List(Source.IPTOCC, "NL"), NETHERLANDS)
    hinted, listed = house.decided(PUBLIC), house.decided("https://www.hosting.test/page")
    sent = {
        ref: set(Dispatch.objects.filter(case__ref=ref).values_list("recipient", flat=True)) for ref in (hinted, listed)
    }
    assert "meldpunt-nl" in sent[listed]
    assert "meldpunt-nl" not in sent[hinted]
    assert "unknown-host" in sent[hinted]
    assert "Netherlands" in (cases.read(house.ALICE, hinted).items[0].host_hints or pytest.fail("no hint")).line.en
