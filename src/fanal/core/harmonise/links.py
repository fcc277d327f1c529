"""A web address as a target: an account or a post where its host is a platform's, else the page or the site itself."""

from __future__ import annotations

import functools
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, cast

import can_ada

from fanal.core.harmonise import account_why, accounts, address, hosts, platforms, why
from fanal.core.harmonise.defang import web, with_dots
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from fanal.core.harmonise.platform import Platform
    from fanal.core.reasons import Reason

SURE: Final = 1.0
LIKELY: Final = 0.8
UNSURE: Final = 0.6

_HOST_FIRST: Final = re.compile(r"([^\s/?#@:\\]+)\.?(:[0-9]{1,5})?([/?#]\S*)?")
_IPV6: Final = re.compile(r"\[?((?=[0-9A-Fa-f:.]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:.]{2,45})\]?")
# Endings that are of files more often than of hosts, where nothing but a name with one dot is typed.
_FILES: Final = frozenset({"zip", "mov", "md", "py", "sh", "pl", "rs", "ps", "cab", "app"})
_ADDRESS: Final = (why.ADDRESS,)
_URL: Final = TargetKind.URL  # an enumeration looks its members up anew each time
_SIMPLE: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_HTTPS: Final = len("https://")
_HTTP: Final = len("http://")


class _Page:
    """A page while it is filled in: the fields of `Target`, which it becomes as the last thing.

    Pages are most of what is read, and a frozen dataclass sets its fields by name, one call of object.__setattr__ each:
    that took a third of the whole reading.
    """

    __slots__ = tuple(one.name for one in fields(Target))

    def __init__(  # noqa: PLR0917
        self, canonical: str, defanged: str, platform: str, host: str, confidence: float, reasons: tuple[Reason, ...]
    ) -> None:
        self.kind = _URL
        self.canonical = canonical
        self.defanged = defanged
        self.platform = platform
        self.id = ""
        self.host = host
        self.confidence = confidence
        self.reasons = reasons
        self.handle = ""
        self.account = ""
        self.site = host
        self.born_at = None


@functools.lru_cache(maxsize=16_384)
def _place(host: str) -> tuple[Platform | None, tuple[Reason, ...]]:
    """Give the platform that `host` belongs to, and what its name is to be told for."""
    platform = platforms.of(host)
    said = () if platform else accounts.imitates(host)
    if host in platforms.SHORT_LINKS:
        said = (*said, account_why.SHORT_LINK)
    return platform, said


@functools.lru_cache(maxsize=16_384)
def _ordinary(host: str) -> hosts.Host | None:
    """Give the facts of a host of which there is nothing to say; None for any other."""
    if not _SIMPLE.fullmatch(host):
        return None
    facts = hosts.facts(host)
    return None if facts.reasons or any(_place(host)) else facts


def web_link(text: str, named: Platform | None, reasons: tuple[Reason, ...], confidence: float) -> Target | None:
    """Read an http, https or ftp address; None where it is not one. `reasons` were found on the way to it."""
    parts = address.take(text)
    if parts is None:
        return None
    origin, host, path, found, facts = parts
    platform, said = _place(host)
    if found:
        reasons += found
    if named and (platform is None or platform.name != named.name):
        reasons += (why.PLATFORM_DIFFERS,)
    if platform:
        known = accounts.at(platform, address.whole(parts))
        if known:
            return found_on_the_way(known, reasons, confidence)
    elif not said and path.startswith(accounts.FEDIVERSE_STARTS):
        fediverse = accounts.on_fediverse(address.whole(parts))
        if fediverse:
            return found_on_the_way(fediverse, reasons, confidence)
    if said:
        reasons += said
    if facts.confidence < confidence:  # noqa: PLR1730 - min() would cost a call for every address
        confidence = facts.confidence
    return _page(
        origin + path,
        web(origin, host, path, facts),
        platform.name if platform else "",
        facts.registrable,
        confidence,
        reasons + _ADDRESS if reasons else _ADDRESS,
    )


def plain(typed: str) -> Target | None:
    """Read what most reports hold, an address that is its own canonical form, in a fraction of the time.

    Gives what `web_link` gives, or None where there is more to say or to settle: a query, a fragment, anything encoded,
    a port, a platform, an imitation, a host that cannot be right.
    """
    start = _HTTPS if typed.startswith("https://") else _HTTP if typed.startswith("http://") else 0
    rest = typed[start:]
    if not start or "?" in rest or "%" in rest or "#" in rest or ":" in rest or "@" in rest or "[" in rest:
        return None
    host, _, path = rest.partition("/")
    try:
        same = can_ada.parse(typed).href == typed
    except (ValueError, TypeError):
        return None
    facts = _ordinary(host) if same else None
    if facts is None or path.startswith("users/"):
        return None
    if "." in path:
        path = with_dots(path)
    defanged = f"hxxps://{facts.defanged}/{path}" if start == _HTTPS else f"hxxp://{facts.defanged}/{path}"
    return _page(typed, defanged, "", facts.registrable, SURE, _ADDRESS)


def _page(  # noqa: PLR0917
    canonical: str, defanged: str, platform: str, host: str, confidence: float, reasons: tuple[Reason, ...]
) -> Target:
    page: Any = _Page(canonical, defanged, platform, host, confidence, reasons)
    page.__class__ = Target
    return cast("Target", page)


def host_first(text: str, named: Platform | None, reasons: tuple[Reason, ...]) -> Target | None:
    """Read a host without a scheme: alone it is a domain, with a port or a path it is an address."""
    text = text.removeprefix("//")
    if ":" in text and (found := _IPV6.fullmatch(text)):
        return _domain(f"[{found.group(1)}]", reasons)
    parts = _HOST_FIRST.fullmatch(text)
    if parts is None or "." not in parts.group(1).replace("\u3002", "."):
        return None
    host = hosts.named(parts.group(1).replace("\u3002", "."))
    if not host:
        return None
    if parts.group(2) or parts.group(3):
        return web_link(f"https://{text}", named, (*reasons, why.SCHEME_ASSUMED), SURE)
    return _domain(parts.group(1), reasons)


def _domain(host: str, reasons: tuple[Reason, ...]) -> Target | None:
    read = address.read(f"https://{host}")
    if read is None or not read.bare:
        return None
    facts = read.facts
    name, _, ending = read.host.partition(".")
    confidence = facts.confidence
    if ending in _FILES and name != "www":
        reasons, confidence = (*reasons, why.MAYBE_A_FILE), min(confidence, UNSURE)
    return Target(
        kind=TargetKind.DOMAIN,
        canonical=read.host,
        defanged=facts.defanged,
        host=facts.registrable,
        confidence=confidence,
        reasons=(*reasons, *read.reasons, why.DOMAIN),
        site=facts.registrable if facts.registrable != read.host else "",
    )


def found_on_the_way(target: Target, reasons: tuple[Reason, ...], confidence: float = SURE) -> Target:
    """Give `target` with what was found on the way to it, and no surer than that."""
    if not reasons and confidence >= target.confidence:
        return target
    return replace(target, confidence=min(confidence, target.confidence), reasons=(*reasons, *target.reasons))
