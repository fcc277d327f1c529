"""Every refusal of this face as one RFC 9457 problem document, in the language that was asked for."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from fanal.api import sentences as say
from fanal.core.errors import FanalError, Full, NotAllowed, NotFound, Refused, Temporary, Wait
from fanal.core.reasons import Fault, Reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEDIA_TYPE: Final = "application/problem+json"
DISK_FULL: Final = "53100"  # SQLSTATE disk_full

STATUS: Final[Mapping[str, int]] = {
    say.KEY_MISSING.code: 401,
    say.KEY_UNKNOWN.code: 401,
    say.RATE.code: 429,
    say.MEDIA_TYPE.code: 415,
    say.MEDIA_IMAGE.code: 415,
    say.TOO_LARGE.code: 413,
    say.BODY_CUT.code: 400,
    say.UTF8.code: 400,
    say.MALFORMED.code: 400,
    say.TOO_DEEP.code: 400,
    say.NOT_OBJECT.code: 422,
    say.IDEMPOTENCY.code: 400,
    say.CODE_EXPECTED.code: 422,
    say.CODE_UNKNOWN.code: 404,
    say.METHOD.code: 405,
    say.DOWN.code: 503,
    "submit.differs": 409,
    say.NO_HASHES.code: 422,
    say.MANY_HASHES.code: 422,
    say.NO_FILES.code: 422,
    say.DRAFT_TYPE.code: 415,
    say.DRAFT_TOO_LARGE.code: 413,
    say.DRAFT_EXPECTED.code: 422,
    "draft.too-large": 413,
    "draft.picture": 415,
    "draft.unknown-form": 415,
    "signal.unknown": 422,
    "signal.shape": 422,
    "signal.frames": 422,
}

logger = logging.getLogger("fanal.api")


class Invalid(Refused):
    """What was sent has faults; each says its field, its code and what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(say.INVALID)
        self.faults = tuple(faults)


class Slow(Wait):
    """The key has asked too often; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(say.RATE, seconds)


def language(request: HttpRequest) -> str:
    """Give "fr" or "en": the first of the two that Accept-Language takes; English where it names neither."""
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag[:2] in {"fr", "en"}:
            return tag[:2]
    return "en"


def spoken(faults: Sequence[Fault], tongue: str) -> list[dict[str, str]]:
    """Write faults as this face's documents have them: field, code, message."""
    return [{"field": one.field, "code": one.reason.code, "message": one.reason.text.speak(tongue)} for one in faults]


def answer(
    request: HttpRequest,
    status: int,
    why: Reason,
    *,
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Make a problem document: type, title, status, detail, code, faults. It never carries what was sent."""
    tongue = language(request)
    document = {
        "type": f"/api/v1/openapi.json#{why.code}",
        "title": say.TITLES.get(status, Text(en="Refused", fr="Refusé")).speak(tongue),
        "status": status,
        "detail": why.text.speak(tongue),
        "code": why.code,
        "faults": spoken(faults, tongue),
    }
    response = HttpResponse(json.dumps(document, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = tongue
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def from_any(request: HttpRequest, failure: object) -> HttpResponse:
    """Turn whatever was raised into its answer; nothing that was not committed is acknowledged."""
    match failure:
        case Temporary():
            return from_failure(request, outage(failure))
        case FanalError():
            return from_failure(request, failure)
        case OperationalError() | InterfaceError():
            return from_failure(request, outage(failure))
        case Http404():
            return answer(request, 404, say.NO_PAGE)
        case _:
            return _from_chance(request, failure)


def from_failure(request: HttpRequest, failure: FanalError) -> HttpResponse:
    """Turn a failure of the house into its answer; the class gives the status where the code does not."""
    why = failure.reason
    status = STATUS.get(why.code) or next(status for kind, status in _KINDS if isinstance(failure, kind))
    headers = dict(_HEADERS.get(status, {}))
    faults: tuple[Fault, ...] = ()
    if isinstance(failure, Wait):
        headers["Retry-After"] = str(failure.seconds)
    elif isinstance(failure, Invalid):
        faults = failure.faults
    elif isinstance(failure, Refused) and len(failure.reasons) > 1:
        faults = tuple(Fault("", one) for one in failure.reasons)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("api failed: %s", why)
    return answer(request, status, why, faults=faults, headers=headers)


def outage(failure: Exception) -> Temporary:
    """Say what an outage means for whoever waits for an answer: no room, or no database; nothing was kept."""
    if isinstance(failure, Temporary) and failure.reason is not Temporary.default:
        return failure
    if getattr(failure.__cause__, "sqlstate", None) == DISK_FULL:
        return Full()
    logger.error("api lost the database: %s", type(failure))
    return Temporary(say.DOWN)


def _from_chance(request: HttpRequest, failure: object) -> HttpResponse:
    """Answer what nobody foresaw. The log has the class and the place only: the text may hold what was sent."""
    place = failure.__traceback__ if isinstance(failure, BaseException) else None
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    logger.error("api failed: %s at line %d", type(failure), place.tb_lineno if place else 0)
    return answer(request, 500, say.INTERNAL)


_HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    401: {"WWW-Authenticate": 'Bearer realm="fanal"'},
    503: {"Retry-After": "60"},
    507: {"Retry-After": "60"},
}
_KINDS: Final[tuple[tuple[type[FanalError], int], ...]] = (
    (Invalid, 422),
    (NotAllowed, 403),
    (Wait, 429),
    (Refused, 422),
    (NotFound, 404),
    (Full, 507),
    (Temporary, 503),
    (FanalError, 500),
)
