"""The evasion corpus: drafts by trick, what they name, and how the guard did on each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Review

HERE: Final = Path(__file__).parent
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One draft: its trick, its text, what it names (key of reported.toml → the passages that say it), if anything."""

    trick: str
    number: int
    text: str
    language: str
    form: Form
    names: Mapping[str, tuple[str, ...]]
    doubt: bool

    def __str__(self) -> str:
        return f"{self.trick} {self.number}"

    @property
    def passages(self) -> tuple[str, ...]:
        """Give every passage that names something."""
        return tuple(passage for passages in self.names.values() for passage in passages)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the guard did on one draft."""

    entry: Entry
    found: tuple[str, ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]  # passages called findings that name nothing
    review: Review

    @property
    def faults(self) -> Iterator[str]:
        """Say what is wrong, a line each."""
        yield from (f"{self.entry}: missed {passage!r}" for passage in self.missed)
        yield from (f"{self.entry}: false alarm {passage!r}" for passage in self.false)


@dataclass(frozen=True, slots=True)
class Score:
    """Recall and precision over some drafts; 1 where there was nothing to find, or nothing was found."""

    drafts: int
    named: int
    found: int
    false: int
    doubted: int

    @property
    def recall(self) -> float:
        """Give the part of what was named that was found."""
        return self.found / self.named if self.named else 1.0

    @property
    def precision(self) -> float:
        """Give the part of the findings that were right."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0


def entries() -> list[Entry]:
    """Read the corpus, file by file."""
    return [
        Entry(
            trick=file.stem,
            number=number,
            text=one["text"],
            language=one["language"],
            form=Form(one.get("form", "text")),
            names={key: _passages(said) for key, said in one.get("names", {}).items()},
            doubt=one.get("doubt", False),
        )
        for file in sorted((HERE / "corpus").glob("*.toml"))
        for number, one in enumerate(tomllib.loads(file.read_text("utf-8"))["draft"], 1)
    ]


def tricks() -> dict[str, str]:
    """Give what each file says its trick is."""
    return {file.stem: tomllib.loads(file.read_text("utf-8"))["trick"] for file in (HERE / "corpus").glob("*.toml")}


def weigh(entry: Entry, draft: Draft, review: Review) -> Outcome:
    """Compare what the guard found with what is named: a passage is found where some finding lies on it."""
    spans = [span(draft, one.part, one.start, one.end) for one in review.findings]
    meant = {passage: tuple(_places(passage, entry.text)) for passage in entry.passages}
    hit = {passage for passage, places in meant.items() if any(_meet(a, b) for a in places for b in spans)}
    right = tuple(place for places in meant.values() for place in places)
    beside = [one for one in spans if not any(_meet(one, place) for place in right)]
    return Outcome(
        entry,
        found=tuple(sorted(hit)),
        missed=tuple(sorted(meant.keys() - hit)),
        false=tuple(entry.text[start:end] for start, end in beside),
        review=review,
    )


def span(draft: Draft, part: int, start: int, end: int) -> tuple[int, int]:
    """Give the place in a draft's source of a passage of one of its parts."""
    source, ends = draft.parts[part].source, draft.parts[part].ends
    assert source is not None
    assert ends is not None
    return source[start], ends[end - 1]


def score(outcomes: Iterable[Outcome]) -> Score:
    """Add up."""
    every = list(outcomes)
    return Score(
        drafts=len(every),
        named=sum(len(one.found) + len(one.missed) for one in every),
        found=sum(len(one.found) for one in every),
        false=sum(len(one.false) for one in every),
        doubted=sum(1 for one in every if not one.entry.names and not one.entry.doubt and one.review.doubts),
    )


def by_trick(outcomes: Iterable[Outcome]) -> dict[str, Score]:
    """Add up for each trick."""
    sorted_out: dict[str, list[Outcome]] = {}
    for one in outcomes:
        sorted_out.setdefault(one.entry.trick, []).append(one)
    return {trick: score(of_it) for trick, of_it in sorted_out.items()}


def table(outcomes: list[Outcome]) -> str:
    """Draw recall and precision per trick, and over all; `doubts` counts lawful drafts with a doubt nobody expected."""
    rows = [*by_trick(outcomes).items(), ("overall", score(outcomes))]
    heads = ("drafts", "named", "found", "false", "recall", "precision", "doubts")
    lines = [f"{'trick':<28}" + "".join(f"{head:>10}" for head in heads)]
    lines += [
        f"{trick:<28}{one.drafts:>10}{one.named:>10}{one.found:>10}{one.false:>10}{one.recall:>10.3f}"
        f"{one.precision:>10.3f}{one.doubted:>10}"
        for trick, one in rows
    ]
    return "\n".join(lines)


def words_around(entry: Entry) -> list[str]:
    """Give the words of a draft that name nothing, which its safe version must still say."""
    rest = entry.text
    for passage in entry.passages:
        rest = rest.replace(passage, " ")
    return _WORD.findall(rest)


def _passages(said: str | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _places(passage: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(passage)
    while at >= 0:
        yield at, at + len(passage)
        at = text.find(passage, at + 1)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
