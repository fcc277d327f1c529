"""Reads the disguises of addresses: hxxp, [.], (dot), [at], styled, invisible and look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from fanal.core.harmonise.trace import Trace

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
    en="Full-width or ornamental letters stood in what was typed; they were read as ordinary ones.",
    fr="Des lettres pleine chasse ou ornementales figuraient dans la saisie ; elles ont été lues comme des lettres "
    "ordinaires.",
)
LOOK_ALIKE: Final = reason(
    "harmonise.look-alike-signs",
    en="Signs or letters that only look like those of http:// stood there; they were read as meant.",
    fr="Des signes ou des lettres qui ressemblent seulement à ceux de http:// figuraient là ; lus comme voulu.",
)

# U+200C and U+200D join letters and belong to names in several scripts: only behind ASCII do they join nothing.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
    "]+|(?<![^\x00-\x7f])[\u200c\u200d]"
)
_STYLED: Final = re.compile("[\uff01-\uff5e\u2102-\u2149\u24b6-\u24e9\U0001d400-\U0001d7ff\U0001f130-\U0001f149]")
_WEB: Final = re.compile(r"\s*(?:https?|ftp)://", re.IGNORECASE)
_ALIKE: Final = str.maketrans(
    {"\u04bb": "h", "\u0570": "h", "\u0422": "t", "\u0442": "t", "\u03c4": "t", "\u0440": "p", "\u03c1": "p"}
    | {"\u0420": "p", "\u0455": "s", "\u0405": "s", "\u041d": "h", "\u0397": "h", "\u03a4": "t", "\u03a1": "p"}
)
_ALIKE_WORD: Final = re.compile(
    r"(?<!\w)\w{4,5}(?=\s?[:\ufe55\ua789\u02d0\u2236\u0589]\s?[/\\\u2044\u2215\u29f8\u2571])"
)
_ALIKE_SIGNS: Final = re.compile(
    "(?<=[A-Za-z*_])[:\ufe55\ua789\u02d0\u2236\u0589][/\\\\\u2044\u2215\u29f8\u2571]{2}(?<!://)(?<!:\\\\\\\\)"
)
_PLAIN: Final = re.compile(r"https?://[^\s/?#\[\](){}\\]+(?:[/?#]\S*)?", re.IGNORECASE)
_SUSPECT: Final = re.compile(r"[\[\](){}\\]|(?<![\w.])(?!https?:)[a-z*_-]{3,6}:|https?;//", re.IGNORECASE)
_SPACE: Final = "[ \t\u00a0]{0,3}"
_MARK: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(\.|://|:/|:|//|/|@){_SPACE}[\])}}]{_SPACE}")
_DOT: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(?:dot|d0t|point|punkt|punto){_SPACE}[\])}}]{_SPACE}", re.IGNORECASE)
_AT: Final = re.compile(rf"{_SPACE}[\[({{]{_SPACE}(?:at|arobase|arobas){_SPACE}[\])}}]{_SPACE}", re.IGNORECASE)
_HALF: Final = re.compile(r"(?<=\w)(?:\\\.|\[\.(?!\])|(?<!\[)\.\])(?=\w)")
_SCHEME: Final = re.compile(
    r"(?<![\w.])(?:h(?:xx|tx|xt|\*\*|__|--|xxx)p|ttp|h[ \t]ttp|http(?=\[s\]|\(s\)|s?;//))"
    r"(?:(s)|\[(s)\]|\((s)\))?(?=:/|;//);?:?",
    re.IGNORECASE,
)
_MEOW: Final = re.compile(r"(?<![\w.])meows?(?=://)", re.IGNORECASE)
_FTP: Final = re.compile(r"(?<![\w.])f[xt]p(?=://)", re.IGNORECASE)


def refang(text: str) -> tuple[str, tuple[Reason, ...]]:
    """Give `text` as it was meant, with a reason for each kind of disguise that was taken off.

    An address that is plainly one (http, then a host without brackets) is left untouched, brackets and ornamental
    letters in its path included.
    """
    reasons: list[Reason] = []
    if not text.isascii():
        seen = unveil(text, reasons)
        text = seen.strip()
    if not _PLAIN.fullmatch(text) and _SUSPECT.search(text):
        meant = unmark(text)
        if meant != text:
            reasons.append(REFANGED)
            text = meant.strip()
    return text, tuple(reasons)


def unveil(text: str, reasons: list[Reason]) -> str:
    """Take invisible, ornamental and look-alike characters off, and note the reason of each."""
    seen = _INVISIBLE.sub("", text)
    if seen != text:
        reasons.append(INVISIBLE)
    if not _WEB.match(seen):
        meant = _STYLED.sub(_ordinary, seen)
        if meant != seen:
            reasons.append(WIDE)
        seen = _ALIKE_SIGNS.sub("://", _ALIKE_WORD.sub(_http, meant))
        if seen != meant:
            reasons.append(LOOK_ALIKE)
    return seen


def unveil_within(trace: Trace) -> None:
    """Do the same within a whole text."""
    trace.sub(_INVISIBLE, "")
    trace.sub(_STYLED, _ordinary)
    trace.sub(_ALIKE_WORD, _http)
    trace.sub(_ALIKE_SIGNS, "://")


def unmark_within(trace: Trace) -> None:
    """Read the marks that people set to break a link within a whole text."""
    trace.sub(_MARK, _meant)
    for pattern, put in ((_DOT, "."), (_AT, "@"), (_HALF, ".")):
        trace.sub(pattern, put)
    trace.sub(_SCHEME, _plain_scheme)
    trace.sub(_MEOW, "https")


def unmark(text: str) -> str:
    """Read the marks that people set to break a link: [.], (dot), [at], hxxp and the like."""
    text = _HALF.sub(".", _AT.sub("@", _DOT.sub(".", _MARK.sub(r"\1", text))))
    return _FTP.sub("ftp", _MEOW.sub("https", _SCHEME.sub(_plain_scheme, text)))


def _plain_scheme(found: re.Match[str]) -> str:
    secure = "s" if any(found.groups()) else ""
    return f"http{secure}:" if found.group()[-1] in ":;" else f"http{secure}"


def _meant(found: re.Match[str]) -> str:
    return found.group(1)


def _ordinary(found: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", found.group())
    return plain if len(plain) == 1 and plain.isascii() else found.group()


def _http(found: re.Match[str]) -> str:
    word = found.group().translate(_ALIKE)
    return word if word.lower() in ("http", "https") else found.group()
