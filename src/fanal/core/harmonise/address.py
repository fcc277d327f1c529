"""One canonical form for a web address (WHATWG URL, then what the standard leaves open)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

import can_ada
from publicsuffixlist import PublicSuffixList

from fanal.core.reasons import Reason, reason

CREDENTIALS: Final = reason(
    "harmonise.credentials",
    en="What stands before the @ of the address is not its host; it was left out.",
    fr="Ce qui précède le @ de l’adresse n’est pas son hôte ; cela n’a pas été retenu.",
)
INTERNATIONAL: Final = reason(
    "harmonise.international",
    en="The host is written with letters beyond a to z (xn--): it may imitate another name.",
    fr="L’hôte est écrit avec des lettres au-delà de a à z (xn--) : il peut imiter un autre nom.",
)

_IPV4_DOTS: Final = 3
_SCHEMES: Final = frozenset({"http:", "https:", "ftp:"})
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_PERCENT: Final = re.compile("%(?:([0-9A-Fa-f]{2}))?")
_ANCHOR: Final = re.compile(r"#(?:[A-Za-z0-9_.-]*|:~:.*)", re.DOTALL)
# Applications that read what to show, or the key to it, from the fragment alone.
_FRAGMENT_COUNTS: Final = frozenset({"mega.nz", "mega.co.nz", "web.telegram.org"})
# RFC 2606 and RFC 6761, and the onion of RFC 7686: not in the list of public suffixes, and addresses all the same.
_RESERVED: Final = frozenset({"example", "test", "invalid", "localhost", "onion"})


@dataclass(frozen=True, slots=True)
class Address:
    """A web address: its canonical form, its host, and its path with its query as the platforms' tables read them."""

    canonical: str
    host: str
    path: str
    bare: bool  # nothing but a host
    reasons: tuple[Reason, ...]


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@functools.cache
def _known_suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def registrable(host: str) -> str:
    """Give the part of `host` that somebody registered (example.co.uk of www.example.co.uk); an IP address as it is."""
    if host.startswith("[") or host.rpartition(".")[2].isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


def ends_well(host: str) -> bool:
    """Say whether `host` ends in a suffix under which names exist, so that a bare word with a dot is a domain."""
    last = host.rpartition(".")[2]
    return "." in host and (last in _RESERVED or _known_suffixes().privatesuffix(host) is not None)


def names_a_host(word: str) -> bool:
    """Say whether a bare word with dots is a host: an IP address, or a name under an ending where names exist."""
    try:
        host = can_ada.parse(f"https://{word}/").hostname.rstrip(".")
    except (ValueError, TypeError):
        return False
    # 3.14 and 226.10 would be read as numbers of an IP address; only all four count
    return ends_well(host) if not host.rpartition(".")[2].isdigit() else word.count(".") == _IPV4_DOTS


def read(text: str) -> Address | None:
    """Read an http, https or ftp address; None for anything else. Raises nothing.

    Two addresses agree if they differ only in the case of scheme and host, a default port, a final dot of the host,
    percent-encoding of unreserved characters (RFC 3986, 6.2.2), user and password, or an anchor (#part-2). A fragment
    that an application uses as a path or a key (#!, #/, #@ and the like) is kept.
    """
    try:
        url = can_ada.parse(text)
    except (ValueError, TypeError):
        return None
    protocol = url.protocol
    host = url.hostname.rstrip(".")
    if protocol not in _SCHEMES or not host:
        return None
    reasons: tuple[Reason, ...] = ()
    if url.username or url.password:
        reasons = (CREDENTIALS,)
    if "xn--" in host:
        reasons = (*reasons, INTERNATIONAL)
    path = url.pathname + url.search
    fragment = url.hash
    if fragment and (host in _FRAGMENT_COUNTS or not _ANCHOR.fullmatch(fragment)):
        path += fragment
    if "%" in path:
        path = _PERCENT.sub(_normal, path)
    port = url.port
    canonical = f"{protocol}//{host}:{port}{path}" if port else f"{protocol}//{host}{path}"
    return Address(canonical, host, path, path == "/" and not port, reasons)


def _normal(found: re.Match[str]) -> str:
    digits = found.group(1)
    if digits is None:
        return "%25"  # a percent sign that encodes nothing
    letter = chr(int(digits, 16))
    return letter if letter in _UNRESERVED else f"%{digits.upper()}"
