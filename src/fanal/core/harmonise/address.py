"""One canonical form for a web address (WHATWG URL, then what the standard leaves open), and a looser likeness."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

import can_ada

from fanal.core.harmonise import hosts, tracking
from fanal.core.harmonise.hosts import ends_well, names_a_host, registrable
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from fanal.core.harmonise.hosts import Host

    Parts = tuple[str, str, str, tuple[Reason, ...], Host]

__all__ = ["Address", "ends_well", "loose", "names_a_host", "read", "registrable", "take", "whole"]

CREDENTIALS: Final = reason(
    "harmonise.credentials",
    en="What stands before the @ of the address is not its host; it was left out.",
    fr="Ce qui précède le @ de l’adresse n’est pas son hôte ; cela n’a pas été retenu.",
)
HOST_ENCODED: Final = reason(
    "harmonise.host-encoded",
    en="The host was written with percent signs; it was read as a browser reads it.",
    fr="L’hôte était écrit avec des signes pour cent ; il a été lu comme un navigateur le lit.",
)
IP_NOTATION: Final = reason(
    "harmonise.ip-notation",
    en="The host was a number in an unusual notation; it is shown as the IP address that it is.",
    fr="L’hôte était un nombre dans une notation inhabituelle ; il est montré comme l’adresse IP qu’il est.",
)
UNSOUND: Final = reason(
    "harmonise.unsound-host",
    en="A part of the host begins with xn--, but stands for no letters; it was kept as it is.",
    fr="Une partie de l’hôte commence par xn--, mais ne représente aucune lettre ; elle a été conservée telle quelle.",
)
NESTED: Final = reason(
    "harmonise.nested",
    en="A part of the address is percent-encoded more than once; it was kept so.",
    fr="Une partie de l’adresse est encodée plus d’une fois (%25…) ; elle a été conservée ainsi.",
)

_AUTHORITY: Final = re.compile(r"(\s*(?:https?|ftp):[/\\]*)([^/?#\\]+)", re.IGNORECASE)
_NEWER: Final = re.compile(
    "[\u04c0\u10a0-\u10c5\u1e9e\u2132\u2183\U0001d173-\U0001d17a\U0002f868\U0002f874\U0002f91f\U0002f95f\U0002f9bf"
    "\U000323b0-\U00033479]"
)
_IGNORED: Final = frozenset(map(chr, range(0x1D173, 0x1D17B)))
_HAN: Final = re.compile("[^.\u3002\uff0e\uff61@:]*[\U000323b0-\U00033479][^.\u3002\uff0e\uff61@:]*")
_PUNYCODE: Final = re.compile("xn--", re.IGNORECASE)
_FTP: Final = 6  # where the host begins after ftp://
_SCHEMES: Final = frozenset({"http:", "https:", "ftp:"})
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_PERCENT: Final = re.compile("%(?:([0-9A-Fa-f]{2}))?")
_TWICE: Final = re.compile("%25[0-9A-Fa-f]{2}")
_ANCHOR: Final = re.compile(r"#(?:[A-Za-z0-9_.-]*|:~:.*)", re.DOTALL)
# Applications that read what to show, or the key to it, from the fragment alone.
_FRAGMENT_COUNTS: Final = frozenset({"mega.nz", "mega.co.nz", "web.telegram.org"})
_DOCUMENTS: Final = re.compile(r"/(?:index|default)\.(?:html?|php[3-8]?|aspx?|jsp|shtml|xhtml)$", re.IGNORECASE)


class Address(NamedTuple):
    """A web address: its canonical form, its host, and its path with its query as the platforms' tables read them."""

    canonical: str
    host: str
    path: str
    bare: bool  # nothing but a host
    reasons: tuple[Reason, ...]
    facts: Host


def read(text: str) -> Address | None:
    """Read an http, https or ftp address; None for anything else. Raises nothing.

    Two addresses agree if they differ only in the case of scheme and host, a default port, a final dot of the host,
    percent-encoding of unreserved characters (RFC 3986, 6.2.2), user and password, parameters that only track, an empty
    query, or an anchor (#part-2). A fragment that an application uses as a path or a key (#!, #/, #@ and the like) is
    kept. The order of the other parameters and everything else stay as WHATWG gives them: they are evidence.
    """
    parts = take(text)
    return whole(parts) if parts else None


def whole(parts: Parts) -> Address:
    """Give the address whose parts `take` gave."""
    origin, host, path, reasons, facts = parts
    return Address(origin + path, host, path, path == "/" and origin.endswith(host), reasons, facts)


def take(text: str) -> Parts | None:
    """Do as `read` does for who reads many: origin, host, path with query, reasons, and the facts of the host."""
    given = text
    if not text.isascii():
        text = _newer(text)
    try:
        href = can_ada.parse(text).href
    except (ValueError, TypeError):
        return _unsound(text, new=text != given) if "xn--" in text.lower() else None
    start = 8 if href.startswith("https://") else 7 if href.startswith("http://") else 6
    slash = href.find("/", start)
    host = href[start:slash]
    reasons: tuple[Reason, ...] = ()
    if start == _FTP or "@" in host or ":" in host or host[-1] == ".":  # credentials, a port, IPv6, or a final dot
        url = can_ada.parse(text)
        host = url.hostname.rstrip(".")
        if not host or url.protocol not in _SCHEMES:
            return None
        port = f":{url.port}" if url.port else ""
        origin = f"{url.protocol}//{host}{port}"
        path = url.pathname + url.search + url.hash
        if url.has_credentials():
            reasons = (CREDENTIALS,)
    else:
        origin = href[:slash]
        path = href[slash:]
    facts = hosts.facts(host)
    if host not in text:
        reasons += _disguised(host, facts, text)
    if facts.reasons:
        reasons += facts.reasons
    if "?" in path or "#" in path or "%" in path:
        path, found = _tidy(path, host)
        reasons += found
    return origin, host, path, reasons, facts


def _newer(text: str) -> str:
    """Map in the host what Unicode 15.1 to 17 map or admit, and the parser's tables, which are older, do not."""
    found = _AUTHORITY.match(text)
    if found is None or not _NEWER.search(found.group(2)):
        return text
    host = _NEWER.sub(_mapped, found.group(2))
    return found.group(1) + _HAN.sub(_encoded, host) + text[found.end() :]


def _mapped(found: re.Match[str]) -> str:
    letter = found.group()
    return "" if letter in _IGNORED else unicodedata.normalize("NFKC", letter.lower())


def _encoded(found: re.Match[str]) -> str:
    label = unicodedata.normalize("NFC", found.group().lower())
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _unsound(text: str, *, new: bool) -> Parts | None:
    """Read an address one of whose labels begins with xn-- and is no sound Punycode.

    The standard takes such a host as it is, if it is all ASCII (domain to ASCII, without beStrict); the parser that we
    rest on still refuses it, so that it is shown the label under a prefix that means nothing. Letters that are `new`
    have just been written so.
    """
    found = _AUTHORITY.match(text)
    spare = next((one for one in ("xa--", "xb--", "xc--", "xd--") if one not in text.lower()), "")
    if found is None or not spare or not (new or found.group(2).isascii()):
        return None
    parts = take(found.group(1) + _PUNYCODE.sub(spare, found.group(2)) + text[found.end() :])
    if parts is None or spare not in parts[1]:
        return None
    origin, host, path, reasons, _ = parts
    host = host.replace(spare, "xn--")
    facts = hosts.facts(host)
    kept = tuple(one for one in reasons if one in (CREDENTIALS, NESTED, tracking.LEFT_OUT))
    return origin.replace(spare, "xn--"), host, path, (*kept, UNSOUND, *facts.reasons), facts


def _disguised(host: str, facts: Host, text: str) -> tuple[Reason, ...]:
    if facts.ip and not host.startswith("["):
        return (IP_NOTATION,)
    start = text.find("//") + 2
    return (HOST_ENCODED,) if "%" in text[start:].partition("/")[0].rpartition("@")[2] else ()


def _tidy(path: str, host: str) -> tuple[str, tuple[Reason, ...]]:
    """Settle percent-encoding, drop what only tracks, and drop a fragment that is but an anchor."""
    reasons: tuple[Reason, ...] = ()
    if "%" in path:
        if _TWICE.search(path):
            reasons = (NESTED,)
        path = _PERCENT.sub(_normal, path)
    path, mark, fragment = path.partition("#")
    fragment = mark + fragment
    if "?" in path:
        path, _, query = path.partition("?")
        kept = tracking.without("?" + query) if query else ""
        if kept != "?" + query and query:
            reasons = (*reasons, tracking.LEFT_OUT)
        path += kept
    if fragment and (host in _FRAGMENT_COUNTS or not _ANCHOR.fullmatch(fragment)):
        path += fragment
    return path, reasons


def _normal(found: re.Match[str]) -> str:
    digits = found.group(1)
    if digits is None:
        return "%25"  # a percent sign that encodes nothing
    letter = chr(int(digits, 16))
    return letter if letter in _UNRESERVED else f"%{digits.upper()}"


def loose(canonical: str) -> str:
    """Give the likeness by which two pages are probably one: a clue for crosscheck, never an identity.

    Left out: scheme, a leading www., the default document of a folder (index.html, index.php), one final slash; the
    parameters are sorted. What is no web address and no host comes back as it is.
    """
    scheme, mark, rest = canonical.partition("://")
    if not mark:
        known = any(one in canonical for one in "@:+ ")
        return canonical if known else canonical.removeprefix("www.")
    if f"{scheme}:" not in _SCHEMES:
        return canonical
    rest, hash_, fragment = rest.partition("#")
    path, ask, query = rest.partition("?")
    path = _DOCUMENTS.sub("/", path).removesuffix("/").removeprefix("www.")
    return path + ask + "&".join(sorted(query.split("&"))) + hash_ + fragment
