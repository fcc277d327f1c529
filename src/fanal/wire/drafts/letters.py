"""From bytes to a text: which encoding, told by the mark at its start, by trying, and by what the text declares."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.wire.drafts import refusals

if TYPE_CHECKING:
    from fanal.core.reasons import Reason

_MARKS: Final = (  # the longer first: a UTF-32 mark starts as a UTF-16 one does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,24})", re.IGNORECASE)
_TRUSTED: Final = re.compile(
    r"iso8859-\d{1,2}|cp12\d\d|koi8-[ru]|shift_jis|euc_jp|euc_kr|big5|gbk|gb2312|gb18030|mac-roman|cp437|cp850"
)
_HEAD: Final = 2048
_SAMPLE: Final = 65_536
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL: Final = 0.02
_MOST_ZEROS: Final = 0.3
_CP1252: Final = {code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # as browsers do (WHATWG Encoding)


def text_of(content: bytes) -> tuple[str, tuple[Reason, ...]]:
    """Decode `content`; a byte order mark is not part of the text. Refused where it is no text in any encoding."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            text = _tried(content[len(mark) :], name)
            if text is not None:
                return text, ()
    text = _tried(content, _wide(content) or "utf-8")
    if text is not None:
        return _checked(text), ()
    declared = _declared(content)
    text = _tried(content, declared) if declared else None
    if text is not None:
        return _checked(text), (refusals.OTHER_LETTERS,)
    # cp1252 leaves five bytes without a character: browsers take them for themselves
    text = content.decode("latin-1").translate(_LATIN_TO_WINDOWS)
    return _checked(text), (refusals.OLD_LETTERS,)


def _tried(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(content: bytes) -> str:
    """Name UTF-16 or UTF-32 without its mark, known by the zeros of its common letters; "" for neither."""
    sample = content[: _SAMPLE & ~3]
    if len(sample) < 4 or b"\0" not in sample:  # noqa: PLR2004 - one character of four bytes
        return ""
    zeros = [sample[offset::4].count(0) / max(1, len(sample[offset::4])) > _MOST_ZEROS for offset in range(4)]
    return _ZEROS.get(tuple(zeros), "")


def _declared(content: bytes) -> str:
    found = _DECLARED.search(content, 0, _HEAD)
    if found is None:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    return name if _TRUSTED.fullmatch(name) and name not in {"iso8859-1", "cp1252"} else ""


def _checked(text: str) -> str:
    """Give the text back. Refused where control signs say that it is none."""
    if _binary(text):
        raise Refused(refusals.UNKNOWN)
    return text


def _binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > max(3, _MOST_CONTROL * len(sample))


_ZEROS: Final[dict[tuple[bool, ...], str]] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
_LATIN_TO_WINDOWS: Final = {code: _CP1252.get(code) or bytes([code]).decode("cp1252") for code in range(0x80, 0xA0)}
