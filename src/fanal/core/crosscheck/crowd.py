"""How many stand behind a case: voices that are independent, copies of one text, hours far above the usual.

Mass adds reach, never guilt (law 5): nothing here is asked by the queue.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fanal.core.crosscheck.trace import Kind
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from fanal.core.crosscheck.trace import Mark

_TOGETHER: Final = 2  # bands of a phrase
LEAST: Final = 10
"""Fewer reports an hour are no burst: a shared link and chance do as much."""
TIMES: Final = 5
"""A burst has this many times what three quarters of the case's hours stay below."""
_DAY: Final = 24
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one report changes in the groups of voices of a case.

    `root` is the group it speaks for, `merges` are groups that it shows to be the same as that one, `fresh` says that
    nobody had spoken for it before. The number of independent voices grows by `fresh` and shrinks by each of `merges`.
    """

    root: int
    merges: tuple[int, ...]
    fresh: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """Hours one after the other, from `start` to before `end`, with far more reports than the case's usual hours."""

    start: datetime
    end: datetime
    reports: int
    usual: int


def phrases(marks: Sequence[Mark]) -> tuple[int, ...]:
    """Give the text nodes of one report: four values, each of two bands; none where it has no text to compare.

    Texts that share one of the four are the same text for counting. Because each is a plain value, the groups do not
    depend on the order of arrival, as “half of the bands of what came before” would. Texts that share 95 of 100 pairs
    of words share one with probability 0.99, 80 of 100: 0.52, 50 of 100: 0.016, 10 of 100: 0.00000004 (the chance
    of two bands is that of eight equal rows, s ** 8).
    """
    bands = [one.key for one in marks if one.kind is Kind.TEXT]
    return tuple(
        int.from_bytes(
            hashlib.blake2b(
                b"".join(band.to_bytes(8, "big", signed=True) for band in bands[at : at + _TOGETHER]), digest_size=8
            ).digest(),
            "big",
            signed=True,
        )
        for at in range(0, len(bands), _TOGETHER)
    )


def voice(nodes: Sequence[int], roots: Mapping[int, int]) -> Voice:
    """Say for whom a report speaks: one step of union-find (Galler and Fischer 1964).

    `nodes` are its source tokens and its text nodes (`phrases`); `roots` gives the group of each node that the case
    knows, other keys are ignored. Every node of the report is then to be kept under `root`, and every node under one of
    `merges` moved to it. A report without nodes is a voice of its own, of which nothing is kept (root 0).
    """
    known = sorted({roots[node] for node in nodes if node in roots})
    if known:
        return Voice(known[0], tuple(known[1:]), fresh=False)
    return Voice(min(nodes, default=0), (), fresh=True)


def copies_of(nodes: Sequence[int], roots: Mapping[int, int]) -> int | None:
    """Give the group that said this text before, by its text nodes; None where nobody did."""
    return min((roots[node] for node in nodes if node in roots), default=None)


def bursts(hours: Mapping[datetime, int]) -> tuple[Burst, ...]:
    """Give the bursts of a case, oldest first; `hours` maps the start of each hour (UTC) to its reports.

    An hour is far above the usual if it has at least 10 reports, and five times what three quarters of all hours stay
    at or below, from the case's first report to its last and over a day at the least, hours without a report included.
    Three quarters, because a case may be quiet by night and a crowd may last for hours; ten, because fewer prove
    nothing. Such hours one after the other are one burst, across midnight too.
    """
    counted = {hour: count for hour, count in hours.items() if count > 0}
    if not counted:
        return ()
    span = max(_DAY, int((max(counted) - min(counted)) / _HOUR) + 1)
    ordered = sorted(counted.values())
    silent = span - len(ordered)
    place = (span - 1) * 3 // 4
    usual = 0 if place < silent else ordered[place - silent]
    found: list[Burst] = []
    for hour in sorted(hour for hour, count in counted.items() if count >= max(LEAST, TIMES * usual)):
        if found and found[-1].end == hour:
            last = found.pop()
            found.append(Burst(last.start, hour + _HOUR, last.reports + counted[hour], usual))
        else:
            found.append(Burst(hour, hour + _HOUR, counted[hour], usual))
    return tuple(found)


def reach(reports: int, independent: int, copies: int, bursts: Sequence[Burst]) -> tuple[Reason, ...]:
    """Say how far a case reaches; every reason weighs nothing. One report alone has nothing to say."""
    if reports <= 1:
        return ()
    said = [_count(reports, independent, copies)]
    said += [_burst(one) for one in bursts]
    return tuple(said)


def _count(reports: int, independent: int, copies: int) -> Reason:
    en, fr = f"{reports} reports", f"{reports} signalements"
    if independent < reports:
        en += f", about {independent} independent account{'s' * (independent != 1)} of it"
        fr += f", environ {independent} récit{'s' * (independent > 1)} indépendant{'s' * (independent > 1)}"
    if copies > 1:
        en += f", {copies} copies of one text"
        fr += f", {copies} copies d’un même texte"
    return reason(
        "crowd.reach",
        en=f"{en}. Their number says nothing about the law.",
        fr=f"{fr}. Leur nombre ne dit rien du droit.",
    )


def _burst(one: Burst) -> Reason:
    hours = int((one.end - one.start) / _HOUR)
    return reason(
        "crowd.burst",
        en=f"{one.reports} of them came within {hours} hour{'s' * (hours != 1)} from {one.start:%Y-%m-%d %H:%M} UTC; "
        f"three quarters of the hours of this case bring {one.usual} or fewer.",
        fr=f"{one.reports} d’entre eux sont arrivés en {hours} heure{'s' * (hours > 1)} à partir "
        f"du {one.start:%d/%m/%Y %H:%M} UTC ; les trois quarts des heures de ce dossier en apportent {one.usual} ou "
        "moins.",
    )
