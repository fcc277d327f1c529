"""A web address as a target: an account or a post where its host is a platform's, else the page or the site itself."""

from __future__ import annotations

import functools
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import account_why, accounts, address, hosts, platforms, why
from fanal.core.harmonise.defang import web
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
# Pages are most of what is read. A frozen dataclass sets its fields by name, one call of object.__setattr__ each, which
# took a third of the whole reading; the slots' own setters, in the order of the fields, take half of that.
_new: Final = object.__new__
_PUT: Final = tuple(getattr(Target, one.name).__set__ for one in fields(Target))
_kind, _canonical, _defanged, _platform, _id, _host, _confidence, _reasons, _handle, _account, _site, _born_at = _PUT


@functools.lru_cache(maxsize=16_384)
def _place(host: str) -> tuple[Platform | None, tuple[Reason, ...]]:
    """Give the platform that `host` belongs to, and what its name is to be told for."""
    platform = platforms.of(host)
    said = () if platform else accounts.imitates(host)
    if host in platforms.SHORT_LINKS:
        said = (*said, account_why.SHORT_LINK)
    return platform, said


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
    page = _new(Target)
    _kind(page, TargetKind.URL)
    _canonical(page, origin + path)
    _defanged(page, web(origin, host, path, facts))
    _platform(page, platform.name if platform else "")
    _id(page, "")
    _host(page, facts.registrable)
    _confidence(page, confidence)
    _reasons(page, reasons + _ADDRESS if reasons else _ADDRESS)
    _handle(page, "")
    _account(page, "")
    _site(page, facts.registrable)
    _born_at(page, None)
    return page


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
