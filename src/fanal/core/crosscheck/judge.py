"""What people say of two cases, and what may follow: merge, split, undo. Each is a plan; the action writes it.

“Different” always wins: cases between which it stands, or between anything merged into them, never become one, by rule
or by merge, unless a person first judges again. Nothing is lost: a merge or a split moves places and links, and its
undo moves exactly these back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.lifecycle import CaseState
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

OPEN: Final = frozenset({CaseState.WAITING, CaseState.SECOND, CaseState.THIRD})
"""The states in which a case still takes what a strong clue binds to it, and can be merged into or split."""

ITSELF: Final = reason(
    "judge.itself",
    en="A case cannot be merged into itself.",
    fr="Un dossier ne peut pas être fusionné avec lui-même.",
)
NOT_WAITING: Final = reason(
    "judge.not-waiting",
    en="Only a case on which nobody has given an opinion in this round can be merged into another: opinions are "
    "given on a case as it stands.",
    fr="Seul un dossier sur lequel personne n’a donné d’avis dans ce tour peut être fusionné avec un autre : un avis "
    "porte sur le dossier tel qu’il est.",
)
NOT_OPEN: Final = reason(
    "judge.not-open",
    en="That case is decided, closed or merged: what is in it stays as it is. Re-open it first.",
    fr="Ce dossier est tranché, clos ou fusionné : son contenu reste tel quel. Il faut d’abord le rouvrir.",
)
DIFFERENT: Final = reason(
    "judge.different",
    en="A person called these two different, or two cases that were merged into them. That stands until a person "
    "judges again.",
    fr="Une personne a jugé différents ces deux dossiers, ou deux dossiers qui y ont été fusionnés. Cela vaut jusqu’à "
    "ce qu’une personne en juge autrement.",
)
NOTHING_CHOSEN: Final = reason(
    "judge.nothing-chosen",
    en="Choose at least one target to be split off.",
    fr="Choisissez au moins une cible à séparer.",
)
NOT_HERE: Final = reason(
    "judge.not-here",
    en="One of the targets chosen does not stand in this case. Someone may have acted before you: reload the page.",
    fr="Une des cibles choisies ne figure pas dans ce dossier. Quelqu’un a peut-être agi avant vous : rechargez la "
    "page.",
)
EVERYTHING_CHOSEN: Final = reason(
    "judge.everything-chosen",
    en="Every target was chosen: at least one must stay.",
    fr="Toutes les cibles ont été choisies : il doit en rester au moins une.",
)
UNDONE: Final = reason(
    "judge.undone",
    en="This was undone already.",
    fr="Cela a déjà été annulé.",
)
LATER: Final = reason(
    "judge.later",
    en="One of the two cases was merged or split again since: undo that first.",
    fr="Un des deux dossiers a été fusionné ou divisé depuis : annulez d’abord cette opération.",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One case as a merge sees it: `within` are the cases merged into it, at any depth."""

    ref: str
    state: str
    within: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holding:
    """What stands in one case: its targets in their order, and the reports that joined it."""

    targets: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a merge or a split takes from one case to the other.

    The targets lose their place in the one and take the next places in the other. `reports` change case; `both` are the
    reports that stand in the two: in a merge they did before and stay, in a split they now stand in the new case too.
    """

    targets: tuple[str, ...]
    reports: tuple[str, ...]
    both: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What an undo moves back.

    `targets` and `reports` go back. `withdrawn` are links that a split added and that end with it. `also` are reports
    that joined since and name what goes back: they stay, and stand with it too. `stay` is what came since and stays.
    """

    targets: tuple[str, ...]
    reports: tuple[str, ...]
    withdrawn: tuple[str, ...]
    also: tuple[str, ...]
    stay: Holding


def may_merge(source: Side, into: Side, *, different: Collection[tuple[str, str]]) -> tuple[Reason, ...]:
    """List what forbids merging `source` into `into`; nothing means that it may be done."""
    if source.ref == into.ref:
        return (ITSELF,)
    one, two = {source.ref} | source.within, {into.ref} | into.within
    found = {
        NOT_WAITING: source.state != CaseState.WAITING,
        NOT_OPEN: into.state not in OPEN,
        DIFFERENT: any((a in one and b in two) or (a in two and b in one) for a, b in different),
    }
    return tuple(why for why, holds in found.items() if holds)


def may_split(state: str, holding: Holding, chosen: Collection[str]) -> tuple[Reason, ...]:
    """List what forbids splitting `chosen` targets off a case."""
    found = {
        NOT_OPEN: state not in OPEN,
        NOTHING_CHOSEN: not chosen,
        NOT_HERE: not set(chosen) <= set(holding.targets),
        EVERYTHING_CHOSEN: bool(chosen) and set(holding.targets) <= set(chosen),
    }
    return tuple(why for why, holds in found.items() if holds)


def may_undo(
    what: str, *, undone: bool, source: str, into: str, later: Collection[tuple[str, str]], cases: tuple[str, str]
) -> tuple[Reason, ...]:
    """List what forbids undoing a move (`what`: "merge" or "split").

    `source` and `into` are the states of its two cases, `cases` their references, `later` the pairs of cases of every
    move since that is not undone itself. Moves of one case are undone in the reverse of their order, so that each undo
    finds what its move left.
    """
    emptied, kept = (source, into) if what == "merge" else (into, source)
    back = CaseState.MERGED if what == "merge" else CaseState.WAITING
    found = {
        UNDONE: undone,
        LATER: any(not {*cases}.isdisjoint(pair) for pair in later),
        NOT_OPEN: not undone and (kept not in OPEN or emptied != back),
    }
    return tuple(why for why, holds in found.items() if holds)


def merge(source: Holding, into: Holding) -> Moved:
    """Plan a merge: every target of `source` moves, and every report that does not stand in both already."""
    here = set(into.reports)
    return Moved(
        source.targets,
        tuple(one for one in source.reports if one not in here),
        tuple(one for one in source.reports if one in here),
    )


def split(case: Holding, chosen: Collection[str], named: Mapping[str, Collection[str]]) -> Moved:
    """Plan a split: `chosen` targets move to a new case.

    `named` gives the targets that each report of the case names. A report that names only chosen ones moves with them,
    one that names others too stands in both, and one that names none of them stays.
    """
    here, gone = set(case.targets), set(chosen)
    names = {one: here.intersection(named.get(one, ())) for one in case.reports}
    return Moved(
        tuple(one for one in case.targets if one in gone),
        tuple(one for one in case.reports if names[one] and names[one] <= gone),
        tuple(one for one in case.reports if names[one] & gone and not names[one] <= gone),
    )


def undo(what: str, moved: Moved, left: Holding, back: Holding, named: Mapping[str, Collection[str]]) -> Returned:
    """Plan the undo of a move: `left` is the case that things leave again, `back` the one that they go back to."""
    taken, there_now = set(moved.targets), set(left.reports)
    targets = tuple(one for one in left.targets if one in taken)
    reports = tuple(one for one in moved.reports if one in there_now)
    withdrawn = moved.both if what == "split" else ()
    gone, goes = {*reports, *withdrawn}, set(targets)
    stay = Holding(
        tuple(one for one in left.targets if one not in goes),
        tuple(one for one in left.reports if one not in gone),
    )
    there = {*back.reports, *gone}
    emptied = what == "split" and not stay.targets  # that case ends: whatever joined it goes along
    also = tuple(one for one in stay.reports if one not in there and (emptied or goes.intersection(named.get(one, ()))))
    return Returned(targets, reports, withdrawn, also, stay)


def living(different: Collection[tuple[str, str]], merged: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Give the pairs of present cases that a person called different; `merged` says into which case each was merged."""

    def present(ref: str) -> str:
        while ref in merged:
            ref = merged[ref]
        return ref

    return frozenset((present(a), present(b)) for a, b in different)


def inherited(
    different: Sequence[tuple[str, str, datetime]], whole: Collection[str], part: str, *, since: datetime | None = None
) -> tuple[str, ...]:
    """Give the cases that `part`, which comes out of a case, must be held different from too.

    `different` are pairs with the moment of the judgement, `whole` that case and all that were merged into it: what was
    said of any of them may have been said of what leaves. What is split off takes along all of it; what the undo of a
    merge takes out again, what was said since the move (`since`); what the undo of a split brings home, all that was
    said of a part that lives on.
    """
    return tuple(
        dict.fromkeys(
            b if a in whole else a
            for a, b, at in different
            if (a in whole) != (b in whole) and part not in (a, b) and (since is None or at >= since)
        )
    )
