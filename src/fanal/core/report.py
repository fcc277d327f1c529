"""What comes in: a submission with its items, and the targets that its items turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from fanal.core.reasons import Reason


class Channel(StrEnum):
    """The door through which a report came."""

    PORTAL = "portal"
    API = "api"
    BATCH = "batch"
    XARF = "xarf"


class Category(StrEnum):
    """What the reporter thinks it is, in plain words. The law's own families are in law/*.toml."""

    CHILD_SEXUAL = "child-sexual"
    INTIMATE_IMAGES = "intimate-images"
    TERRORISM = "terrorism"
    THREATS = "threats"
    HATE = "hate"
    HARASSMENT = "harassment"
    DANGER = "danger"
    TRAFFICKING = "trafficking"
    ANIMAL_CRUELTY = "animal-cruelty"
    SCAM = "scam"
    INTRUSION = "intrusion"
    DISPUTE = "dispute"
    OTHER = "other"


class Standing(StrEnum):
    """Who reports: somebody who saw it, somebody it is about, or somebody whose work it is."""

    WITNESS = "witness"
    VICTIM = "victim"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing reported, exactly as typed, with the platform if the reporter named one."""

    typed: str
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports and from where. It exists in memory only, on its way into a seal."""

    name: str = ""
    email: str = ""
    phone: str = ""
    ip: str = ""
    user_agent: str = ""

    def empty(self) -> bool:
        """Say whether there is nothing to seal."""
        return not (self.name or self.email or self.phone or self.ip or self.user_agent)


@dataclass(frozen=True, slots=True)
class Submission:
    """A report before it has a reference: cleaned (core/intake), complete, and without any identity."""

    items: tuple[Item, ...]
    category: Category
    channel: Channel
    language: str
    comment: str = ""
    seen_on: date | None = None
    seen_where: str = ""
    standing: Standing = Standing.WITNESS
    minor: bool = False
    danger_now: bool = False
    external_ref: str = ""


class TargetKind(StrEnum):
    """What a target is."""

    URL = "url"
    DOMAIN = "domain"
    ACCOUNT = "account"
    POST = "post"
    GROUP = "group"  # a channel, server, page or group that belongs to several people
    INVITE = "invite"
    EMAIL = "email"
    PHONE = "phone"
    WALLET = "wallet"
    MAGNET = "magnet"
    HASH = "hash"  # the fingerprint of a file, a picture or a video


@dataclass(frozen=True, slots=True)
class Target:
    """The canonical identity of a reported thing.

    `canonical` is live (it names the thing); it is shown, logged and kept only through the guard and the keyset.
    `defanged` is the form a person may read. `host` is the registrable or platform host, empty where there is none.
    `id` is the stable id where one is known, else the name; `handle` is a name that can pass to somebody else ("" where
    none is known). `account` is the canonical form of the account that a post belongs to, `site` the canonical form of
    the site that a page belongs to, each "" where there is none. `born_at` is when the platform made it, where its id
    tells (a snowflake), in UTC.
    """

    kind: TargetKind
    canonical: str
    defanged: str
    platform: str = ""
    id: str = ""
    host: str = ""
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()
    handle: str = ""
    account: str = ""
    site: str = ""
    born_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that no rule could read: kept as typed, and shown to a person with the reasons."""

    reasons: tuple[Reason, ...]
