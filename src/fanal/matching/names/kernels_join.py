"""Joining tokens into candidates: every run of them that could be one name, made ready to be hashed."""

# ruff: noqa: PLR0917 numba gives arguments by place; a record of arrays would be counted in and out at each call
# ruff: noqa: C901, PLR0912, PLR0915 the loops share what a hash has taken in so far

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fanal.matching.compiling import compiled
from fanal.matching.kernels_bits import word_at
from fanal.matching.names.kernels_cut import (
    A_WORD,
    AFTER_WHITE,
    BYTES,
    COUNT,
    COUNT_MASK,
    COUNT_OF,
    JOINS_AT,
    KIND,
    MAYBE,
    MOST,
    PADDING,
    SHORT,
    SIZE_MASK,
    STATES,
    USED,
    cut,
)
from fanal.matching.names.kernels_siphash import WORD, begun, hashed, taken

if TYPE_CHECKING:
    from fanal.matching.compiling import I64, U8, U32, U64, Whole

FEWEST = 3  # letters of a name
JOINS = 8  # over white space, of tokens that are not short
REACH = 192  # tokens of a candidate, with those that are left out
TAIL = 2 * REACH  # tokens that wait for what follows them
LEFT_OUT = 8  # words for signs in a row: “slash slash tiret bas” has four
READ = 24  # signs of a candidate that are read as letters
SPARE = BYTES + PADDING  # where bytes are put together that do not stand one behind the other
ROOM = SPARE + 2 * MOST + PADDING  # bytes to hold: a whole token may come behind MOST - 1 others

SIDE = 64  # beginnings taken together, whose hashes take in their words side by side
GRID = (MOST // WORD + 1) * SIDE  # the states that these pass through
ONE = 3 * REACH  # candidates that one odd beginning may have: some signs and words are read in two ways
BATCH = 1024 + ONE  # candidates hashed and looked up together
ONE_ROW = 3 * ONE  # states that one odd beginning may pass through
ROWS = GRID + 1024 + ONE_ROW


@compiled
def copied(signs: U8, begin: int, size: int, to: int) -> None:
    """Copy bytes within an array."""
    for each in range(size):
        signs[to + each] = signs[begin + each]


@compiled
def letters_of(about: int) -> int:
    """Give how many letters a token has."""
    return (about >> COUNT_OF) & COUNT_MASK


@compiled
def ended(signs: U8, begin: int, size: int) -> Whole:
    """Give the last word that a hash of these bytes takes in (SipHash, section 2.2)."""
    rest = size & (WORD - 1)
    last = word_at(signs, begin + size - rest) & ((np.uint64(1) << np.uint64(8 * rest)) - np.uint64(1))
    return last | np.uint64(size) << np.uint64(56)


@compiled
def joined(
    first: int, until: int, state: I64, places: I64, about: I64, signs: U8, lasts: U64, ends: I64, odd: I64
) -> tuple[int, int, int]:
    """Make every plain candidate that begins at a token from `first` to before `until`, a few tokens of them.

    `lasts` has what each candidate's hash still takes in; `ends` its row in the grid, its first and its last token
    (those that are cut have ~last). `odd` has, in pairs, the beginnings from which words for signs or what may be a
    letter can be reached, and where these are. It gives the first token that is not done, how many candidates there
    are, and how many odd beginnings.
    """
    count = state[COUNT]
    until = min(until, first + SIDE)
    row_of, first_of, last_of = ends[0], ends[1], ends[2]
    made, odds, token, other, joins = 0, 0, first, first, 0
    while token < until and made + MOST <= BATCH:
        begin, stop = places[token], min(count, token + REACH)
        if about[token] & MAYBE:
            odd[2 * odds], odd[2 * odds + 1] = token, token
            odds += 1
            token += 1
            continue
        # What the candidates from the token before could take in, these can.
        if other <= token:
            other, joins = token + 1, 0
        else:
            joins -= (about[token] >> JOINS_AT) & 1
        while other < stop and places[other] - begin < MOST:
            what = about[other]
            if what & (MAYBE | A_WORD):
                odd[2 * odds], odd[2 * odds + 1] = token, other
                odds += 1
                break
            if joins + ((what >> JOINS_AT) & 1) > JOINS:
                break
            joins += (what >> JOINS_AT) & 1
            other += 1
        letters, least = letters_of(about[token]), token
        while letters < FEWEST and least + 1 < other:
            least += 1
            letters += letters_of(about[least])
        if letters >= FEWEST:
            for last in range(least, other):
                size = min(places[last] - begin + (about[last] & SIZE_MASK), MOST)
                lasts[made] = ended(signs, begin, size)
                row_of[made], first_of[made] = (size // WORD) * SIDE + (token - first), token
                last_of[made] = last if size < MOST else ~last
                made += 1
        token += 1
    return token, made, odds


@compiled
def passed(key: U64, first: int, until: int, places: I64, signs: U8, rows: U64, words: U64) -> None:
    """Write the states that the hashes from each beginning pass through, word by word, side by side.

    `rows` has four columns, in which each word is `SIDE` further; `words` is room for one word of each.
    """
    many = until - first
    a, b, c, d = begun(key)
    rows[0, :many], rows[1, :many], rows[2, :many], rows[3, :many] = a, b, c, d
    for done in range(0, MOST, WORD):
        come = done // WORD * SIDE
        gone = come + SIDE
        for each in range(many):
            words[each] = word_at(signs, places[first + each] + done)
        col_a, col_b = rows[0, come : come + many], rows[1, come : come + many]
        col_c, col_d = rows[2, come : come + many], rows[3, come : come + many]
        to_a, to_b = rows[0, gone : gone + many], rows[1, gone : gone + many]
        to_c, to_d = rows[2, gone : gone + many], rows[3, gone : gone + many]
        for each in range(many):
            a, b, c, d = taken((col_a[each], col_b[each], col_c[each], col_d[each]), words[each])
            to_a[each], to_b[each], to_c[each], to_d[each] = a, b, c, d


@compiled
def oddly(
    token: int, first_odd: int, side: int, state: I64, places: I64, about: I64, signs: U8,
    rows: U64, lasts: U64, ends: I64, made: int, row: int,
) -> tuple[int, int]:  # fmt: skip
    """Make the candidates from one token on that take in a word that may be left out, or a sign read in two ways.

    First words that say a sign are left out, and what may be a gap or a letter is a gap. Then such words are words: a
    name that is cut into pieces may have “at” among them. At last what may be a letter is one. What stands before the
    first of them is joined already, and hashed in the grid.
    """
    stop = min(state[COUNT], token + REACH)
    before_size, before_letters, before_joins = 0, 0, 0
    for other in range(token, first_odd):
        before_letters += letters_of(about[other])
        before_joins += (about[other] >> JOINS_AT) & 1 if other > token else 0
    if first_odd > token:
        before_size = places[first_odd] - places[token]
        copied(signs, places[token], before_size, SPARE)
    before_done = before_size // WORD
    come = before_done * SIDE + side
    maybes, said = False, False
    for turn in range(3):
        words_too, letters_too = turn == 1, turn == 2  # noqa: PLR2004
        if (words_too and not said) or (letters_too and not maybes):
            continue
        if about[token] & MAYBE and not letters_too:
            maybes = True
            continue
        a, b, c, d = rows[0][come], rows[1][come], rows[2][come], rows[3][come]
        rows[0][row], rows[1][row], rows[2][row], rows[3][row] = a, b, c, d
        done, size, letters, joins = before_done * WORD, before_size, before_letters, before_joins
        white, out, read = 0, 0, 0
        counts = turn == 0
        for other in range(first_odd, stop):
            what = about[other]
            if other > token:
                white |= what & AFTER_WHITE
            if what & MAYBE:
                if not letters_too:
                    maybes = True
                    continue
                counts = True
                read += 1
                if read > READ:
                    break
            a_word = what & A_WORD and other > token
            left_out = a_word and not words_too
            out = out + 1 if left_out else 0
            if out > LEFT_OUT:
                break
            if white and not left_out:
                if letters_of(what) > SHORT:
                    joins += 1
                    if joins > JOINS:
                        break
                white = 0
            copied(signs, places[other], what & SIZE_MASK, SPARE + size)
            whole = min(size + (what & SIZE_MASK), MOST)
            before = a, b, c, d, done
            while done + WORD <= whole:
                a, b, c, d = taken((a, b, c, d), word_at(signs, SPARE + done))
                done += WORD
                row += 1
                rows[0][row], rows[1][row], rows[2][row], rows[3][row] = a, b, c, d
            if letters + letters_of(what) >= FEWEST and counts:
                lasts[made] = ended(signs, SPARE, whole)
                ends[0, made], ends[1, made], ends[2, made] = row, token, other if whole < MOST else ~other
                made += 1
            if a_word:
                said = True
                counts = counts or words_too
            if left_out:
                if done != before[4]:
                    a, b, c, d, done = before
                    row += 1
                    rows[0][row], rows[1][row], rows[2][row], rows[3][row] = a, b, c, d
                continue
            letters += letters_of(what)
            size = whole
            if size == MOST:
                break
        row += 1
    return made, row


@compiled
def mark_of(key: U64, count: int, places: I64, about: I64, signs: U8) -> Whole:
    """Give the mark of all the tokens together; 0 where they have too few letters."""
    last = count - 1
    while last >= 0 and about[last] & MAYBE:
        last -= 1
    size, letters = 0, 0
    for token in range(last + 1):
        what = about[token]
        if what & MAYBE or (what & A_WORD and size > 0 and token < last):
            continue
        copied(signs, places[token], what & SIZE_MASK, SPARE + size)
        letters += letters_of(what)
        size = min(size + (what & SIZE_MASK), MOST)
        if size == MOST:
            break
    return hashed(begun(key), 0, signs, SPARE, size) if letters >= FEWEST else np.uint64(0)


@compiled
def mark_all(
    codes: U32, stops: I64, key: U64, entries: U32, pool: U8, words: U64,
    state: I64, spans: I64, places: I64, about: I64, signs: U8, marks: U64,
) -> None:  # fmt: skip
    """Give the marks of names that stand one behind the other in `codes`, each with a white space behind it."""
    begin = 0
    for one in range(stops.size):
        state[:STATES] = 0
        cut(codes[begin : stops[one]], 0, 0, entries, pool, words, state, spans, places, about, signs)
        marks[one] = mark_of(key, state[COUNT], places, about, signs)
        begin = stops[one]


@compiled
def placed(many: int, state: I64, spans: I64, about: I64, ends: I64) -> None:
    """Write where the first so many candidates begin and end in the text, in the place of their tokens.

    One that was cut ends where its tokens do that follow without white space.
    """
    for each in range(many):
        last = ends[2, each]
        if last < 0:
            last = ~last
            while last + 1 < state[COUNT] and not about[last + 1] & AFTER_WHITE:
                last += 1
        ends[1, each], ends[2, each] = spans[2 * ends[1, each]], spans[2 * last + 1]


@compiled
def kept(first: int, state: I64, spans: I64, places: I64, about: I64, signs: U8) -> None:
    """Move the tokens from `first` on, and the open one, to the front."""
    count, used = state[COUNT], state[USED]
    still = count + 1 if state[KIND] else count
    begin = places[first] if first < still else used
    for token in range(first, still):
        to = token - first
        spans[2 * to], spans[2 * to + 1] = spans[2 * token], spans[2 * token + 1]
        places[to] = places[token] - begin
        about[to] = about[token]
    copied(signs, begin, used - begin, 0)
    state[COUNT], state[USED] = count - first, used - begin
