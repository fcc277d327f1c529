"""Reads the disguises of addresses: hxxp, [.], (dot), [at], full-width and invisible letters."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.reasons import Reason, reason

REFANGED: Final = reason(
    "harmonise.refanged",
    en="The address was written so that it is not a link (as in hxxp or [.]); it was read as meant.",
    fr="L’adresse était écrite de façon à ne pas être un lien (comme hxxp ou [.]) ; elle a été lue comme voulu.",
)
INVISIBLE: Final = reason(
    "harmonise.invisible",
    en="Invisible characters stood in what was typed; they were left out.",
    fr="Des caractères invisibles figuraient dans la saisie ; ils n’ont pas été retenus.",
)
WIDE: Final = reason(
    "harmonise.wide",
    en="Full-width letters stood in what was typed; they were read as ordinary ones.",
    fr="Des lettres pleine chasse figuraient dans la saisie ; elles ont été lues comme des lettres ordinaires.",
)

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_WIDE: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_IS_WIDE: Final = re.compile("[\uff01-\uff5e]")
_PLAIN: Final = re.compile(r"https?://[^\s/?#\[\](){}\\]+(?:[/?#]\S*)?", re.IGNORECASE)
_SUSPECT: Final = re.compile(r"[\[\](){}\\]|^\s*(?!https?:)[a-z*_-]{3,6}:", re.IGNORECASE)
_SPACE: Final = "[ \t\u00a0]{0,3}"
_MARK: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(\.|://|:/|:|//|/|@){_SPACE}[\])}}]{_SPACE}")
_DOT: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(?:dot|d0t|point|punkt|punto){_SPACE}[\])}}]{_SPACE}", re.IGNORECASE)
_AT: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(?:at|arobase|arobas){_SPACE}[\])}}]{_SPACE}", re.IGNORECASE)
_HALF: Final = re.compile(r"(?<=\w)(?:\\\.|\[\.(?!\])|(?<!\[)\.\])(?=\w)")
_SCHEME: Final = re.compile(r"(?<![\w.])(?:h(?:xx|tx|xt|\*\*|__|--|xxx)p|ttp|h[ \t]ttp)(s?)(?=:/)", re.IGNORECASE)
_MEOW: Final = re.compile(r"(?<![\w.])meows?(?=://)", re.IGNORECASE)


def refang(text: str) -> tuple[str, tuple[Reason, ...]]:
    """Give `text` as it was meant, with a reason for each kind of disguise that was taken off.

    An address that is plainly one (http, then a host without brackets) is left untouched, brackets in its path
    included.
    """
    reasons: list[Reason] = []
    if not text.isascii():
        seen = _INVISIBLE.sub("", text)
        if seen != text:
            reasons.append(INVISIBLE)
        if _IS_WIDE.search(seen):
            seen = seen.translate(_WIDE)
            reasons.append(WIDE)
        text = seen.strip()
    if not _PLAIN.fullmatch(text) and _SUSPECT.search(text):
        meant = _HALF.sub(".", _AT.sub("@", _DOT.sub(".", _MARK.sub(r"\1", text))))
        meant = _MEOW.sub("https", _SCHEME.sub(r"http\1", meant))
        if meant != text:
            reasons.append(REFANGED)
            text = meant.strip()
    return text, tuple(reasons)
