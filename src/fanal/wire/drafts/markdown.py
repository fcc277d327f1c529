"""Read Markdown: the text that is seen as one part, then what travels with it, each with its places in the source.

CommonMark 0.31 and what site generators add: front matter, footnotes, tables, strikethrough. No parser of Python gives
the place of each character, which the safe version needs; what is read here is what stands where, not how it looks.
One pass; a `<` that begins no tag costs from a budget, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, Place
from fanal.wire.drafts import emphasis, refusals, signs, tags, vocabulary
from fanal.wire.drafts.page import OBJECT, SCRIPT, Page
from fanal.wire.drafts.web import read_content
from fanal.wire.drafts.writer import Writer

if TYPE_CHECKING:
    from fanal.core.reasons import Reason

MOST_SIGNS: Final = 600_000
_WASTED: Final = 3_000_000  # characters that may be looked at in vain for the end of a tag

_FRONT: Final = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_FENCE: Final = re.compile(r"(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))(?:\n|\Z)")
_RULE: Final = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1)*+[ \t]*\r?$", re.MULTILINE)
_BEFORE_LINE: Final = re.compile(
    r"[ \t]*+(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*+)*+(?:\#{1,6}(?=[ \t])[ \t]*+)?"
)
_TITLE: Final = r"(?:\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\))"
_DEFINED: Final = re.compile(
    rf"\[((?!\^)[^\[\]\n]{{1,999}})\]:[ \t]*+(?:<([^<>\n]*+)>|([^\s<]\S*+))(?:[ \t]++{_TITLE})?[ \t]*+\r?(?:\n|\Z)",
    re.DOTALL,
)
_FOOTNOTE: Final = re.compile(r"\[\^([^\]\s]{1,999})\]:[ \t]*")
_TARGET: Final = re.compile(
    r"\([ \t\r\n]{0,9}(?:<([^<>\n]*+)>|((?:[^\s()\\<]++|\\.|\((?:[^\s()\\]++|\\.)*+\))*+))"
    rf"(?:[ \t\r\n]{{1,9}}{_TITLE})?[ \t\r\n]{{0,9}}\)",
    re.DOTALL,
)
_REFERENCE: Final = re.compile(r"\[([^\[\]\n]{0,999})\]")
_ADDRESS: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,64}@[^\s<>@]{1,255})>")
_TAG_NAME: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+[\s/>]")
_ESCAPED: Final = re.compile(r"\\[!-/:-@\[-`{-~]|" + signs.ENTITY.pattern)
_NEXT: Final = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|" + signs.ENTITY.pattern + r"|!?\[|\]|\*+|_+|~+|\n")
_BLANK: Final = re.compile(r"\n[ \t\r]*\n")


def read_markdown(source: str) -> Draft:
    """Read a text in Markdown. Refused where it holds more marks than any text needs."""
    reader = _Reader(source)
    reader.read()
    notes: tuple[Reason, ...] = (refusals.PICTURES_UNREAD,) if reader.page.pictures else ()
    return Draft(Form.MARKDOWN, source, reader.page.parts(), notes)


def _unescaped(match: re.Match[str]) -> tuple[str, int]:
    written = match.group()
    return (written[1:], match.end()) if written[0] == "\\" else signs.entity(match)


_MARKED: Final = (_ESCAPED, _unescaped)


@dataclass(slots=True)
class _Piece:
    """What will be written: the source from `start` to `end`, or `text` for it, or what a tag does, or marks."""

    start: int
    end: int
    text: str | None = None
    tag: tags.Tag | None = None
    marks: emphasis.Marks | None = None


class _Reader:
    def __init__(self, source: str) -> None:
        self.page = Page(source)
        self._source = source
        self._pieces: list[_Piece] = []  # of the block that is being read
        self._brackets: list[int] = []  # where in them a bracket waits for its end
        self._blank = -1
        self._ticks: dict[int, list[int]] = {}
        self._budget = _WASTED
        for run in re.finditer("`+", source):
            self._ticks.setdefault(len(run.group()), []).append(run.start())

    def read(self) -> None:
        source, length, seen = self._source, len(self._source), 0
        at = 0
        front = _FRONT.match(source)
        if front:
            self.page.add(Place.ABOUT, front.start(2), front.end(2), SCRIPT)
            at = front.end()
        at = self._line(at)
        while at < length:
            found = _NEXT.search(source, at)
            here = found.start() if found else length
            if here > at:
                self._pieces.append(_Piece(at, here))
            if found is None:
                break
            seen += 1
            if seen > MOST_SIGNS:
                raise Refused(refusals.TOO_INTRICATE)
            at = self._sign(found)
        self._settle()

    def _sign(self, found: re.Match[str]) -> int:
        """Read what stands at a sign that may mean something, and give where to go on."""
        start, end, sign = found.start(), found.end(), found.group()
        if sign == "\n":
            self._pieces.append(_Piece(start, end))
            return self._line(end)
        if sign[0] in "\\&":
            text, stop = _unescaped(found)
            self._pieces.append(_Piece(start, stop, text) if text else _Piece(start, end))
            end = stop if text else end
        elif sign[0] in "*_~":
            self._pieces.append(_Piece(start, end, marks=emphasis.marks(self._source, start, end)))
        elif sign[0] == "`":
            return self._code(start, end)
        elif sign[0] == "<":
            return self._angle(start)
        elif sign == "]":
            return self._bracket(start)
        else:
            self._brackets.append(len(self._pieces))
            self._pieces.append(_Piece(start, end))
        return end

    def _line(self, at: int) -> int:
        """Read what begins a line: a blank one, a fence, a definition, marks of lists, quotes and headings."""
        source = self._source
        while at < len(source):
            rule = _RULE.match(source, at)
            if rule:
                self._settle()
                return rule.end()
            before = _BEFORE_LINE.match(source, at)
            at = before.end() if before else at
            if source.startswith(("\n", "\r\n"), at):
                self._settle()
                return at
            fence, defined = _FENCE.match(source, at), _DEFINED.match(source, at)
            if fence:
                at = self._fenced(fence)
            elif defined:
                self.page.add(Place.HIDDEN, defined.start(1), defined.end(1), _MARKED)
                self._target(defined, 2)
                at = defined.end()
            else:
                return self._footnote(at)
        return at

    def _footnote(self, at: int) -> int:
        footnote = _FOOTNOTE.match(self._source, at)
        if footnote is None:
            return at
        self.page.add(Place.HIDDEN, footnote.start(1), footnote.end(1), _MARKED)
        return footnote.end()

    def _fenced(self, fence: re.Match[str]) -> int:
        self._settle()
        ticks = fence[1] or fence[3]
        which = 2 if fence[1] else 4
        self.page.add(Place.HIDDEN, fence.start(which), fence.end(which), _MARKED)
        closing = re.compile(rf"^[ >\t]*+{re.escape(ticks[0])}{{{min(len(ticks), 1000)},}}[ \t]*\r?$", re.MULTILINE)
        closed = closing.search(self._source, fence.end())
        end = closed.start() if closed else len(self._source)
        self.page.text.run(fence.end(), end)
        return min(closed.end() + 1, len(self._source)) if closed else end

    def _target(self, match: re.Match[str], first: int) -> None:
        """Add where a link leads (groups `first` and the next) and its title (the three after)."""
        for place, groups in ((Place.LINK, (first, first + 1)), (Place.PICTURE, (first + 2, first + 3, first + 4))):
            for group in groups:
                if match[group]:
                    self.page.add(place, match.start(group), match.end(group), _MARKED)

    def _code(self, start: int, end: int) -> int:
        """Read a span of code, whose content stands as it is; ticks that nothing closes are signs."""
        runs = self._ticks.get(end - start, [])
        after = bisect_left(runs, end)
        if after == len(runs) or runs[after] > self._block_end(end):
            self._pieces.append(_Piece(start, end))
            return end
        closed = runs[after]
        self._pieces.append(_Piece(end, closed))
        return closed + end - start

    def _angle(self, start: int) -> int:
        """Read an address in angle brackets, a comment, a tag; else a sign."""
        source = self._source
        address = _ADDRESS.match(source, start)
        if address:
            self._pieces.append(_Piece(address.start(1), address.end(1)))
            return address.end()
        if source.startswith(("<!", "<?"), start):
            aside = tags.aside_at(source, start, len(source))
            if aside is not None:
                self.page.aside(aside)
                return aside.end
        tag = self._tag(start)
        if tag is None:
            self._pieces.append(_Piece(start, start + 1))
            return start + 1
        if tag.closing or tag.name not in vocabulary.RAW | vocabulary.WORDS_ONLY:
            self._pieces.append(_Piece(start, tag.end, tag=tag))
            return tag.end
        self._settle()
        self.page.tag(tag)
        return read_content(self.page, source, tag)

    def _tag(self, start: int) -> tags.Tag | None:
        if self._budget <= 0 or not _TAG_NAME.match(self._source, start):
            return None
        limit = self._block_end(start)
        tag = tags.tag_at(self._source, start, limit)
        if tag is None:
            self._budget -= limit - start
        return tag

    def _block_end(self, at: int) -> int:
        """Give where the next blank line begins; looked for once each."""
        if self._blank < at:
            found = _BLANK.search(self._source, at)
            self._blank = found.start() if found else len(self._source)
        return self._blank

    def _bracket(self, start: int) -> int:
        """Read the end of a bracket: of a link, whose marks go; of a picture, whose words are a part of their own."""
        source = self._source
        target = reference = None
        if self._brackets:
            target = _TARGET.match(source, start + 1)
            reference = None if target else _REFERENCE.match(source, start + 1)
        tail = target or reference
        opened = self._brackets.pop() if self._brackets else -1
        if tail is None:
            self._pieces.append(_Piece(start, start + 1))
            return start + 1
        if target:
            self._target(target, 1)
        else:
            self.page.add(Place.HIDDEN, tail.start(1), tail.end(1), _MARKED)
        bracket = self._pieces[opened]
        picture = source[bracket.start] == "!"
        bracket.text = ""
        if picture:
            words = self._pieces[opened + 1 :]
            del self._pieces[opened + 1 :]
            bracket.text, bracket.end = OBJECT, tail.end()
            self.page.pictures = True
            self._write_alone(words)
        return tail.end()

    def _write_alone(self, pieces: list[_Piece]) -> None:
        writer = Writer(self._source)
        emphasis.settle(piece.marks for piece in pieces if piece.marks)
        for piece in pieces:
            if piece.tag:
                self.page.tag(piece.tag)
            else:
                _write(writer, piece)
        if len(writer):
            self.page.take(writer.part(Place.PICTURE))

    def _settle(self) -> None:
        """End a block: pair its marks and write it."""
        emphasis.settle(piece.marks for piece in self._pieces if piece.marks)
        for piece in self._pieces:
            if piece.tag:
                self.page.tag(piece.tag)
            else:
                _write(self.page.text, piece)
        self._pieces.clear()
        self._brackets.clear()


def _write(writer: Writer, piece: _Piece) -> None:
    if piece.marks:
        writer.run(piece.start, piece.start + piece.marks.left)
    elif piece.text is None:
        writer.run(piece.start, piece.end)
    else:
        writer.sign(piece.text, piece.start, piece.end)
