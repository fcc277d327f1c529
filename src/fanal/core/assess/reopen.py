"""When a "no" is looked at again: law 7 of the house, a no is never final by one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.lifecycle import CASE, steps
from fanal.core.reasons import Reason, reason
from fanal.core.report import Standing

if TYPE_CHECKING:
    from fanal.core.case import CaseFacts

VICTIM_REPORTS: Final = 2
LATER_REPORTS: Final = 3

VICTIM_CAME_BACK = reason(
    "reopen.victim",
    en="A victim reported again after the no. People who have not seen the case look at it.",
    fr="Une victime a signalé de nouveau après le non. Des personnes qui n’ont pas vu le dossier l’examinent.",
)
THIRD_REPORT = reason(
    "reopen.third",
    en="Three reports came in after the no. People who have not seen the case look at it.",
    fr="Trois signalements sont arrivés après le non. Des personnes qui n’ont pas vu le dossier l’examinent.",
)


CAME_BACK = reason(
    "reopen.came-back",
    en="It was reported again after the case was closed: it may be online again.",
    fr="Elle a été signalée de nouveau après la clôture : elle est peut-être de nouveau en ligne.",
)


def again(case: CaseFacts) -> Reason | None:
    """Give the reason to look again at a case that was answered with a no or closed; None where there is none."""
    return after_no(case) or after_closing(case)


def after_closing(case: CaseFacts) -> Reason | None:
    """Give the reason to look again at a closed case that was found illegal: any report that came after the closing.

    A case that was closed with a no follows `after_no` alone.
    """
    if case.closed_at is None or case.answered_no_at is not None or "reopen" not in steps(CASE, case.state):
        return None
    return CAME_BACK if any(report.received_at > case.closed_at for report in case.reports) else None


def after_no(case: CaseFacts) -> Reason | None:
    """Give the reason to look again at a case that was answered with a no; None where there is none.

    A victim's second report re-opens: one that comes after the no, counting those that came before it. So does the
    third report by anyone that comes after the no. Needs `answered_no_at`, and a state from which a case can re-open.
    """
    no_at = case.answered_no_at
    if no_at is None or "reopen" not in steps(CASE, case.state):
        return None
    after = [report for report in case.reports if report.received_at > no_at]
    victims = sum(report.times for report in case.reports if report.standing is Standing.VICTIM)
    if victims >= VICTIM_REPORTS and any(report.standing is Standing.VICTIM for report in after):
        return VICTIM_CAME_BACK
    return THIRD_REPORT if sum(report.times for report in after) >= LATER_REPORTS else None
