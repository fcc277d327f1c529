"""Which case a report belongs to: reports of the same target join one case, and strong clues join a fresh one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fanal.core.crosscheck.compare import Decision
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fanal.core.crosscheck.compare import Comparison

SAME_TARGET = reason(
    "place.same-target",
    en="This report names a target that stands in this case already.",
    fr="Ce signalement désigne une cible qui figure déjà dans ce dossier.",
)
BY_CLUE = reason(
    "place.by-clue",
    en="It was not reported before; a strong clue ties it to this case.",
    fr="Elle n’avait pas été signalée ; un indice fort la rattache à ce dossier.",
)
NAMED_TOGETHER = reason(
    "place.named-together",
    en="It was named in the same report as a target of this case.",
    fr="Elle a été désignée dans le même signalement qu’une cible de ce dossier.",
)
NEW = reason(
    "place.new",
    en="None of the targets of this report stands in a case.",
    fr="Aucune des cibles de ce signalement ne figure dans un dossier.",
)
SETTLED = reason(
    "place.settled",
    en="A strong clue ties it to a case that is decided or closed: that one stays as it is, and a person looks at "
    "both.",
    fr="Un indice fort le rattache à un dossier déjà tranché ou clos : celui-ci reste tel quel, et une personne "
    "regarde les deux.",
)
SEVERAL = reason(
    "place.several",
    en="This report names targets of several cases: the others keep their own case, and the report stands in each.",
    fr="Ce signalement désigne des cibles de plusieurs dossiers : chacune garde le sien, et le signalement "
    "figure dans chacun d’eux.",
)
UNREADABLE = reason(
    "place.unreadable",
    en="Nothing in this report could be read by rule: a person must read it as it was typed.",
    fr="Aucune règle n’a pu lire ce signalement : une personne doit le lire tel qu’il a été saisi.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A case that shares marks with the report, and what comparing the two said."""

    case: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Placement:
    """Where some targets of a report go: `case` is a case's reference, or None for a case that is to be opened.

    `links` are the cases that are to be proposed to a person as linked with the one that these targets land in.
    """

    case: str | None
    targets: tuple[str, ...]
    reasons: tuple[Reason, ...]
    links: tuple[Found, ...] = ()


def place(
    targets: Sequence[str],
    known: Mapping[str, str],
    *,
    found: Sequence[Found] = (),
    open: Collection[str] = (),
    different: Collection[tuple[str, str]] = (),
) -> tuple[Placement, ...]:
    """Place the targets of one report (blind indexes, in the order typed) into cases.

    `known` maps the index of a target to the reference of the case that it stands in; other keys are ignored. `found`
    are the cases that the report was compared with, the oldest first, `open` the references of those still open to
    what comes, `different` the pairs of cases that a person called different, in either order.

    What comes back names each target once, in at least one placement and at most one per case. A known target stays
    where it is. A fresh one goes to the open case that a strong clue binds it to: the heaviest, then the oldest. The
    others follow the first known target of the report, else its heaviest open case, else open one. Cases found and not
    gone into are links of the placement whose targets they match, save where a person called the two different.
    """
    unique = tuple(dict.fromkeys(targets))
    ranked = sorted(found, key=lambda one: -one.comparison.weight)  # a stable sort: among equals the oldest stays first
    strong = [one for one in ranked if one.case in open and _binds(one, unique)]
    homes = {one: known.get(one) or _home(one, strong) for one in unique}
    lead = next((known[one] for one in unique if one in known), strong[0].case if strong else None)
    cases = tuple(dict.fromkeys((lead, *(home or lead for home in homes.values()))))
    placements = [
        Placement(case, here, _why(case, here, known, strong, homes, several=len(cases) > 1))
        for case in cases
        for here in [tuple(one for one, home in homes.items() if (home or lead) == case)]
    ]
    if lead is None and any(one.comparison.decision is Decision.JOIN for one in ranked):
        placements[0] = replace(placements[0], reasons=(*placements[0].reasons, SETTLED))
    return _linked(placements, ranked, different)


def _binds(one: Found, targets: Sequence[str]) -> bool:
    """Say whether strong clues bind the report to that case, as a whole or by one of `targets`."""
    return one.comparison.decision is Decision.JOIN and not {"", *targets}.isdisjoint(one.comparison.bound)


def _home(target: str, strong: Sequence[Found]) -> str | None:
    """Give the heaviest open case that a strong clue binds this fresh target to."""
    return next((one.case for one in strong if not {"", target}.isdisjoint(one.comparison.bound)), None)


def _why(
    case: str | None,
    here: Sequence[str],
    known: Mapping[str, str],
    strong: Sequence[Found],
    homes: Mapping[str, str | None],
    *,
    several: bool,
) -> tuple[Reason, ...]:
    if case is None:
        return (NEW if here else UNREADABLE,)
    reasons = [] if here else [UNREADABLE]
    if any(one in known for one in here):
        reasons.append(SAME_TARGET)
    if not here or any(one not in known and homes[one] for one in here):
        said = (one for found in strong if found.case == case for one in found.comparison.reasons)
        reasons += [BY_CLUE, *(one for one in said if one.weight)]
    if any(not homes[one] for one in here):
        reasons.append(NAMED_TOGETHER)
    if several:
        reasons.append(SEVERAL)
    return tuple(reasons)


def _linked(
    placements: Sequence[Placement], ranked: Sequence[Found], different: Collection[tuple[str, str]]
) -> tuple[Placement, ...]:
    """Give each placement the cases to be proposed with it: those that match its targets; the first also the words."""
    apart = {frozenset(pair) for pair in different}
    cases = {one.case for one in placements}
    linked = []
    for number, placement in enumerate(placements):
        links = []
        for one in ranked:
            if one.comparison.decision is Decision.NOTHING or one.case == placement.case:
                continue
            # The words and media of a report that goes into both cases anyway tie nothing further.
            by_words = number == 0 and one.case not in cases
            matched = {ours for ours, _ in one.comparison.pairs if ours or by_words}
            here = {"", *placement.targets} if by_words else set(placement.targets)
            if not matched.isdisjoint(here) and frozenset((placement.case, one.case)) not in apart:
                links.append(one)
        linked.append(replace(placement, links=tuple(links)))
    return tuple(linked)
