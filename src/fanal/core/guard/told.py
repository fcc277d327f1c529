"""The guard's answer as programs read it: plain values, places by line and column, and never the words found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fanal.core.guard.review import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Doubt, Finding, Review
    from fanal.core.reasons import Reason

_LIVE: Final = frozenset({Standing.REPORTED, Standing.ILLEGAL})


def told(draft: Draft, review: Review, language: str) -> dict[str, Any]:
    """Write the answer on `draft` with its sentences in `language`; all but the safe version."""
    return {
        "form": draft.form.value,
        "clean": review.clean,
        "findings": [
            {
                **_place(draft, one),
                "sure": one.sure.value,
                "standing": one.standing.value,
                "live": one.standing in _LIVE,
                **_words(one, language),
            }
            for one in review.findings
        ],
        "doubts": [{**_place(draft, one), **_words(one, language)} for one in review.doubts],
        "notes": reasons(review.notes, language),
    }


def reasons(why: Sequence[Reason], language: str) -> list[dict[str, str]]:
    """Write reasons: code and sentence."""
    return [{"code": one.code, "text": one.text.speak(language)} for one in why]


def where(draft: Draft, one: Finding | Doubt) -> tuple[int, int] | None:
    """Give the line and the column in the draft's source, each from 1; None where the draft has no such source."""
    source = draft.parts[one.part].source
    if source is None or not len(source):
        return None
    at = source[min(one.start, len(source) - 1)]
    return draft.source.count("\n", 0, at) + 1, at - draft.source.rfind("\n", 0, at)


def _place(draft: Draft, one: Finding | Doubt) -> dict[str, Any]:
    line, column = where(draft, one) or (None, None)
    return {
        "place": one.place.value,
        "line": line,
        "column": column,
        "part": one.part + 1,
        "start": one.start,
        "end": one.end,
    }


def _words(one: Finding | Doubt, language: str) -> dict[str, Any]:
    return {"reasons": reasons(one.reasons, language), "wording": one.wording.speak(language)}
