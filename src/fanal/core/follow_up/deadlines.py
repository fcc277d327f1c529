"""When an answer is due, how long is left, and what is late, at a given now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fanal.core.errors import Refused
from fanal.core.reasons import Reason, reason

_HOUR = timedelta(hours=1)
_DAYS_FROM = timedelta(hours=72)  # a clock of three days or more is told in days

NO_CLOCK = reason(
    "due.no-clock",
    en="No deadline runs here: its length must be at least one hour.",
    fr="Aucun délai ne court ici\u00a0: sa durée doit être d’au moins une heure.",
)


@dataclass(frozen=True, slots=True)
class Due:
    """One running deadline: when it ends, what is left of it (negative once it is over), and the words for it."""

    due_at: datetime
    left: timedelta
    late: bool
    reasons: tuple[Reason, ...]


def due(sent_at: datetime, hours: int, *, now: datetime) -> Due:
    """Say when an answer to what left at `sent_at` is due and what is left of its `hours`, in words.

    The very moment of the deadline is still in time. Refused: fewer than one hour.
    """
    if hours < 1:
        raise Refused(NO_CLOCK)
    due_at = sent_at + timedelta(hours=hours)
    left = due_at - now
    late = left < timedelta()
    whole, rest = span(timedelta(hours=hours)), span(abs(left))
    if late:
        why = reason("due.late", en=f"Late by {rest}.", fr=f"En retard de {_french(rest)}.", weight=1)
    elif left <= _HOUR:
        why = reason(
            "due.last-hour", en=f"{rest} left of {whole}.", fr=f"{_french(rest)} sur {_french(whole)}.", weight=1
        )
    else:
        why = reason("due.running", en=f"{rest} left of {whole}.", fr=f"{_french(rest)} sur {_french(whole)}.")
    return Due(due_at, left, late, (why,))


def span(length: timedelta) -> str:
    """Say a length of time in the two largest units that matter: "38 min", "5 h 20 min", "3 d 4 h"."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if length >= _DAYS_FROM:
        return f"{days} d {hours} h" if hours else f"{days} d"
    hours = minutes // 60
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _french(words: str) -> str:
    """Write a span the French way: "j" for days, and no break between a number and its unit."""
    return words.replace(" d", " j").replace(" ", "\u00a0")
