"""A page in the making: what its tags and texts say, and in which part each goes. HTML and Markdown both write here."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Part, Place
from fanal.wire.drafts import refusals, signs, vocabulary
from fanal.wire.drafts.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanal.wire.drafts.tags import Aside, Attribute, Tag

    Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, int]]]

MOST_PARTS: Final = 50_000
MOST_TAGS: Final = 500_000
OBJECT: Final = "\ufffc"  # stands where a picture stands: nothing to read, and no space either

_UNSEEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_COMMON_DOCTYPE: Final = re.compile(
    r"doctype\s+html(?:\s+(?:public\s+\"-//W3C//DTD X?HTML[^\"]{0,40}\"(?:\s+\"http://www\.w3\.org/[^\"]{0,60}\")?"
    r"|system\s+[\"']about:legacy-compat[\"']))?\s*\Z",
    re.IGNORECASE,
)
_BLOB: Final = re.compile(r"data:(?:image|font|audio|video)/[^,\s]{0,100};base64,([A-Za-z0-9+/=]*+)", re.IGNORECASE)
_DATA_SCRIPT: Final = re.compile(r"json", re.IGNORECASE)


class Page:
    """The parts of a page, filled in the order of its source."""

    def __init__(self, source: str) -> None:
        self.pictures = False
        self._source = source
        self._seen = Writer(source)
        self._unseen = Writer(source)
        self._small = Writer(source)  # names, classes and the like, together
        self._parts: list[Part] = []
        self._open: Counter[str] = Counter()
        self._within: Counter[str] = Counter()
        self._veil = ""  # the element that hides what it holds, while it is open
        self._kept_white = 0
        self._tags = 0

    @property
    def text(self) -> Writer:
        """Give the writer of the text that is now being read: the one that is seen, or what is hidden."""
        return self._unseen if self._veil else self._seen

    @property
    def veiled(self) -> bool:
        """Say whether what is read now is not shown."""
        return bool(self._veil)

    def parts(self) -> tuple[Part, ...]:
        """Give all parts: the seen text first, then the others as they came."""
        more = [one.part(Place.HIDDEN) for one in (self._unseen, self._small) if len(one)]
        return (self._seen.part(Place.TEXT), *self._parts, *more)

    def add(self, place: Place, start: int, end: int, rule: Rule) -> None:
        """Add a part of its own from the source, read by `rule`. Refused where there are too many."""
        if not self._source[start:end].strip():
            return
        writer = Writer(self._source)
        for blob in _BLOB.finditer(self._source, start, end):
            writer.decoded(start, blob.start(1), *rule)
            start, self.pictures = blob.end(), True
        writer.decoded(start, end, *rule)
        self.take(writer.part(place))

    def take(self, part: Part) -> None:
        """Add a part. Refused where there are too many."""
        if len(self._parts) >= MOST_PARTS:
            raise Refused(refusals.TOO_INTRICATE)
        self._parts.append(part)

    def words(self, start: int, end: int) -> None:
        """Read text between tags."""
        writer = self.text
        if self._kept_white:
            writer.decoded(start, end, *ENTITIES)
        elif writer.last in ("", "\n") and self._source[start:end].isspace():
            return
        else:
            writer.decoded(start, end, signs.FLOWING, signs.entity)

    def tag(self, tag: Tag) -> None:
        """Read a tag: what it does to the text, and what its attributes hold. Refused where there are too many."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise Refused(refusals.TOO_INTRICATE)
        name = tag.name
        if tag.closing:
            self._close(tag)
        else:
            self._unveil_by_next(name)
        self._part_lines(tag)
        if name not in vocabulary.KNOWN:  # an address in angle brackets, a misspelt tag
            self._aside_small(tag.start + 1, tag.start + 1 + tag.closing + len(name))
        for attribute in tag.attributes:
            self._attribute(tag, attribute)
        if not tag.closing:
            self._opened(tag)

    def content(self, tag: Tag, start: int, end: int) -> None:
        """Read what an element without tags of its own holds: a script, a style sheet, a title, a field."""
        name = tag.name
        if name == "title":
            self.add(Place.ABOUT, start, end, ENTITIES)
        elif name == "textarea":
            self.text.decoded(start, end, *ENTITIES)
        elif name == "xmp":
            self.text.run(start, end)
        elif name == "style":
            self.add(Place.HIDDEN, start, end, STYLE)
        elif name == "script" and self._says(tag, "type", _DATA_SCRIPT):
            self.add(Place.ABOUT, start, end, SCRIPT)
        else:
            self.add(Place.HIDDEN, start, end, SCRIPT)

    def aside(self, aside: Aside) -> None:
        """Read a comment or a declaration; the common ones of a document's type say nothing."""
        inner = self._source[aside.inner_start : min(aside.inner_end, aside.inner_start + 400)]
        if aside.declaration and _COMMON_DOCTYPE.match(inner):
            return
        self.add(Place.HIDDEN, aside.inner_start, aside.inner_end, ENTITIES)

    def remainder(self, start: int, end: int) -> None:
        """Keep what is no text, since a tag began there that never ended."""
        self.add(Place.HIDDEN, start, end, ENTITIES)

    def _attribute(self, tag: Tag, attribute: Attribute) -> None:
        name, at, start, end = attribute
        if not vocabulary.known(name):
            self._aside_small(at, at + len(name))
        if start == end:
            return
        if tag.name == "meta":
            if name == "content":
                self.add(Place.LINK if self._says(tag, "http-equiv", _REFRESH) else Place.ABOUT, start, end, ATTRIBUTES)
            return
        place = vocabulary.place_of(name)
        if place is Place.HIDDEN or (name == "style" and "url(" not in self._source[start:end].lower()):
            self._aside_small(start, end)
        elif place is not None:
            self.add(place, start, end, ATTRIBUTES)

    def _aside_small(self, start: int, end: int) -> None:
        if len(self._small):
            self._small.insert("\n", start)
        self._small.decoded(start, end, *ATTRIBUTES)

    def _part_lines(self, tag: Tag) -> None:
        writer, name = self.text, tag.name
        if name == "br":
            writer.sign("\n", tag.start, tag.end)
        elif name in vocabulary.BREAKS:
            if writer.last not in ("", "\n"):
                writer.insert("\n", tag.start)
        elif name in vocabulary.CELLS:
            if writer.last not in ("", "\n", "\t"):
                writer.insert("\t", tag.start)
        elif name in vocabulary.RAISED:
            writer.insert(OBJECT, tag.start)
        elif name in vocabulary.STANDING_IN and not tag.closing:
            self.pictures |= name in {"img", "svg", "canvas", "video", "object", "embed"}
            writer.sign(OBJECT, tag.start, tag.end)

    def _opened(self, tag: Tag) -> None:
        name = tag.name
        if name in vocabulary.EMPTY:
            return
        self._kept_white += name in vocabulary.KEPT_WHITE
        if self._veil:
            self._within[name] += 1
        else:
            self._open[name] += 1
            if name in vocabulary.UNSEEN or self._hidden(tag):
                self._veil = name

    def _close(self, tag: Tag) -> None:
        name = tag.name
        if name in vocabulary.KEPT_WHITE and self._kept_white:
            self._kept_white -= 1
        if self._veil and self._within[name]:
            self._within[name] -= 1
            return
        if self._open[name]:
            self._open[name] -= 1
            # the veil itself, or an element around it, whose end is its end too; a stray </p> ends nothing
            if self._veil and (name == self._veil or name not in vocabulary.CLOSED_BY_NEXT):
                self._lift()

    def _unveil_by_next(self, name: str) -> None:
        if self._veil and name in vocabulary.CLOSED_BY_NEXT.get(self._veil, ()) and not self._within[self._veil]:
            self._open[self._veil] -= 1
            self._lift()

    def _lift(self) -> None:
        if len(self._unseen):
            self._unseen.insert("\n", self._unseen.end)
        self._veil = ""
        self._within.clear()

    def _hidden(self, tag: Tag) -> bool:
        for name, _at, start, end in tag.attributes:
            if name == "hidden" or (name == "style" and _UNSEEN_STYLE.search(self._source, start, end)):
                return True
        return False

    def _says(self, tag: Tag, name: str, pattern: re.Pattern[str]) -> bool:
        return any(one == name and pattern.search(self._source, start, end) for one, _at, start, end in tag.attributes)


_REFRESH: Final = re.compile(r"refresh", re.IGNORECASE)
ENTITIES: Final = (signs.ENTITY, signs.entity)
ATTRIBUTES: Final = (signs.ENTITY, signs.entity_in_attribute)
SCRIPT: Final = (signs.ESCAPE, signs.escape)
STYLE: Final = (signs.STYLE_ESCAPE, signs.style_escape)
