"""What holds for every request of the public face: nothing kept by browsers, no file taken, failures as pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fanal.portal import failures
from fanal.portal.uploads import MOST_DISCARDED, Discard

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    # not "no-referrer": browsers then send “Origin: null” with our own forms, which no check can tell from another site
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


class Quiet:
    """Sets the headers, refuses files, and turns failures into pages (after LocaleMiddleware, before CSRF)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        request.upload_handlers = [Discard(request)]
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            _read_past(request)
        if answer.status_code == 405 and not answer.content:  # noqa: PLR2004
            allow = answer.get("Allow", "")
            answer = failures.not_here(request)
            answer["Allow"] = allow
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what we can explain into its page; leave the rest to handler500."""
        failure = failures.explain(exception, sending=failures.sending(request))
        return failures.show(request, failure) if failure else None


def _read_past(request: HttpRequest) -> None:
    """Read what is left of a body that is too long: a browser that still sends would never show our answer."""
    left = MOST_DISCARDED
    with suppress(OSError):  # the other side is gone
        while left > 0 and (block := request.read(65_536)):
            left -= len(block)
