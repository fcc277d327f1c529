"""Counts too small to publish: written as "fewer than 5", and hidden so that no sum gives them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fanal.core.text import Text

FEWEST: Final = 5

FEWER = Text(en=f"fewer than {FEWEST}", fr=f"moins de {FEWEST}")
WITHHELD = Text(en="not shown", fr="non publié")


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as the public may read it: `value` is None where it is hidden, `text` says what stands there instead."""

    value: int | None
    text: Text


def shown(count: int) -> Shown:
    """Show one count that is part of no sum: 0, or 5 and more, as it is; 1 to 4 as "fewer than 5"."""
    if 0 < count < FEWEST:
        return Shown(None, FEWER)
    return Shown(count, Text(en=f"{count:,}", fr=f"{count:,}".replace(",", "\u202f")))


def shown_with_total(parts: tuple[int, ...]) -> tuple[Shown, tuple[Shown, ...]]:
    """Show counts together with their sum: (the sum, the parts), so that no small part can be worked out.

    Small parts are hidden. Where the sum and the parts still shown leave only one possible value for one of them,
    the smallest part still shown is withheld too, and so on; at last the sum itself. Zeros are always shown.
    Complementary suppression as statistical offices do it (Eurostat, Handbook on SDC, ch. 4).
    """
    total = sum(parts)
    small = [index for index, count in enumerate(parts) if 0 < count < FEWEST]
    spare = sorted((index for index, count in enumerate(parts) if count >= FEWEST), key=lambda index: parts[index])
    withheld: list[int] = []
    while _given_away(parts, small, withheld) and spare:
        withheld.append(spare.pop(0))
    total_shown = shown(total)
    if total_shown.value is not None and _given_away(parts, small, withheld):
        total_shown = Shown(None, WITHHELD)
        withheld = []
    return total_shown, tuple(
        Shown(None, WITHHELD) if index in withheld else shown(count) for index, count in enumerate(parts)
    )


def _given_away(parts: tuple[int, ...], small: list[int], withheld: list[int]) -> bool:
    """Say whether some small part has only one value left, for somebody who knows the sum of what is hidden."""
    hidden = sum(parts[index] for index in (*small, *withheld))
    for _index in small:
        # every other small part lies between 1 and 4, every withheld one is 5 or more
        least = (len(small) - 1) + len(withheld) * FEWEST
        most = hidden if withheld else (len(small) - 1) * (FEWEST - 1)
        low, high = max(1, hidden - most), min(FEWEST - 1, hidden - least)
        if low >= high:
            return True
    return False
