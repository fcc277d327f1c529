"""Cutting a text into tokens of folded signs: bytes one behind the other, without what stood between them."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call
# ruff: noqa: C901, PLR0912, PLR0915 one pass over the signs, whose state stays in registers

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import word_at

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U32, U64, Whole

# An entry of the table, from its highest bits: the kind, how many letters, how many bytes, where these stand.
PLACE_BITS, SIZE_BITS, COUNT_BITS = 19, 6, 3
COUNT_SHIFT, KIND_SHIFT = PLACE_BITS + SIZE_BITS, PLACE_BITS + SIZE_BITS + COUNT_BITS
UNKNOWN, NOTHING, WHITE, GAP, OPEN, CLOSE, LATIN, OTHER, ALONE, EITHER, EITHER_BETWEEN = range(11)

MOST = 96  # bytes of a name that count; of a token, no more are kept
TOKENS = 4096  # held at a time
BYTES = 16 * TOKENS
PADDING = 16  # bytes read behind a token's last
# What is kept of a token: where it begins and ends in the text, where its bytes stand, and this:
SIZE_MASK, COUNT_OF, AFTER_WHITE, A_WORD, MAYBE, JOINS_AT = 0xFF, 8, 1 << 16, 1 << 17, 1 << 18, 19
COUNT_MASK = 0xFF
# The state from one piece of text to the next.
COUNT, USED, KIND, WHITE_BEFORE, OPENED, LAST_WORD, WAITS, FIGURES, STATES = range(9)
_SEED = np.uint64(0x9E3779B97F4A7C15)
SHORT = 2  # letters of a token that joins others freely
IN_A_ROW = 3  # signs that may each be a letter
_A = ord("a")  # in brackets, a word for @
_IN = 2
SLOTS = 512  # of the table of words, mostly empty


@compiled
def word_key(signs: U8, begin: int, size: int) -> Whole:
    """Give a number for a short token, by which the words that say a sign are known."""
    if size > 16:  # noqa: PLR2004 longer than any of them
        return np.uint64(0)
    low = min(size, 8)
    high = size - low
    first, second = word_at(signs, begin), word_at(signs, begin + 8)
    if low < 8:  # noqa: PLR2004
        first &= (np.uint64(1) << np.uint64(8 * low)) - np.uint64(1)
    if high < 8:  # noqa: PLR2004
        second &= (np.uint64(1) << np.uint64(8 * high)) - np.uint64(1)
    key = (first ^ (second + np.uint64(size)) * _SEED) * _SEED
    return key ^ (key >> np.uint64(29))


@compiled
def has(words: U64, key: Whole) -> bool:
    """Say whether a key is among the words."""
    at = key & np.uint64(SLOTS - 1)
    while words[at]:
        if words[at] == key:
            return True
        at = (at + np.uint64(1)) & np.uint64(SLOTS - 1)
    return False


@compiled
def cut(
    codes: U32, base: int, begin: int, entries: U32, pool: U8, words: U64,
    state: I64, spans: I64, places: I64, about: I64, signs: U8,
) -> int:  # fmt: skip
    """Cut the code points from `begin` on, the first of which stands at `base` in the text; give where it stopped.

    It stops before a sign that is not in the table, and where there is no room for more tokens.
    """
    count, used, kind, white = state[COUNT], state[USED], state[KIND], state[WHITE_BEFORE]
    opened, waits, figures = state[OPENED], state[WAITS], state[FIGURES]
    last_word: Whole = np.uint64(state[LAST_WORD])
    at = begin
    while at < codes.size:
        entry = np.int64(entries[codes[at]])
        what = entry >> KIND_SHIFT
        if what == NOTHING:
            # A mark belongs to the sign before it.
            place = 2 * count + 1 if kind else 2 * count - 1
            if place >= 0 and spans[place] == base + at:
                spans[place] = base + at + 1
            at += 1
            continue
        if what == UNKNOWN or count >= TOKENS - 2 or used >= BYTES - 2 * MOST:
            break
        if kind and what != kind:
            # The token ends.
            size = used - places[count]
            # 47 folds as “at” does, and is no word.
            key = np.uint64(0) if figures else word_key(signs, places[count], size)
            if (key and has(words, key)) or (
                what == CLOSE and opened == _IN and size == 1 and signs[places[count]] == _A
            ):
                about[count] |= A_WORD
            elif count and key and last_word and has(words, (last_word * _SEED) ^ key):
                about[count] |= A_WORD
                about[count - 1] |= A_WORD
            about[count] |= size
            if about[count] & AFTER_WHITE and (about[count] >> COUNT_OF) & COUNT_MASK > SHORT:
                about[count] |= 1 << JOINS_AT
            last_word = key
            count += 1
            kind = 0
        sign = LATIN <= what <= ALONE
        # What may be a letter waits for one to stand beside it; a few of them in a row may.
        row = count > 0 and not white and spans[2 * count - 1] == base + at and about[count - 1] & MAYBE != 0
        if waits and (sign or what != EITHER or not row or waits == IN_A_ROW):
            if not sign:
                count -= waits
                used = places[count]
                white |= about[count] & AFTER_WHITE
                row = False
            waits = 0
        if what < LATIN:
            if what == WHITE:
                white = AFTER_WHITE
            opened = 1 if what == OPEN else 0
            at += 1
            continue
        if not kind:
            about[count] = white
            spans[2 * count] = base + at
            places[count] = used
            figures = 0
        place, size = entry & ((1 << PLACE_BITS) - 1), (entry >> PLACE_BITS) & ((1 << SIZE_BITS) - 1)
        letters = (entry >> COUNT_SHIFT) & ((1 << COUNT_BITS) - 1)
        if sign:
            for each in range(size):
                if used - places[count] < MOST:
                    signs[used] = pool[place + each]
                    used += 1
            if (about[count] >> COUNT_OF) & COUNT_MASK < COUNT_MASK - 8:
                about[count] += letters << COUNT_OF
            spans[2 * count + 1] = base + at + 1
            figures |= 48 <= codes[at] <= 57  # noqa: PLR2004 0 to 9
            kind = what
            opened = _IN if opened else 0
            white = 0
            if what == ALONE:
                about[count] |= size
                last_word = np.uint64(0)
                count += 1
                kind = 0
            elif not waits:
                # Most signs are letters behind letters.
                at += 1
                held = (about[count] >> COUNT_OF) & COUNT_MASK
                room, from_here = places[count] + MOST - 2, at
                while at < codes.size and used < room and held < COUNT_MASK - 8:
                    entry = np.int64(entries[codes[at]])
                    size = (entry >> PLACE_BITS) & ((1 << SIZE_BITS) - 1)
                    if entry >> KIND_SHIFT != kind or size > 2:  # noqa: PLR2004 m is rn
                        break
                    place = entry & ((1 << PLACE_BITS) - 1)
                    signs[used], signs[used + 1] = pool[place], pool[place + 1]
                    used += size
                    held += (entry >> COUNT_SHIFT) & ((1 << COUNT_BITS) - 1)
                    figures |= 48 <= codes[at] <= 57  # noqa: PLR2004 0 to 9
                    at += 1
                if at > from_here:
                    about[count] = (about[count] & ~(COUNT_MASK << COUNT_OF)) | held << COUNT_OF
                    spans[2 * count + 1] = base + at
                    opened = 0
                continue
        else:
            beside = count > 0 and not white and spans[2 * count - 1] == base + at
            many = row and count > 2 and about[count - 2] & MAYBE and about[count - IN_A_ROW] & MAYBE  # noqa: PLR2004
            if (what == EITHER and not many) or (beside and not row):
                signs[used] = pool[place]
                used += 1
                about[count] |= MAYBE | 1 << COUNT_OF | 1
                spans[2 * count + 1] = base + at + 1
                waits = waits + 1 if waits or what == EITHER_BETWEEN or not beside else 0
                last_word = np.uint64(0)
                count += 1
                white = 0
            opened = 0
        at += 1
    state[COUNT], state[USED], state[KIND] = count, used, kind
    state[WHITE_BEFORE], state[OPENED], state[LAST_WORD], state[WAITS] = white, opened, last_word, waits
    state[FIGURES] = figures
    return at
