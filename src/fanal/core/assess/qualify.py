"""What the ticked elements make of an offence, in three-valued logic, and which offences a category suggests.

Nothing here decides: it says what the answers amount to in the catalogue, and which answers are still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.catalogue import Catalogue, Condition, Element, Offence, Tick
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from fanal.core.report import Category

OPPOSITE: Mapping[Tick, Tick] = {Tick.YES: Tick.NO, Tick.NO: Tick.YES, Tick.UNKNOWN: Tick.UNKNOWN}

UNWRITTEN = reason(
    "qualify.unwritten",
    en="The elements of this offence are not written yet: nothing can be ticked, people weigh the article itself.",
    fr="Les éléments de cette infraction ne sont pas encore écrits : rien à cocher, on apprécie l’article lui-même.",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the answers amount to: whether the offence's condition holds, why, and what could still change it."""

    holds: Tick
    reasons: tuple[Reason, ...]
    missing: tuple[Element, ...]


def weigh(offence: Offence, ticks: Mapping[str, Tick]) -> Weighed:
    """Weigh the answers to an offence's elements (element id → tick) by Kleene's strong three-valued logic.

    YES only where the condition is certain whatever the unanswered elements are, NO where it cannot hold any more,
    UNKNOWN otherwise. An element without a tick is UNKNOWN; a tick for an element of another offence is not looked at.
    `reasons` has one for each decisive element; `missing` is exactly the elements whose answer could still matter.
    """
    if offence.condition is None:
        return Weighed(Tick.UNKNOWN, (UNWRITTEN,), ())
    holds = value(offence.condition, ticks)
    decisive = frozenset(_decisive(offence.condition, ticks))
    told = tuple(element for element in offence.elements if element.id in decisive)
    reasons = tuple(_tell(element, ticks.get(element.id, Tick.UNKNOWN)) for element in told)
    return Weighed(holds, reasons, told if holds is Tick.UNKNOWN else ())


def value(condition: Condition, ticks: Mapping[str, Tick]) -> Tick:
    """Give a condition's value: `all` is NO by one NO, `any` is YES by one YES, `not` turns YES and NO about."""
    if condition.kind == "element":
        return ticks.get(condition.element, Tick.UNKNOWN)
    found = tuple(value(part, ticks) for part in condition.parts)
    if condition.kind == "not":
        return OPPOSITE[found[0]]
    settles = Tick.NO if condition.kind == "all" else Tick.YES
    if settles in found:
        return settles
    return Tick.UNKNOWN if Tick.UNKNOWN in found else OPPOSITE[settles]


def candidates(catalogue: Catalogue, category: Category, *, on: date) -> tuple[Offence, ...]:
    """List the offences that a category suggests and that are law on that day.

    Those whose elements are written come first; then in the order of the category's families, then of the catalogue.
    A category that the catalogue does not have suggests nothing.
    """
    families = next((plain.families for plain in catalogue.categories if plain.category is category), ())
    place = {family: number for number, family in enumerate(families)}
    suggested = (one for one in catalogue.offences if one.family in place and one.in_force(on))
    return tuple(sorted(suggested, key=lambda one: (not one.written(), place[one.family])))


def _decisive(condition: Condition, ticks: Mapping[str, Tick]) -> Iterator[str]:
    """Name the elements that make a condition what it is: those of the parts that have its value, all the way down."""
    if condition.kind == "element":
        yield condition.element
        return
    made = value(condition, ticks)
    for part in condition.parts:
        if condition.kind == "not" or value(part, ticks) is made:
            yield from _decisive(part, ticks)


def _tell(element: Element, tick: Tick) -> Reason:
    words = {
        Tick.YES: ("Answered yes", "Répondu oui"),
        Tick.NO: ("Answered no", "Répondu non"),
        Tick.UNKNOWN: ("Not known yet", "Pas encore su"),
    }[tick]
    return reason(
        f"element.{tick}",
        en=f"{words[0]}: {element.text.en}.",
        fr=f"{words[1]} : {element.text.fr}.",
    )
