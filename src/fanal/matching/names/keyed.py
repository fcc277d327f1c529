"""Names under a key: 64 bits of each that say nothing to whoever lacks the key."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from fanal.matching.names import fold, kernels_cut, kernels_join
from fanal.matching.names.signs import PAIRS, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.matching.compiling import I64, U8, U32, U64

KEY_BYTES: Final = 16
_LONGEST: Final = 4096  # code points of a name: what follows adds nothing to its first 96 signs
_AT_ONCE: Final = 1 << 16
_SEED: Final = 0x9E3779B97F4A7C15
_ALL: Final = (1 << 64) - 1


class Tokens:
    """The room in which a text is cut and its candidates are joined: one for each call, so that calls do not meet."""

    def __init__(self) -> None:
        self.state: I64 = np.zeros(kernels_cut.STATES, np.int64)
        self.spans: I64 = np.empty(2 * kernels_cut.TOKENS, np.int64)
        self.places: I64 = np.empty(kernels_cut.TOKENS, np.int64)
        self.about: I64 = np.empty(kernels_cut.TOKENS, np.int64)
        self.signs: U8 = np.zeros(kernels_join.ROOM, np.uint8)


def marks(words: Sequence[str], *, key: bytes) -> U64:
    """Give the mark of each name under `key` (16 bytes): SipHash-2-4 of its folded signs; 0 where it is too short."""
    made = np.empty(len(words), np.uint64)
    table, room, said = fold.table(), Tokens(), saying()
    for low in range(0, len(words), _AT_ONCE):
        part = [one[:_LONGEST] + "\n" for one in words[low : low + _AT_ONCE]]
        codes = points("".join(part))
        for page in np.unique(codes >> 8):
            if not table.entries[page << 8]:
                table.learn(int(page) << 8)
        ends = np.cumsum(np.fromiter(map(len, part), np.int64, len(part)))
        kernels_join.mark_all(
            codes, ends, words_of(key), table.entries, table.signs, said,
            room.state, room.spans, room.places, room.about, room.signs, made[low : low + _AT_ONCE],
        )  # fmt: skip
    return made


def words_of(key: bytes) -> U64:
    """Give a key of 16 bytes as its two words; ValueError where it has another length."""
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    return np.frombuffer(key, "<u8").astype(np.uint64)


def points(text: str) -> U32:
    """Give the code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


@cache
def saying() -> U64:
    """Give the table of the words that say a sign, and of pairs of words, as the kernels know them."""
    table = np.zeros(kernels_cut.SLOTS, np.uint64)
    every = [_number(one) for one in WORDS]
    every += [((_number(first) * _SEED) & _ALL) ^ _number(second) for first, second in PAIRS]
    for one in every:
        at = one % table.size
        while table[at]:
            at = (at + 1) % table.size
        table[at] = one
    return table


def _number(word: str) -> int:
    folded = fold.skeleton(word)
    signs = np.zeros(2 * kernels_cut.PADDING, np.uint8)
    signs[: len(folded)] = np.frombuffer(folded, np.uint8)
    return int(kernels_cut.word_key(signs, 0, len(folded)))
