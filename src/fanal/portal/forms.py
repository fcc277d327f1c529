"""What a reporter typed, as strings and nothing more: core/intake/read.py is the one validator."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from fanal.core.intake import fingerprint, media
from fanal.core.reasons import Fault, Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

NONCE = re.compile(r"[0-9a-f]{64}")

# Django's own limit in bytes: a text of 1 MB comes back to its author with everything kept; more is a plain 413.
MOST_BYTES = 2_621_440

# The core names the codes of the categories, for programs; a person has the words on the page.
CHOOSE = reason(
    "portal.choose",
    en="Choose what it is about. If you are not sure, “Something else” is an answer too.",
    fr="Choisissez de quoi il s’agit. En cas de doute, «\u202fAutre chose\u202f» est aussi une réponse.",
)
STALE = reason(
    "portal.stale",
    en="This page was not handed out by us, or it is too old. Everything you typed is kept: check it and go on.",
    fr="Cette page ne vient pas de nous, ou elle est trop ancienne. Ce que vous avez écrit est gardé\u00a0: "
    "relisez et continuez.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form exactly as typed. The names are those of the inputs."""

    items: str = ""
    platform: str = ""
    category: str = ""
    comment: str = ""
    seen_on: str = ""
    seen_where: str = ""
    standing: str = ""
    minor: str = ""
    danger_now: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    fingerprints: str = ""
    nonce: str = ""

    def nonce_bytes(self) -> bytes | None:
        """Give the one-time number that the form was handed out with; None where it is not one of ours."""
        return bytes.fromhex(self.nonce) if NONCE.fullmatch(self.nonce) else None

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Give every field that holds something, so that the next page carries it on."""
        named = ((one.name, getattr(self, one.name)) for one in fields(self))
        return tuple((name, value) for name, value in named if value)

    def carried(self) -> tuple[tuple[str, str], ...]:
        """Give what `hidden` gives, without the two long texts, for a page that shows these to be changed."""
        return tuple((name, value) for name, value in self.hidden() if name not in {"items", "comment"})

    def pictures(self) -> int:
        """Count the pictures whose fingerprints go with the report."""
        return fingerprint.pictures(self.fingerprints.split())

    def without_media(self) -> Draft:
        """Give the same without the pictures and films that were pasted as text: they are not sent back either."""
        return replace(self, **{one.name: media.cut(getattr(self, one.name)) for one in fields(self)})

    def fields(self, *, language: str) -> Mapping[str, object]:
        """Give the mapping that `read` wants: one item a line that is not blank, each with the platform named.

        Fingerprints follow, one item each: they are of a picture, and on no platform.
        """
        lines = self.items.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return {
            "items": [{"typed": line, "platform": self.platform} for line in lines if line.strip()]
            + [{"typed": one, "platform": ""} for one in self.fingerprints.split()],
            "category": self.category,
            "comment": self.comment,
            "seen_on": self.seen_on,
            "seen_where": self.seen_where,
            "standing": self.standing or "witness",
            "minor": bool(self.minor),
            "danger_now": bool(self.danger_now),
            "language": language,
            "contact": {"name": self.name, "email": self.email, "phone": self.phone},
        }


def typed(post: QueryDict) -> Draft:
    """Take the fields of the form out of a request; whatever else was sent is left alone."""
    return Draft(**{one.name: post.get(one.name, "") or "" for one in fields(Draft)})


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: which entry of the list it is about (0: not one of them), and the reason."""

    reason: Reason
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, by the input that it belongs to, in the order of the page; `other` is shown at the top only."""

    other: tuple[Complaint, ...] = ()
    items: tuple[Complaint, ...] = ()
    platform: tuple[Complaint, ...] = ()
    category: tuple[Complaint, ...] = ()
    comment: tuple[Complaint, ...] = ()
    seen_on: tuple[Complaint, ...] = ()
    seen_where: tuple[Complaint, ...] = ()
    standing: tuple[Complaint, ...] = ()
    name: tuple[Complaint, ...] = ()
    email: tuple[Complaint, ...] = ()
    phone: tuple[Complaint, ...] = ()

    def summary(self) -> tuple[tuple[str, Complaint], ...]:
        """Give one line a complaint, with the input to go to ("" where there is none)."""
        return tuple(
            ("" if slot.name == "other" else slot.name, one)
            for slot in fields(self)
            for one in getattr(self, slot.name)
        )


def wrong(faults: Iterable[Fault]) -> Wrong:
    """Sort faults by input: `items[3].typed` is entry 4 of `items`, `contact.email` belongs to `email`; each once."""
    known = {one.name for one in fields(Wrong)}
    sorted_: dict[str, dict[Complaint, None]] = {}
    for fault in faults:
        parts = re.findall(r"[a-z_]+|[0-9]+", fault.field)
        place = next((part for part in reversed(parts) if part in known), "other")
        entry = int(parts[1]) + 1 if place == "items" and len(parts) > 1 else 0
        told = CHOOSE if fault.reason.code in {"intake.no-category", "intake.unknown-category"} else fault.reason
        sorted_.setdefault(place, {})[Complaint(told, entry)] = None
    return Wrong(**{place: tuple(complaints) for place, complaints in sorted_.items()})
