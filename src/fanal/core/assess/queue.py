"""Which case a person looks at first: grades in a fixed order, each said in words. Nothing is added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.assess.reopen import CAME_BACK
from fanal.core.case import CaseFacts, Rank, ReportFacts
from fanal.core.reasons import Reason, reason
from fanal.core.report import Category, Standing

if TYPE_CHECKING:
    from datetime import datetime

DANGER, OWN_REPORT, GRAVE, PERSONS, OTHER, ELSEWHERE = range(1, 7)
FIRST, LAST = DANGER, ELSEWHERE
REACH = "rank.reach"
"""The code of the reason that tells how many reports there are, and weighs nothing."""

_GRAVE = frozenset({Category.CHILD_SEXUAL, Category.TERRORISM})
_PERSONS = frozenset(
    {
        Category.THREATS,
        Category.HATE,
        Category.INTIMATE_IMAGES,
        Category.HARASSMENT,
        Category.TRAFFICKING,
    }
)


def rank(case: CaseFacts, *, now: datetime) -> Rank:
    """Give the grade (1 to 6, smaller first) of `case` and every reason for it; within a grade the older case first.

    A case stands where its gravest single report puts it, or a list that one of its fingerprints matches. The number of
    reports never moves it (law 5 of the house): it is told as a reason that weighs nothing, as it stood at `now` (UTC).
    A case without reports stands last.
    """
    grade = min((_grade(report) for report in case.reports), default=LAST)
    found = [_why(report, grade) for report in case.reports if _grade(report) == grade]
    reasons = list(dict.fromkeys(found)) or [_EMPTY]
    listed = min((_of_category(one) for one in case.listed), default=LAST)
    if case.listed:
        grade = min(grade, listed)
        reasons.append(_LISTED_GRAVE if listed == GRAVE else _LISTED)
    if case.round > 1 and case.answered_no_at is None:
        reasons.append(CAME_BACK)
    elif case.round > 1:
        victim = any(report.standing is Standing.VICTIM for report in case.reports)
        grade = min(grade, OWN_REPORT) if victim else grade
        reasons.append(_REOPENED_FOR_VICTIM if victim else _REOPENED)
    return Rank(grade, (*reasons, *_told(case, now)))


def _grade(report: ReportFacts) -> int:
    """Say where this one report alone would put its case."""
    if report.danger_now or report.category is Category.DANGER:
        return DANGER
    if report.standing is Standing.VICTIM or report.minor:
        return OWN_REPORT
    return _of_category(report.category)


def _of_category(category: Category) -> int:
    if category in _GRAVE:
        return GRAVE
    if category in _PERSONS:
        return PERSONS
    return ELSEWHERE if category is Category.DISPUTE else OTHER


def _why(report: ReportFacts, grade: int) -> Reason:
    """Say in words why this report stands at `grade`."""
    if grade == DANGER:
        child = report.minor or report.category is Category.CHILD_SEXUAL
        return _CHILD_IN_DANGER if child else _IN_DANGER
    if grade == OWN_REPORT:
        return _MINOR if report.minor else _VICTIM
    if grade == GRAVE:
        return _CHILD_SAFETY if report.category is Category.CHILD_SEXUAL else _TERRORISM
    return {PERSONS: _AGAINST_PERSONS, OTHER: _OTHER}.get(grade, _ELSEWHERE)


def _told(case: CaseFacts, now: datetime) -> tuple[Reason, ...]:
    """Say what a person should know of the case and what moves it nowhere: its reach, unread items."""
    told = []
    count = sum(report.times for report in case.reports)
    if count > 1:
        told.append(
            reason(
                REACH,
                en=f"Reach: {count} reports by {now:%Y-%m-%d %H:%M} UTC. Their number says nothing about the law.",
                fr=f"Portée : {count} signalements au {now:%d/%m/%Y %H:%M} UTC. Leur nombre ne dit rien du droit.",
            )
        )
    if case.unread_items:
        count = case.unread_items
        told.append(
            reason(
                "rank.unread",
                en=f"Items that no rule could read, to be read by a person: {count}.",
                fr=f"Éléments qu’aucune règle n’a pu lire, à lire par une personne : {count}.",
            )
        )
    return tuple(told)


_LISTED_GRAVE = reason(
    "rank.listed-grave",
    en="A fingerprint in this case matches a list of child sexual abuse or terrorist material: a lead, which a person "
    "checks.",
    fr="Une empreinte de ce dossier correspond à une liste de contenus pédocriminels ou terroristes : une piste, "
    "qu’une personne vérifie.",
    weight=1,
)
_LISTED = reason(
    "rank.listed",
    en="A fingerprint in this case matches a list: a lead, which a person checks.",
    fr="Une empreinte de ce dossier correspond à une liste : une piste, qu’une personne vérifie.",
)
_CHILD_IN_DANGER = reason(
    "rank.child-in-danger",
    en="A child is said to be in danger now.",
    fr="Un enfant est dit en danger en ce moment.",
    weight=1,
)
_IN_DANGER = reason(
    "rank.in-danger",
    en="Somebody is said to be in danger now.",
    fr="Une personne est dite en danger en ce moment.",
    weight=1,
)
_MINOR = reason(
    "rank.minor",
    en="The person who reports says that a minor is concerned.",
    fr="La personne qui signale dit qu’un mineur est concerné.",
    weight=1,
)
_VICTIM = reason(
    "rank.victim",
    en="The person who reports says that it is about them.",
    fr="La personne qui signale dit être elle-même visée.",
    weight=1,
)
_CHILD_SAFETY = reason(
    "rank.child-safety",
    en="Reported as sexual content that shows a child.",
    fr="Signalé comme un contenu sexuel montrant un enfant.",
    weight=1,
)
_TERRORISM = reason("rank.terrorism", en="Reported as terrorism.", fr="Signalé comme terrorisme.", weight=1)
_AGAINST_PERSONS = reason(
    "rank.against-persons",
    en="Reported as aimed at persons: threats, hate, harassment, intimate images or trafficking.",
    fr="Signalé comme visant des personnes : menaces, haine, harcèlement, images intimes ou traite.",
    weight=1,
)
_OTHER = reason(
    "rank.other",
    en="Reported as another matter, without a person in sight who is in danger.",
    fr="Signalé pour un autre motif, sans personne en danger apparent.",
    weight=1,
)
_ELSEWHERE = reason(
    "rank.elsewhere",
    en="Looks like a private dispute, which is not for this desk. A person checks.",
    fr="Semble être un litige privé, qui ne relève pas de ce service. Une personne vérifie.",
    weight=1,
)
_EMPTY = reason(
    "rank.empty",
    en="No report stands in this case yet.",
    fr="Aucun signalement ne figure encore dans ce dossier.",
    weight=1,
)
_REOPENED = reason(
    "rank.reopened",
    en="Looked at again after a first no, by people who have not seen it.",
    fr="Réexaminé après un premier non, par des personnes qui ne l’ont pas vu.",
)
_REOPENED_FOR_VICTIM = reason(
    "rank.reopened-victim",
    en="A victim came back after a no: looked at again by people who have not seen it.",
    fr="Une victime est revenue après un non : réexaminé par des personnes qui n’ont pas vu le dossier.",
    weight=1,
)
