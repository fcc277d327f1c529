"""What we make of reports: cases with their facts, opinions and verdicts, and the dispatches that follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from ipaddress import IPv4Network, IPv6Network

    from fanal.core.catalogue import Tick
    from fanal.core.reasons import Reason
    from fanal.core.report import Category, Standing


class Outcome(StrEnum):
    """What an analyst, and then two of them, find."""

    ILLEGAL = "illegal"
    NOT_ILLEGAL = "not-illegal"
    OUT_OF_REMIT = "out-of-remit"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What ranking and re-opening need to know of reports that are alike; nothing that names anyone.

    `times` says how many they are, `received_at` when the last of them came.
    """

    received_at: datetime
    category: Category
    standing: Standing
    minor: bool
    danger_now: bool
    times: int = 1


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the core needs to know of a case to rank it or to re-open it."""

    ref: str
    state: str
    opened_at: datetime
    round: int
    reports: tuple[ReportFacts, ...]
    unread_items: int
    answered_no_at: datetime | None = None
    closed_at: datetime | None = None
    listed: tuple[Category, ...] = ()  # what lists say of fingerprints in it, harmless ones left out


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a case stands in the queue: a smaller `grade` comes first; within a grade the older case. No score."""

    grade: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's answer in one round: the elements ticked, the outcome, the offence where one is apparent."""

    person: str
    outcome: Outcome
    offence: str  # "" unless outcome is ILLEGAL
    ticks: tuple[tuple[str, Tick], ...]
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from the opinions so far: settled on an outcome, or another person is needed."""

    step: str  # a step of lifecycle.CASE: "opinion", "differ", "agree-illegal", …
    outcome: Outcome | None
    offence: str
    reasons: tuple[Reason, ...]


class DispatchKind(StrEnum):
    """A referral goes to an authority or a sister hotline, a notice to a platform or a host."""

    REFERRAL = "referral"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who we can write to: an entry of the operator's directory."""

    id: str
    name: str
    kind: DispatchKind
    connector: str
    language: str
    address: str  # postal or e-mail, as the connector wants it
    age_recipient: str  # the public key that the annex is encrypted to; "" where there is none
    country: str


@dataclass(frozen=True, slots=True)
class Host:
    """What the directory knows of a host or platform: its country (a hint) and who takes its notices."""

    domain: str  # registrable domain or platform name
    country: str
    recipient: str  # id of a Recipient, or ""
    source: str


@dataclass(frozen=True, slots=True)
class Cdn:
    """A network that answers in the place of other people's machines: what it is known by, from where, since when."""

    name: str
    dated: date
    source: str
    names: tuple[str, ...]  # endings of host names
    ranges: tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The operator's address book: recipients (services of law/*.toml by the same id, sister hotlines, hosts)."""

    recipients: tuple[Recipient, ...] = ()
    hosts: tuple[Host, ...] = ()
    hotlines: tuple[tuple[str, str], ...] = ()  # (country, recipient id)
    cdns: tuple[Cdn, ...] = ()  # beside those of wire/cdn.toml, and in their place where the name is the same

    def recipient(self, id: str) -> Recipient | None:
        """Find one recipient by its id."""
        return next((one for one in self.recipients if one.id == id), None)

    def host(self, domain: str) -> Host | None:
        """Find what is known of a host, by registrable domain or platform name."""
        return next((one for one in self.hosts if one.domain == domain), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dispatch that the core proposes; people prepare and approve it."""

    recipient: str  # id in the directory; or the id of a service that is missing from it
    kind: DispatchKind
    connector: str  # "" where nobody can be written to: `obstacles` says why
    reasons: tuple[Reason, ...]
    obstacles: tuple[Reason, ...] = ()
    due_hours: int = 0
    clock: str = ""


@dataclass(frozen=True, slots=True)
class DisclosedTarget:
    """One target as a recipient may read it in plain sight: its reference and its defanged form."""

    ref: str
    kind: str
    defanged: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The least that one recipient needs. Connectors see this and never the case.

    `annex` is the one sealed annex: the live identifiers, encrypted to the recipient's age key (b"" where it has none).
    """

    dispatch_ref: str
    case_ref: str
    kind: DispatchKind
    recipient: Recipient
    sender: str
    language: str
    made_at: datetime
    offence_title: str
    offence_article: str
    grounds: str
    targets: tuple[DisclosedTarget, ...]
    reports: int
    first_seen_at: datetime
    due_at: datetime | None
    annex: bytes = b""
    demo: bool = False
