"""Joining tokens into candidates, each hashed as it grows, and looking every one of them up among the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import word_at
from fanal.matching.names.kernels_cut import (
    A_WORD,
    AFTER_WHITE,
    COUNT,
    COUNT_MASK,
    COUNT_OF,
    KIND,
    MAYBE,
    MOST,
    SIZE_MASK,
    STATES,
    USED,
    cut,
)
from fanal.matching.names.kernels_siphash import WORD, begun, hashed, taken

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U32, U64, Whole

FEWEST = 3  # letters of a name
JOINS = 8  # over white space, of tokens longer than:
SHORT = 2
REACH = 192  # tokens of a candidate, with those that are left out
ROOM = 2 * REACH  # hits that one beginning may have
TAIL = 2 * REACH  # tokens that wait for what follows
_NONE = np.uint64(0)


@compiled
def found(slots: U64, mark: Whole) -> bool:
    """Say whether a mark is in the table."""
    last = np.uint64(slots.size - 1)
    at = mark & last
    while True:
        held = slots[at]
        if held == mark:
            return True
        if held == _NONE:
            return False
        at = (at + np.uint64(1)) & last


@compiled
def put(slots: U64, marks: U64) -> int:
    """Put marks into a table that has room for them; give how many are new. A mark of 0 names nothing."""
    last = np.uint64(slots.size - 1)
    new = 0
    for mark in marks:
        if mark == _NONE:
            continue
        at = mark & last
        while slots[at] != _NONE and slots[at] != mark:
            at = (at + np.uint64(1)) & last
        if slots[at] == _NONE:
            slots[at] = mark
            new += 1
    return new


@compiled
def copied(source: U8, begin: int, size: int, into: U8, to: int) -> None:
    """Copy bytes."""
    for each in range(size):
        into[to + each] = source[begin + each]


@compiled
def mark_of(key: U64, count: int, places: I64, about: U32, signs: U8, spare: U8) -> Whole:
    """Give the mark of all the tokens together; 0 where they have too few letters."""
    last = count - 1
    while last >= 0 and about[last] & MAYBE:
        last -= 1
    size = 0
    letters = 0
    for token in range(last + 1):
        if about[token] & MAYBE or (about[token] & A_WORD and size > 0 and token < last):
            continue
        many = np.int64(about[token] & SIZE_MASK)
        copied(signs, places[token], many, spare, size)
        size += many
        letters += np.int64((about[token] >> COUNT_OF) & COUNT_MASK)
        if size >= MOST:
            size = MOST
            break
    if letters < FEWEST:
        return _NONE
    mark = hashed(begun(key), 0, spare, 0, size)
    return mark or np.uint64(1)


@compiled
def mark_all(
    codes: U32, ends: I64, key: U64, entries: U32, pool: U8, words: U64,
    state: I64, spans: I64, places: I64, about: U32, signs: U8, spare: U8, marks: U64,
) -> None:  # fmt: skip
    """Give the marks of names that stand one behind the other in `codes`, each with a white space behind it."""
    begin = 0
    for one in range(ends.size):
        for each in range(STATES):
            state[each] = 0
        cut(codes[begin : ends[one]], 0, 0, entries, pool, words, state, spans, places, about, signs)
        marks[one] = mark_of(key, state[COUNT], places, about, signs, spare)
        begin = ends[one]


@compiled
def search(
    key: U64, slots: U64, first: int, until: int, state: I64, spans: I64, places: I64, about: U32, signs: U8, spare: U8,
    hits: I64, marks: U64, many: I64,
) -> int:  # fmt: skip
    """Look up every candidate that begins at a token from `first` to before `until`; give the first not done.

    `hits` are written (start, end), with their `marks`; `many[0]` is how many there are. It stops where no room is left.
    """
    count = state[COUNT]
    start = begun(key)
    written = many[0]
    token = first
    while token < until and written + 2 * ROOM <= marks.size:
        maybes = np.int64(about[token] & MAYBE) != 0
        for turn in range(2):
            # The second turn takes what may be a gap or a letter for a letter.
            letters_too = turn == 1
            if letters_too and not maybes:
                break
            if about[token] & MAYBE and not letters_too:
                continue
            state_now = start
            done = 0
            size = 0
            letters = 0
            joins = 0
            white = 0
            with_maybe = False
            data, begin = signs, np.int64(places[token])
            straight = True
            for other in range(token, min(count, token + REACH)):
                what = np.int64(about[other])
                many_bytes = what & SIZE_MASK
                many_letters = (what >> COUNT_OF) & COUNT_MASK
                if other > token:
                    white |= what & AFTER_WHITE
                if what & MAYBE and not letters_too:
                    maybes = True
                    if straight:
                        copied(signs, begin, size, spare, 0)
                        straight = False
                    continue
                if what & MAYBE:
                    with_maybe = True
                left_out = what & A_WORD != 0 and other > token
                if white and not left_out:
                    if many_letters > SHORT:
                        joins += 1
                        if joins > JOINS:
                            break
                    white = 0
                if left_out and straight:
                    copied(signs, begin, size, spare, 0)
                    straight = False
                if not straight:
                    copied(signs, places[other], many_bytes, spare, size)
                whole = min(size + many_bytes, MOST)
                if straight:
                    data, begin = signs, np.int64(places[token])
                else:
                    data, begin = spare, np.int64(0)
                if letters + many_letters >= FEWEST and (with_maybe or not letters_too):
                    mark = hashed(state_now, done, data, begin, whole)
                    if mark == _NONE:
                        mark = np.uint64(1)
                    if found(slots, mark):
                        last = other
                        if whole == MOST:
                            while last + 1 < count and not about[last + 1] & AFTER_WHITE:
                                last += 1
                        hits[2 * written], hits[2 * written + 1] = spans[2 * token], spans[2 * last + 1]
                        marks[written] = mark
                        written += 1
                if left_out:
                    continue
                size = whole
                letters += many_letters
                if size == MOST:
                    break
                while done + WORD <= size:
                    state_now = taken(state_now, word_at(data, begin + done))
                    done += WORD
        token += 1
    many[0] = written
    return token


@compiled
def kept(first: int, state: I64, spans: I64, places: I64, about: U32, signs: U8) -> None:
    """Move the tokens from `first` on, and the open one, to the front."""
    count, used = state[COUNT], state[USED]
    still = count + 1 if state[KIND] else count
    begin = places[first] if first < still else used
    for token in range(first, still):
        to = token - first
        spans[2 * to], spans[2 * to + 1] = spans[2 * token], spans[2 * token + 1]
        places[to] = places[token] - begin
        about[to] = about[token]
    for each in range(begin, used):
        signs[each - begin] = signs[each]
    state[COUNT], state[USED] = count - first, used - begin
