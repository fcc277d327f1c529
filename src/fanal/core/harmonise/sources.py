"""What a whole text comes in: a mail with its headers and its encoding, the source of a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fanal.core.harmonise.trace import Trace

# The end of an encoded word of a header (RFC 2047) is no soft break.
_SOFT_BREAK: Final = re.compile(r"(=\?[\w-]{1,40}\?[BQ]\?[^?\s]{0,200}\?=)|=[ \t]{0,3}\r?\n(?:>[ ]?)?", re.IGNORECASE)
_QUOTED: Final = re.compile(r"(?:=[0-9A-Fa-f]{2})+")
_QUOTED_SAID: Final = re.compile(r"content-transfer-encoding:[ \t]*quoted-printable", re.IGNORECASE)
_ENTITY: Final = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|commat|period|colon|sol|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE
)
_MARKUP: Final = re.compile(
    r"<(?:!doctype|html|head|body|a|p|div|br|span|td|img|li|meta|link)\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]*>")
_NAMESPACE: Final = re.compile(
    r"<!doctype[^<>]{0,500}>|xmlns(?::\w{1,20})?=(?:\"[^\"]{0,300}\"|'[^']{0,300}')", re.IGNORECASE
)
_CODE: Final = (("<script", "</script"), ("<style", "</style"))
# Lines of a mail that name its recipients (among them who reports), its way, or its own number: no targets.
_ASIDE: Final = re.compile(
    r"^[> \t]{0,20}\*?(?:to|cc|bcc|à|pour|destinataires?|an|para|delivered-to|envelope-to|x-[\w-]{1,40}"
    r"|resent-[\w-]{1,20}"
    r"|message-id|in-reply-to|references|received|received-spf|authentication-results|dkim-signature|arc-[\w-]{1,40}"
    r"|domainkey-signature|mime-version|content-[\w-]{1,40}|thread-[\w-]{1,20}|list-[\w-]{1,20}|return-receipt-to|date)"
    r"\*?[ \u00a0\u202f]?:\*?(?:[ \t].*|)$(?:\r?\n[ \t]+\S.*$)*",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER: Final = re.compile(
    r"^[> \t]{0,20}\*?(?:from|de|von|subject|objet|betreff|asunto|date|envoyé|sent|message-id|received)\*?"
    "[ \u00a0\u202f]?:",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_HEADERS: Final = 2


def decode(trace: Trace) -> None:
    """Undo the encodings of a mail (quoted-printable, RFC 2045, 6.7) and of a page (character references)."""
    text = trace.text
    if "=\n" in text or "=\r\n" in text or "=3D" in text:
        said = _QUOTED_SAID.search(text) is not None
        if said or ("=3D" in text and _SOFT_BREAK.search(text)):
            trace.sub(_SOFT_BREAK, lambda found: found.group(1) or "")
            trace.sub(_QUOTED, _unquoted)
    if "&" in trace.text and is_page(trace.text):
        trace.sub(_ENTITY, lambda found: html.unescape(found.group()))


def _unquoted(found: re.Match[str]) -> str:
    raw = bytes.fromhex(found.group().replace("=", ""))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def is_page(text: str) -> bool:
    """Say whether `text` is the source of a page."""
    return "<" in text and _MARKUP.search(text) is not None


def aside(text: str) -> list[tuple[int, int]]:
    """Give the parts of `text` that hold no target: to whom and by which way a mail went, what format a page has."""
    found = []
    if sum(1 for _, _ in zip(range(_FEWEST_HEADERS), _HEADER.finditer(text), strict=False)) == _FEWEST_HEADERS:
        found += [one.span() for one in _ASIDE.finditer(text)]
    if "<" in text and is_page(text):
        found += [one.span() for one in _NAMESPACE.finditer(text)]
    return found


def code(text: str) -> list[tuple[int, int]]:
    """Give the parts of a page's source that a reader does not see: tags, scripts, styles."""
    if not is_page(text):
        return []
    low = text.lower()
    found = [one.span() for one in _TAG.finditer(text)]
    for start, end in _CODE:
        at = low.find(start)
        while at >= 0:
            stop = low.find(end, at)
            stop = len(low) if stop < 0 else stop
            found.append((at, stop))
            at = low.find(start, stop)
    return found
