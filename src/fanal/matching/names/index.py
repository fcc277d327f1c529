"""The blind index: marks of names in memory, and where in a text something stands that has one of these marks."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from fanal.matching.names import fold, kernels_cut, kernels_join, kernels_marks
from fanal.matching.names.keyed import Tokens, points, saying, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from fanal.matching.compiling import U64

_LEAST: Final = 1 << 10
_FULL: Final = 0.75  # of the slots: more of them, and a search goes further
_PIECE: Final = 1 << 15  # characters of a text looked at together


@dataclass(frozen=True, slots=True)
class _Table:
    """Marks where they are looked up, and three bits of each, elsewhere: most others have not all three set.

    A slot takes eight bytes, and one of the sieve; three of eight slots at least hold a mark: less than 24 bytes each.
    """

    slots: U64
    sieve: U64
    count: int

    def plus(self, marks: U64) -> _Table:
        """Give another that holds these too."""
        size = self.slots.size
        while self.count + marks.size > size * _FULL:
            size *= 2
        if size == self.slots.size:
            slots, sieve = self.slots.copy(), self.sieve.copy()
        else:
            slots, sieve = np.zeros(size, np.uint64), np.zeros(size // 8, np.uint64)
            kernels_marks.put(slots, sieve, self.slots)
        return _Table(slots, sieve, self.count + int(kernels_marks.put(slots, sieve, marks)))


class Spotted(NamedTuple):
    """A candidate in a text, from `start` to before `end`, that has a known mark."""

    start: int
    end: int
    mark: int


class NameIndex:
    """Marks of names under one key; which names they are, it cannot say.

    Searching goes on in other threads while marks are added: those in the middle of it see the older ones.
    """

    def __init__(self, key: bytes) -> None:
        self._key = words_of(key)
        self._table = _Table(np.zeros(_LEAST, np.uint64), np.zeros(_LEAST // 8, np.uint64), 0)
        self._adding = threading.Lock()

    def add(self, marks: NDArray[np.uint64]) -> None:
        """Hold these marks too; 0 stands for a name that is too short to have one."""
        with self._adding:
            self._table = self._table.plus(np.ascontiguousarray(marks, np.uint64))

    def find(self, text: str) -> list[Spotted]:
        """Find every candidate in `text` that has a known mark, by where it begins, overlapping ones too."""
        table, room, search = fold.table(), Tokens(), _Search(self._key, self._table)
        said = saying()
        found: list[Spotted] = []
        for base in range(0, len(text) + 1, _PIECE):
            final = base + _PIECE > len(text)
            codes = points(text[base : base + _PIECE] + "\n" * final)
            at = 0
            while at < codes.size:
                at = kernels_cut.cut(
                    codes, base, at, table.entries, table.signs, said,
                    room.state, room.spans, room.places, room.about, room.signs,
                )  # fmt: skip
                if at < codes.size and not table.entries[codes[at]]:
                    table.learn(int(codes[at]))
                    continue
                found += search.all(room, final=final and at == codes.size)
        return sorted(found)

    def __len__(self) -> int:
        return self._table.count

    @property
    def nbytes(self) -> int:
        """How many bytes the marks take."""
        return self._table.slots.nbytes + self._table.sieve.nbytes


class _Search:
    """The looking up of all candidates of one text's tokens, batch by batch."""

    def __init__(self, key: U64, table: _Table) -> None:
        self._key, self._table = key, table
        batch, hits = kernels_join.BATCH, 2 * kernels_marks.HITS
        self._rows, self._states = np.empty((4, kernels_join.ROWS), np.uint64), np.empty((4, batch), np.uint64)
        self._lasts, self._ends = np.empty(batch, np.uint64), np.empty((3, batch), np.int64)
        self._odd, self._through = np.empty(2 * kernels_join.SIDE, np.int64), np.empty(batch + 8, np.uint8)
        self._marks, self._hits = np.empty(hits, np.uint64), np.empty((2, hits), np.int64)

    def all(self, room: Tokens, *, final: bool) -> Iterator[Spotted]:
        """Look up what begins at the tokens that are there; unless they are the last, some wait for what follows."""
        count = int(room.state[kernels_cut.COUNT])
        first, until = 0, count if final else max(0, count - kernels_join.TAIL)
        while first < until:
            first, found = kernels_marks.spotted(
                self._key, self._table.slots, self._table.sieve, first, until,
                room.state, room.spans, room.places, room.about, room.signs,
                self._rows, self._states, self._lasts, self._ends, self._odd, self._through, self._hits, self._marks,
            )  # fmt: skip
            begins, ends = self._hits[:, :found].tolist()
            yield from map(Spotted, begins, ends, self._marks[:found].tolist())
        kernels_join.kept(until, room.state, room.spans, room.places, room.about, room.signs)
