"""What the guard answers: findings that hold a draft back, doubts that a person weighs, and a safe version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fanal.core.guard.draft import Place
    from fanal.core.reasons import Reason
    from fanal.core.report import TargetKind
    from fanal.core.text import Text


class Role(IntEnum):
    """What a name is to its target."""

    WHOLE = 1  # its whole address
    SITE = 2  # the host or site on which it stands
    HANDLE = 3  # the name of an account
    CODE = 4  # a stable id, an invite's code, a fingerprint, a wallet, an onion name
    NUMBER = 5  # a telephone number
    MAILBOX = 6  # an e-mail address


class Standing(StrEnum):
    """What the house knows of whether a reported thing is still there."""

    REPORTED = "reported"  # being examined: taken to be live
    ILLEGAL = "illegal"  # two people found an offence apparent: taken to be live
    GONE = "gone"  # some recipient says that it was removed; it may come back
    CLEARED = "cleared"  # two people found none: naming it would repeat the accusation


class Sure(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Name:
    """One way of naming a target, in words that the index folds and blinds."""

    words: str
    role: Role


@dataclass(frozen=True, slots=True)
class Known:
    """What a name that was found leads to. It tells nothing that could be read back: no case, no reference."""

    role: Role
    kind: TargetKind
    platform: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the index that stands in a text, from `start` to before `end`, disguised or not."""

    start: int
    end: int
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that must go: where, why, how it was disguised, how sure, whether it is still live, what to write."""

    part: int
    start: int
    end: int
    place: Place
    sure: Sure
    standing: Standing
    reasons: tuple[Reason, ...]
    wording: Text


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage that a person should weigh. It keeps nothing from being published."""

    part: int
    start: int
    end: int
    place: Place
    reasons: tuple[Reason, ...]
    wording: Text


@dataclass(frozen=True, slots=True)
class Review:
    """The answer on one draft; `safe` is the whole draft rewritten, itself without findings."""

    findings: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[Reason, ...]
    safe: str

    @property
    def clean(self) -> bool:
        """Say whether nothing was found that keeps the draft from being published."""
        return not self.findings
