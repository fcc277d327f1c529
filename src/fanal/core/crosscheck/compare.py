"""Likeness: the table of clues, what each is worth, and what follows. One of the four screens of the house.

A strong clue joins by itself. Weaker ones never do, however many there are; one middling or two weak ones are shown to
a person, who decides. A person's “different” stands above all of it (place.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from fanal.core.crosscheck import clues, sentences
from fanal.core.crosscheck.clues import HANDLE_DAYS, Met, Seen, Shared
from fanal.core.crosscheck.trace import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from fanal.core.crosscheck.trace import Mark
    from fanal.core.reasons import Reason
    from fanal.core.text import Text

__all__ = ["CLUES", "COMMON", "HANDLE_DAYS", "Clue", "Comparison", "Decision", "Seen", "Strength", "compare"]

COMMON: Final = 64
"""A mark that stands in more cases than this stops being a clue by itself, and says so."""


class Strength(IntEnum):
    """What a clue is worth. JOIN needs one strong clue; PROPOSE needs MIDDLING's worth."""

    STRONG = 100
    MIDDLING = 40
    WEAK = 20
    NONE = 0


class Decision(StrEnum):
    """What the clues amount to."""

    JOIN = "join"
    PROPOSE = "propose"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Clue:
    """One row of the table: its name, its strength, how it is found, and the sentence that an analyst reads."""

    name: str
    strength: Strength
    find: Callable[[Shared], Sequence[Met]]
    sentence: Text


_S, _M, _W = Strength.STRONG, Strength.MIDDLING, Strength.WEAK
CLUES: Final = (
    Clue("same-target", _S, clues.same_target, sentences.SAME_TARGET),
    Clue("same-account", _S, clues.same_account, sentences.SAME_ACCOUNT),
    Clue("same-name", _S, clues.same_name, sentences.SAME_NAME),
    Clue("of-account", _S, clues.of_account, sentences.OF_ACCOUNT),
    Clue("same-address", _S, clues.same_address, sentences.SAME_ADDRESS),
    Clue("page-of-site", _S, clues.page_of_site, sentences.PAGE_OF_SITE),
    Clue("page-of-onion", _S, clues.page_of_onion, sentences.PAGE_OF_ONION),
    Clue("same-media", _S, clues.same_media, sentences.SAME_MEDIA),
    Clue("old-name", _M, clues.old_name, sentences.OLD_NAME),
    Clue("same-site", _M, clues.same_site, sentences.SAME_SITE),
    Clue("same-onion", _M, clues.same_onion, sentences.SAME_ONION),
    Clue("same-wallet", _M, clues.same_wallet, sentences.SAME_WALLET),
    Clue("same-contact", _M, clues.same_contact, sentences.SAME_CONTACT),
    Clue("named-in-words", _M, clues.named_in_words, sentences.NAMED_IN_WORDS),
    Clue("same-words", _M, clues.same_words, sentences.SAME_WORDS),
    Clue("like-words", _W, clues.like_words, sentences.LIKE_WORDS),
    Clue("named-by-both", _W, clues.named_by_both, sentences.NAMED_BY_BOTH),
    Clue("same-template", _W, clues.same_template, sentences.SAME_TEMPLATE),
    Clue("same-burst", _W, clues.same_burst, sentences.SAME_BURST),
    Clue("other-account", Strength.NONE, clues.other_account, sentences.OTHER_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the clues say of a report and a case.

    `reasons` come strongest first, with those that weigh nothing at the end. `pairs` are the targets (blind indexes,
    ours and theirs, "" for words) that a clue with weight binds. `bound` are our targets that a strong clue binds: ""
    where it binds the report as a whole.
    """

    decision: Decision
    weight: int
    reasons: tuple[Reason, ...]
    pairs: tuple[tuple[str, str], ...]
    bound: tuple[str, ...] = ()


def compare(
    ours: Sequence[Mark], theirs: Sequence[Seen], *, at: datetime, common: Collection[tuple[Kind, int]]
) -> Comparison:
    """Compare the marks of one report, seen at `at`, with those that one case holds.

    `theirs` needs only the marks whose kind and key stand in `ours`, and the ACCOUNT_ID marks of the same targets (they
    tell apart two accounts of one name). `common` are the marks that stand in more than COMMON cases. Each clue counts
    once, however often it is met; all that is not strong together stays below a strong one.
    """
    found, worn = _meet(ours, theirs, at, common)
    shared = Shared(tuple(_less_repeats(found)), _other_ids(ours, theirs))
    spoken = [(clue, met) for clue in CLUES if (met := tuple(clue.find(shared)))]
    weights = [clue.strength for clue, _ in spoken]
    rest = min(sum(one for one in weights if one < Strength.STRONG), Strength.STRONG - 1)
    weight = sum(one for one in weights if one >= Strength.STRONG) + rest
    said = [sentences.say(clue.name, clue.sentence, met, weight=int(clue.strength)) for clue, met in spoken]
    counted = [(clue, one) for clue, met in spoken if clue.strength for one in met]
    return Comparison(
        _decision(weight),
        weight,
        (*said, *(sentences.over_common(kind) for kind in sorted(worn))),
        tuple(dict.fromkeys((one.ours.target, one.theirs.mark.target) for _, one in counted)),
        tuple(dict.fromkeys(one.ours.target for clue, one in counted if clue.strength is Strength.STRONG)),
    )


def _decision(weight: int) -> Decision:
    if weight >= Strength.STRONG:
        return Decision.JOIN
    return Decision.PROPOSE if weight >= Strength.MIDDLING else Decision.NOTHING


def _meet(
    ours: Sequence[Mark], theirs: Sequence[Seen], at: datetime, common: Collection[tuple[Kind, int]]
) -> tuple[list[Met], set[Kind]]:
    """Give what both sides hold, and the kinds of what would count were it not over-common."""
    held: dict[tuple[Kind, int], list[Seen]] = defaultdict(list)
    for seen in theirs:
        held[seen.mark.kind, seen.mark.key].append(seen)
    found: list[Met] = []
    worn: set[Kind] = set()
    for mark in ours:
        both = held.get((mark.kind, mark.key), ())
        if both and (mark.kind, mark.key) in common:
            worn.add(mark.kind)
        else:
            found += [Met(mark, seen, _apart(at, seen)) for seen in both]
    return found, worn


def _apart(at: datetime, seen: Seen) -> timedelta:
    return max(timedelta(0), at - seen.last_at, seen.first_at - at)


def _less_repeats(met: Sequence[Met]) -> list[Met]:
    """Leave out what follows from a target being the same: its address, its account, its site are the same too."""
    reported = [one for one in met if one.ours.kind is Kind.TARGET and one.ours.own and one.theirs.mark.own]
    same = {one.ours.target for one in reported if one.one_target()}
    return [one for one in met if one.ours.kind is Kind.TARGET or not (one.one_target() and one.ours.target in same)]


def _other_ids(ours: Sequence[Mark], theirs: Sequence[Seen]) -> frozenset[tuple[str, str]]:
    """Give the pairs of targets whose accounts have stable ids that are known and differ."""
    one = _ids(ours)
    two = _ids([seen.mark for seen in theirs])
    return frozenset((a, b) for a, ids in one.items() for b, others in two.items() if not ids & others)


def _ids(marks: Sequence[Mark]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for mark in marks:
        if mark.kind is Kind.ACCOUNT_ID and mark.target:
            found[mark.target].add(mark.key)
    return found
