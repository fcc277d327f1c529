"""Read ODT: what is printed, and what travels with it (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import package, refusals
from fanal.wire.drafts.gathered import Gathered

if TYPE_CHECKING:
    from fanal.wire.drafts.package import Package

_LINES: Final = frozenset({"p", "h", "list-item", "table-row", "creator", "date"})
_APART: Final = {
    "annotation": Place.HIDDEN,
    "tracked-changes": Place.HIDDEN,
    "script": Place.HIDDEN,
    "note": Place.TEXT,
    "text-box": Place.TEXT,
    "title": Place.PICTURE,
    "desc": Place.PICTURE,
}
_MOST_BLANKS: Final = 10_000
_ATTRIBUTES: Final = {
    "href": Place.LINK,
    "string-value": Place.HIDDEN,
    "string-value-if-true": Place.HIDDEN,
    "string-value-if-false": Place.HIDDEN,
    "condition": Place.HIDDEN,
    "formula": Place.HIDDEN,
    "description": Place.PICTURE,
}


def read_odt(files: Package) -> Draft:
    """Read an ODT: text, headers, footers, notes; links, titles of pictures, properties; comments and deleted text.

    No address within is followed. Refused where it is damaged, locked, or unpacks to more than a draft may.
    """
    if "META-INF/manifest.xml" in files.names and b"encryption-data" in files.read("META-INF/manifest.xml"):
        raise Refused(refusals.LOCKED)
    gathered = Gathered()
    for name, place in (("content.xml", Place.TEXT), ("styles.xml", Place.TEXT), ("meta.xml", Place.ABOUT)):
        if name in files.names:
            _Reader(gathered, place).read(files.read(name))
    for name in files.names:
        if name.startswith(("Pictures/", "media/")):
            gathered.note(refusals.PICTURES_UNREAD)
        elif name.startswith(("Object ", "ObjectReplacements/")):
            gathered.note(refusals.FILES_UNREAD)
    return gathered.draft(Form.ODT)


class _Reader:
    """One file within: its text, and apart from it what stands beside (notes, comments, changes)."""

    def __init__(self, gathered: Gathered, place: Place) -> None:
        self._gathered = gathered
        self._open: list[tuple[str, Place, list[str]]] = [("", place, [])]

    def read(self, content: bytes) -> None:
        package.parse(content, start=self._start, end=self._end, words=self._words)
        while self._open:
            self._finish()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _APART and self._open[0][1] is Place.TEXT:
            self._open.append((name, _APART[name], []))
        elif name == "s":
            count = attributes.get("c", "1")
            self._words(" " * (min(int(count), _MOST_BLANKS) if count.isascii() and count.isdigit() else 1))
        elif name in {"tab", "table-cell"}:
            self._words("\t")
        elif name == "line-break":
            self._words("\n")
        for attribute, value in attributes.items():
            place = _ATTRIBUTES.get(attribute)
            inside = attribute == "href" and value.startswith(("Pictures/", "./Object", "media/", "#", "ObjectRepl"))
            if place is not None and not inside:
                self._gathered.add(place, value)
            elif attribute == "name" and name in {"bookmark", "bookmark-start", "frame", "user-defined"}:
                self._gathered.add(Place.ABOUT, value)

    def _end(self, name: str) -> None:
        if name in _LINES or self._open[0][1] is Place.ABOUT:
            self._words("\n")
        if len(self._open) > 1 and name == self._open[-1][0]:
            self._finish()

    def _words(self, words: str) -> None:
        self._open[-1][2].append(words)

    def _finish(self) -> None:
        _name, place, pieces = self._open.pop()
        self._gathered.add(place, "".join(pieces))
