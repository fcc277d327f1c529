"""What stands for a character without being it: entities of HTML, escapes of scripts and style sheets."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_SPACE: Final = r"[\t\n\f\r][ \t\n\f\r]*|[ ][ \t\n\f\r]+"
_ENTITY: Final = r"&(?:\#[0-9]+;?|\#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)"

ENTITY: Final = re.compile(_ENTITY)
FLOWING: Final = re.compile(f"{_SPACE}|{_ENTITY}")  # a single blank is left as it is, for speed

ESCAPE: Final = re.compile(
    r"\\(?:u(?:[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})"
    r"|x[0-9a-fA-F]{2}|[/nrt\"'\\])"
)
STYLE_ESCAPE: Final = re.compile(r"\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^0-9a-fA-F\n])")

UNKNOWN: Final = "\ufffd"
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_LONGEST: Final = 7  # digits of the last character, in either base
_WINDOWS: Final = {  # numeric references that mean Windows-1252 (WHATWG HTML, numeric character reference end state)
    code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)
}


def entity(match: re.Match[str], *, attribute: bool = False) -> tuple[str, int]:
    """Read an entity as a browser does (WHATWG HTML, 13.2.5.72); in an attribute, `&copy=` is an address's.

    What is none stands for nothing, from where it begins to where it begins: the source is taken as it is.
    """
    written = match.group()
    if written[0] != "&":
        return " ", match.end()
    if written[1] == "#":
        return _numbered(written), match.end()
    if written in html5 or written[1:] in html5:
        found = written[1:]
    else:
        found = next((written[1:end] for end in range(len(written), 2, -1) if written[1:end] in html5), "")
        if not found:
            return "", match.start()
    stop = match.start() + 1 + len(found)
    after = match.string[stop : stop + 1]
    if attribute and not found.endswith(";") and (after == "=" or after.isalnum()):
        return "", match.start()
    return html5[found], stop


def entity_in_attribute(match: re.Match[str]) -> tuple[str, int]:
    """Read an entity within the value of an attribute."""
    return entity(match, attribute=True)


def escape(match: re.Match[str]) -> tuple[str, int]:
    r"""Read an escape of JavaScript or JSON: \\u0041, \\u{41}, \\x41, \\/ (ECMA-262, 12.9.4; RFC 8259, 7)."""
    written = match.group()[1:]
    if written[0] not in "ux" or len(written) == 1:
        return {"n": "\n", "r": "\r", "t": "\t"}.get(written, written), match.end()
    if len(written) > _LONGEST + 2:  # two halves of one character
        high, low = int(written[1:5], 16), int(written[7:11], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), match.end()
    return _character(int(written[1:].strip("{}"), 16)), match.end()


def style_escape(match: re.Match[str]) -> tuple[str, int]:
    r"""Read an escape of a style sheet: \\41 or a character of itself (CSS Syntax 3, 4.3.7)."""
    written = match.group()[1:]
    if written[0] in "0123456789abcdefABCDEF":
        return _character(int(written, 16)), match.end()
    return written, match.end()


def _numbered(written: str) -> str:
    hexadecimal = written[2] in "xX"
    digits = written[3 if hexadecimal else 2 :].rstrip(";").lstrip("0")
    if len(digits) > _LONGEST:  # no such character, and not worth a long sum
        return UNKNOWN
    code = int(digits or "0", 16 if hexadecimal else 10)
    return _WINDOWS.get(code) or _character(code)


def _character(code: int) -> str:
    return UNKNOWN if code in _SURROGATES or code > _LAST or code == 0 else chr(code)
