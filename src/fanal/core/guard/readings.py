"""Other readings of a text, each made only where its signs occur: what is encoded, spelt or turned round, as meant.

The index sees through signs, letters and spaces by itself. What it cannot see is what stands for other characters: an
entity, a percent sign, a number in words, a word turned round. Each reading keeps the way back to the text's places.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from fanal.core.guard import numerals
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fanal.core.guard.seen import Seen

ENCODED: Final = reason(
    "guard.disguised-encoded",
    en="It is disguised by an encoding that browsers and people undo.",
    fr="Il est maquillé par un codage que les navigateurs et les gens défont.",
)
NUMERALS: Final = reason(
    "guard.disguised-numerals", en="Its figures are written in words.", fr="Ses chiffres sont écrits en lettres."
)
GROUPED: Final = reason("guard.disguised-groups", en="It is cut into groups.", fr="Il est coupé en groupes.")
REVERSED: Final = reason("guard.disguised-reversed", en="It is written backwards.", fr="Il est écrit à l’envers.")
ALPHABET: Final = reason(
    "guard.disguised-alphabet",
    en="It is spelt with a word for each letter.",
    fr="Il est épelé avec un mot pour chaque lettre.",
)

_PERCENT: Final = re.compile(r"%(?:25)*[0-9A-Fa-f]{2}(?:%(?:25)*[0-9A-Fa-f]{2})*")
_TWICE: Final = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});?")
_ESCAPE: Final = re.compile(
    r"\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\U([0-9A-Fa-f]{8})|\\x([0-9A-Fa-f]{2})|U\+([0-9A-Fa-f]{4,6})\s?"
)
_QUOTED: Final = re.compile(r"=(?:\r?\n|([0-9A-F]{2}(?:=[0-9A-F]{2})*))")
_AS: Final = r"[\"'«“(]?\s?[A-Za-z0-9]\s?[\"'»”]?\s(?:comme|pour|as in|for|like)\s"
_SPELT: Final = re.compile(
    r"(?<![^\W_])(?:[\"'«“(]\s?)?([A-Za-z0-9])\s?[\"'»”]?\s(?:comme|pour|as in|for|like)\s(?:l.|un |une |the |an? )?"
    rf"[\"'«“]?([^\W\d_]+)[\"'»”)]?(?:(?:\s?[,;.]\s?|\s+(?:et\s|and\s|puis\s|then\s)?)(?={_AS}))?",
    re.IGNORECASE,
)
_SPELT_RUN: Final = 3
_RADIO_WORD: Final = (
    r"(?:alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|"
    r"quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu|zero|one|two|three|four|five|six|seven|eight|"
    r"niner?|dot|dash|underscore|[0-9])(?!\w)"
)
_NATO: Final = re.compile(rf"(?<!\w)(?:{_RADIO_WORD}[\s,.-]+){{3,}}{_RADIO_WORD}", re.IGNORECASE)
_SIGN_SAID: Final = re.compile(
    r"(?<=[^\W_])\s?[,(]?\s?\b(?:tirets? (?:du (?:huit|8|six|6)|bas)|under ?score|tiret|trait d.union)\b\s?[,)]?\s?"
    r"(?:(zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|zero|one|two|three|four|five|seven|eight|nine)\b)?",
    re.IGNORECASE,
)
_GROUPS: Final = re.compile(
    r"(?<!\w)([0-9A-Za-z]{4,8})(?:[ \u00a0-]{1,2}[0-9A-Za-z]{4,8}){6,40}(?:[ \u00a0][0-9A-Za-z]{1,8})?"
)
_GROUPS_LONGEST: Final = 420
_SURROGATES, _SURROGATES_END, _LAST = 0xD800, 0xE000, 0x10FFFF
_ROWS: Final = tuple(bytes([size]) * 6 for size in (4, 5, 8))  # what is shorter, the index joins by itself
_AS_IN: Final = (" comme ", " as in ", " pour ", " for ", " like ")
_SIGNS_SAID: Final = ("tiret", "underscore", "under score", "trait d")
_RADIO: Final = ("bravo", "charlie", "foxtrot", "sierra", "tango", "oscar", "zulu", "yankee")
_AROUND: Final = 200  # characters on either side of what was undone that are read with it
_WORD: Final = re.compile(r"[^\W_]+")
# Words that say so, and the ends of addresses turned round.
_BACKWARDS: Final = (
    *("l'envers", "l’envers", "l envers", "backward", "reverse", "miroir", "verlan", "mirror"),
    *("right to left", "droite à gauche", "//:", "elpmaxe", "dilavni", "noino"),
)
_ENDINGS_BACK: Final = ("moc.", "gro.", "ten.", "rf.", "tset.")
_FAR: Final = 600  # characters from the words that say so to what is turned round
_TAIL: Final = re.compile(r"[^\s\"«»“”()<>]{4,120}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One other reading: its text, where in the text it begins, and what was undone.

    `undone` tells of each change where it stands in the reading, from where to where, and then where in the text.
    """

    text: str
    begins: int
    undone: list[tuple[int, int, int, int]]
    why: Reason

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give where in the text the passage of this reading stands."""
        return self._sign(start)[0], self._sign(end - 1)[1]

    def touches(self, start: int, end: int) -> bool:
        """Say whether something was undone within that passage or at its ends; else the text says it by itself."""
        before = bisect_right(self.undone, end, key=itemgetter(0))
        return before > 0 and start <= self.undone[before - 1][1]

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether it tells of anything in the text from `start` to before `end`."""
        return self.begins < end and start < self.place(0, len(self.text))[1] if self.text else False

    def _sign(self, at: int) -> tuple[int, int]:
        """Give where in the text that begins and ends which one sign of the reading stands for."""
        before = bisect_right(self.undone, at, key=itemgetter(0))
        if not before:
            return self.begins + at, self.begins + at + 1
        _start, end, first, last = self.undone[before - 1]
        return (first, last) if at < end else (last + at - end, last + at - end + 1)


def readings(seen: Seen) -> Iterator[Reading]:
    """Give every other reading of a text that its signs ask for; none for most texts."""
    text = seen.text
    for sign, pattern, undo in _CODINGS:
        if sign in text:
            yield from _undone(text, pattern, undo, ENCODED)
    if rows := [at for row in _ROWS for at in seen.rows(row)]:
        within = numerals.merged(rows, before=_GROUPS_LONGEST, after=_GROUPS_LONGEST)
        yield from _undone(text, _GROUPS, _ungrouped, GROUPED, within=within)
    spoken = numerals.merged(seen.places(numerals.SIGNS))
    if spoken := [one for one in spoken if numerals.in_a_row(seen.low[slice(*one)])]:
        yield from _undone(text, numerals.RUN, numerals.read, NUMERALS, within=spoken)
    if spoken := numerals.merged(seen.places(_SIGNS_SAID)):
        yield from _undone(text, _SIGN_SAID, _sign_said, ALPHABET, within=spoken)
    if spoken := numerals.merged([at for at in seen.places(_AS_IN) if _single(seen.low, at)]):
        yield from _undone(text, _SPELT, _initial, ALPHABET, least=_SPELT_RUN, within=spoken)
    if spoken := numerals.merged(seen.places(_RADIO)):
        yield from _undone(text, _NATO, _initials, ALPHABET, within=spoken)
    said = seen.places(_BACKWARDS) + [at for at in seen.places(_ENDINGS_BACK) if _goes_on(seen.low, at)]
    if said:
        within = numerals.merged(said, before=_FAR, after=_FAR)
        yield from _undone(text, _TAIL, lambda found: found.group()[::-1], REVERSED, within=within)


def _single(low: str, at: int) -> bool:
    """Say whether a letter stands alone before that place."""
    return at > 0 and low[at - 1].isalnum() and not low[at - 2 : at - 1].isalnum()


def _goes_on(low: str, at: int) -> bool:
    """Say whether a name follows directly on the dot: “ten.elpmaxe”, not “often. ”."""
    dot = low.find(".", at)
    return low[dot + 1 : dot + 2].isalnum()


def _undone(
    text: str,
    pattern: re.Pattern[str],
    undo: Callable[[re.Match[str]], str],
    why: Reason,
    *,
    least: int = 1,
    within: Sequence[tuple[int, int]] = (),
) -> Iterator[Reading]:
    """Put what `undo` makes of each match in its place; what it leaves as it is changes nothing.

    A reading holds what was undone and what stands around it, not the whole text.
    """
    changes: list[tuple[int, int, str]] = []
    for first, stop in within or ((0, len(text)),):
        for found in pattern.finditer(text, first, stop):
            meant = undo(found)
            if meant != found.group():
                changes.append((*found.span(), meant))
    if len(changes) < least:
        return
    group: list[tuple[int, int, str]] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * _AROUND:
            yield _read(text, group, why)
            group = []
        group.append(change)
    yield _read(text, group, why)


def _read(text: str, changes: Sequence[tuple[int, int, str]], why: Reason) -> Reading:
    """Make one reading of changes that stand near each other."""
    begins = last = max(0, changes[0][0] - _AROUND)
    pieces: list[str] = []
    undone: list[tuple[int, int, int, int]] = []
    size = 0
    for at, end, meant in changes:
        pieces += (text[last:at], meant)
        size += at - last + len(meant)
        undone.append((size - len(meant), size, at, end))
        last = end
    pieces.append(text[last : last + _AROUND])
    return Reading("".join(pieces), begins, undone, why)


def _ungrouped(found: re.Match[str]) -> str:
    joined = re.sub("[^0-9A-Za-z]", "", found.group())
    return joined if any(map(str.isdigit, joined)) else found.group()


def _sign_said(found: re.Match[str]) -> str:
    return "_" + (numerals.unit(found.group(1)) if found.group(1) else "")


def _unpercent(found: re.Match[str]) -> str:
    text = _TWICE.sub("%", found.group())
    return unquote(text, errors="replace")


def _unescape(found: re.Match[str]) -> str:
    code = int(next(filter(None, found.groups())), 16)
    return chr(code) if code <= _LAST and not _SURROGATES <= code < _SURROGATES_END else found.group()


def _unquoted(found: re.Match[str]) -> str:
    if found.group(1) is None:
        return ""
    return bytes.fromhex(found.group(1).replace("=", "")).decode("utf-8", errors="replace")


def _initial(found: re.Match[str]) -> str:
    letter, word = found.groups()
    return letter if letter.lower() == word[:1].lower() or letter.isdigit() else found.group()


_SAID: Final = {"niner": "9", "dot": ".", "dash": "-", "underscore": "_"}


def _initials(found: re.Match[str]) -> str:
    words = _WORD.findall(found.group().lower().replace("x-ray", "xray"))
    return "".join(map(_radio, words))


def _radio(word: str) -> str:
    return _SAID.get(word) or (word if word.isdigit() else numerals.unit(word) or word[0])


_CODINGS: Final = (
    ("%", _PERCENT, _unpercent),
    ("&", _ENTITY, lambda found: html.unescape(found.group())),
    ("\\", _ESCAPE, _unescape),
    ("U+", _ESCAPE, _unescape),
    ("=", _QUOTED, _unquoted),
)
