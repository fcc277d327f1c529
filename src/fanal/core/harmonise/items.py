"""From what a person typed to its canonical target, or to the reasons why a person must read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import accounts, address, platforms, why
from fanal.core.harmonise.defang import defang
from fanal.core.harmonise.refang import refang
from fanal.core.report import Target, TargetKind, Unread

if TYPE_CHECKING:
    from fanal.core.harmonise.platforms import Platform
    from fanal.core.reasons import Reason
    from fanal.core.report import Item

_WEB: Final = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_SCHEME: Final = re.compile(
    r"(?!https?:|ftp:)[a-z][a-z0-9+.-]*://|(?:mailto|javascript|data|tel|sms|magnet|xmpp|sip|bitcoin|ipfs|blob|about):",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
_HOST_FIRST: Final = re.compile(r"([^\s/?#@:\\]+)\.?(:[0-9]{1,5})?([/?#]\S*)?")
_LINK: Final = re.compile(r"(?:https?|ftp)://[^\s<>\"«»]+", re.IGNORECASE)
_WRAPPED: Final = re.compile(r"[<(\[\"'«“‘]\s*((?:https?://|@)[^\s<>\"«»“”]*?)\s*[>)\]\"'»”’]")
_SPELT_OUT: Final = re.compile(r"\w\s+(?:dot|point|slash)\s+\w", re.IGNORECASE)
_LONGEST_BY_RULE: Final = 65_536
_SURE: Final = 1.0
_LIKELY: Final = 0.8
_UNSURE: Final = 0.6


def item(item: Item) -> Target | Unread:
    """Give the target that `item` names, or Unread with the reasons; any text is answered, none raises.

    The same thing under other disguises gives the same canonical form, and a canonical form gives itself. A name alone
    needs its platform, chosen or typed beside it. Plain text is never guessed at: it is for a person.
    """
    text, reasons = refang(item.typed.strip())
    if len(text) > _LONGEST_BY_RULE:
        return Unread((why.TOO_LONG,))
    if not text:
        return Unread((*reasons, why.EMPTY))
    named = platforms.find(item.platform)
    if item.platform.strip() and named is None and not platforms.is_mastodon(item.platform):
        reasons = (*reasons, why.PLATFORM_UNKNOWN)
    return _read(text, named, item.platform, reasons)


def _read(text: str, named: Platform | None, platform: str, reasons: tuple[Reason, ...]) -> Target | Unread:
    """Try each way of reading in turn: link, scheme, name, host, link within text."""
    wrapped = _WRAPPED.fullmatch(text)
    text = accounts.plain_address(wrapped.group(1) if wrapped else text)
    if _WEB.match(text) and not _has_space(text):
        return _link(text, named, reasons, _SURE) or Unread((*reasons, why.BROKEN_ADDRESS))
    if _SCHEME.match(text):
        return Unread((*reasons, why.OTHER_SCHEME))
    account = accounts.read(text, named, fediverse=platforms.is_mastodon(platform))
    if account:
        return _with(account, reasons)
    found = _host_first(text, named, reasons)
    if found:
        return found
    within = _LINK.findall(text)
    if len(within) == 1:
        return _within(text, within[0], named, reasons) or Unread((*reasons, why.BROKEN_ADDRESS))
    return Unread((*reasons, _why_not(text, named, len(within))))


def _has_space(text: str) -> bool:
    return len(text.split(None, 1)) > 1


def _why_not(text: str, named: Platform | None, links: int) -> Reason:
    """Say in words why a rule could not read `text`."""
    if links > 1:
        return why.SEVERAL
    if _EMAIL.fullmatch(text):
        return why.EMAIL
    if text.startswith("@") and not _has_space(text):
        return why.name_shape(named.label) if named else why.NO_PLATFORM
    if _SPELT_OUT.search(text):
        return why.SPELT_OUT
    return why.PLAIN_TEXT


def _within(text: str, link: str, named: Platform | None, reasons: tuple[Reason, ...]) -> Target | None:
    starts = text.startswith(link)
    reason = why.UNTIL_SPACE if starts else why.WITHIN_TEXT
    link = link if starts else link.rstrip(".,;:!?)]}'’”…")
    read = address.read(link)
    if read is None or not (address.ends_well(read.host) or _is_ip(read.host)):
        return None  # the space may stand within the host itself
    return _link(link, named, (*reasons, reason), _LIKELY)


def _host_first(text: str, named: Platform | None, reasons: tuple[Reason, ...]) -> Target | None:
    """Read a host without a scheme: alone it is a domain, with a path it is an address."""
    text = text.removeprefix("//")
    parts = _HOST_FIRST.fullmatch(text)
    if parts is None or "." not in parts.group(1).replace("。", "."):
        return None
    read = address.read(f"https://{text}")
    if read is None or not (address.ends_well(read.host) or _is_ip(read.host)):
        return None
    if parts.group(2) or parts.group(3):
        return _link(f"https://{text}", named, (*reasons, why.SCHEME_ASSUMED), _SURE)
    return Target(
        kind=TargetKind.DOMAIN,
        canonical=read.host,
        defanged=defang(read.host),
        host=address.registrable(read.host),
        confidence=_SURE,
        reasons=(*reasons, *read.reasons, why.DOMAIN),
    )


def _is_ip(host: str) -> bool:
    return host.rpartition(".")[2].isdigit()


def _link(text: str, named: Platform | None, reasons: tuple[Reason, ...], confidence: float) -> Target | None:
    """Read a web address: an account or a post where the host is a platform's, else the address itself."""
    read = address.read(text)
    if read is None:
        return None
    platform = platforms.BY_HOST.get(read.host)
    reasons += read.reasons
    if named and (platform is None or platform.name != named.name):
        reasons += (why.PLATFORM_DIFFERS,)
    if platform:
        known = accounts.at(platform, read.path)
        if known:
            return _with(known, reasons, confidence)
    else:
        fediverse = accounts.on_fediverse(read)
        if fediverse:
            return _with(fediverse, reasons, min(confidence, _LIKELY))
        if accounts.imitates(read.host):
            reasons += (why.IMITATES,)
    host = address.registrable(read.host)
    if read.host in platforms.SHORT_LINKS:
        reasons += (why.SHORT_LINK,)
    return Target(
        kind=TargetKind.URL,
        canonical=read.canonical,
        defanged=defang(read.canonical),
        platform=platform.name if platform else "",
        host=host,
        confidence=confidence,
        reasons=(*reasons, why.ADDRESS),
    )


def _with(target: Target, reasons: tuple[Reason, ...], confidence: float = _SURE) -> Target:
    """Give `target` with what was found on the way to it."""
    if not reasons and confidence >= target.confidence:
        return target
    return Target(
        kind=target.kind,
        canonical=target.canonical,
        defanged=target.defanged,
        platform=target.platform,
        id=target.id,
        host=target.host,
        confidence=min(confidence, target.confidence),
        reasons=(*reasons, *target.reasons),
    )
