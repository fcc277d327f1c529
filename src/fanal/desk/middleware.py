"""What stands around every page of the desk: no copies, the person's language, a second factor, failures in words."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from fanal.core.errors import FanalError
from fanal.desk.views import doors
from fanal.queries import people

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Next = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("fanal.desk")

# What a person without a second factor may still open: the way to one, and the way out.
ENROLMENT = frozenset(
    {"mfa_activate_totp", "account_reauthenticate", "account_logout", "desk:language", "desk:theme", "desk:health"}
)


class Quiet:
    """Nothing of the desk stays in a browser or a proxy, and a person is spoken to in the language on file."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language, never to be stored."""
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(people.person(request.user).language)
            request.LANGUAGE_CODE = translation.get_language() or "en"
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        # not "no-referrer": browsers then send “Origin: null” with our own forms, and no form would be accepted
        response["Referrer-Policy"] = "same-origin"
        response["Content-Language"] = translation.get_language() or "en"
        return response


class SecondFactor:
    """A password alone opens nothing: without an enrolled second factor every page leads to enrolment."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; `process_view` has looked first."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """Lead to enrolment, or on."""
        where = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_anonymous or where in ENROLMENT or is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


class Words:
    """The one place where a failure of Fanal becomes a page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; failures come through `process_exception`, and a form's address opened by hand leads back."""
        response = self.get_response(request)
        return doors.no_form(request) if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED else response

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Say in words what failed and what to do; a failure that is not ours is left to Django."""
        if isinstance(failure, FanalError):
            return doors.failed(request, failure)
        if isinstance(failure, DatabaseError):
            incident = doors.incident()
            log.error("database unavailable %s %s", incident, type(failure))
            return doors.unreadable(incident, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return None
