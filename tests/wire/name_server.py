"""A name server on loopback, by UDP and TCP on one port, that answers as a test says and keeps what it was asked."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

# Given the question and whether it came by TCP: the bytes of the answer, or None for silence.
Says = Callable[[dns.message.Message, bool], bytes | None]


@dataclass
class Server:
    """Where it listens, and what it was asked (as it came, and whether by TCP)."""

    address: tuple[str, int]
    asked: list[tuple[bytes, bool]] = field(default_factory=list)


def reply(question: dns.message.Message, *records: str, rcode: dns.rcode.Rcode = dns.rcode.NOERROR) -> bytes:
    """Answer with records written as in a zone file: `name. 60 IN A 192.0.2.1`."""
    answer = dns.message.make_response(question)
    answer.set_rcode(rcode)
    for record in records:
        name, ttl, kind, data = [part for part in record.split(" ", 4) if part != "IN"]
        answer.answer.append(dns.rrset.from_text(name, int(ttl), "IN", kind, data))
    return answer.to_wire(max_size=65535)


def cut(question: dns.message.Message) -> bytes:
    """Answer that there is more than fits: come by TCP."""
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.TC
    return answer.to_wire()


def _datagrams(udp: socket.socket, heard: Callable[[bytes, bool], bytes | None]) -> None:
    while True:
        wire, client = udp.recvfrom(65535)
        if not wire:
            return
        answer = heard(wire, False)  # noqa: FBT003
        if answer is not None:
            udp.sendto(answer, client)


def _streams(tcp: socket.socket, heard: Callable[[bytes, bool], bytes | None]) -> None:
    while True:
        client, _ = tcp.accept()
        with client:
            head = client.recv(2)
            if not head:
                return
            answer = heard(client.recv(struct.unpack("!H", head)[0]), True)  # noqa: FBT003
            if answer is not None:
                client.sendall(struct.pack("!H", len(answer)) + answer)


@contextmanager
def serving(says: Says) -> Iterator[Server]:
    """Serve until the block ends."""
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(tcp.getsockname())
    server = Server(tcp.getsockname())

    def heard(wire: bytes, by_tcp: bool) -> bytes | None:  # noqa: FBT001
        server.asked.append((wire, by_tcp))
        return says(dns.message.from_wire(wire), by_tcp)

    threads = [
        threading.Thread(target=one, args=(listening, heard), daemon=True)
        for one, listening in ((_datagrams, udp), (_streams, tcp))
    ]
    for one in threads:
        one.start()
    try:
        yield server
    finally:  # an empty datagram and an empty stream say that it is over
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", server.address)
        socket.create_connection(server.address).close()
        for one in threads:
            one.join(5)
        udp.close()
        tcp.close()
