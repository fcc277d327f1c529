"""A text that is one thing: an address of the web or of something else, a name, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import account_why, accounts, address, magnet, mail, phone, platforms, spelt, wallets, why
from fanal.core.harmonise.links import LIKELY, SURE, found_on_the_way, host_first, web_link
from fanal.core.harmonise.refang import INVISIBLE

if TYPE_CHECKING:
    from fanal.core.harmonise.platform import Platform
    from fanal.core.reasons import Reason
    from fanal.core.report import Target

WEB: Final = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
SCHEME: Final = re.compile(
    r"(?!https?:|ftp:)[a-z][a-z0-9+.-]{0,40}://"
    r"|(?:mailto|javascript|data|tel|sms|callto|magnet|xmpp|sip|ipfs|blob|about"
    r"|bitcoin|litecoin|ethereum|monero|tron):",
    re.IGNORECASE,
)
_WRAPPED: Final = re.compile(
    r"[<(\[\"'«“‘]\s*((?:https?://|@|magnet:|mailto:)[^\s<>\"«»“”]*?)\s*[>)\]\"'»”’]", re.IGNORECASE
)
_BREAK: Final = re.compile(r"[\t\n\r]+")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_CONTINUES: Final = "/?#&=%-_.~+:"
_SCHEME_WITHIN: Final = 16  # characters in which a broken http:// stands
_LONGEST_NAME: Final = 4_096


@dataclass(frozen=True, slots=True)
class Said:
    """What is known beside a text: the platform that the reporter named, and the country whose numbers are meant."""

    named: Platform | None = None
    fediverse: bool = False
    region: str = ""


def read(text: str, said: Said, reasons: tuple[Reason, ...] = ()) -> Target | Reason:
    """Read `text` as one thing, or give the reason why it is none. It is refanged already, and not empty."""
    wrapped = _WRAPPED.fullmatch(text) if text[0] in "<([\"'«“‘" else None
    text = accounts.plain_address(wrapped.group(1) if wrapped else text)
    if WEB.match(text):
        return _web(text, said, reasons)
    if _BREAK.search(text[:_SCHEME_WITHIN]) and " " not in text and WEB.match(_BREAK.sub("", text)):
        return web_link(_BREAK.sub("", text), said.named, (*reasons, why.JOINED), LIKELY) or why.BROKEN_ADDRESS
    return _beyond_the_web(text, said, reasons)


def _beyond_the_web(text: str, said: Said, reasons: tuple[Reason, ...]) -> Target | Reason:
    """Try each other way of reading in turn: another scheme, a number, a name, a host, what was spelt."""
    if len(text) > _LONGEST_NAME and not SCHEME.match(text):
        return host_first(text, said.named, reasons) or why.PLAIN_TEXT
    known = accounts.number(text, said.named) or _other(text, said)
    if known:
        return found_on_the_way(known, reasons)
    if SCHEME.match(text):
        return why.BROKEN_MAGNET if text[:7].lower() == "magnet:" else why.OTHER_SCHEME
    known = accounts.read(text, said.named, fediverse=said.fediverse)
    if known:
        return found_on_the_way(known, reasons)
    return host_first(text, said.named, reasons) or _spelt(text, said, reasons) or _why_not(text, said)


def _web(text: str, said: Said, reasons: tuple[Reason, ...]) -> Target | Reason:
    if len(text.split(None, 1)) == 1:
        return web_link(text, said.named, reasons, SURE) or _unjoined(text, said, reasons)
    whole = _joined(text) if " " not in text else ""
    if whole:
        return web_link(whole, said.named, (*reasons, why.JOINED), LIKELY) or why.BROKEN_ADDRESS
    return _spelt(text, said, reasons) or why.BROKEN_ADDRESS


def _unjoined(text: str, said: Said, reasons: tuple[Reason, ...]) -> Target | Reason:
    """Read an address in which an invisible joiner stands where its script has none."""
    plain = _JOINERS.sub("", text)
    found = web_link(plain, said.named, (*reasons, INVISIBLE), SURE) if plain != text else None
    return found or why.BROKEN_ADDRESS


def _joined(text: str) -> str:
    """Join an address that was broken over lines, as browsers do; "" where what follows a break may be another thing.

    The WHATWG standard drops tabs and line feeds wherever they stand. Here they are dropped where the part before is no
    whole address yet, or where one of the sides shows that it goes on.
    """
    whole, *rest = _BREAK.split(text)
    for piece in rest:
        if "://" in piece:
            return ""
        goes_on = (whole[-1:] in _CONTINUES) or (piece[:1] in _CONTINUES)
        if not goes_on:
            read_so_far = address.read(whole)
            if read_so_far is not None and read_so_far.facts.exists:
                return ""
        whole += piece
    return whole


def _other(text: str, said: Said) -> Target | None:
    """Read what is neither of the web nor a name: a magnet, an e-mail address, a number, a wallet."""
    if text[:7].lower() == "magnet:":
        return magnet.read(text)
    if "@" in text and not said.fediverse and (known := mail.read(text)):
        return known
    return phone.read(text, said.region) or wallets.read(text)


def _spelt(text: str, said: Said, reasons: tuple[Reason, ...]) -> Target | None:
    """Read what was spelt with words or letter by letter; it is never as sure as what was typed."""
    for meant, reason in ((spelt.letters(text), spelt.LETTERS), (spelt.read(text), spelt.WORDS)):
        if not meant:
            continue
        found = (
            web_link(meant, said.named, (), SURE)
            if WEB.match(meant)
            else (mail.read(meant) if "@" in meant else host_first(meant, said.named, ()))
        )
        if found:
            return found_on_the_way(found, (*reasons, reason), spelt.CONFIDENCE)
    return None


def _why_not(text: str, said: Said) -> Reason:
    """Say in words why a rule could not read `text`."""
    if text.startswith("@") and len(text.split(None, 1)) == 1:
        return accounts_shape(said.named) if said.named else why.NO_PLATFORM
    if phone.looks(text):
        return why.NO_COUNTRY
    return why.PLAIN_TEXT


def accounts_shape(platform: Platform) -> Reason:
    """Say that a name does not look like one of `platform`."""
    return account_why.name_shape(platform.label)


def said_of(platform: str, region: str) -> tuple[Said, tuple[Reason, ...]]:
    """Give what the platform named beside an item means, and a reason where the rules do not know it."""
    if not platform.strip():
        return Said(region=region), ()
    named, fediverse = platforms.find(platform), platforms.is_mastodon(platform)
    known = named is not None or fediverse
    return Said(named, fediverse, region), () if known else (why.PLATFORM_UNKNOWN,)
