"""How a request's bytes become JSON or lines, within limits that are said; nothing is kept here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from fanal.api import sentences as say
from fanal.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from fanal.core.reasons import Reason

BLOCK: Final = 64 * 1024
DROPPED: Final = 8 * 1024 * 1024
_BROKEN: Final = "fanal.broken"
_PICTURES: Final = ("multipart/", "image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a batch: its number (from 1), its bytes, and whether the request still held its end."""

    number: int
    raw: bytes
    fault: str = ""  # "", "long" (over the limit of one report), "cut" (the request ended within it)


def demand_type(request: HttpRequest, media_type: str) -> None:
    """Raise Refused unless the body is declared as `media_type` in UTF-8; pictures and forms get their own reason."""
    declared = (request.content_type or "").lower()
    if declared.startswith(_PICTURES):
        raise Refused(say.MEDIA_IMAGE)
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if declared != media_type or charset not in {"utf-8", "utf8"}:
        raise Refused(say.MEDIA_TYPE)


def whole(request: HttpRequest, *, limit: int, too_large: Reason = say.TOO_LARGE) -> bytes:
    """Read a body of at most `limit` bytes; refused: a larger one, and one that ends before its declared length."""
    declared = _declared_length(request, limit, too_large)
    pieces: list[bytes] = []
    size = 0
    for block in _blocks(request):
        size += len(block)
        if size > limit:
            raise Refused(too_large)
        pieces.append(block)
    if declared is not None and size < declared:
        raise Refused(say.BODY_CUT)
    return b"".join(pieces)


def lines(request: HttpRequest, *, limit: int, line_limit: int) -> Iterator[Line]:
    """Read a body line by line as it arrives. A body declared larger than `limit` is refused whole.

    A last line without its line feed is complete where the declared length was reached, and `cut` where it was not.
    Empty lines are counted and passed over. At most `limit` bytes are read.
    """
    declared = _declared_length(request, limit)
    number, size, pending, skipping = 0, 0, b"", False
    for block in _blocks(request):
        size += len(block)
        pieces = (pending + block).split(b"\n")
        pending = pieces.pop()
        for piece in pieces:
            number += 1
            if skipping or len(piece) > line_limit:
                skipping = False
                yield Line(number, b"", "long")
            elif piece.strip():
                yield Line(number, piece)
        if len(pending) > line_limit:
            pending, skipping = b"", True
        if size > limit:
            yield Line(number + 1, b"", "cut")
            return
    cut = (declared is not None and size < declared) or (declared is None and not _ended(request))
    if skipping:
        yield Line(number + 1, b"", "cut" if cut else "long")
    elif pending.strip() or cut:
        yield Line(number + 1, pending, "cut" if cut else "")


def drop(request: HttpRequest) -> None:
    """Read what is left of a body that was refused, up to 8 MiB: who still sends would not read our answer."""
    left = DROPPED
    for block in _blocks(request):
        left -= len(block)
        if left < 0:
            return


def parse(raw: bytes) -> object:
    """Read bytes as one JSON value (RFC 8259): UTF-8, no NaN, no name twice, at most 32 levels. Else Refused."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(say.UTF8) from None
    try:
        value = _DECODER.decode(text.removeprefix("\ufeff"))
    except RecursionError:
        raise Refused(say.TOO_DEEP) from None
    except ValueError:  # malformed, or a number of more digits than Python reads
        raise Refused(say.MALFORMED) from None
    if "\\ud" in text or "\\uD" in text:
        _refuse_half_characters(value)
    if text.count("[") + text.count("{") > say.MAX_DEPTH:
        _refuse_depth(value, say.MAX_DEPTH)
    return value


def _declared_length(request: HttpRequest, limit: int, too_large: Reason = say.TOO_LARGE) -> int | None:
    """Give the declared length in bytes, None where the body comes in chunks; Refused where it is over `limit`."""
    text = request.META.get("CONTENT_LENGTH") or ""
    if not (text.isascii() and text.isdigit()):
        return None
    length = int(text[:20])
    if length > limit:
        raise Refused(too_large)
    return length


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    """Give the body in blocks; a connection that breaks ends it. Chunked bodies come straight from the server."""
    chunked = request.META.get("wsgi.input_terminated") and not request.META.get("CONTENT_LENGTH")
    source = request.META["wsgi.input"] if chunked else request
    while True:
        try:
            block = source.read(BLOCK)
        except OSError:  # the client went away; UnreadablePostError is one
            if _BROKEN in request.META:
                return
            request.META[_BROKEN] = True
            continue  # what came whole before the break is still in the server's hands: ask once more
        if not block:
            return
        yield block


def _ended(request: HttpRequest) -> bool:
    return _BROKEN not in request.META


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says the same name twice: one of the two would be lost in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse_half_characters(value: object) -> None:
    """Raise Refused where a lone surrogate stands in the value: it is no character and cannot be kept."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(say.UTF8) from None


def _refuse_depth(value: object, left: int) -> None:
    if not isinstance(value, (dict, list)):
        return
    if left == 0:
        raise Refused(say.TOO_DEEP)
    for one in value.values() if isinstance(value, dict) else value:
        _refuse_depth(one, left - 1)


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once)
