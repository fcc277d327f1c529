"""The guard's one front door: a whole draft in, what must go, what to weigh, and a version that may be published."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from fanal.core.guard import draft as drafts
from fanal.core.guard import rewrite, sentences
from fanal.core.guard.doubts import doubts
from fanal.core.guard.draft import Place
from fanal.core.guard.judge import Weight
from fanal.core.guard.review import Doubt, Finding, Review, Standing, Sure
from fanal.core.guard.seen import Seen
from fanal.core.guard.weighing import Guard
from fanal.core.guard.wording import LINE, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fanal.core.guard.draft import Draft, Part
    from fanal.core.guard.judge import Verdict
    from fanal.core.guard.review import Known
    from fanal.core.guard.weighing import Find, Lookup
    from fanal.core.reasons import Reason

_ROUNDS: Final = 4
"""How often a safe version is read again before whole lines are withheld: one is the rule, two are rare."""
_WORST: Final = (Standing.ILLEGAL, Standing.REPORTED, Standing.GONE, Standing.CLEARED)
_WEIGHED: Final = frozenset({Place.TEXT, Place.LINK, Place.PICTURE, Place.ABOUT})
_WIDE: Final = 60


def check(
    draft: Draft,
    *,
    find: Find,
    known: Lookup,
    ordinary: Callable[[str], bool],
    language: str,
    again: Callable[[str], Draft] | None = None,
) -> Review:
    """Say what in `draft` names something reported, and what a person should weigh; offer a version without the first.

    `find` gives the marks of the blind index that stand in a text, as (start, end, mark) in characters; `known` says
    which of these are real, asked once for all of a draft; `ordinary` says whether a word is one of the language.
    `language` is that of the safe version. `again` reads the source of such a version as `draft` was read, and it is
    without findings then; without it the source is read as plain text. Any draft is answered; nothing raises.
    """
    guard = Guard(find, known, ordinary)
    seen = [Seen(part.text) for part in draft.parts]
    weighed = guard.look(draft.parts, seen)
    findings = tuple(_findings(draft.parts, weighed))
    return Review(
        findings,
        tuple(_doubts(draft.parts, weighed, seen)),
        draft.notes,
        _safe(guard, draft, findings, language, again),
    )


def _safe(
    guard: Guard, draft: Draft, findings: tuple[Finding, ...], language: str, again: Callable[[str], Draft] | None
) -> str:
    """Rewrite until nothing is found: what is put in place of names might, with what stands around it, make another."""
    written = all(part.source is not None for part in draft.parts)
    if not findings and written:
        return draft.source
    reread = again if again and written else drafts.plain
    safe = rewrite.rewritten(draft, findings, language)
    for last in (*[False] * (_ROUNDS - 1), True):
        draft, findings = _again(guard, reread(safe), draft, findings)
        if not findings:
            return safe
        if last:
            places = [(draft.parts[one.part].source or [0])[one.start] for one in findings]
            safe = rewrite.without_lines(draft.source, places, language)
        else:
            safe = rewrite.rewritten(draft, findings, language)
    _draft, findings = _again(guard, reread(safe), draft, findings)
    return LINE.speak(language) if findings else safe


def _again(
    guard: Guard, draft: Draft, before: Draft, findings: tuple[Finding, ...]
) -> tuple[Draft, tuple[Finding, ...]]:
    """Give `draft` with what must go from it."""
    return draft, tuple(_findings(draft.parts, guard.look_again(draft, before, findings)))


def _findings(parts: Sequence[Part], weighed: Iterable[Sequence[Verdict]]) -> Iterator[Finding]:
    for at, (part, verdicts) in enumerate(zip(parts, weighed, strict=True)):
        for one in verdicts:
            if one.weight >= Weight.LIKELY:
                first = min(one.known, key=lambda known: _WORST.index(known.standing))
                sure = Sure.CERTAIN if one.weight is Weight.CERTAIN else Sure.LIKELY
                yield Finding(
                    part=at,
                    start=one.start,
                    end=one.end,
                    place=part.place,
                    sure=sure,
                    standing=first.standing,
                    reasons=_reasons(one, first, part.place, sure),
                    wording=wording(first, part.text[max(0, one.start - _WIDE) : one.start]),
                )


def _reasons(one: Verdict, first: Known, place: Place, sure: Sure) -> tuple[Reason, ...]:
    said = (sentences.what(first), *dict.fromkeys(one.why), *sentences.where(place), sentences.standing(first.standing))
    return said if sure is Sure.CERTAIN else (*said, sentences.LIKELY)


def _doubts(parts: Sequence[Part], weighed: Iterable[Sequence[Verdict]], seen: Sequence[Seen]) -> Iterator[Doubt]:
    """Give what to weigh of each part, in order; what stands within a finding goes with it."""
    for at, (part, verdicts) in enumerate(zip(parts, weighed, strict=True)):
        taken = [(one.start, one.end) for one in verdicts if one.weight >= Weight.LIKELY]
        found = [
            (one.start, one.end, tuple(dict.fromkeys(one.why)) or (sentences.MAYBE_A_WORD,), wording(one.known[0], ""))
            for one in verdicts
            if one.weight is Weight.DOUBT
        ]
        if part.place in _WEIGHED:
            found += [(start, end, (why,), put) for start, end, why, put in doubts(seen[at])]
        last = 0
        for start, end, why, put in sorted(found, key=lambda one: one[:2]):
            before = bisect_left(taken, end, key=itemgetter(0))  # none overlaps another: the last of these ends last
            if start >= last and not (before and start < taken[before - 1][1]):
                last = end
                yield Doubt(at, start, end, part.place, (*why, *sentences.where(part.place)), put)
