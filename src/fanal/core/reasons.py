"""Why something was found, ranked, proposed or refused: no result travels without its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from fanal.core.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable dotted `code`, the sentence a person reads, and how much it weighs (0: it only informs)."""

    code: str
    text: Text
    weight: int = 0


def reason(code: str, *, en: str, fr: str, weight: int = 0) -> Reason:
    """Make a reason from its code and its sentence in both languages."""
    return Reason(code, Text(en=en, fr=fr), weight)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field that a person or a program filled in, and what to do about it."""

    field: str
    reason: Reason
