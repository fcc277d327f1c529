"""The operator's resolver: asked alone, asked little, believed only in what was asked, and never waited for long."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address

import dns.message
import dns.rcode
import dns.rdatatype
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wire import name_server
from tests.wire.name_server import reply

from fanal.wire.resolver import MOST, Outcome, Resolver

HOST = "cache.lamp.zz"  # an ending that nobody has


def of(*servers: name_server.Server, each: float = 1.0, together: float = 3.0) -> Resolver:
    return Resolver(tuple(one.address for one in servers), each=each, together=together)


def kind(question: dns.message.Message) -> str:
    return dns.rdatatype.to_text(question.question[0].rdtype)


def both(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
    data = {"A": "192.0.2.1", "AAAA": "2001:db8::1"}[kind(question)]
    return reply(question, f"{HOST}. 60 IN {kind(question)} {data}")


def test_both_families_are_asked_for_and_nothing_else_is_said() -> None:
    with name_server.serving(both) as server:
        answer = of(server).ask(HOST)
    assert answer.outcome is Outcome.FOUND
    assert answer.ips == (ip_address("192.0.2.1"), ip_address("2001:db8::1"))
    assert answer.names == (HOST,)
    questions = [dns.message.from_wire(wire) for wire, _ in server.asked]
    assert sorted(kind(one) for one in questions) == ["A", "AAAA"]
    for one in questions:
        assert [str(part.name) for part in one.question] == [f"{HOST}."]
        assert one.options == ()
        assert [*one.answer, *one.authority] == []
    for wire, _ in server.asked:
        assert socket.gethostname().encode() not in wire


def test_an_alias_is_followed_and_every_name_on_the_way_is_kept() -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return reply(
            question,
            "lamp.Edge.zz. 60 IN A 192.0.2.9",
            f"{HOST}. 60 IN CNAME one.zz.",
            "one.zz. 60 IN CNAME lamp.edge.ZZ.",
            "elsewhere.zz. 60 IN A 198.51.100.1",
        )

    with name_server.serving(says) as server:
        answer = of(server).ask(HOST)
    assert answer.ips == (ip_address("192.0.2.9"),)
    assert answer.names == (HOST, "one.zz", "lamp.edge.zz")


def test_aliases_in_a_ring_end() -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return reply(question, f"{HOST}. 60 IN CNAME one.zz.", f"one.zz. 60 IN CNAME {HOST}.")

    with name_server.serving(says) as server:
        assert of(server).ask(HOST).outcome is Outcome.NO_ADDRESS


def test_what_does_not_fit_comes_by_tcp_and_only_so_much_is_kept() -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        if not by_tcp:
            return name_server.cut(question)
        rows = [f"{HOST}. 60 IN A 10.0.{number // 256}.{number % 256}" for number in range(600)]
        return reply(question, *rows) if kind(question) == "A" else reply(question)

    with name_server.serving(says) as server:
        answer = of(server).ask(HOST)
    assert {by_tcp for _, by_tcp in server.asked} == {True, False}
    assert len(answer.ips) == MOST


@pytest.mark.parametrize("rcode", [dns.rcode.NOERROR, dns.rcode.NXDOMAIN])
def test_a_name_without_an_address_has_none(rcode: dns.rcode.Rcode) -> None:
    with name_server.serving(lambda question, _: reply(question, rcode=rcode)) as server:
        assert of(server).ask(HOST).outcome is Outcome.NO_ADDRESS


def test_silence_is_no_answer_and_ends_in_time() -> None:
    with name_server.serving(lambda *_: None) as server:
        began = time.monotonic()
        answer = of(server, server, server, each=0.2, together=0.5).ask(HOST)
        assert time.monotonic() - began < 2
    assert answer.outcome is Outcome.NO_ANSWER
    assert len(server.asked) <= 4


@pytest.mark.parametrize("seconds", [0, 0.8])
def test_a_server_that_says_come_by_tcp_and_then_closes_or_waits_is_no_answer(seconds: float) -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes | None:  # noqa: FBT001
        if by_tcp:
            time.sleep(seconds)
            return None
        return name_server.cut(question)

    with name_server.serving(says) as server:
        began = time.monotonic()
        assert of(server, server, each=0.2, together=0.5).ask(HOST).outcome is Outcome.NO_ANSWER
        assert time.monotonic() - began < 1.5


def test_nobody_there_is_no_answer() -> None:
    free = socket.create_server(("127.0.0.1", 0))
    address = free.getsockname()
    free.close()
    assert Resolver((address,), each=0.2, together=0.5).ask(HOST).outcome is Outcome.NO_ANSWER


def test_the_second_is_asked_where_the_first_fails() -> None:
    def refuses(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return reply(question, rcode=dns.rcode.SERVFAIL)

    with name_server.serving(refuses) as first, name_server.serving(both) as second:
        assert of(first, second).ask(HOST).outcome is Outcome.FOUND
        assert of(second, first).ask(HOST).outcome is Outcome.FOUND
    assert len(first.asked) == 2


def test_an_answer_to_another_question_is_not_believed() -> None:
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        other = dns.message.make_query("other.zz", question.question[0].rdtype, id=question.id)
        return reply(other, "other.zz. 60 IN A 192.0.2.66", f"{HOST}. 60 IN A 192.0.2.66")

    with name_server.serving(says) as server:
        assert of(server, each=0.2, together=0.5).ask(HOST).outcome is Outcome.NO_ANSWER


@settings(max_examples=15, deadline=None)
@given(garbage=st.binary(max_size=600), keep_id=st.booleans())
def test_garbage_is_no_answer(garbage: bytes, keep_id: bool) -> None:  # noqa: FBT001
    def says(question: dns.message.Message, by_tcp: bool) -> bytes:  # noqa: FBT001
        return (question.id.to_bytes(2, "big") + garbage[2:] if keep_id else garbage) or b"\0"

    with name_server.serving(says) as server:
        answer = of(server, each=0.05, together=0.1).ask(HOST)
    assert answer.ips == ()


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_may_be_asked_of_nobody(text: str) -> None:
    answer = Resolver(()).ask(text)
    assert answer.ips == ()
    assert answer.outcome in (Outcome.NO_ANSWER, Outcome.NO_ADDRESS)
