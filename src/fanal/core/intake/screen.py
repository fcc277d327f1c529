"""What cannot wait, and what is not for a reporting desk; the report is taken in all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.reasons import Reason, reason
from fanal.core.report import Category, Standing, Submission

if TYPE_CHECKING:
    from fanal.core.catalogue import Catalogue, Elsewhere

DANGER_NOW: Final = reason(
    "screen.danger-now",
    en="The report says that somebody is in danger now.",
    fr="Le signalement dit que quelqu’un est en danger maintenant.",
)
DANGER: Final = reason(
    "screen.danger",
    en="It is reported as a danger to somebody’s life or body.",
    fr="C’est signalé comme un danger pour la vie ou l’intégrité d’une personne.",
)
MINOR_VICTIM: Final = reason(
    "screen.minor-victim",
    en="A victim reports, and a minor is concerned.",
    fr="Une victime signale, et une personne mineure est concernée.",
)
MINOR_THREATENED: Final = reason(
    "screen.minor-threatened",
    en="A minor is concerned, and threats, harassment, intimate images or trafficking are reported.",
    fr="Une personne mineure est concernée, et des menaces, du harcèlement, des images intimes ou une traite "
    "sont signalés.",
)
_AIMED_AT_SOMEBODY: Final = frozenset(
    {Category.THREATS, Category.HARASSMENT, Category.INTIMATE_IMAGES, Category.TRAFFICKING, Category.CHILD_SEXUAL}
)


@dataclass(frozen=True, slots=True)
class Screening:
    """What cannot wait, with its reasons (none: it takes its turn), and where else to go (none: it is for us)."""

    urgent: tuple[Reason, ...]
    elsewhere: tuple[Elsewhere, ...]


def screen(submission: Submission, catalogue: Catalogue) -> Screening:
    """Say why a report cannot wait, and what the catalogue advises for its category. It refuses nothing."""
    urgent: list[Reason] = []
    if submission.danger_now:
        urgent.append(DANGER_NOW)
    if submission.category is Category.DANGER:
        urgent.append(DANGER)
    if submission.minor and submission.standing is Standing.VICTIM:
        urgent.append(MINOR_VICTIM)
    elif submission.minor and submission.category in _AIMED_AT_SOMEBODY:
        urgent.append(MINOR_THREATENED)
    elsewhere = tuple(one for one in catalogue.elsewhere if submission.category in one.categories)
    return Screening(tuple(urgent), elsewhere)
