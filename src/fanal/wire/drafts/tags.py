"""Where tags, comments and attributes stand in HTML, as a browser finds them (WHATWG HTML, 13.2.5).

Not `html.parser`: it gives no place for an attribute's value, and in the Python versions that Fanal runs on some
broken pages take it quadratic time (CVE-2025-6069). Here each character is looked at a fixed number of times.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fanal.core.errors import Refused
from fanal.wire.drafts import refusals

MOST_ATTRIBUTES: Final = 5_000  # of one tag


class Attribute(NamedTuple):
    """An attribute: its name in lower case and where that begins, and where its value stands."""

    name: str
    at: int
    start: int
    end: int


class Tag(NamedTuple):
    """A tag from its `<` to after its `>`."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...]


class Aside(NamedTuple):
    """A comment, a declaration or a processing instruction: the whole of it, and where its content stands."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    declaration: bool = False


_TAG: Final = re.compile(r"</?([A-Za-z][^\t\n\f\r />]*+)")
_ATTRIBUTE: Final = re.compile(
    r"[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r />=]*+)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*+)|(?=>)))?+"
)
_TAIL: Final = re.compile(r"[\t\n\f\r /]*+")
_OPEN_VALUE: Final = re.compile(r"[\t\n\f\r ]*+=[\t\n\f\r ]*+[\"']")
_COMMENT_END: Final = re.compile(r"--!?>")


def tag_at(source: str, start: int, limit: int) -> Tag | None:
    """Read the tag whose `<` stands at `start`; None where none is complete before `limit`.

    Refused where it has more attributes than any tag needs.
    """
    opened = _TAG.match(source, start, limit)
    if opened is None:
        return None
    attributes: list[Attribute] = []
    at = opened.end()
    while True:
        tail = _TAIL.match(source, at, limit)
        after = tail.end() if tail else at
        if after >= limit:
            return None
        if source[after] == ">":
            closing = source[start + 1] == "/"
            return Tag(opened[1].lower(), closing, start, after + 1, tuple(attributes))
        found = _ATTRIBUTE.match(source, at, limit)
        if found is None:
            return None
        if len(attributes) >= MOST_ATTRIBUTES:
            raise Refused(refusals.TOO_INTRICATE)
        at = found.end()
        which = next((group for group in (2, 3, 4) if found[group] is not None), 0)
        if which:
            attributes.append(Attribute(found[1].lower(), found.start(1), found.start(which), found.end(which)))
        elif _OPEN_VALUE.match(source, at, limit):
            return None  # a quotation mark that nothing closes
        else:
            attributes.append(Attribute(found[1].lower(), found.start(1), at, at))


def aside_at(source: str, start: int, limit: int) -> Aside | None:
    """Read what stands at `start` as `<!…`, `<?…` or `</` before something else than a letter; None for none."""
    two, four = source[start : start + 2], source[start : start + 4]
    if four == "<!--":
        inner = start + 4
        for short in (">", "->"):  # WHATWG: an abrupt end of an empty comment
            if source.startswith(short, inner):
                return Aside(start, inner + len(short), inner, inner)
        closed = _COMMENT_END.search(source, inner, limit)
        return Aside(start, closed.end(), inner, closed.start()) if closed else Aside(start, limit, inner, limit)
    if two in {"<!", "<?"} or (two == "</" and start + 2 < limit):
        end = source.find(">", start + 2, limit)
        stop = limit if end < 0 else end
        declaration = source[start + 2 : start + 9].lower() == "doctype"
        return Aside(start, min(stop + 1, limit), start + 2, stop, declaration)
    return None
