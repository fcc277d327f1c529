"""Ask the operator's resolver, and no other, for the addresses of a name. A house without one asks nobody.

A question holds the name, the type and a number drawn by chance: no name, cookie or address of ours (RFC 7873 and 7871
are not spoken), and no search list. The system's resolv.conf is not read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype

if TYPE_CHECKING:
    from fanal.core.route.hosts import IP

EACH: Final = 2.0  # seconds for one question to one server
TOGETHER: Final = 6.0  # seconds for one name
MOST: Final = 16  # addresses kept, and steps of an alias followed
PAYLOAD: Final = 1232  # bytes by UDP without fragments (DNS flag day 2020); what is longer comes by TCP


class Outcome(StrEnum):
    """How the asking ended."""

    FOUND = "found"
    NO_ADDRESS = "no-address"  # the name does not exist, or has none
    NO_ANSWER = "no-answer"  # nobody answered in time, or nothing that can be used


@dataclass(frozen=True, slots=True)
class Answer:
    """What a resolver said: addresses, and every name on the way to them, the one asked for first."""

    outcome: Outcome
    ips: tuple[IP, ...] = ()
    names: tuple[str, ...] = ()


class Resolver:
    """One or more resolvers of the operator's, in the order in which they are asked."""

    def __init__(self, servers: tuple[tuple[str, int], ...], *, each: float = EACH, together: float = TOGETHER) -> None:
        self._servers = servers
        self._each, self._together = each, together

    def ask(self, host: str) -> Answer:
        """Ask for A and AAAA. Raises nothing: what cannot be asked or used is no answer, and none is asked again."""
        try:
            name = dns.name.from_text(host)
        except (dns.exception.DNSException, ValueError):
            return Answer(Outcome.NO_ADDRESS, names=(host,))
        until = time.monotonic() + self._together
        answers = [self._first(name, kind, until) for kind in (dns.rdatatype.A, dns.rdatatype.AAAA)]
        heard = [one for one in answers if one is not None]
        ips = tuple(dict.fromkeys(ip for ips, _ in heard for ip in ips))[:MOST]
        names = tuple(dict.fromkeys([host, *(step for _, steps in heard for step in steps)]))[:MOST]
        if ips:
            return Answer(Outcome.FOUND, ips, names)
        return Answer(Outcome.NO_ANSWER if len(heard) < len(answers) else Outcome.NO_ADDRESS, names=names)

    def _first(
        self, name: dns.name.Name, kind: dns.rdatatype.RdataType, until: float
    ) -> tuple[list[IP], list[str]] | None:
        """Give what the first server that answers says; None where none does."""
        for where in self._servers:
            said = self._exchange(dns.message.make_query(name, kind, use_edns=0, payload=PAYLOAD), where, until)
            if said is not None and said.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
                return _followed(said, name, kind)
        return None

    def _exchange(
        self, question: dns.message.Message, where: tuple[str, int], until: float
    ) -> dns.message.Message | None:
        """Ask one server by UDP, then by TCP where the answer did not fit; None where it gives nothing in time."""
        server, port = where

        def patience() -> float:
            left = min(self._each, until - time.monotonic())
            if left <= 0:
                raise dns.exception.Timeout
            return left

        try:
            try:  # what others send in between is not listened to
                return dns.query.udp(
                    question, server, patience(), port,
                    ignore_unexpected=True, ignore_errors=True, raise_on_truncation=True,
                )  # fmt: skip
            except dns.message.Truncated:
                return dns.query.tcp(question, server, patience(), port)
        except (dns.exception.DNSException, OSError, EOFError, ValueError):
            return None


def _followed(
    said: dns.message.Message, name: dns.name.Name, kind: dns.rdatatype.RdataType
) -> tuple[list[IP], list[str]]:
    """Follow the aliases from `name` to its addresses; records of any other name are not ours."""
    aliases = {
        one.name: next(iter(one)).target  # a name has one alias (RFC 1034, 3.6.2)
        for one in said.answer
        if one.rdtype == dns.rdatatype.CNAME and len(one)
    }
    steps: list[str] = []
    seen = {name}
    while name in aliases and len(steps) < MOST and aliases[name] not in seen:
        name = aliases[name]
        seen.add(name)
        steps.append(name.to_text(omit_final_dot=True).lower())
    found = [record.address for one in said.answer if one.rdtype == kind and one.name == name for record in one]
    return [ip_address(text) for text in found], steps
