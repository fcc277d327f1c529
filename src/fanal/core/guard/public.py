"""A text of our own that anyone may read: refused with the reasons where it names anything, else cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.reasons import Reason, reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Finding, Review

SHOWN: Final = 5  # findings told one by one; more than that say how many they are

CODE: Final = "public.names"
MORE = reason(
    "public.names-more",
    en="Other passages name reported things too: take them out as well.",
    fr="D’autres passages nomment aussi des choses signalées\u202f: retirez-les également.",
)


def faults(draft: Draft, review: Review) -> tuple[Reason, ...]:
    """Say of each passage that names something where it stands, masked, why, and what to write instead.

    A passage that overlaps one already told is not told again.
    """
    told: list[Reason] = []
    ends: dict[int, int] = {}
    for one in sorted(review.findings, key=lambda found: (found.part, found.start, -found.end)):
        if one.start < ends.get(one.part, 0):
            continue
        ends[one.part] = one.end
        told.append(_told(draft.parts[one.part].text, one))
    return (*told[:SHOWN], *((MORE,) if len(told) > SHOWN else ()))


def masked(passage: str) -> str:
    """Give a passage so that its author knows which one is meant, and nobody else learns it: “c…e”."""
    words = passage.strip().lstrip("@#[(«“\"'")
    return f"{words[:1]}…{words[-1:]}" if len(words) > 3 else "…"  # noqa: PLR2004 - two letters of four would tell


def _told(text: str, one: Finding) -> Reason:
    line = text.count("\n", 0, one.start) + 1
    passage = masked(text[one.start : one.end])
    why_en, why_fr = (" ".join(why.text.speak(language) for why in one.reasons) for language in ("en", "fr"))
    return Reason(
        CODE,
        Text(
            en=f"Line {line}, “{passage}”: {why_en} Write “{one.wording.en}” instead.",
            fr=f"Ligne {line}, «\u202f{passage}\u202f»\u202f: {why_fr} Écrivez plutôt «\u202f{one.wording.fr}\u202f».",
        ),
    )
