"""Put a text together from pieces of a source, keeping for each character where it stands there."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from fanal.core.guard.draft import Part, Place

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


class Writer:
    """One text in the making. What is inserted has an empty place: it starts and ends where it would stand."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._at = array("I")
        self._ends = array("I")
        self.last = ""

    def __len__(self) -> int:
        """Give the number of characters written."""
        return len(self._at)

    @property
    def end(self) -> int:
        """Give where in the source the last character that was written ends."""
        return self._ends[-1] if self._ends else 0

    def run(self, start: int, end: int) -> None:
        """Take over the source from `start` to before `end` as it stands."""
        if end <= start:
            return
        self._pieces.append(self._source[start:end])
        self._at.extend(range(start, end))
        self._ends.extend(range(start + 1, end + 1))
        self.last = self._source[end - 1]

    def sign(self, text: str, start: int, end: int) -> None:
        """Write `text` for what the source writes otherwise (an entity, an escape); each character has all of it."""
        for _ in text:
            self._at.append(start)
            self._ends.append(end)
        if text:
            self._pieces.append(text)
            self.last = text[-1]

    def insert(self, text: str, at: int) -> None:
        """Write `text` that the source does not hold."""
        self.sign(text, at, at)

    def decoded(
        self, start: int, end: int, pattern: re.Pattern[str], decode: Callable[[re.Match[str]], tuple[str, int]]
    ) -> None:
        """Take over the source, each match of `pattern` as `decode` reads it: what it stands for, and where it ends."""
        done = start
        for match in pattern.finditer(self._source, start, end):
            text, stop = decode(match)
            self.run(done, match.start())
            self.sign(text, match.start(), stop)
            done = stop
        self.run(done, end)

    def part(self, place: Place) -> Part:
        """Give the part that was written."""
        return Part("".join(self._pieces), place, self._at, self._ends)
