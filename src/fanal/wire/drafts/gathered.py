"""The parts of a draft that has no source to be written in: gathered, each text once for its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, Part, Place
from fanal.wire.drafts import refusals
from fanal.wire.drafts.page import MOST_PARTS

if TYPE_CHECKING:
    from fanal.core.reasons import Reason


class Gathered:
    """Parts in the order in which they were read, and what a person must know of the reading."""

    def __init__(self) -> None:
        self._parts: dict[tuple[Place, str], Part] = {}
        self._notes: dict[str, Reason] = {}

    def add(self, place: Place, text: str) -> None:
        """Add a text; blank ones and those that stand already in the same place say nothing new."""
        if not text.strip():
            return
        if len(self._parts) >= MOST_PARTS:
            raise Refused(refusals.TOO_INTRICATE)
        self._parts.setdefault((place, text), Part(text, place))

    def note(self, why: Reason) -> None:
        """Add what a person must know."""
        self._notes[why.code] = why

    def draft(self, form: Form) -> Draft:
        """Give the draft: what is seen first; its source is that text, for it has none that could be written."""
        seen = tuple(part for part in self._parts.values() if part.place is Place.TEXT) or (Part(""),)
        others = tuple(part for part in self._parts.values() if part.place is not Place.TEXT)
        source = "\n".join(part.text for part in seen)
        return Draft(form, source, (*seen, *others), tuple(self._notes.values()))
