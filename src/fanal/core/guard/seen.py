"""A text as the rules look at it first: in small letters, and which words stand in it at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from fanal.core.guard.looks import lowered

_BYTE: Final = 255
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True)
class Seen:
    """A text, with what the rules ask of it worked out once.

    Most rules begin with a plain word that most texts do not hold. A long text says the same words again and again, so
    each is looked for among the different ones.
    """

    text: str

    @cached_property
    def low(self) -> str:
        """Give the text in small letters, each in its own place."""
        return lowered(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Give what spaces cut the text into, in small letters."""
        return self.low.split()

    @cached_property
    def sizes(self) -> bytes:
        """Give the length of each word, in order; 255 where it is longer."""
        try:
            return bytes(map(len, self.words))
        except ValueError:
            return bytes(min(len(word), _BYTE) for word in self.words)

    @cached_property
    def _different(self) -> str:
        return f" {' '.join(dict.fromkeys(self.words))} "

    def has(self, sign: str) -> bool:
        """Say whether `sign` may stand in the text: whether each of its words does somewhere."""
        if sign in self._different:
            return True
        parts = sign.split()
        return len(parts) > 1 and all(part in self._different for part in parts)

    def places(self, signs: tuple[str, ...]) -> list[int]:
        """Give every place of one of `signs`."""
        found = []
        for sign in signs:
            at = self.low.find(sign) if self.has(sign) else -1
            while at >= 0:
                found.append(at)
                at = self.low.find(sign, at + 1)
        return found

    def rows(self, row: bytes) -> list[int]:
        """Give every place where words of these lengths follow each other."""
        found: list[int] = []
        word, at, single = self.sizes.find(row), 0, True
        while word >= 0:
            if single:
                said = " ".join(self.words[word : word + len(row)])
                at = self.low.find(said, at)
                # where words are cut otherwise, each is looked up in its place
                single = at >= 0 and not (self._letter(at - 1) or self._letter(at + len(said)))
            found.append(at if single else self._begins[word])
            word = self.sizes.find(row, word + len(row))
        return found

    def _letter(self, at: int) -> bool:
        """Say whether something else than white space stands there."""
        return 0 <= at < len(self.low) and not self.low[at].isspace()

    @cached_property
    def _begins(self) -> list[int]:
        return [word.start() for word in _WORD.finditer(self.low)]
