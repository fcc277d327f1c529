"""The guard's one front door: a whole draft in, what must go, what to weigh, and a version that may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.guard.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Known

    Find = Callable[[str], Sequence[tuple[int, int, int]]]
    Lookup = Callable[[Collection[int]], Mapping[int, tuple[Known, ...]]]


def check(
    draft: Draft,
    *,
    find: Find,
    known: Lookup,
    ordinary: Callable[[str], bool],
    language: str,
    again: Callable[[str], Draft] | None = None,
) -> Review:
    """Say what in `draft` names something reported, and what a person should weigh; offer a version without either.

    `find` gives the marks of the blind index that stand in a text, as (start, end, mark) in characters; `known` says
    which of these are real, asked once for all of a draft; `ordinary` says whether a word is one of the language.
    `language` is that of the safe version, and `again` reads the source of such a version as `draft` was read.
    """
    del find, known, ordinary, language, again
    return Review((), (), draft.notes, draft.source)
