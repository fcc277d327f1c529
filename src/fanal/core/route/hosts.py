"""Which host a target stands on, and whether anybody may be asked about it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from fanal.core.harmonise import address, platforms
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from fanal.core.report import Target

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class Standing(StrEnum):
    """What a host is. Only a NAME is ever looked up, and only an ADDRESS is looked for in lists of countries."""

    ADDRESS = "address"  # an IP address that the public internet routes
    PRIVATE = "private"  # an IP address that means something only inside one network
    RESERVED = "reserved"  # an IP address that is set apart: documentation, multicast, the future
    ONION = "onion"  # RFC 7686
    NAME = "name"  # a name that a resolver may be asked for
    SILENT = "silent"  # nobody may be asked: a short link, a platform, a reserved ending, or no host at all


@dataclass(frozen=True, slots=True)
class Place:
    """The host of a target: its name, its IP address where it is one, and what it is."""

    standing: Standing
    host: str = ""
    ip: IP | None = None


_ON_A_HOST: Final = frozenset(
    {TargetKind.URL, TargetKind.DOMAIN, TargetKind.ACCOUNT, TargetKind.POST, TargetKind.GROUP, TargetKind.INVITE}
)
# RFC 6761, 6762, 7686, 8375 and 9476, and what routers at home call themselves: no public resolver knows better.
_RESERVED_ENDINGS: Final = frozenset(
    {
        "alt", "arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain",
        "localhost", "onion", "private", "test",
    }
)  # fmt: skip
# RFC 2606: these three are kept for examples as well.
_RESERVED_NAMES: Final = frozenset({"example.com", "example.net", "example.org"})
_NAME: Final = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
# IANA's registries of special-purpose addresses (RFC 6890 and later): the part that is used inside networks.
_PRIVATE: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "fc00::/7", "fe80::/10", "::1/128",
    )
)  # fmt: skip
_DOCUMENTATION: Final = ipaddress.ip_network("3fff::/20")  # RFC 9637, newer than the library's own list


def place(target: Target) -> Place:
    """Give the host that a target stands on, with every label of it (`target.host` is the registrable part alone).

    Nobody is asked about a short link (where it leads is not its host), a platform (the directory knows whom to write
    to, whatever machine answers), an account without a host, or an ending that no public resolver knows; none raises.
    """
    if target.kind not in _ON_A_HOST or target.host in platforms.BY_HOST:
        return Place(Standing.SILENT)
    read = address.read(target.canonical)
    return of(read.host if read else target.host)


def of(host: str) -> Place:
    """Say what a host is, by its text alone. Raises nothing."""
    host = host.strip().lower().rstrip(".")
    ip = read_ip(host)
    if ip is not None:
        return Place(standing(ip), host, ip)
    last = host.rpartition(".")[2]
    if last == "onion":
        return Place(Standing.ONION, host)
    if last in _RESERVED_ENDINGS or address.registrable(host) in _RESERVED_NAMES or host in platforms.SHORT_LINKS:
        return Place(Standing.SILENT, host)
    return Place(Standing.NAME if _NAME.fullmatch(host) and not last.isdigit() else Standing.SILENT, host)


def read_ip(text: str) -> IP | None:
    """Read an IP address as a URL writes it (IPv6 in brackets); an IPv4 one within an IPv6 one is itself."""
    try:
        ip = ipaddress.ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip


def standing(ip: IP) -> Standing:
    """Say whether an address is public, private, or set apart (IANA's special-purpose registries)."""
    if any(ip in network for network in _PRIVATE):
        return Standing.PRIVATE
    if ip.is_multicast or ip in _DOCUMENTATION or not ip.is_global:
        return Standing.RESERVED
    return Standing.ADDRESS
