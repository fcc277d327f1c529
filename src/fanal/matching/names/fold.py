"""What a sign is taken for when a name is looked for: nothing, a gap, a gap or a letter, or the letters it looks like.

The same table folds names and texts, so both sides agree by construction. It is filled as signs are met, 256 at a time.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from fanal.core.harmonise import lookalikes
from fanal.matching.names import kernels_cut as kinds
from fanal.matching.names.signs import EITHER, EITHER_BETWEEN, LETTERS, SKELETON

if TYPE_CHECKING:
    from fanal.matching.compiling import U8, U32

_PAGE: Final = 256
_EVERY: Final = 0x110000
_ROOM: Final = 1 << kinds.PLACE_BITS
_LONGEST: Final = (1 << kinds.SIZE_BITS) - 1
_MOST_LETTERS: Final = (1 << kinds.COUNT_BITS) - 1
_ALONE: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "YI")
_UNSEEN: Final = frozenset("\u115f\u1160\u3164\uffa0")  # letters by name that show nothing
_SPLITS: Final = frozenset("\u200b\ufeff")  # show nothing, and stand between words in honest texts


class Fold:
    """The table, and the bytes that its entries point to. Filling it is safe beside readers."""

    def __init__(self) -> None:
        self.entries: U32 = np.zeros(_EVERY, np.uint32)
        self.signs: U8 = np.zeros(_ROOM, np.uint8)
        self._used = 0
        self._places: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def learn(self, code: int) -> None:
        """Fill in the page on which a code point stands, all at once: where one entry is there, all of its page are."""
        first = code - code % _PAGE
        with self._lock:
            self.entries[first : first + _PAGE] = [self._entry(chr(one)) for one in range(first, first + _PAGE)]

    def _entry(self, sign: str) -> int:
        kind, letters = read(sign)
        if not letters:
            return kind << kinds.KIND_SHIFT
        folded = skeleton(letters)[:_LONGEST]
        place = self._places.get(folded, -1)
        if place < 0:
            place = self._used
            if place + len(folded) > _ROOM:
                return kinds.GAP << kinds.KIND_SHIFT
            self.signs[place : place + len(folded)] = np.frombuffer(folded, np.uint8)
            self._used += len(folded)
            self._places[folded] = place
        count = min(len(letters) * (2 if kind == kinds.ALONE else 1), _MOST_LETTERS)
        return (
            kind << kinds.KIND_SHIFT
            | count << kinds.COUNT_SHIFT
            | len(folded) << kinds.PLACE_BITS
            | place
        )  # fmt: skip


@cache
def table() -> Fold:
    """Give the table of this process."""
    return Fold()


def read(sign: str) -> tuple[int, str]:
    """Say what one sign is, and the letters that it is taken for ("" where it is none)."""
    wide = unicodedata.normalize("NFKC", sign)
    if wide in EITHER:
        return kinds.EITHER, EITHER[wide]
    if wide in EITHER_BETWEEN:
        return kinds.EITHER_BETWEEN, EITHER_BETWEEN[wide]
    between = _between(sign)
    letters = LETTERS.get(sign, "") or ("" if between else _letters(sign, wide))
    return (_script(sign, wide), letters) if letters else (between or kinds.GAP, "")


def _between(sign: str) -> int:
    """Say what stands between letters; 0 for what may be one."""
    category = unicodedata.category(sign)
    if sign.isspace() or category[0] == "Z":
        return kinds.WHITE
    if sign in _SPLITS or category in {"Cc", "Cs", "Co", "Cn"}:
        return kinds.GAP
    if sign in _UNSEEN or category in {"Mn", "Me", "Cf"}:
        return kinds.NOTHING
    return {"Ps": kinds.OPEN, "Pe": kinds.CLOSE}.get(category, 0)


def skeleton(letters: str) -> bytes:
    """Give the bytes that stand for letters in a name: those that are taken for each other are the same.

    m is written rn and w vv, so that a pair and its letter agree wherever a name is cut.
    """
    return "".join(SKELETON.get(one, one) for one in letters).encode("utf-8", "surrogatepass")


def _letters(sign: str, wide: str) -> str:
    """Give what a sign looks like in small letters and figures, without accents."""
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    alike = _alike()
    found: list[str] = []
    for one in alike.get(sign, wide):
        for small in alike.get(one, one).casefold():
            parts = unicodedata.normalize("NFKD", alike.get(small, small))
            found.extend(LETTERS.get(part, alike.get(part, _figure(part))) for part in parts)
    return "".join(one for one in "".join(found) if unicodedata.category(one)[0] in "LN" or _spacing(one))


def _spacing(sign: str) -> bool:
    return unicodedata.category(sign) == "Mc"


def _figure(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _script(sign: str, wide: str) -> int:
    name = unicodedata.name(sign, "")
    if name.startswith(_ALONE) and not wide.isascii():
        return kinds.ALONE
    if wide.isascii() or sign in LETTERS or "LATIN" in name or unicodedata.category(sign)[0] == "N":
        return kinds.LATIN
    return kinds.OTHER


@cache
def _alike() -> dict[str, str]:
    """Give the small Latin letter or figure that each letter of another script is taken for, capital or small.

    A letter that looks like nothing when it is small goes with its capital; where both look like something else (Greek
    Ν and ν), each is what it looks like.
    """
    found = {
        sign: latin
        for sign, latin in lookalikes.homoglyphs(capitals=True).items()
        if unicodedata.category(sign)[0] in "LN" and unicodedata.digit(sign, None) is None
    }
    return {sign.lower(): latin for sign, latin in found.items() if len(sign.lower()) == 1} | found
