"""The addresses of the API process: /api/v1/… and /health; everything else is answered as a problem document too."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from fanal.api import body, face

if TYPE_CHECKING:
    from collections.abc import Callable


def _said(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have a view say “not this method” as a problem document, and a key's holder read why a body was refused."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 a view's own
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            return face.not_this_method(request, response["Allow"])
        if response.status_code >= HTTPStatus.BAD_REQUEST and getattr(request, "auth", None):
            body.drop(request)
        return response

    return answered


def _routes() -> list[URLPattern | URLResolver]:
    patterns, _app, _namespace = face.api.urls
    return [
        path(f"api/v1/{one.pattern}", _said(one.callback), name=one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns = [
    *_routes(),
    path("health", _said(require_safe(face.health)), name="health"),
    re_path(r"^api/", csrf_exempt(face.missing)),
]
handler400 = face.malformed
handler404 = face.missing
handler500 = face.failed
