"""Telephone numbers in words, French and English: “zéro six trente-neuf…”, “oh seven double seven…”."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.guard.looks import bare

_FR: Final = {
    word: at
    for at, word in enumerate(
        [
            *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
            *("treize", "quatorze", "quinze", "seize"),
        ]
    )
}
_EN: Final = {
    word: at
    for at, word in enumerate(
        [
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ]
    )
}
_TENS: Final = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_UNITS: Final = {**_EN, **_FR, "oh": 0, "o": 0, "une": 1, "nought": 0, "nil": 0, "vingts": 20}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_SKIP: Final = frozenset({"et", "and", "plus", "puis", "then"})
_WORDS: Final = "|".join(sorted({*_UNITS, *_TENS, *_TIMES, *_SKIP, "zéro"}, key=len, reverse=True))
_ONE: Final = rf"(?:{_WORDS}|[0-9oO]{{1,4}})(?!\w)"
_LAST: Final = rf"(?!(?:un|une|one|et|and|o|oh|plus)[\s]+\w){_ONE}"  # “… dix-sept. Un grand merci”
RUN: Final = re.compile(
    rf"(?<!\w)(?!(?:un|une|one)\s+(?:z[eé]ro|oh|0))(?:{_ONE}[\s,.\-/·–+]{{1,3}}){{4,24}}{_LAST}", re.IGNORECASE
)
"""Five or more words for numbers in a row: fewer are a count, an age, an hour."""
_NUMBERS: Final = frozenset({*_UNITS, *_TENS, *_TIMES, *_SKIP, "zéro"})
_FIGURES: Final = frozenset("0123456789o")
_FEWEST: Final = 5
_TOKEN: Final = re.compile(r"[^\W_]+")
# One of these stands in every number that is said: it begins with zero, with a plus, or with the country.
SIGNS: Final = (
    " three",
    " seven",
    " eight",
    " nine",
    "vingt",
    "quarante",
    "cinquante",
    "soixante",
    "zero",
    "zéro",
    "oh ",
    "plus trente",
    "trente-trois",
    "trente trois",
    "thirty-three",
    "double ",
    "forty-four",
    "quarante-quatre",
)
_BEFORE: Final = 40
_WITHIN: Final = 220
_FOUR, _SCORE, _SIXTY, _TEN = 4, 20, 60, 10


def merged(places: list[int], *, before: int = _BEFORE, after: int = _WITHIN) -> list[tuple[int, int]]:
    """Give the stretches of a text around those places, none overlapping another."""
    found: list[tuple[int, int]] = []
    for one in sorted(places):
        start, end = max(0, one - before), one + after
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def in_a_row(low: str) -> bool:
    """Say whether enough words for numbers follow each other in a text of small letters: what RUN is tried on."""
    row = 0
    for word in _TOKEN.findall(low):
        row = row + 1 if word in _NUMBERS or _FIGURES.issuperset(word) else 0
        if row == _FEWEST:
            return True
    return False


def unit(word: str) -> str:
    """Give the digits of one word for a number, "" where it is none."""
    return str(_UNITS.get(bare(word), ""))


def read(found: re.Match[str]) -> str:
    """Give the digits that a run of words says, or the run as it is where it says no number of that length."""
    digits: list[str] = []
    pending: list[str] = _TOKEN.findall(bare(found.group()))
    at = 0
    while at < len(pending):
        at, said = _next(pending, at)
        digits.append(said)
    return "".join(digits) if any(map(str.isalpha, found.group())) else found.group()


def _next(words: list[str], at: int) -> tuple[int, str]:  # noqa: PLR0911 - one for each kind of word
    word = words[at]
    if word.replace("o", "0").isdigit():
        return at + 1, word.replace("o", "0")
    if word in _SKIP:
        return at + 1, ""
    if word in _TIMES:
        if at + 1 < len(words) and (unit := _UNITS.get(words[at + 1])) is not None:
            return at + 2, str(unit) * _TIMES[word]
        return at + 1, ""
    if word == "quatre" and at + 1 < len(words) and words[at + 1] in {"vingt", "vingts"}:
        return _add(words, at + 2, _FOUR * _SCORE)
    if word in _TENS:
        return _add(words, at + 1, _TENS[word])
    if word == "dix" and at + 1 < len(words) and words[at + 1] in {"sept", "huit", "neuf"}:
        return at + 2, str(_TEN + _UNITS[words[at + 1]])
    return at + 1, str(_UNITS.get(word, ""))


def _add(words: list[str], at: int, tens: int) -> tuple[int, str]:
    """Add what follows “trente”, “soixante”, “quatre-vingt”: a unit, or in French a number up to nineteen."""
    if (
        at < len(words)
        and words[at] in {"et", "and"}
        and at + 1 < len(words)
        and words[at + 1] in {"un", "une", "onze"}
    ):
        at += 1
    most = _SCORE if tens in {_SIXTY, _FOUR * _SCORE} else _TEN
    if at < len(words) and not words[at].isdigit() and 0 < (unit := _UNITS.get(words[at], 0)) < most:
        if unit == _TEN and at + 1 < len(words) and words[at + 1] in {"sept", "huit", "neuf"}:
            return at + 2, str(tens + _TEN + _UNITS[words[at + 1]])
        return at + 1, str(tens + unit)
    return at, str(tens)
