"""Is a reported thing still there? What the house knows of it, which is the word of people and of recipients."""

from __future__ import annotations

from typing import Final

from fanal.core.case import Outcome
from fanal.core.guard.review import Standing
from fanal.core.lifecycle import CaseState

_OPEN: Final = frozenset({CaseState.WAITING, CaseState.SECOND, CaseState.THIRD, CaseState.MERGED})


def standing(state: str, outcome: str, *, removed: bool) -> Standing:
    """Say how a target stands whose case is in `state` with `outcome` ("" each where it stands in no case yet).

    `removed`: some recipient answered in the case's present round that it was taken away. What came back after that is
    being looked at again, and so is taken to be live; so is what was for somebody else to decide.
    """
    if state in _OPEN or not state:
        return Standing.REPORTED
    if outcome == Outcome.NOT_ILLEGAL:
        return Standing.CLEARED
    if outcome == Outcome.ILLEGAL:
        return Standing.GONE if removed else Standing.ILLEGAL
    return Standing.REPORTED
