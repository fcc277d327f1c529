"""Accounts and posts: one canonical identity each, whatever the host or the way of writing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import address, platforms, why
from fanal.core.harmonise.defang import defang
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from fanal.core.harmonise.address import Address
    from fanal.core.harmonise.platforms import Platform

_AT_NAME: Final = re.compile(r"@\s?([^\s@/]+)")
_PLATFORM_FIRST: Final = re.compile(r"([^\W\d_][\w ./()-]{0,30}?)\s*[:,-]?\s*@([^\s@/]+)")
_PLATFORM_LAST: Final = re.compile(r"@([^\s@/,;]+)\s*[,;:-]?\s*(?:\(|sur |on |chez |at )\s*([\w ./-]{1,30}?)\s*\)?")
_FEDIVERSE: Final = re.compile(r"@([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@([^\s@/:]+)")
_FEDIVERSE_PATH: Final = re.compile(r"/(?:@|%40)([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})/?(?:\?.*)?")
_NAME: Final = re.compile(r"[^\s@/:?#]+")
_TELEGRAM: Final = re.compile(r"tg:/?/?resolve\?domain=([A-Za-z0-9_]{4,32})(?:&.*)?", re.IGNORECASE)
_ACCT: Final = re.compile(r"acct:@?(\S+@\S+)", re.IGNORECASE)
_AT_PROTOCOL: Final = re.compile(r"at://([^\s/]+)(?:/app\.bsky\.feed\.post/([a-z0-9]+))?/?", re.IGNORECASE)
_LIKELY: Final = 0.8
_UNSURE: Final = 0.6


def plain_address(text: str) -> str:
    """Rewrite the addresses that only an application opens (tg:, acct:, at:) as what everybody writes."""
    start = text[:3].lower()
    if start == "tg:" and (found := _TELEGRAM.fullmatch(text)):
        return f"https://t.me/{found.group(1)}"
    if start == "acc" and (found := _ACCT.fullmatch(text)):
        return f"@{found.group(1)}"
    if start == "at:" and (found := _AT_PROTOCOL.fullmatch(text)):
        post = f"/post/{found.group(2)}" if found.group(2) else ""
        return f"https://bsky.app/profile/{found.group(1)}{post}"
    return text


def at(platform: Platform, path: str) -> Target | None:
    """Read path and query of an address on one of the platform's own hosts; None where it is no account and no post."""
    for shape in platform.shapes:
        found = shape.pattern.fullmatch(path)
        if found is None:
            continue
        parts = tuple(part.lower() if shape.fold else part for part in found.groups())
        if shape.kind is TargetKind.ACCOUNT and parts[0] in platform.reserved:
            continue
        if shape.kind is TargetKind.POST and shape.fold and parts[0] in platform.reserved:
            continue
        canonical = shape.canonical.format(*parts)
        return Target(
            kind=shape.kind,
            canonical=canonical,
            defanged=defang(canonical),
            platform=platform.name,
            id="/".join(parts),
            host=platform.host,
            reasons=(why.AT_PLATFORM[shape.kind, platform.label],),
        )
    return None


def read(text: str, named: Platform | None, *, fediverse: bool) -> Target | None:
    """Read a name: @name with its platform, @name@server, or a bare name where a platform was named."""
    if found := _FEDIVERSE.fullmatch(text):
        return _fediverse(found.group(1), found.group(2))
    if fediverse and (found := _FEDIVERSE.fullmatch(f"@{text}")):
        return _fediverse(found.group(1), found.group(2))
    if found := _AT_NAME.fullmatch(text):
        name = found.group(1)
        if named is None and name.lower().endswith(".bsky.social"):
            named = platforms.find("bluesky")
        return _named(name, named, 1.0) if named else None
    for pattern, place, name_at in ((_PLATFORM_FIRST, 1, 2), (_PLATFORM_LAST, 2, 1)):
        if "@" in text and (found := pattern.fullmatch(text)):
            beside = platforms.find(found.group(place))
            if beside:
                return _named(found.group(name_at), beside, 1.0)
    if named and _NAME.fullmatch(text) and text.lower().removeprefix("www.") not in platforms.BY_HOST:
        return _named(text, named, _UNSURE if address.ends_well(text.lower()) else _LIKELY)
    return None


def _named(name: str, platform: Platform, confidence: float) -> Target | None:
    """Give the account of that name; None where names on this platform never look like that."""
    if not platform.handle.fullmatch(name):
        return None
    name = name.lower()
    canonical = platform.profile.format(name) if platform.profile else f"{platform.name}:@{name}"
    return Target(
        kind=TargetKind.ACCOUNT,
        canonical=canonical,
        defanged=defang(canonical),
        platform=platform.name,
        id=name,
        host=platform.host,
        confidence=confidence,
        reasons=(why.BY_NAME[platform.label],) if confidence == 1.0 else (why.BY_NAME[platform.label], why.BARE_NAME),
    )


def on_fediverse(read: Address) -> Target | None:
    """Read https://server/@name on a server that we know nothing of as an account of the fediverse."""
    found = _FEDIVERSE_PATH.fullmatch(read.path)
    if found is None or address.registrable(read.host) in platforms.NOT_MASTODON:
        return None
    if not read.canonical.startswith(("http://", "https://")):
        return None
    return _fediverse(found.group(1), read.canonical.split("/", 3)[2])


def _fediverse(name: str, server: str) -> Target | None:
    read = address.read(f"https://{server}/")
    if read is None or read.path != "/" or platforms.BY_HOST.get(read.host):
        return None
    name = name.lower()
    canonical = f"{read.canonical}@{name}"
    host = address.registrable(read.host)
    return Target(
        kind=TargetKind.ACCOUNT,
        canonical=canonical,
        defanged=defang(canonical),
        platform=platforms.MASTODON,
        id=f"{name}@{canonical.split('/', 3)[2]}",
        host=host,
        confidence=_LIKELY,
        reasons=(why.FEDIVERSE,),
    )


def imitates(host: str) -> bool:
    """Say whether `host`, which is no platform's, carries the whole name of one in front (x.com.evil.example)."""
    labels = host.split(".")
    return any(".".join(labels[start : start + 2]) in platforms.BY_HOST for start in range(len(labels) - 2))
