"""Which marks a report leaves: keyed values by which later reports find it again, and that tell nothing by themselves.

A mark is a kind and 64 bits of BLAKE2b (RFC 7693) under a key that no database holds. Equal marks mean equal values; a
copy of the database shows that two cases share something, never what (law 10; docs/decisions/0018-marks-and-clues.md).
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from fanal.core import harmonise
from fanal.core.crosscheck import everybody, sketch, template
from fanal.core.errors import Broken
from fanal.core.harmonise import address, platforms
from fanal.core.report import Item, Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime


class Kind(IntEnum):
    """What a mark is a mark of. The numbers stand in the database and never change."""

    TARGET = 1  # the target itself, unless it is an account that is known by its name only
    LOOSE = 2  # the address without what seldom matters: scheme, www., final slash
    ACCOUNT_ID = 3  # an account by its stable id
    ACCOUNT_NAME = 4  # an account by its name, which can pass to somebody else
    SITE = 5  # a site, or a page of it
    TEMPLATE = 6  # the shape of path and query, without what changes from page to page
    BIRTH = 7  # when the platform made it, to ten minutes
    TEXT = 8  # one band of the sketch of the words
    CONTACT = 9  # an e-mail address, a telephone number, an invitation
    WALLET = 10
    ONION = 11
    MEDIA = 12  # a fingerprint of a picture or a video, or the entry of a list that it matches


@dataclass(frozen=True, slots=True)
class Mark:
    """One keyed value.

    `target` is the blind index (hex) of the target that it comes from, "" where it comes from words or media; `own`
    says that the target is this thing itself, and does not only belong to it.
    """

    kind: Kind
    key: int  # signed, 64 bits
    target: str
    own: bool


_ACCOUNTS: Final = frozenset({TargetKind.ACCOUNT, TargetKind.GROUP})
_CONTACTS: Final = frozenset({TargetKind.EMAIL, TargetKind.PHONE, TargetKind.INVITE})
_PAGES: Final = frozenset({TargetKind.URL, TargetKind.DOMAIN})
_NAMED: Final = frozenset({Kind.TARGET, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME, Kind.CONTACT, Kind.WALLET, Kind.ONION})
_HOST: Final = re.compile(r"\[[^\]]*\]|[^:/?#]+")
_BIRTH: Final = 600  # seconds
_MENTIONS: Final = 200


def of(targets: Sequence[tuple[str, Target]], words: str, *, key: bytes, media: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Give the marks of one report, each once, in a fixed order.

    `targets` come with their blind indexes (hex); `words` are the reporter's own; `media` are exact digests or entries
    of lists, as text. `key` is 16 to 64 bytes, the same for every report of one keyset: other keys share no mark. Of
    the things that the words name, the first 200 leave a mark. No input is refused.
    """
    found: dict[Mark, None] = {}
    for index, target in targets:
        for kind, value, own in _values(target):
            found[Mark(kind, _keyed(key, kind, value), index, own)] = None
    for kind, value in _named_in(words):
        found[Mark(kind, _keyed(key, kind, value), "", own=False)] = None
    for band in sketch.bands(words, key=key):
        found[Mark(Kind.TEXT, _keyed(key, Kind.TEXT, band), "", own=False)] = None
    for digest in media:
        found[Mark(Kind.MEDIA, _keyed(key, Kind.MEDIA, digest), "", own=True)] = None
    return tuple(found)


def _keyed(key: bytes, kind: Kind, value: str | bytes) -> int:
    said = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    digest = hashlib.blake2b(bytes([kind]) + said, digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def _values(target: Target) -> Iterator[tuple[Kind, str, bool]]:
    """Give kind, value and ownership of every mark of one target."""
    account = tuple(_account(target)) if target.kind in _ACCOUNTS else ()
    if [kind for kind, _ in account] != [Kind.ACCOUNT_NAME]:
        yield Kind.TARGET, target.canonical, True
    for kind, value in account:
        yield kind, value, True
    if target.account:
        owner = harmonise.item(Item(target.account))
        for kind, value in _account(owner) if isinstance(owner, Target) else ():
            yield kind, value, False
    if target.kind in _PAGES:
        yield from _page(target)
    elif target.kind in _CONTACTS:
        yield Kind.CONTACT, target.canonical, True
    elif target.kind is TargetKind.WALLET:
        yield Kind.WALLET, target.canonical, True
    if target.born_at is not None and target.platform:
        for window in _windows(target.born_at):
            yield Kind.BIRTH, f"{target.platform}\0{window}", True


def _account(target: Target) -> Iterator[tuple[Kind, str]]:
    """Give an account by its stable id and by its name, as far as each is known."""
    name = platforms.name_key(target.platform, target.handle)
    id = platforms.name_key(target.platform, target.id)
    by_name = bool(name) and (id in ("", name) or id.startswith(f"{name}@"))
    if not by_name:
        yield Kind.ACCOUNT_ID, f"{target.platform}\0{target.id}"
    if name:
        yield Kind.ACCOUNT_NAME, f"{target.platform}\0{id if by_name and id else name}"


def _page(target: Target) -> Iterator[tuple[Kind, str, bool]]:
    """Give what a page or a site that is no platform's has in common with others."""
    if target.platform:
        return
    yield Kind.LOOSE, address.loose(target.canonical), True
    host = _HOST.match(target.canonical.rpartition("://")[2])
    site = everybody.site(host.group()) if host else ""
    if host is None or not site:
        return
    kind = Kind.ONION if site.endswith(".onion") else Kind.SITE
    name = host.group().removeprefix("www.")
    whole = target.kind is TargetKind.DOMAIN or target.canonical.endswith(f"//{host.group()}/")
    for one in dict.fromkeys((name, site)):
        yield kind, one, whole and one == name
    shape = template.of(target.canonical)
    if shape:
        yield Kind.TEMPLATE, shape, False


def _windows(at: datetime) -> tuple[str, str]:
    """Give the ten minutes of `at` on two clocks that are five minutes apart.

    What was made within five minutes of each other always shares a window, what was made ten minutes apart never does;
    one clock alone would part two things that were made a second before and a second after its stroke.
    """
    second = int(at.timestamp())
    return f"a{second // _BIRTH}", f"b{(second + _BIRTH // 2) // _BIRTH}"


def _named_in(words: str) -> Iterator[tuple[Kind, str]]:
    """Give the accounts, addresses, contacts and wallets that the words name: a mention, and never the thing itself."""
    for target in harmonise.text(words).targets[:_MENTIONS] if words else ():
        for kind, value, own in _values(target):
            if own and kind in _NAMED:
                yield kind, value


_HEAD: Final = struct.Struct(">BH")
_MARK: Final = struct.Struct(">BHq")
_VERSION: Final = 1
_OWN: Final = 0x80


def pack(marks: Iterable[Mark]) -> bytes:
    """Give the marks as bytes, for one column: 11 bytes a mark, and each target's index once."""
    every = tuple(marks)
    places = {target: place for place, target in enumerate(dict.fromkeys(one.target for one in every))}
    head = _HEAD.pack(_VERSION, len(places))
    indexes = b"".join(bytes([len(raw)]) + raw for raw in map(bytes.fromhex, places))
    body = b"".join(_MARK.pack(one.kind | _OWN * one.own, places[one.target], one.key) for one in every)
    return head + indexes + body


def unpack(packed: bytes) -> tuple[Mark, ...]:
    """Give back what `pack` was given, in its order; raise Broken for bytes that it did not write."""
    try:
        version, count = _HEAD.unpack_from(packed)
        at = _HEAD.size
        targets: list[str] = []
        for _ in range(count):
            length = packed[at]
            targets.append(packed[at + 1 : at + 1 + length].hex())
            at += 1 + length
        marks = tuple(
            Mark(Kind(kind & ~_OWN), key, targets[place], bool(kind & _OWN))
            for kind, place, key in _MARK.iter_unpack(packed[at:])
        )
    except (struct.error, IndexError, ValueError):
        raise Broken from None
    if version != _VERSION:
        raise Broken
    return marks
