"""Every platform that the rules know: one file each, and one line here.

The core reads no disk, so that the files are named and not looked for; a test compares the two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import forms
from fanal.core.harmonise.platform import words
from fanal.core.harmonise.platforms import (
    bluesky,
    discord,
    facebook,
    instagram,
    linkedin,
    mastodon,
    pinterest,
    reddit,
    roblox,
    snapchat,
    steam,
    telegram,
    threads,
    tiktok,
    tumblr,
    twitch,
    vk,
    whatsapp,
    x,
    youtube,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanal.core.harmonise.platform import Platform

MASTODON: Final = mastodon.PLATFORM
PLATFORMS: Final = (
    x.PLATFORM,
    instagram.PLATFORM,
    facebook.PLATFORM,
    tiktok.PLATFORM,
    youtube.PLATFORM,
    snapchat.PLATFORM,
    telegram.PLATFORM,
    whatsapp.PLATFORM,
    discord.PLATFORM,
    reddit.PLATFORM,
    twitch.PLATFORM,
    MASTODON,
    bluesky.PLATFORM,
    linkedin.PLATFORM,
    pinterest.PLATFORM,
    vk.PLATFORM,
    threads.PLATFORM,
    tumblr.PLATFORM,
    roblox.PLATFORM,
    steam.PLATFORM,
)

_OWN: Final = {host: platform for platform in PLATFORMS for bare in platform.hosts for host in (bare, f"www.{bare}")}
_BESIDE: Final = {
    host: platform
    for platform in PLATFORMS
    for bare in forms.hosts(platform)
    if "{" not in bare
    for host in (bare, f"www.{bare}")
}
_NAMED: Final = {
    bare.partition(".")[2]: platform for platform in PLATFORMS for bare in forms.hosts(platform) if "{name}." in bare
}
_UNDER: Final = {domain: platform for platform in PLATFORMS for domain in platform.own} | _NAMED | _OWN | _BESIDE
_LANGUAGES: Final = {domain: platform for platform in PLATFORMS for domain in platform.languages}
_IGNORED: Final = {one.name: dict.fromkeys(map(ord, one.ignored)) for one in PLATFORMS if one.ignored}
_LANGUAGE: Final = re.compile("[a-z]{2}(?:-[a-z]{2})?")

BY_HOST: Final = _OWN | _BESIDE
"""Every host of every platform, exactly: a host that only looks like one is not in it."""

SHORT_LINKS: Final = words(
    "bit.ly t.co tinyurl.com goo.gl is.gd ow.ly buff.ly cutt.ly rebrand.ly fb.me amzn.to shorturl.at rb.gy t.ly"
    " v.gd vk.cc s.id tiny.cc dub.sh urlz.fr shorte.st adf.ly trib.al dlvr.it ift.tt youtube.app.goo.gl reddit.app.link"
)
"""Hosts whose addresses only lead on to others. They are kept as they are and never followed."""

_HOSTS_KEPT: Final = 65_536


@lru_cache(maxsize=_HOSTS_KEPT)
def of(host: str) -> Platform | None:
    """Find the platform that `host` belongs to: one of its hosts, one by language or name, or one under them."""
    while "." in host:
        if known := _UNDER.get(host):
            return known
        _, _, host = host.partition(".")
    return None


@lru_cache(maxsize=_HOSTS_KEPT)
def site(host: str) -> forms.Site | None:
    """Find how addresses on `host` are read; None where no account or post of a platform stands."""
    if platform := _OWN.get(host):
        return _site(platform, "")
    if platform := _BESIDE.get(host):
        return _site(platform, host.removeprefix("www."))
    label, _, parent = host.partition(".")
    if (platform := _LANGUAGES.get(parent)) and _LANGUAGE.fullmatch(label):
        return _site(platform, "")
    if platform := _NAMED.get(parent):
        return _site(platform, f"{{name}}.{parent}")
    return None


@cache
def _site(platform: Platform, host: str) -> forms.Site:
    return forms.site(platform, host)


@cache
def anywhere() -> forms.Site:
    """Give how addresses of the fediverse are read, whose servers are not known by name."""
    return forms.site(MASTODON, "{server}")


@cache
def handle(platform: Platform) -> re.Pattern[str]:
    """Give the pattern of names on `platform`, as they stand in addresses."""
    return re.compile(platform.fields["name"], re.ASCII)


@cache
def apps() -> dict[str, tuple[tuple[re.Pattern[str], Callable[..., str]], ...]]:
    """Give, by scheme, what rewrites the addresses that only an application opens."""
    found: dict[str, list[tuple[re.Pattern[str], Callable[..., str]]]] = {}
    for platform in PLATFORMS:
        for form, address in platform.apps.items():
            scheme, _, rest = form.partition(":")
            found.setdefault(scheme, []).append(forms.rewriting(rest.lstrip("/"), address, platform.fields))
    return {scheme: tuple(ways) for scheme, ways in found.items()}


def name_key(platform: str, handle: str) -> str:
    """Give what tells names on the platform of that name apart: no capitals, no letters that it ignores."""
    return handle.casefold().translate(_IGNORED.get(platform, {}))


_NOT_WORD: Final = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())


_BY_NAME: Final = {
    _key(word): platform
    for platform in reversed(PLATFORMS)
    if platform.hosts
    for word in (platform.name, platform.label, *platform.aliases, *platform.hosts)
}
_FEDIVERSE: Final = frozenset(_key(word) for word in (MASTODON.name, *MASTODON.aliases))


def find(text: str) -> Platform | None:
    """Find a platform by what a person calls it (X, Twitter, insta, facebook.com); None for one that we do not know.

    None too for Mastodon, which is no host but thousands: `is_mastodon` says so.
    """
    return _BY_NAME.get(_key(text)) if text else None


def is_mastodon(text: str) -> bool:
    """Say whether a person means Mastodon, or another server of the fediverse."""
    return _key(text) in _FEDIVERSE
