"""Where an address begins and ends among what people write around it: brackets, quotes, commas, full stops."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEB: Final = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_NEXT: Final = re.compile(r"[,;]+(?=(?:https?|ftp)://)", re.IGNORECASE)
_HEAD: Final = re.compile(r"[^/?#]{1,300}")
_APART: Final = re.compile(r"[,;]|\]\(")
_CLOSES: Final = {"(": ")", "[": "]", "{": "}", "'": "'", "‘": "’", "`": "`"}
_BEFORE: Final = "([{'‘`*_~-–—•·>=¿¡!,;:"
_AFTER: Final = ".,;:!?…'’‘`*~•·>—–"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}


def parts(word: str) -> Iterator[tuple[int, int]]:
    """Give the parts of a word without spaces that may each be one thing, as start and end, in order.

    A word is cut where a web address begins behind something else, at commas before another address, and where a
    bracket or quote that was opened in front is closed; an address that only stands within the path or the query of
    another is a part of that.
    """
    place = 0
    while found := _WEB.search(word, place):
        start = found.start()
        if start > place and _leads(word[place:start]):
            start = place
        elif start > place:
            yield from _plain(word, place, start)
        end = _end(word, start, word[start - 1 : start])
        yield start, end
        place = end
    if place < len(word):
        yield from _plain(word, place, len(word))


def _leads(prefix: str) -> bool:
    """Say whether what stands before http:// is itself an address in whose path or query it stands."""
    skipped, word = trim(prefix)
    head = _HEAD.match(word)
    return (
        prefix[-1] in "/=&?#" and head is not None and "." in head.group() and hosts.names_a_host(head.group())
        and skipped < len(prefix)
    )  # fmt: skip


def _end(word: str, start: int, before: str) -> int:
    closer = _CLOSES.get(before, "")
    end = len(word)
    if closer:
        end = _closed(word, start, before, closer)
    cut = _NEXT.search(word, start, end)
    return cut.start() if cut else end


def _closed(word: str, start: int, opener: str, closer: str) -> int:
    """Find where the bracket that was opened before `start` is closed."""
    if opener == closer:
        found = word.find(closer, start)
        return found if found >= 0 else len(word)
    depth = 1
    for place in range(start, len(word)):
        if word[place] == opener:
            depth += 1
        elif word[place] == closer:
            depth -= 1
            if not depth:
                return place
    return len(word)


def _plain(word: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what holds no http:// at commas and between the two parts of a Markdown link."""
    if "/" in word[start:end] and "](" not in word[start:end]:
        yield start, end
        return
    place = start
    for cut in _APART.finditer(word, start, end):
        if cut.start() > place:
            yield place, cut.start()
        place = cut.end()
    if place < end:
        yield place, end


def trim(word: str) -> tuple[int, str]:
    """Take the marks that do not belong to an address off both ends; give how many stood in front, and the rest.

    A closing bracket stays where its opening one is within.
    """
    start = len(word) - len(word.lstrip(_BEFORE))
    rest = word[start:]
    spare = {closer: rest.count(closer) - rest.count(opener) for closer, opener in _PAIRS.items() if closer in rest}
    end = len(rest)
    while end:
        last = rest[end - 1]
        if spare.get(last, 0) > 0:
            spare[last] -= 1
        elif last not in _AFTER:
            break
        end -= 1
    return start, rest[:end]
