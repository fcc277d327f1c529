"""How every good answer of this face goes out: in the language asked for, and kept by nobody on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse

from fanal.api import problems

if TYPE_CHECKING:
    from fanal.queries.api_keys import Key


def text(request: HttpRequest, said: str, media_type: str, *, status: int) -> HttpResponse:
    """Answer with a text of that media type."""
    response = HttpResponse(said, status=status, content_type=media_type)
    response["Content-Language"] = problems.language(request)
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "no-store"
    return response


def plain(request: HttpRequest, said: object, *, status: int) -> HttpResponse:
    """Answer with a value as JSON."""
    return text(request, json.dumps(said, ensure_ascii=False), "application/json", status=status)


def key(request: HttpRequest) -> Key:
    """Give the key that KeyWith found; ninja puts it on the request."""
    return cast("Key", cast("Any", request).auth)
