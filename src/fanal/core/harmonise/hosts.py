"""What is known of a host by its name alone: who registered what, whether such names exist, what it pretends."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import can_ada
from publicsuffixlist import PublicSuffixList

from fanal.core.harmonise import onion
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from fanal.core.reasons import Reason

INTERNATIONAL: Final = reason(
    "harmonise.international",
    en="The host is written with letters beyond a to z (xn--): it may imitate another name.",
    fr="L’hôte est écrit avec des lettres au-delà de a à z (xn--) : il peut imiter un autre nom.",
)
IP: Final = reason(
    "harmonise.ip",
    en="The host is a bare IP address: it names a machine, not a site.",
    fr="L’hôte est une simple adresse IP : elle désigne une machine, pas un site.",
)
NO_ENDING: Final = reason(
    "harmonise.no-ending",
    en="No names are given out under the ending of this host: it may be mistyped, or of a private network.",
    fr="Aucun nom n’est attribué sous la terminaison de cet hôte : une faute de frappe, ou un réseau privé.",
)

_IPV4_DOTS: Final = 3
_LONGEST: Final = 253  # RFC 1035, 2.3.4, less the final dot
# RFC 2606 and RFC 6761, the onion of RFC 7686, and I2P: not all in the list of public suffixes, addresses all the same.
_RESERVED: Final = frozenset({"example", "test", "invalid", "localhost", "onion", "i2p"})
_SURE: Final = 1.0
_UNSURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Host:
    """A host: the part that somebody registered, its defanged form, and what its name gives away.

    `exists` says whether names exist under its ending; `confidence` is below 1 where the name cannot be right.
    """

    registrable: str
    defanged: str
    exists: bool
    ip: bool
    confidence: float
    reasons: tuple[Reason, ...]


@functools.cache
def _suffixes() -> PublicSuffixList:
    # Written in letters alone: to write each name in Punycode as well takes three times as long as to read the list.
    return PublicSuffixList(accept_unknown=False, accept_encoded_idn=False)


def _private(host: str, *, any_ending: bool = False) -> str | None:
    """Give the part of `host` below a public suffix; None where there is none."""
    if "xn--" not in host:
        found: str | None = _suffixes().privatesuffix(host, accept_unknown=any_ending)
        return found
    labels = host.split(".")
    found = _suffixes().privatesuffix(".".join(map(letters, labels)), accept_unknown=any_ending)
    return ".".join(labels[-1 - found.count(".") :]) if found else None


def letters(label: str) -> str:
    """Give a label as a browser may show it, in letters; one that stands for none comes back as it is."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").replace(".", "") or label
    except (UnicodeError, ValueError, OverflowError):
        return label


@functools.lru_cache(maxsize=16_384)
def facts(host: str) -> Host:
    """Give what is known of `host`, as WHATWG writes hosts (lower case, xn--, no final dot).

    The Public Suffix List counts whole, its private part too: under a suffix where anybody may have a name
    (a hosting service), the tenant's name is the registrable one. Facts of the last 16,384 hosts are remembered.
    """
    defanged = host.replace(".", "[.]")
    last = host.rpartition(".")[2]
    if host.startswith("[") or last.isdigit():
        return Host(host, defanged, exists=True, ip=True, confidence=_SURE, reasons=(IP,))
    if last in _RESERVED:
        found = ".".join(host.rsplit(".", 2)[-2:])
        exists = "." in host
    else:
        known = _private(host) if len(host) <= _LONGEST else None
        found = known or _private(host, any_ending=True) or host
        exists = known is not None
    reasons: tuple[Reason, ...] = (INTERNATIONAL,) if "xn--" in host else ()
    confidence = _SURE
    if not exists:
        reasons, confidence = (*reasons, NO_ENDING), _UNSURE
    if last == "onion":
        said = onion.look(host)
        reasons = (*reasons, said)
        confidence = _SURE if said is onion.SOUND else _UNSURE
    return Host(found, defanged, exists=exists, ip=False, confidence=confidence, reasons=reasons)


def registrable(host: str) -> str:
    """Give the part of `host` that somebody registered (example.co.uk of www.example.co.uk); an IP address as it is."""
    return facts(host).registrable


def ends_well(host: str) -> bool:
    """Say whether `host` ends in a suffix under which names exist, so that a bare word with a dot is a domain."""
    found = facts(host)
    return found.exists and not found.ip


def named(word: str) -> str:
    """Give the host that a bare word with dots names, as WHATWG writes it; "" where it names none.

    A name counts under an ending where names exist; of numbers only all four: 3.14 and 226.10 would be read as an
    IP address too.
    """
    if len(word) > 4 * _LONGEST:
        return ""
    try:
        host: str = can_ada.parse(f"https://{word}/").hostname.rstrip(".")
    except (ValueError, TypeError):
        return ""
    if not host or not facts(host).exists:
        return ""
    if facts(host).ip and (word.count(".") != _IPV4_DOTS or not word.replace(".", "").isdigit()):
        return ""
    return host


def names_a_host(word: str) -> bool:
    """Say whether a bare word with dots is a host: an IP address, or a name under an ending where names exist."""
    return bool(named(word))
