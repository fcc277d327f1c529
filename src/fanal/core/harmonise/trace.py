"""A text that is rewritten step by step, and still knows where each part of it stood at first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


_MOST: Final = 60_000  # ends of what was replaced in one step, two for each


class Trace:
    """The text as it is now, and the way back to the places in the text as it came."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cut = False
        self._steps: list[tuple[list[int], list[int]]] = []

    def sub(self, pattern: re.Pattern[str], put: str | Callable[[re.Match[str]], str]) -> None:
        """Replace every match of `pattern`, as re.sub does; where there are too many, the text ends before the next."""
        parts: list[str] = []
        now, then = [0], [0]
        at = new = 0
        for found in pattern.finditer(self.text):
            start, end = found.span()
            if len(now) > _MOST:
                self.text, self.cut = self.text[:start], True
                break
            meant = put(found) if callable(put) else found.expand(put)
            parts += (self.text[at:start], meant)
            new += start - at
            now += (new, new + len(meant))
            then += (start, end)
            new += len(meant)
            at = end
        if parts:
            self.text = "".join((*parts, self.text[at:]))
            self._steps.append((now, then))

    def first(self, start: int, end: int) -> tuple[int, int]:
        """Give where the part from `start` to `end` of the text as it is now stood at first."""
        for new, old in reversed(self._steps):
            start = _back(new, old, bisect_right(new, start) - 1, start)
            near = bisect_left(new, end)
            end = old[near] if near < len(new) and new[near] == end else _back(new, old, near - 1, end)
        return start, end


def _back(new: list[int], old: list[int], near: int, place: int) -> int:
    there = old[near] + place - new[near]
    return min(there, old[near + 1]) if near + 1 < len(old) else there
