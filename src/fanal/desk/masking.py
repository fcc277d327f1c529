"""A draft as its author sees it again: every passage that leads somewhere masked and numbered, never in plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Place
from fanal.core.guard.review import Finding, Standing
from fanal.core.harmonise import defang
from fanal.core.intake.show import show
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Doubt, Review
    from fanal.core.reasons import Reason

    Passage = Finding | Doubt

CUT: Final = 1200  # characters without a remark that are shown whole; of longer ones both ends
END: Final = 400
LIVE: Final = frozenset({Standing.REPORTED, Standing.ILLEGAL})
# Doubts about how something is said, not about what it may name: their words stay on the page, so that they are found.
SAID: Final = frozenset({"guard.prejudges", "guard.promises"})
SEARCHED: Final = Text(en="search words", fr="mots de recherche")
WEIGHED: Final = Text(en="passage to be weighed", fr="passage à peser")


@dataclass(frozen=True, slots=True)
class Entry:
    """One remark on a draft; passages that all the same is said of share it."""

    number: int
    reasons: tuple[Reason, ...]
    place: Place
    wording: Text
    times: int
    sure: str = ""
    standing: str = ""
    live: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: as it stands ("" as `kind`), or a passage that a remark is on (find, doubt), or a cut."""

    kind: str
    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One text of the draft: what is read on the page first, then link targets, properties and the like."""

    place: Place
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Masked:
    """The whole answer as a page shows it."""

    blocks: tuple[Block, ...]
    findings: tuple[Entry, ...]
    doubts: tuple[Entry, ...]


def mask(draft: Draft, review: Review, *, language: str) -> Masked:
    """Mask a draft for the page in `language`. Texts that are not read on the page appear only where a remark is."""
    findings = _entries(review.findings, first=1)
    doubts = _entries(review.doubts, first=len(findings) + 1)
    numbers = {_same(one): entry.number for ones in (findings, doubts) for entry, members in ones for one in members}
    every: list[Passage] = [*review.findings, *review.doubts]
    labels = _labels(draft, every, language)
    blocks = []
    remarks = {part: list(ones) for part, ones in groupby(sorted(every, key=_part), key=_part)}
    order = sorted(range(len(draft.parts)), key=lambda part: draft.parts[part].place is not Place.TEXT)
    for part in order:
        text, place = draft.parts[part].text, draft.parts[part].place
        if part in remarks or (place is Place.TEXT and text.strip()):
            blocks.append(Block(place, tuple(_pieces(text, remarks.get(part, []), numbers, labels))))
    return Masked(tuple(blocks), tuple(one for one, _ in findings), tuple(one for one, _ in doubts))


def _part(one: Passage) -> int:
    return one.part


def _entries(passages: Iterable[Passage], *, first: int) -> list[tuple[Entry, list[Passage]]]:
    together: dict[object, list[Passage]] = {}
    for one in sorted(passages, key=lambda one: (one.place is not Place.TEXT, one.part, one.start)):
        together.setdefault(_same(one), []).append(one)
    return [(_entry(number, ones), ones) for number, ones in enumerate(together.values(), start=first)]


def _entry(number: int, ones: list[Passage]) -> Entry:
    one = ones[0]
    if not isinstance(one, Finding):
        return Entry(number, one.reasons, one.place, one.wording, len(ones))
    live = one.standing in LIVE
    return Entry(number, one.reasons, one.place, one.wording, len(ones), one.sure, one.standing, live)


def _same(one: Passage) -> object:
    """Tell what is said of a passage: those of which the same is said stand under one number."""
    about = (one.sure, one.standing) if isinstance(one, Finding) else ()
    return (type(one), one.reasons, one.place, one.wording, about)


def _labels(draft: Draft, passages: Iterable[Passage], language: str) -> dict[tuple[int, int, int], str]:
    """Give each passage its label: “[reported account]”, with a letter where several things would be called so."""
    named: dict[str, dict[str, list[tuple[int, int, int]]]] = {}
    for one in sorted(passages, key=lambda one: (one.part, one.start)):
        said = re.sub(r"\W+", "", draft.parts[one.part].text[one.start : one.end]).casefold()
        word = _what(one).speak(language).strip("[]")
        named.setdefault(word, {}).setdefault(said, []).append((one.part, one.start, one.end))
    labels = {}
    for word, things in named.items():
        for place, spots in enumerate(things.values()):
            letter = "" if len(things) == 1 else f" {_letter(place)}"
            labels.update(dict.fromkeys(spots, f"[{word}{letter}]"))
    return labels


def _what(one: Passage) -> Text:
    if isinstance(one, Finding):
        return one.wording
    return SEARCHED if any(why.code == "guard.teaches-search" for why in one.reasons) else WEIGHED


def _letter(place: int) -> str:
    """Give A to Z, then AA, AB and so on."""
    round_, rest = divmod(place, 26)
    return (_letter(round_ - 1) if round_ else "") + chr(ord("A") + rest)


def _pieces(
    text: str, remarks: list[Passage], numbers: dict[object, int], labels: dict[tuple[int, int, int], str]
) -> Iterable[Piece]:
    at = 0
    for start, end, ones in _clusters(remarks):
        yield from _plain(text[at:start])
        kind = "find" if any(isinstance(one, Finding) for one in ones) else "doubt"
        seen = tuple(dict.fromkeys(numbers[_same(one)] for one in ones))
        shown = next((one for one in ones if isinstance(one, Finding)), ones[0])
        label = labels[shown.part, shown.start, shown.end]
        yield Piece(kind, _quiet(text[start:end]) if all(map(_about_words, ones)) else label, seen)
        at = end
    yield from _plain(text[at:])


def _about_words(one: Passage) -> bool:
    return not isinstance(one, Finding) and all(why.code in SAID for why in one.reasons)


def _clusters(remarks: list[Passage]) -> Iterable[tuple[int, int, list[Passage]]]:
    """Bring overlapping passages together: what one of them covers is covered whole."""
    ones: list[Passage] = []
    start = end = 0
    for one in sorted(remarks, key=lambda one: (one.start, one.end)):
        if ones and one.start >= end:
            yield start, end, ones
            ones = []
        start, end = (start, max(end, one.end)) if ones else (one.start, one.end)
        ones.append(one)
    if ones:
        yield start, end, ones


def _plain(text: str) -> Iterable[Piece]:
    if len(text) > CUT:
        yield Piece("", _quiet(text[:END]))
        yield Piece("cut", str(len(text) - 2 * END))
        text = text[-END:]
    if text:
        yield Piece("", _quiet(text))


def _quiet(text: str) -> str:
    """Show what stands between the passages as everything typed is shown: no address in it that could be opened."""
    return show(defang.defang_text(text.replace("\ufffc", "")))
