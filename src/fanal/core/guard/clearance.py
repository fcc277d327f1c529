"""What may be said in public: Cleared[T], which only this file makes and publish/ accepts nothing else than."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from fanal.core.errors import Refused
from fanal.core.guard import public, small_numbers
from fanal.core.guard.small_numbers import FEWEST, Shown
from fanal.core.reasons import reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from fanal.core.figures.counts import Figures
    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Review

T_co = TypeVar("T_co", covariant=True)

RULES: Final = "small-numbers-1"
NAMES: Final = "names-nothing-1"

NOT_CLEARED = reason(
    "guard.not-cleared",
    en="Only what the guard has cleared may be published.",
    fr="Seul ce que la garde a autorisé peut être publié.",
)

_SEAL: Final = object()


class Cleared(Generic[T_co]):
    """Something that may be published, with the version of the rules that it passed."""

    __slots__ = ("_content", "_rules")

    def __init__(self, content: T_co, *, rules: str, seal: object) -> None:
        """Refuse every maker but this file."""
        if seal is not _SEAL:
            raise Refused(NOT_CLEARED)
        self._content = content
        self._rules = rules

    @property
    def content(self) -> T_co:
        """Give what was cleared."""
        return self._content

    @property
    def rules(self) -> str:
        """Name the rules that it passed."""
        return self._rules


@dataclass(frozen=True, slots=True)
class PublicCount:
    """One count as the public may read it."""

    name: str
    label: Text
    shown: Shown


@dataclass(frozen=True, slots=True)
class PublicMonth:
    """The reports of one month as the public may read them."""

    year: int
    month: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class PublicMedian:
    """A median time; hidden (None) where fewer than five spans were measured."""

    name: str
    label: Text
    hours: float | None
    text: Text


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Figures that tell of nobody."""

    counts: tuple[PublicCount, ...]
    months: tuple[PublicMonth, ...]
    medians: tuple[PublicMedian, ...]
    first_on: date | None
    last_on: date | None


def clear(figures: Figures) -> Cleared[PublicFigures]:
    """Clear figures for publication: no count from 1 to 4 stands in them, nor follows from the others."""
    total, months = small_numbers.shown_with_total(tuple(one.reports for one in figures.months))
    counts = tuple(
        PublicCount(one.name, one.label, total if one.name == "reports" and months else small_numbers.shown(one.value))
        for one in figures.counts
    )
    public = PublicFigures(
        counts=counts,
        months=tuple(
            PublicMonth(one.year, one.month, shown) for one, shown in zip(figures.months, months, strict=True)
        ),
        medians=tuple(_median(one.name, one.label, one.hours, one.of) for one in figures.medians),
        first_on=figures.first_on,
        last_on=figures.last_on,
    )
    return Cleared(public, rules=RULES, seal=_SEAL)


def clear_text(draft: Draft, review: Review) -> Cleared[str]:
    """Clear a text that anyone may read. Refused, passage by passage, where it names anything that was reported."""
    if found := public.faults(draft, review):
        raise Refused(*found)
    return Cleared(draft.source, rules=NAMES, seal=_SEAL)


def clear_files(
    figures: Cleared[PublicFigures],
    make: Callable[[PublicFigures, str], Mapping[str, str]],
    look: Callable[[str, str], tuple[Draft, Review]],
) -> Cleared[Mapping[str, str]]:
    """Clear the files that `make` gives of cleared figures, each by its name. Refused where one names anything.

    What the same files say without a single figure are our own words, the same for every house and every year: that
    somebody reports an account of that name does not keep the house from publishing.
    """
    contents = make(figures.content, figures.rules)
    own = "\n".join(make(_NO_FIGURES, figures.rules).values()).casefold()
    for name, content in contents.items():
        draft, review = look(name, content)
        theirs = [
            one for one in review.findings if draft.parts[one.part].text[one.start : one.end].casefold() not in own
        ]
        if found := public.faults(draft, replace(review, findings=tuple(theirs))):
            raise Refused(*found)
    return Cleared(dict(contents), rules=f"{figures.rules}, {NAMES}", seal=_SEAL)


def _median(name: str, label: Text, hours: float | None, of: int) -> PublicMedian:
    if hours is None or of < FEWEST:
        return PublicMedian(name, label, None, _TOO_FEW)
    french = f"{hours:g}".replace(".", ",")
    return PublicMedian(name, label, hours, Text(en=f"{hours:g} h", fr=f"{french}\u00a0h"))


_NO_FIGURES: Final = PublicFigures(counts=(), months=(), medians=(), first_on=None, last_on=None)
_TOO_FEW = Text(en="too few to say", fr="trop peu pour le dire")
