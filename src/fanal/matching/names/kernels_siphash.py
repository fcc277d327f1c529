"""SipHash-2-4 (Aumasson and Bernstein, 2012) of bytes within an array, in two steps: whole words, then the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import word_at

if TYPE_CHECKING:
    from fanal.matching.compiling import U8, U64, Whole

    State = tuple[Whole, Whole, Whole, Whole]

WORD = 8
_ENDING = np.uint64(0xFF)


@compiled
def begun(key: U64) -> State:
    """Begin with a key of two words."""
    return (
        key[0] ^ np.uint64(0x736F6D6570736575),
        key[1] ^ np.uint64(0x646F72616E646F6D),
        key[0] ^ np.uint64(0x6C7967656E657261),
        key[1] ^ np.uint64(0x7465646279746573),
    )


@compiled
def turned(word: Whole, by: int) -> Whole:
    """Turn a word's bits to the left."""
    return (word << np.uint64(by)) | (word >> np.uint64(64 - by))


@compiled
def mixed(state: State) -> State:
    """Do one round."""
    a, b, c, d = state
    a += b
    b = turned(b, 13) ^ a
    a = turned(a, 32)
    c += d
    d = turned(d, 16) ^ c
    a += d
    d = turned(d, 21) ^ a
    c += b
    b = turned(b, 17) ^ c
    c = turned(c, 32)
    return a, b, c, d


@compiled
def taken(state: State, word: Whole) -> State:
    """Take one word in."""
    a, b, c, d = state
    a, b, c, d = mixed(mixed((a, b, c, d ^ word)))
    return a ^ word, b, c, d


@compiled
def hashed(state: State, done: int, data: U8, begin: int, size: int) -> Whole:
    """Give the hash of `size` bytes from `begin` on, of which the first `done` (whole words) are in the state.

    Eight bytes behind the last are read and left out of account.
    """
    while done + WORD <= size:
        state = taken(state, word_at(data, begin + done))
        done += WORD
    rest = np.uint64(8 * (size - done))
    last = word_at(data, begin + done) & ((np.uint64(1) << rest) - np.uint64(1))
    a, b, c, d = taken(state, last | np.uint64(size) << np.uint64(56))
    a, b, c, d = mixed(mixed(mixed(mixed((a, b, c ^ _ENDING, d)))))
    return a ^ b ^ c ^ d


@compiled
def siphash(key: U64, data: U8, size: int) -> Whole:
    """Give the hash of the first `size` bytes; `data` has eight more."""
    return hashed(begun(key), 0, data, 0, size)
