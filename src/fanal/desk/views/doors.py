"""The open views, the choices of language and theme, and every failure as a page in words."""

from __future__ import annotations

import logging
import secrets
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from fanal.core.errors import FanalError, NotAllowed, NotFound, Refused
from fanal.desk.frame import THEME_COOKIE, THEMES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fanal.core.reasons import Reason

log = logging.getLogger("fanal.desk")

YEAR = 365 * 24 * 60 * 60


@require_GET
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Say whether this process can reach its database; nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("ok\n", content_type="text/plain")


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie (or forget it: the system's own) and go back."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        _keep(response, THEME_COOKIE, chosen)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Strict")
    return response


def locked_out(request: HttpRequest, _response: object = None, _credentials: object = None) -> HttpResponse:
    """Say that too many attempts failed, and when to try again (called by axes)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "desk/locked_out.html", {"minutes": minutes}, status=HTTPStatus.TOO_MANY_REQUESTS)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a form was too old to be trusted; what was typed is still in the browser's previous page."""
    return render(request, "desk/stale_form.html", status=HTTPStatus.FORBIDDEN)


def failed(request: HttpRequest, failure: FanalError) -> HttpResponse:
    """Turn a failure of Fanal into a page that says what to do."""
    if isinstance(failure, NotFound):
        return render(request, "desk/absent.html", status=HTTPStatus.NOT_FOUND)
    if isinstance(failure, NotAllowed):
        return render(request, "desk/refused.html", {"reasons": failure.reasons}, status=HTTPStatus.FORBIDDEN)
    if isinstance(failure, Refused):
        return render(request, "desk/refused.html", {"reasons": failure.reasons}, status=HTTPStatus.CONFLICT)
    return unreadable(incident(), status=HTTPStatus.SERVICE_UNAVAILABLE, reason=failure.reason)


def unreadable(number: str, *, status: int, reason: Reason | None = None) -> HttpResponse:
    """Say that a page cannot be read, that nothing is lost, and under which number the incident stands.

    It is rendered without the frame: the frame asks the database, which may be what failed.
    """
    return HttpResponse(render_to_string("desk/unreadable.html", {"incident": number, "reason": reason}), status=status)


def incident() -> str:
    """Make a number under which the log and the page name the same failure."""
    return f"INC-{secrets.token_hex(2).upper()}"


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an address that is none, in words."""
    return render(request, "desk/absent.html", status=HTTPStatus.NOT_FOUND)


def not_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Say that what was sent could not be read, most often because a text was too long for a form."""
    return render(request, "desk/not_read.html", status=HTTPStatus.BAD_REQUEST)


def broken(_request: HttpRequest) -> HttpResponse:
    """Say that something failed outside the views themselves: a session that cannot be read, or what nobody foresaw."""
    failure, number = sys.exc_info()[1], incident()
    log.error("page failed %s %s", number, type(failure))
    away = isinstance(failure, DatabaseError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
    response = unreadable(number, status=status)
    response["Cache-Control"] = "no-store"
    return response


def no_form(request: HttpRequest) -> HttpResponse:
    """Say that this address takes a form, and is not a page to be opened."""
    return render(request, "desk/no_form.html", status=HTTPStatus.METHOD_NOT_ALLOWED)


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Strict", secure=bool(settings.SESSION_COOKIE_SECURE)
    )


def _back(request: HttpRequest) -> str:
    """Give the page to go back to: one of ours, or the queue."""
    where = request.POST.get("next", "")
    return where if url_has_allowed_host_and_scheme(where, allowed_hosts=None) else reverse("desk:queue")
