"""Counting what happened: a fold over events, so that the same year counted again gives the same table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.events import Event
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How often one thing happened."""

    name: str
    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class Month:
    """The reports received in one month (UTC)."""

    year: int
    month: int
    reports: int


@dataclass(frozen=True, slots=True)
class Median:
    """The time, in hours, that half of `of` measured spans did not exceed; None where nothing was measured."""

    name: str
    label: Text
    hours: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Exact figures, for the house only: what leaves it goes through guard/clearance.py."""

    counts: tuple[Count, ...]
    months: tuple[Month, ...]
    medians: tuple[Median, ...]
    first_on: date | None
    last_on: date | None

    def value(self, name: str) -> int:
        """Give one count by its name; KeyError where there is none."""
        for one in self.counts:
            if one.name == name:
                return one.value
        raise KeyError(name)


def count(events: Iterable[tuple[str, datetime]], *, spans: Iterable[tuple[str, datetime, datetime]] = ()) -> Figures:
    """Count (event name, moment in UTC) pairs, in any order; events that no figure counts change nothing.

    `spans` are (name, from, until) with the names of MEDIANS: "decision" from a report's arrival to the verdict,
    "answer" from a sending to the recipient's answer, "removal" from a sending to an answer that says removed.
    """
    happened: Counter[str] = Counter()
    months: Counter[tuple[int, int]] = Counter()
    first_on: date | None = None
    last_on: date | None = None
    for name, at in events:
        if name not in COUNTED:
            continue
        happened[name] += 1
        on = at.date()
        first_on = on if first_on is None else min(first_on, on)
        last_on = on if last_on is None else max(last_on, on)
        if name == Event.REPORT_RECEIVED:
            months[on.year, on.month] += 1
    lengths: dict[str, list[float]] = {name: [] for name in MEDIANS}
    for name, start, end in spans:
        lengths[name].append((end - start).total_seconds() / 3600)
    return Figures(
        counts=tuple(Count(name, label, happened[event]) for event, (name, label) in COUNTED.items()),
        months=tuple(Month(year, month, value) for (year, month), value in _filled(months)),
        medians=tuple(
            Median(name, label, _median(lengths[name]), len(lengths[name])) for name, label in MEDIANS.items()
        ),
        first_on=first_on,
        last_on=last_on,
    )


def _filled(months: Counter[tuple[int, int]]) -> list[tuple[tuple[int, int], int]]:
    """List the months from the first to the last, those without a report too."""
    if not months:
        return []
    (year, month), last = min(months), max(months)
    found = []
    while (year, month) <= last:
        found.append(((year, month), months[year, month]))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 (a year has twelve months)
    return found


def _median(hours: list[float]) -> float | None:
    """Give the middle value, rounded to a tenth of an hour; the mean of the two in the middle where they are two."""
    if not hours:
        return None
    ordered = sorted(hours)
    middle = len(ordered) // 2
    found = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return round(found, 1)


COUNTED: dict[str, tuple[str, Text]] = {
    Event.REPORT_RECEIVED.value: ("reports", Text(en="reports received", fr="signalements reçus")),
    Event.CASE_OPENED.value: ("cases", Text(en="cases opened", fr="dossiers ouverts")),
    Event.CASE_DECIDED.value: (
        "decided",
        Text(en="decisions by two people", fr="décisions prises par deux personnes"),
    ),
    Event.CASE_DISPUTED.value: (
        "disputed",
        Text(en="times that two opinions differed and another person was asked", fr="avis divergents, relus"),
    ),
    Event.CASE_REOPENED.value: (
        "reopened",
        Text(en="cases looked at again after a “no”", fr="dossiers repris après un «\u202fnon\u202f»"),
    ),
    Event.DISPATCH_SENT.value: (
        "sent",
        Text(en="referrals and notices sent", fr="transmissions et notifications envoyées"),
    ),
    Event.DISPATCH_ANSWERED.value: ("answered", Text(en="answers from recipients", fr="réponses de destinataires")),
    Event.REPORTER_ANSWERED.value: (
        "told",
        Text(en="answers written to reporters", fr="réponses écrites aux personnes qui signalent"),
    ),
    Event.CASE_CLOSED.value: ("closed", Text(en="cases closed", fr="dossiers clos")),
}

MEDIANS: dict[str, Text] = {
    "decision": Text(en="from a report to its decision", fr="du signalement à la décision"),
    "answer": Text(en="from a sending to the recipient’s answer", fr="de l’envoi à la réponse du destinataire"),
    "removal": Text(en="from a sending to a removal", fr="de l’envoi au retrait"),
}
