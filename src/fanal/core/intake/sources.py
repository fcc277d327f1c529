"""Where a report came from, as short-lived keyed tokens: equal ones tell one voice from many, and name nobody.

The salt is of one day and is erased after two: from then on neither a stolen copy nor the house itself can find the
token that an address, a number or a mailbox had.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.core.report import Identity

TOKEN_BYTES: Final = 8
MOST: Final = 3
_NUMBER: Final = 9  # digits that a number has in common with and without its country's prefix
_SHORTEST_NUMBER: Final = 6
_SUBNET: Final = 64  # what one subscriber is given (RFC 6177), so that its addresses are one source


def tokens(identity: Identity, machine: str, *, key: bytes, salt: bytes) -> bytes:
    """Give the tokens of one report, packed: at most three, 8 bytes each, in the order e-mail, telephone, address.

    `machine` is the id of the API key that a machine reported with, else "". A machine's own address is nobody's
    voice: its reports count by the contact that they give, and where they give none by the key.
    """
    return b"".join(
        blake2b(salt + f"{kind}|{value}".encode("utf-8", "surrogatepass"), key=key, digest_size=TOKEN_BYTES).digest()
        for kind, value in _sources(identity, machine)
    )


def unpack(packed: bytes | memoryview) -> tuple[int, ...]:
    """Give packed tokens as signed 64-bit numbers, as the database keeps them; () for bytes that are none."""
    content = bytes(packed)
    return struct.unpack(f">{len(content) // TOKEN_BYTES}q", content[: len(content) // TOKEN_BYTES * TOKEN_BYTES])


def _sources(identity: Identity, machine: str) -> Iterator[tuple[str, str]]:
    mailbox, number = _mailbox(identity.email), _number(identity.phone)
    if mailbox:
        yield "email", mailbox
    if number:
        yield "phone", number
    if not machine:
        address = _address(identity.ip)
        if address:
            yield "ip", address
    elif not mailbox and not number:
        yield "key", machine


def _mailbox(email: str) -> str:
    """Drop case and what follows a plus: many names of one mailbox. Only for telling voices apart, never to write."""
    name, at, host = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{host}" if at and name and host else ""


def _number(phone: str) -> str:
    digits = "".join(str(int(one)) for one in phone if one.isdecimal())
    return digits[-_NUMBER:] if len(digits) >= _SHORTEST_NUMBER else ""


def _address(ip: str) -> str:
    """Give an IPv4 address whole, of an IPv6 address its /64; a mapped IPv4 address is that address."""
    try:
        found = ip_address(ip.strip())
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{int(found) >> (128 - _SUBNET):x}/{_SUBNET}"
