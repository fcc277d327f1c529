"""The blind index: marks of names in memory, and where in a text something stands that has one of these marks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from fanal.matching.names import fold, kernels_cut, kernels_search
from fanal.matching.names.keyed import Tokens, points, saying, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST: Final = 1 << 10
_FULL: Final = 0.75  # of the slots: more of them, and a search goes further
_PIECE: Final = 1 << 18  # characters of a text looked at together
_HITS: Final = 1 << 12


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
        self._slots = np.zeros(_LEAST, np.uint64)
        self._count = 0
        self._adding = threading.Lock()

    def add(self, marks: NDArray[np.uint64]) -> None:
        """Hold these marks too; 0 stands for a name that is too short to have one."""
        with self._adding:
            size = self._slots.size
            while self._count + marks.size > size * _FULL:
                size *= 2
            slots = self._slots.copy() if size == self._slots.size else np.zeros(size, np.uint64)
            count = self._count
            if size > self._slots.size:
                kernels_search.put(slots, self._slots)
            count += int(kernels_search.put(slots, np.ascontiguousarray(marks, np.uint64)))
            self._slots, self._count = slots, count

    def find(self, text: str) -> list[Spotted]:
        """Find every candidate in `text` that has a known mark, by where it begins, overlapping ones too."""
        table, room = fold.table(), Tokens()
        hits, marks = np.empty(2 * _HITS, np.int64), np.empty(_HITS, np.uint64)
        many = np.zeros(1, np.int64)
        found: list[Spotted] = []
        slots, said = self._slots, saying()
        for base in range(0, len(text) + 1, _PIECE):
            final = base + _PIECE > len(text)
            codes = points(text[base : base + _PIECE] + "\n" * final)
            at = 0
            while at < codes.size:
                at = kernels_cut.cut(
                    codes, base, at, table.entries, table.signs, said,
                    room.state, room.spans, room.places, room.about, room.signs,
                )  # fmt: skip
                ended = at == codes.size
                if not ended and not table.entries[codes[at]]:
                    table.learn(int(codes[at]))
                    continue
                count = int(room.state[kernels_cut.COUNT])
                until = count if ended and final else max(0, count - kernels_search.TAIL)
                first = 0
                while first < until:
                    first = kernels_search.search(
                        self._key, slots, first, until, room.state, room.spans, room.places, room.about,
                        room.signs, room.spare, hits, marks, many,
                    )  # fmt: skip
                    end = int(many[0])
                    found.extend(
                        map(Spotted, hits[: 2 * end : 2].tolist(), hits[1 : 2 * end : 2].tolist(), marks[:end].tolist())
                    )
                    many[0] = 0
                kernels_search.kept(until, room.state, room.spans, room.places, room.about, room.signs)
        return found

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """How many bytes the marks take."""
        return self._slots.nbytes
