"""The safe version of a draft: each passage replaced in the draft's own source, and nothing else touched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard import wording
from fanal.core.guard.draft import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fanal.core.guard.draft import Draft, Part
    from fanal.core.guard.review import Finding

    Change = tuple[int, int, str]

_ROW: Final = re.compile(r"(?:\s?[,;/&]\s?|\s(?:et|and|ou|or)\s){1,2}")


def rewritten(draft: Draft, findings: Iterable[Finding], language: str) -> str:
    """Give the source of `draft` without what was found; where it has no source to write, its text alone, in parts."""
    by_part: dict[int, list[Finding]] = {}
    for one in findings:
        by_part.setdefault(one.part, []).append(one)
    if any(part.source is None for part in draft.parts):
        texts = [
            _changed(part.text, _in_text(part, by_part.get(at, []), language))
            for at, part in enumerate(draft.parts)
            if part.place is Place.TEXT
        ]
        return "\n\n".join(texts)
    changes: list[Change] = []
    for at, found in by_part.items():
        changes += _in_source(draft.parts[at], _in_text(draft.parts[at], found, language))
    return _changed(draft.source, changes)


def without_lines(source: str, lines: Iterable[int], language: str) -> str:
    """Give `source` with each of those places' lines withheld: where nothing less leaves a text without findings."""
    kept = source
    for place in sorted(set(lines), reverse=True):
        start = kept.rfind("\n", 0, min(place, len(kept))) + 1
        end = kept.find("\n", place)
        kept = kept[:start] + wording.LINE.speak(language) + (kept[end:] if end >= 0 else "")
    return kept


def _in_text(part: Part, findings: Sequence[Finding], language: str) -> list[Change]:
    """Give the changes of one part, in its text: names in a row are withheld together, a link's target whole."""
    if not findings:
        return []
    if part.place is Place.LINK:
        return [(0, len(part.text), wording.NOWHERE)]
    changes: list[Change] = []
    for one in sorted(findings, key=lambda one: one.start):
        put = one.wording.speak(language)
        if changes:
            start, end, before = changes[-1]
            if before in (put, wording.MANY.get(put)) and _ROW.fullmatch(part.text[end : one.start]):
                changes[-1] = (start, one.end, wording.MANY.get(put, put))
                continue
        changes.append((one.start, one.end, put))
    return changes


def _in_source(part: Part, changes: Iterable[Change]) -> Iterator[Change]:
    """Give the same changes in the source: where markup stands within a passage, it stays."""
    if part.source is None:
        return
    for start, end, put in changes:
        first = True
        for begin, stop in _runs(part, start, end):
            yield begin, stop, put if first else ""
            first = False


def _runs(part: Part, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the stretches of the source that hold a passage, each without a break."""
    source = part.source or ()
    ends = part.ends
    begin: int | None = None
    stop = 0
    for at in range(start, end):
        first, last = source[at], ends[at] if ends is not None else source[at] + 1
        if last <= first:
            continue
        if begin is None:
            begin = first
        elif first > stop:
            yield begin, stop
            begin = first
        stop = max(stop, last)
    if begin is not None:
        yield begin, stop


def _changed(text: str, changes: Iterable[Change]) -> str:
    """Give `text` with every change made; of two that overlap, the first is."""
    pieces: list[str] = []
    last = 0
    for start, end, put in sorted(changes, key=lambda one: (one[0], one[2] == wording.NOWHERE, -one[1])):
        if start < last:
            continue
        pieces += (text[last:start], put)
        last = end
    pieces.append(text[last:])
    return "".join(pieces)
