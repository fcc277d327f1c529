"""All who may be asked of a host, and that nobody is asked where nobody may be."""

from __future__ import annotations

import logging
import socket
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wire import name_server
from tests.wire.name_server import reply

from fanal.core.errors import Broken
from fanal.core.route import hosts as core
from fanal.core.route.hints import Hint, Said, Source
from fanal.wire import cdn
from fanal.wire.hosts import Hosts
from fanal.wire.places import UNREADABLE, Iptocc
from fanal.wire.resolver import Answer, Outcome, Resolver

if TYPE_CHECKING:
    import dns.message

    from fanal.core.route.hosts import IP

TODAY = date(2026, 11, 22)
JUNE = date(2026, 6, 25)


class List:
    """A list that knows one country."""

    def __init__(self, source: Source, country: str) -> None:
        self.source, self._country = source, country

    def dated(self) -> date:
        return JUNE

    def of(self, ip: IP) -> str:  # noqa: ARG002 - it says the same of all
        if self._country == "broken":
            raise Broken(UNREADABLE)
        return self._country


class Told:
    """A resolver that says one thing and keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, list[str]()

    def ask(self, host: str) -> Answer:
        self.asked.append(host)
        return self.answer


TWO = (List(Source.IPTOCC, "FR"), List(Source.TOR, "NL"))


def said(hints: tuple[Hint, ...]) -> list[tuple[Source, Said, str]]:
    return [(one.source, one.said, one.country or one.cdn) for one in hints]


def look(host: str, resolver: Told | None = None) -> tuple[Hint, ...]:
    return Hosts(TWO, cdn.table(), resolver).look(core.of(host), on=TODAY)


def test_an_address_needs_no_resolver() -> None:
    assert said(look("192.88.99.1")) == [(Source.IPTOCC, Said.COUNTRY, "FR"), (Source.TOR, Said.COUNTRY, "NL")]
    assert all(one.dated == JUNE and one.asked == TODAY for one in look("192.88.99.1"))


@pytest.mark.parametrize(
    ("host", "word"), [("10.0.0.1", Said.PRIVATE), ("192.0.2.1", Said.RESERVED), ("a.onion", Said.ONION)]
)
def test_what_the_host_itself_tells(host: str, word: Said) -> None:
    resolver = Told(Answer(Outcome.NO_ANSWER))
    assert said(look(host, resolver)) == [(Source.HOST, word, "")]
    assert resolver.asked == []


@pytest.mark.parametrize("host", ["video.example", "bit.ly", "localhost", "printer.local", "x.test", "word", ""])
def test_nobody_is_asked_about_these(host: str) -> None:
    resolver = Told(Answer(Outcome.FOUND, (ip_address("192.88.99.1"),), (host,)))
    assert look(host, resolver) == ()
    assert resolver.asked == []


def test_a_network_in_the_hosts_place_is_said_instead_of_a_country() -> None:
    by_alias = Told(Answer(Outcome.FOUND, (ip_address("192.88.99.1"),), ("lamp.zz", "lamp.zz.edgekey.net")))
    by_range = Told(Answer(Outcome.FOUND, (ip_address("192.88.99.1"), ip_address("104.16.0.1")), ("lamp.zz",)))
    assert said(look("lamp.zz", by_alias)) == [(Source.RESOLVER, Said.ADDRESS, ""), (Source.CDN, Said.CDN, "Akamai")]
    assert said(look("lamp.zz", by_range))[1] == (Source.CDN, Said.CDN, "Cloudflare")
    unasked = Told(Answer(Outcome.NO_ANSWER))
    assert said(look("x.cloudfront.net", unasked)) == [(Source.CDN, Said.CDN, "Amazon CloudFront")]
    assert unasked.asked == []
    assert said(look("104.16.0.1")) == [(Source.CDN, Said.CDN, "Cloudflare")]


def test_a_name_without_an_answer_is_said_so() -> None:
    for outcome, word in ((Outcome.NO_ANSWER, Said.NO_ANSWER), (Outcome.NO_ADDRESS, Said.NO_ADDRESS)):
        assert said(look("lamp.zz", Told(Answer(outcome, names=("lamp.zz",))))) == [(Source.RESOLVER, word, "")]


def test_a_name_that_leads_inside_is_said_to() -> None:
    inside = Told(Answer(Outcome.FOUND, (ip_address("127.0.0.1"),), ("lamp.zz",)))
    assert said(look("lamp.zz", inside)) == [
        (Source.RESOLVER, Said.ADDRESS, ""),
        (Source.RESOLVER, Said.PRIVATE, ""),
    ]


def test_a_list_that_cannot_be_read_is_left_out_and_told_without_a_value(caplog: pytest.LogCaptureFixture) -> None:
    lists = Hosts((List(Source.TOR, "broken"), List(Source.MMDB, "FR")))
    with caplog.at_level(logging.WARNING):
        assert said(lists.look(core.of("192.88.99.1"), on=TODAY)) == [(Source.MMDB, Said.COUNTRY, "FR")]
    assert "hosts.unreadable" in caplog.text
    assert "192.88.99.1" not in caplog.text


def test_with_no_resolver_set_no_socket_is_ever_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch is off by default: whatever the host, nothing could be sent to anybody."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    house = Hosts((Iptocc(),), cdn.table())
    for host in (
        "lamp.zz",
        "a.lamp.zz",
        "192.88.99.1",
        "[2620:4f:8000::1]",
        "a.onion",
        "10.0.0.1",
        "bit.ly",
        "localhost",
    ):
        house.look(core.of(host), on=TODAY)
    assert house.look(core.of("lamp.zz"), on=TODAY) == ()
    with pytest.raises(AssertionError):
        Resolver((("127.0.0.1", 9),)).ask("lamp.zz")  # the trap does catch one


@given(st.text() | st.ip_addresses().map(str))
def test_any_host_has_an_answer(host: str) -> None:
    for hint in look(host, Told(Answer(Outcome.FOUND, (ip_address("192.88.99.1"), ip_address("fe80::1")), (host,)))):
        assert host not in (hint.country, hint.cdn) or not host


def test_the_whole_way_by_a_real_resolver() -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return reply(question, "lamp.zz. 60 IN CNAME lamp.zz.b-cdn.net.", "lamp.zz.b-cdn.net. 60 IN A 192.88.99.1")

    with name_server.serving(says) as server:
        house = Hosts(TWO, cdn.table(), Resolver((server.address,)))
        assert said(house.look(core.of("lamp.zz"), on=TODAY))[-1] == (Source.CDN, Said.CDN, "bunny.net")
