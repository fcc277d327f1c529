"""Looking through a draft's texts for marks of the index, and weighing each: all of a draft is asked at once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from fanal.core.guard import anew
from fanal.core.guard.draft import Place
from fanal.core.guard.judge import Verdict, judge
from fanal.core.guard.passages import passages
from fanal.core.guard.readings import readings
from fanal.core.guard.review import Hit
from fanal.core.guard.seen import Seen
from fanal.core.guard.wording import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from fanal.core.guard.draft import Draft, Part
    from fanal.core.guard.readings import Reading
    from fanal.core.guard.review import Finding, Known

    Spots = Sequence[tuple[int, int, int]]
    Find = Callable[[str], Spots]
    Lookup = Callable[[Collection[int]], Mapping[int, tuple[Known, ...]]]
    Stretches = list[tuple[int, int]]

_APART: Final = "\n\n"
_WORTH: Final = 800  # characters of a text for each change, below which all of it is looked at


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of part `at`, as it stands or as it may be read; where in it to look, and what was found there."""

    at: int
    text: str
    read: Reading | None
    where: Stretches
    spots: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Guard:
    """What is asked while a draft is read."""

    find: Find
    known: Lookup
    ordinary: Callable[[str], bool]

    def look(self, parts: Sequence[Part], seen: Sequence[Seen]) -> list[list[Verdict]]:
        """Weigh what stands in each part, as it is and as it may be read."""
        return self._weigh(parts, [one for at, text in enumerate(seen) for one in _whole(at, text)])

    def look_again(self, draft: Draft, before: Draft, findings: Sequence[Finding]) -> list[list[Verdict]]:
        """Weigh what may have come into `draft`, made of `before`, in which nothing but `findings` was found."""
        texts: list[_Text] = []
        for at, (part, where) in enumerate(zip(draft.parts, _changed(draft, before, findings), strict=True)):
            if where is None:
                texts += _whole(at, Seen(part.text))
            elif where:
                texts.append(_Text(at, part.text, None, anew.windows(part.text, where)))
                for other in _whole(at, Seen(part.text)):
                    if other.read and any(other.read.overlaps(*one) for one in where):
                        texts.append(other)
        return self._weigh(draft.parts, texts)

    def _weigh(self, parts: Sequence[Part], texts: Sequence[_Text]) -> list[list[Verdict]]:
        self._spot(texts)
        marks = {mark for one in texts for _start, _end, mark in one.spots}
        known = self.known(marks) if marks else {}
        found: list[list[Verdict]] = [[] for _ in parts]
        for one in texts:
            hits = [Hit(start, end, known[mark]) for start, end, mark in one.spots if known.get(mark)]
            if hits:
                kept = ours(one.text)
                hits = [hit for hit in hits if not any(first <= hit.start and hit.end <= last for first, last in kept)]
            if hits:
                code = parts[one.at].place is Place.HIDDEN
                judged = judge(one.text, hits, self.ordinary, code=code)
                found[one.at] += [_back(each, one.read) for each in judged] if one.read else judged
        return [passages(part.text, verdicts) for part, verdicts in zip(parts, found, strict=True)]

    def _spot(self, texts: Sequence[_Text]) -> None:
        """Look for marks in all of `texts` together: what stands over two of them is none."""
        pieces = [(one, start, end) for one in texts for start, end in one.where]
        if not pieces:
            return
        begins = [0, *accumulate(end - start + len(_APART) for _one, start, end in pieces)]
        for begin, stop, mark in self.find(_APART.join(one.text[start:end] for one, start, end in pieces)):
            at = bisect_right(begins, begin) - 1
            one, start, end = pieces[at]
            first, last = begin - begins[at] + start, stop - begins[at] + start
            if last <= end and (one.read is None or one.read.touches(first, last)):
                one.spots.append((first, last, mark))


def _whole(at: int, seen: Seen) -> Iterator[_Text]:
    """Give a text as it stands and every other reading of it, each to be looked through."""
    if seen.text:
        yield _Text(at, seen.text, None, [(0, len(seen.text))])
        for other in readings(seen):
            yield _Text(at, other.text, other, [(0, len(other.text))])


def _changed(draft: Draft, before: Draft, findings: Sequence[Finding]) -> Iterator[Stretches | None]:
    """Say for each part where to look again; None for everywhere: where it cannot be told, or is not worth telling."""
    left = {one.part for one in findings}
    clean = {(part.place, part.text) for at, part in enumerate(before.parts) if at not in left}
    paired = len(draft.parts) == len(before.parts)
    for at, part in enumerate(draft.parts):
        if (part.place, part.text) in clean:
            yield []
            continue
        made = anew.changes(before.parts[at].text, part.text) if paired and len(part.text) > _WORTH else []
        worth = 0 < _WORTH * len(made) < len(part.text) and before.parts[at].place is part.place
        stays = worth and any(
            not any(one.start < each.end and each.start < one.end for each in made)
            for one in findings
            if one.part == at
        )
        yield anew.told(made, len(part.text)) if worth and not stays else None


def _back(one: Verdict, other: Reading) -> Verdict:
    start, end = other.place(one.start, one.end)
    return Verdict(start, end, one.weight, one.known, (*one.why, other.why))
