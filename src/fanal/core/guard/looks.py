"""How a passage is written: its pieces and what stands between them, whether as prose or as nobody writes prose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise.platform import words

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE: Final = re.compile(r"[^\W_]+")
# Invisible signs: a soft hyphen is the typesetter's, all others are somebody's who hides.
_HIDDEN: Final = re.compile(
    "[\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SOFT: Final = "\u00ad"
_COMBINING: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]{1,64}")
# Words that stand for signs, which the index leaves out within a name.
DOT_WORDS: Final = words("dot d0t point points punkt punto ponto")
AT_WORDS: Final = words("at arobase arobas arrobe chez")
SIGN_WORDS: Final = (
    DOT_WORDS | AT_WORDS | words("slash barre tiret dash hyphen underscore souligne colon deux trait bas haut")
)
_DOTS: Final = frozenset(".\u3002\uff0e\uff61\u2024\u00b7\u2022\u2219\u22c5\u2027\ua4f8\u30fb\u0387\u25cf\u25e6")
_AT: Final = frozenset("@\uff20\ufe6b")
# What stands between words of prose, beside spaces.
_PROSE: Final = re.compile(r"[\s\u00ad'’‘\-–—,;:!?…/&+()\[\]\"«»“”„*%°|<>=#]*")
_TIGHT: Final = re.compile(r"[\u00ad'’‘\-–—,;:!?…/&()\[\]\"«»“”]+")
_CAMEL: Final = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
_LEET: Final = (
    str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}),
    str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "6": "g"}),
)
# Letters in circles and squares that Unicode holds to be no letters, and those in parentheses.
_ENCLOSED: Final = {
    first + at: chr(ord("A") + at)
    for first in (0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6, 0x249C, 0x24B6, 0x24D0)
    for at in range(26)
} | {first + at: str(at + 1) for first in (0x2776, 0x2780, 0x278A) for at in range(9)}
_JOINED: Final = 2
# Words that no sentence is without: none is a name, but behind an @ or in an address.
_FUNCTION: Final = words(
    "a à au aux avec ce ces cet cette ceux comme dans de des donc du elle elles en encore est et etait etaient ete"
    " etre eu il ils je la le les leur leurs lui mais me meme mes moi mon ne nos notre nous on ont ou où par pas"
    " plus pour qu que quel quelle qui sa sans se sera seront ses si soi son sont sous sur ta te tes toi ton tous"
    " tout toute toutes tres tu un une vers voici voila vos votre vous y ai as avait avaient aussi alors ainsi"
    " apres avant afin car chez cela ceci ça chaque deja depuis entre fait font faire faut jamais lors peu peut"
    " peuvent rien sauf selon soit toujours an and are at be been being but by can could did do does for from had"
    " has have he her here him his how i if in into is it its just may might more most must my no not of off one"
    " only or other our out over shall she should so some such than that the their them then there these they this"
    " those through to too under until up us was we were what when where which while who whom whose why will with"
    " without would you your yes about after again all also any because before both came come each even ever every"
    " get go got made make many much never now said same see since still take told two very went"
)
_STOP: Final = re.compile(r"[.!?…][\"»”’)\s]*\s[\"«“‘(\s]*")
_BRACKETED: Final = re.compile(
    r"[\[({<]\s?(?:[.@:/]{1,3}|dot|d0t|point|at|arobase|slash|tiret|dash)\s?[\])}>]", re.IGNORECASE
)
_CLAUSE: Final = re.compile(r"[,;:()«»“”\"!?]")
_FIGURE: Final = re.compile(
    r"[0-9]+(?:er|ere|e|es|eme|nd|nde|st|th|rd|h[0-9]{0,2}|g|kg|m|km|cm|mm|k|ko|mo|go|to|am|pm|s|x|ans?|j|min|px|v|p)?",
    re.IGNORECASE,
)
_ELIDED: Final = words("l d j m t s n c qu jusqu lorsqu puisqu quoiqu a y o i à ô")
_LETTERS_SPELT: Final = 4


def bare(text: str) -> str:
    """Give `text` in compatible, lower-case letters without marks above or below them, and nothing invisible."""
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFKD", _HIDDEN.sub("", text.replace(_SOFT, "")))
    return _COMBINING.sub("", wide).lower()


def lowered(text: str) -> str:
    """Give `text` in small letters, each in its own place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


@dataclass(frozen=True)
class Look:
    """How one passage is written."""

    text: str
    ordinary: Callable[[str], bool]

    @cached_property
    def seen(self) -> str:
        """Give what is seen of it: without what is invisible, its enclosed and stylised letters as letters."""
        if self.text.isascii():
            return self.text
        shown = _HIDDEN.sub("", self.text.replace(_SOFT, "")).translate(_ENCLOSED)
        return _COMBINING.sub("", unicodedata.normalize("NFKC", shown))

    @cached_property
    def pieces(self) -> list[str]:
        """Give its runs of letters and digits, without words that stand for signs."""
        found = PIECE.findall(self.seen)
        kept = [one for one in found[1:] if bare(one) not in SIGN_WORDS]
        return [*found[:1], *kept]

    @cached_property
    def gaps(self) -> list[str]:
        """Give what stands between its pieces; a word for a sign belongs to the gap."""
        gaps: list[str] = []
        last = 0
        for at, one in enumerate(PIECE.finditer(self.seen)):
            if not at or bare(one.group()) not in SIGN_WORDS:
                gaps.append(self.seen[last : one.start()])
                last = one.end()
        return gaps[1:]

    @cached_property
    def size(self) -> int:
        """Count its letters and digits."""
        return sum(map(len, self.pieces))

    @cached_property
    def digits(self) -> bool:
        """Say whether it is of digits only."""
        return "".join(self.pieces).isdigit()

    @cached_property
    def spaced(self) -> bool:
        """Say whether white space stands within it."""
        return any(gap and any(map(str.isspace, gap)) for gap in self.gaps)

    @cached_property
    def spelt(self) -> bool:
        """Say whether it is written letter by letter."""
        single = sum(len(one) == 1 for one in self.pieces)
        return single >= _LETTERS_SPELT and single * 4 >= len(self.pieces) * 3

    @cached_property
    def hidden(self) -> bool:
        """Say whether something stands in it that nobody types by accident: invisible, stylised or foreign letters."""
        if self.text.isascii():
            return False
        if _HIDDEN.search(self.text) or _COMBINING.search(unicodedata.normalize("NFC", self.text)):
            return True
        typed = self.text.replace(_SOFT, "")
        styled = any(len(one) != 1 or one != typed[at] for at, one in enumerate(map(_compatible, typed)))
        return styled or any(map(_mixed, self.pieces))

    @cached_property
    def plain(self) -> bool:
        """Say whether it is written as words of prose are: everyday words, and between them what prose has there."""
        if self.hidden and len(self.pieces) > 1:
            return False
        return self.words and all(map(_prose, self.gaps, self.pieces[1:])) and not self._numbered

    @cached_property
    def words(self) -> bool:
        """Say whether every piece is an everyday word or a figure, whatever stands between them."""
        return all(map(self._everyday, self.pieces))

    @cached_property
    def function(self) -> bool:
        """Say whether it is of words alone that no sentence is without."""
        return all(bare(piece) in _FUNCTION for piece in self.pieces)

    @cached_property
    def veiled(self) -> bool:
        """Say whether an everyday word stands behind its disguise: spelt, cut in two, or with figures for letters."""
        whole = "".join(self.pieces)
        if self.words or whole.isdigit():
            return False
        return any(map(self.ordinary, {whole, *(bare(whole).translate(one) for one in _LEET)}))

    @cached_property
    def core(self) -> list[str]:
        """Give its pieces without an elided word in front (d’, l’, qu’)."""
        elided = len(self.pieces) > 1 and self.gaps[0] in {"'", "’"} and bare(self.pieces[0]) in _ELIDED
        return self.pieces[1:] if elided else self.pieces

    @property
    def person(self) -> bool:
        """Say whether it is written as the name of a person or a place is: capitalised words beside each other."""
        return (
            not self.hidden
            and all(
                piece.isalpha() and len(piece) > 1 and (piece.istitle() or piece.isupper()) for piece in self.pieces
            )
            and all(gap.isspace() or gap == "-" for gap in self.gaps)
        )

    @cached_property
    def numbered(self) -> bool:
        """Say whether figures stand among its words."""
        return any(map(str.isdigit, self.pieces)) and not all(map(str.isdigit, self.pieces))

    @property
    def _numbered(self) -> bool:
        """Say whether words and figures are joined without a space, as in names: some-word-7."""
        joined = len(self.pieces) > _JOINED and not self.spaced
        return joined and self.numbered

    @cached_property
    def stops(self) -> bool:
        """Say whether a sentence or a clause seems to end within it."""
        return any(
            _CLAUSE.search(_BRACKETED.sub("", gap)) or (_STOP.fullmatch(gap) and piece[:1].isupper())
            for gap, piece in zip(self.gaps, self.pieces[1:], strict=True)
            if any(map(str.isspace, gap))
        )

    @property
    def dotted(self) -> bool:
        """Say whether a dot, or a word or a sign for one, stands between two of its pieces as in an address."""
        return any(
            not (_STOP.fullmatch(gap) and piece[:1].isupper()) and dot_like(gap)
            for gap, piece in zip(self.gaps, self.pieces[1:], strict=True)
        )

    @property
    def at(self) -> bool:
        """Say whether an @, or a word for one, stands within it."""
        return any(_AT & set(gap) or AT_WORDS & set(PIECE.findall(bare(gap))) for gap in self.gaps)

    def _everyday(self, piece: str) -> bool:
        if _CAMEL.search(piece):
            return False
        low = bare(piece)
        return bool(_FIGURE.fullmatch(low)) or low in _ELIDED or self.ordinary(piece)


def _mixed(piece: str) -> bool:
    """Say whether Latin letters and letters of another script stand in one piece."""
    latin = any(one.isascii() and one.isalpha() for one in piece)
    return latin and any(one.isalpha() and not unicodedata.name(one, "LATIN").startswith("LATIN") for one in piece)


def _prose(gap: str, after: str) -> bool:
    """Say whether `gap` is what stands between words: a full stop only where a sentence seems to end."""
    if "." in gap:
        return after[:1].isupper() and "_" not in gap
    return bool((_PROSE if any(map(str.isspace, gap)) else _TIGHT).fullmatch(gap))


def _compatible(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign.translate(_ENCLOSED))


def dot_like(gap: str) -> bool:
    """Say whether a dot, or a word or a sign for one, stands between two pieces."""
    if _DOTS & set(gap):
        return True
    inner = bare(gap)
    if DOT_WORDS & set(PIECE.findall(inner)):
        return True
    tight = gap and not any(map(str.isspace, gap))
    return bool(tight) and not _PROSE.fullmatch(gap) and not set(gap) <= set("_-")
