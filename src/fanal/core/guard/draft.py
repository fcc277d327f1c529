"""A draft as the guard reads it: its texts, each with the place where it stands and the way back to the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.core.reasons import Reason


class Form(StrEnum):
    """How a draft is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"


class Place(StrEnum):
    """Where in a draft a text stands. What nobody sees on the page travels with it all the same."""

    TEXT = "text"
    LINK = "link"  # where a link leads, or what a page loads
    PICTURE = "picture"  # the words beside a picture (alt text, title)
    ABOUT = "about"  # title, metadata, properties, file names within
    HIDDEN = "hidden"  # comments, notes, deleted text, scripts, style


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a draft.

    `source` gives for each character of `text` its place in the draft's source, so that the safe version can be
    written there; None where a draft has no source that could be written (PDF, DOCX, ODT). A character that stands for
    several (an entity) has the place of the first, and `ends` tells for each where it ends.
    """

    text: str
    place: Place = Place.TEXT
    source: Sequence[int] | None = None
    ends: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft: its parts in reading order, and what a person must know of how it was read."""

    form: Form
    source: str
    parts: tuple[Part, ...]
    notes: tuple[Reason, ...] = ()


def plain(text: str) -> Draft:
    """Take a text as a draft, as it stands."""
    return Draft(Form.TEXT, text, (Part(text, Place.TEXT, range(len(text)), range(1, len(text) + 1)),))
