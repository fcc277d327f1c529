"""Which case a report belongs to: reports of the same target join one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping

SAME_TARGET = reason(
    "place.same-target",
    en="This report names a target that stands in this case already.",
    fr="Ce signalement désigne une cible qui figure déjà dans ce dossier.",
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
class Placement:
    """Where some targets of a report go: `case` is a case's reference, or None for a case that is to be opened."""

    case: str | None
    targets: tuple[str, ...]
    reasons: tuple[Reason, ...]


def place(targets: tuple[str, ...], known: Mapping[str, str]) -> tuple[Placement, ...]:
    """Place the targets of one report (blind indexes, in the order typed) into cases.

    `known` maps the index of a target to the reference of the case that it stands in; other keys are ignored. What
    comes back names each target once, in at least one placement and at most one per case: the case of the first known
    target leads, and takes the targets that stood in none.
    """
    unique = tuple(dict.fromkeys(targets))
    if not unique:
        return (Placement(None, (), (UNREADABLE,)),)
    cases = tuple(dict.fromkeys(known[target] for target in unique if target in known))
    if not cases:
        return (Placement(None, unique, (NEW,)),)
    lead = cases[0]
    placements: list[Placement] = []
    for case in cases:
        here = tuple(one for one in unique if known.get(one, lead) == case)
        reasons = [SAME_TARGET]
        if any(one not in known for one in here):
            reasons.append(NAMED_TOGETHER)
        if len(cases) > 1:
            reasons.append(SEVERAL)
        placements.append(Placement(case, here, tuple(reasons)))
    return tuple(placements)
