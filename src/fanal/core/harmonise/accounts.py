"""Accounts, posts, groups and invitations: one canonical identity each, whatever the host or the way of writing it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from fanal.core.harmonise import account_why, address, hosts, lookalikes, platforms
from fanal.core.harmonise.defang import defang, web
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from fanal.core.harmonise.address import Address
    from fanal.core.harmonise.forms import Reading, Site
    from fanal.core.harmonise.platform import Platform
    from fanal.core.reasons import Reason

_AT_NAME: Final = re.compile(r"@\s?([^\s@/]+)")
_PLATFORM_FIRST: Final = re.compile(r"([^\W\d_][\w ./()-]{0,30}?)\s*[:,-]?\s*@([^\s@/]+)")
_PLATFORM_LAST: Final = re.compile(r"@([^\s@/,;]+)\s*[,;:-]?\s*(?:\(|sur |on |chez |at )\s*([\w ./-]{1,30}?)\s*\)?")
_FEDIVERSE: Final = re.compile(r"@([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@([^\s@/:]+)")
_NAME: Final = re.compile(r"[^\s@/:?#]+")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,24}):/{0,3}(?=[^/])")
_SHORTHAND: Final = re.compile(r"/?[A-Za-z]/\S")
FEDIVERSE_STARTS: Final = ("/@", "/%40", "/users/", "/web/@", "/deck/@")
# Registrable domains where /@name is not an account of the fediverse.
_NOT_FEDIVERSE: Final = frozenset(
    {
        *("medium.com", "odysee.com", "rumble.com", "substack.com", "dailymotion.com", "unsplash.com", "hive.blog"),
        *("producthunt.com", "steemit.com", "peakd.com", "npmjs.com", "likee.video", "lemon8-app.com", "kwai.com"),
    }
)
_LIKELY: Final = 0.8
_LONGEST_NUMBER: Final = 300
_HTTPS: Final = len("https://")
_UNSURE: Final = 0.6


def plain_address(text: str) -> str:
    """Rewrite what only an application opens (tg:, fb:, acct:, at:) or a community writes (r/name) as a web address."""
    found = _SCHEME.match(text)
    if found:
        scheme = found.group(1).lower()
        ways = () if scheme in {"http", "https"} else platforms.apps().get(scheme, ())
        rest = text[found.end() :]
    elif _SHORTHAND.match(text):
        ways, rest = platforms.apps()[""], text.removeprefix("/")
    else:
        return text
    for pattern, write in ways:
        if fits := pattern.match(rest):
            return write(*fits.groups())
    return text


def at(platform: Platform, read: Address) -> Target | None:
    """Read an address on one of the platform's hosts; None where it is no account, no post, no group, no invitation."""
    site = platforms.site(read.host)
    return _read(platform, site, read.host + read.path if site.whole else read.path) if site else None


def _read(platform: Platform, site: Site, text: str) -> Target | None:
    found = site.match(text)
    if found is None:
        return None
    reading = site.readings[found.lastindex or 0]
    parts = found.groups()[reading.first : reading.last]
    if reading.folded and not text.islower():
        parts = _folded(parts, reading)
    if reading.name >= 0 and parts[reading.name] in platform.reserved:
        return None
    canonical = reading.canonical(*parts)
    shown = tuple(map(_readable, parts)) if "%" in text else parts
    return Target(
        kind=reading.kind,
        canonical=canonical,
        defanged=_defanged(canonical),
        platform=platform.name,
        id=reading.id(*shown),
        host=platform.host or hosts.registrable(_host(canonical)),
        confidence=reading.confidence,
        reasons=reading.reasons,
        handle=reading.handle(*shown) if reading.handle else "",
        account=reading.account(*parts) if reading.account else "",
        born_at=reading.born(parts[reading.born_from]) if reading.born else None,
    )


def _folded(parts: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    return tuple(fold(part) if where in reading.folded else part for where, part in enumerate(parts))


def fold(name: str) -> str:
    """Give a name as it stands in addresses, in small letters, its letters beyond a to z as UTF-8 in percent signs."""
    if "%" not in name and name.isascii():
        return name.lower()
    try:
        return quote(unicodedata.normalize("NFC", unquote(name, errors="strict").lower()), safe="")
    except UnicodeError:
        return name


def _readable(part: str) -> str:
    try:
        return unquote(part, errors="strict")
    except UnicodeError:
        return part


def read(text: str, named: Platform | None, *, fediverse: bool) -> Target | None:
    """Read a name: @name with its platform, @name@server, or a bare name or number where a platform was named."""
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
    return number(text, named) or _bare(text, named)


def _bare(text: str, named: Platform | None) -> Target | None:
    """Read a name without its @, where a platform was named and it is not the platform's own host."""
    if named and _NAME.fullmatch(text) and text.lower().removeprefix("www.") not in platforms.BY_HOST:
        return _named(text, named, _UNSURE if hosts.ends_well(text.lower()) else _LIKELY)
    return None


def number(text: str, named: Platform | None) -> Target | None:
    """Read a stable number typed alone where its platform was named, or a telephone number where that is the name."""
    if named is None or len(text) > _LONGEST_NUMBER:
        return None
    if named.typed_id and re.fullmatch(named.typed_id, text, re.ASCII):
        reasons = account_why.by_name(named, bare=True, stable=True)
        canonical = named.by_id.format(user=text)
        return _target(named, canonical, id=text, handle="", confidence=_LIKELY, reasons=reasons)
    if named.spare:
        digits = text.translate({ord(letter): None for letter in named.spare}).removeprefix("00")
        return _named(digits, named, _LIKELY)
    return None


def _named(name: str, platform: Platform, confidence: float) -> Target | None:
    """Give the account of that name; None where names on this platform never look like that."""
    name = fold(name)
    if not platforms.handle(platform).fullmatch(name) or name in platform.reserved:
        return None
    bare = confidence < 1.0
    shown = _readable(name)
    return _target(
        platform,
        platform.profile.format(name=name) if platform.profile else f"{platform.name}:@{name}",
        id=shown,
        handle=shown,
        confidence=confidence,
        reasons=account_why.by_name(platform, bare=bare, stable=False),
    )


def _target(
    platform: Platform, canonical: str, *, id: str, handle: str, confidence: float, reasons: tuple[Reason, ...]
) -> Target:
    return Target(
        kind=TargetKind.ACCOUNT,
        canonical=canonical,
        defanged=_defanged(canonical),
        platform=platform.name,
        id=id,
        host=platform.host,
        confidence=confidence,
        reasons=reasons,
        handle=handle,
    )


def on_fediverse(read: Address) -> Target | None:
    """Read an address on a server that we know nothing of, where it has the shape of one of the fediverse."""
    if not read.path.startswith(FEDIVERSE_STARTS):
        return None
    scheme, _, rest = read.canonical.partition("://")
    if scheme not in {"https", "http"} or hosts.registrable(read.host) in _NOT_FEDIVERSE:
        return None
    found = _read(platforms.MASTODON, platforms.anywhere(), rest)
    if found is None or _host(found.canonical) == read.host:
        return found
    home = address.read(found.canonical)  # the name is of another server
    return found if home and home.canonical == found.canonical and platforms.of(home.host) is None else None


def _fediverse(name: str, server: str) -> Target | None:
    read = address.read(f"https://{server}/")
    if read is None or read.path != "/":
        return None
    known = platforms.of(read.host)
    if known:
        return _named(name, known, 1.0) if known.federated else None
    return _read(platforms.MASTODON, platforms.anywhere(), f"{read.canonical.partition('://')[2]}@{name}")


def _host(canonical: str) -> str:
    return canonical.split("/", 3)[2].partition(":")[0]


def _defanged(canonical: str) -> str:
    start = canonical.find("/", _HTTPS)
    if start < 0:
        return defang(canonical)
    host = canonical[_HTTPS:start]
    return web(canonical[:start], host, canonical[start:], hosts.facts(host))


def imitates(host: str) -> tuple[Reason, ...]:
    """Say what platform `host`, which is none's, carries the name of or looks like; nothing where it does neither."""
    return lookalikes.find(host)
