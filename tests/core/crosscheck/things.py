"""Invented targets, marks and sightings for the tests of this stage."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fanal.core.crosscheck import compare, trace
from fanal.core.crosscheck.compare import Seen
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from fanal.core.crosscheck.trace import Kind, Mark

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORY = (
    "Ce compte publie tous les soirs des vidéos où il menace une personne de mon lycée, il donne son adresse et demande"
    " aux autres de venir l'attendre devant chez elle le samedi"
)


def index(name: str) -> str:
    """Give a blind index that stands for the target of that name."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def page(address: str) -> Target:
    host = address.partition("://")[2].partition("/")[0]
    return Target(TargetKind.URL, address, address, host=host.removeprefix("www."))


def site(host: str) -> Target:
    return Target(TargetKind.DOMAIN, host, host, host=host)


def account(name: str = "", id: str = "", platform: str = "x", born_at: datetime | None = None) -> Target:
    canonical = f"https://x.example/i/user/{id}" if id else f"https://x.example/{name}"
    return Target(
        TargetKind.ACCOUNT, canonical, canonical, platform, id or name, "x.example", handle=name, born_at=born_at
    )


def thing(kind: TargetKind, canonical: str) -> Target:
    return Target(kind, canonical, canonical)


def marks(*targets: Target, words: str = "", media: Sequence[str] = ()) -> tuple[Mark, ...]:
    return trace.of([(index(one.canonical), one) for one in targets], words, key=KEY, media=media)


def seen(marks: Iterable[Mark], days_ago: float = 0) -> list[Seen]:
    at = NOW - timedelta(days=days_ago)
    return [Seen(one, at, at) for one in marks]


def compared(
    ours: Sequence[Mark], theirs: Sequence[Mark], days_ago: float = 0, common: Collection[tuple[Kind, int]] = ()
) -> compare.Comparison:
    return compare.compare(ours, seen(theirs, days_ago), at=NOW, common=common)


def clues(found: compare.Comparison) -> list[str]:
    return [one.code.removeprefix("clue.") for one in found.reasons]
