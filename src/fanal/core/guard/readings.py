"""Other readings of a text, each made only where its signs occur: what is encoded, spelt or turned round, as meant.

The index sees through signs, letters and spaces by itself. What it cannot see is what stands for other characters: an
entity, a percent sign, a number in words, a word turned round. Each reading keeps the way back to the places of the text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from fanal.core.guard import numerals
from fanal.core.guard.looks import lowered
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

_PERCENT: Final = re.compile(r"(?:%(?:25)*[0-9A-Fa-f]{2})+")
_TWICE: Final = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});?")
_ESCAPE: Final = re.compile(
    r"\\u\{?([0-9A-Fa-f]{4,6})\}?|\\x([0-9A-Fa-f]{2})|\\([0-3][0-7]{2})|U\+([0-9A-Fa-f]{4,6})\s?"
)
_QUOTED: Final = re.compile(r"=\r?\n|((?:=[0-9A-F]{2})+)")
_SPELT: Final = re.compile(
    r"(?<![^\W_])[\"'«“(]?\s?([A-Za-z0-9])\s?[\"'»”]?\s(?:comme|pour|as in|for|like|de)\s(?:l.|un |une |the |an? )?[\"'«“]?([^\W\d_]+)[\"'»”)]?(?:\s?[,;.]\s?|\s+(?:et\s|and\s|puis\s|then\s)?|$)",
    re.IGNORECASE,
)
_SPELT_RUN: Final = 3
_NATO: Final = re.compile(
    r"(?<!\w)(?:(?:alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|"
    r"quebec|romeo|sierra|tango|uniform|victor|whisk[e]?y|x-?ray|yankee|zulu|zero|one|two|three|four|five|six|seven|eight|niner?|"
    r"dot|dash|underscore|[0-9])[\s,.-]+){3,}\w+",
    re.IGNORECASE,
)
_SIGN_SAID: Final = re.compile(
    r"(?<=[^\W_])\s?[,(]?\s?\b(?:tirets? (?:du (?:huit|8|six|6)|bas)|underscore|tiret|trait d.union|under score)\b\s?[,)]?\s?"
    r"(?:(zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|zero|one|two|three|four|five|seven|eight|nine)\b)?",
    re.IGNORECASE,
)
_GROUPS: Final = re.compile(
    r"(?<!\w)([0-9A-Za-z]{4,8})(?:[ \u00a0-]{1,2}[0-9A-Za-z]{4,8}){6,40}(?:[ \u00a0][0-9A-Za-z]{1,8})?"
)
_SIZES: Final = (4, 5, 8)
_IN_A_ROW: Final = 6  # groups of one size: what is shorter, the index joins by itself
_WORD: Final = re.compile(r"[^\W_]+")
_BACKWARDS: Final = re.compile(
    r"(?:à l[’']envers|a l[’']envers|backwards?|reversed?|en miroir|verlan|de droite à gauche|right to left|in reverse|mirror(?:ed)?)",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"[^\s\"«»“”()<>]{4,120}")
_MIRRORED: Final = re.compile(
    r"(?:\bmoc|\bgro|\bten|\brf|\belpmaxe|\btset|\bdilavni|\bnoino)[.\[(/]|//:s?ptth", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One other reading: its text, for each character where what it stands for begins and ends, and what was undone."""

    text: str
    starts: list[int]
    ends: list[int]
    changed: list[tuple[int, int]]
    why: Reason

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give where in the text the passage of this reading stands."""
        return self.starts[start], self.ends[end - 1]

    def touches(self, start: int, end: int) -> bool:
        """Say whether something was undone within that passage or at its ends; else the text says it by itself."""
        return any(first <= end and start <= last for first, last in self.changed)


def readings(text: str) -> Iterator[Reading]:
    """Give every other reading of `text` that its signs ask for; none for most texts."""
    if "%" in text:
        yield from _undone(text, _PERCENT, _unpercent, ENCODED)
    if "&" in text:
        yield from _undone(text, _ENTITY, lambda found: html.unescape(found.group()), ENCODED)
    if "\\" in text or "U+" in text:
        yield from _undone(text, _ESCAPE, _unescape, ENCODED)
    if "=" in text:
        yield from _undone(text, _QUOTED, _unquoted, ENCODED)
    sizes = bytes(size if (size := len(word)) < 256 else 0 for word in text.split())  # noqa: PLR2004 - a byte
    if any(bytes([size]) * _IN_A_ROW in sizes for size in _SIZES):
        yield from _undone(text, _GROUPS, _ungrouped, GROUPED)
    low = lowered(text)
    yield from _undone(text, numerals.RUN, numerals.read, NUMERALS, within=numerals.places(low))
    if "tiret" in low or "score" in low or "trait d" in low:
        yield from _undone(text, _SIGN_SAID, _sign_said, ALPHABET)
    if any(word in low for word in (" comme ", " as in ", " pour ", " for ", " like ")):
        yield from _undone(text, _SPELT, _initial, ALPHABET, least=_SPELT_RUN)
    if "bravo" in low or "tango" in low or "oscar" in low or "charlie" in low or "delta" in low or "sierra" in low:
        yield from _undone(text, _NATO, _initials, ALPHABET)
    if _BACKWARDS.search(text) or "//:" in text or "moc." in low or "elpmaxe" in low or _MIRRORED.search(text):
        yield from _undone(text, _TAIL, lambda found: found.group()[::-1], REVERSED)


def _undone(
    text: str,
    pattern: re.Pattern[str],
    undo: Callable[[re.Match[str]], str],
    why: Reason,
    *,
    least: int = 1,
    within: list[tuple[int, int]] | None = None,
) -> Iterator[Reading]:
    """Put what `undo` makes of each match in its place; what it leaves as it is changes nothing."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    changed: list[tuple[int, int]] = []
    last = 0
    spans = [(0, len(text))] if within is None else within
    for first, stop in spans:
        for found in pattern.finditer(text, first, stop):
            meant = undo(found)
            if meant == found.group():
                continue
            at, end = found.span()
            starts.extend(range(last, at))
            ends.extend(range(last + 1, at + 1))
            pieces.append(text[last:at])
            changed.append((len(starts), len(starts) + max(1, len(meant))))
            pieces.append(meant)
            starts.extend([at] * len(meant))
            ends.extend([end] * len(meant))
            last = end
    if len(changed) >= least:
        pieces.append(text[last:])
        starts.extend(range(last, len(text)))
        ends.extend(range(last + 1, len(text) + 1))
        yield Reading("".join(pieces), starts, ends, changed, why)


def _ungrouped(found: re.Match[str]) -> str:
    joined = re.sub("[^0-9A-Za-z]", "", found.group())
    return joined if any(map(str.isdigit, joined)) else found.group()


def _sign_said(found: re.Match[str]) -> str:
    return "_" + (numerals.figure(found.group(1)) if found.group(1) else "")


def _unpercent(found: re.Match[str]) -> str:
    text = _TWICE.sub("%", found.group())
    return unquote(text, errors="replace")


def _unescape(found: re.Match[str]) -> str:
    wide, byte, octal, named = found.groups()
    code = int(octal, 8) if octal else int(wide or byte or named, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found.group()


def _unquoted(found: re.Match[str]) -> str:
    if found.group(1) is None:
        return ""
    return bytes.fromhex(found.group(1).replace("=", "")).decode("utf-8", errors="replace")


def _initial(found: re.Match[str]) -> str:
    letter, word = found.groups()
    return letter if letter.lower() == word[:1].lower() or letter.isdigit() else found.group()


_FIGURES: Final = {
    word: str(at) for at, word in enumerate("zero one two three four five six seven eight nine".split())
} | {"niner": "9", "dot": ".", "dash": "-", "underscore": "_"}


def _initials(found: re.Match[str]) -> str:
    words = _WORD.findall(found.group().lower().replace("x-ray", "xray"))
    return "".join(one if one.isdigit() else _FIGURES.get(one, one[0]) for one in words)
