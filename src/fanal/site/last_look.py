"""A net under every page of portal and desk: nothing leaves them as a link or in plain, even where a view erred."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse

from fanal.core.guard import page, surfaces
from fanal.core.guard.plain import MayStand
from fanal.queries import world

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = logging.getLogger("fanal.page")


class LastLook:
    """Defang what a page still holds, and say in the log which view it came from. It asks no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        here = world.current()
        known = {one.name for one in here.hosts.cdns} | {one.name for one in here.directory.recipients}
        self._may_stand = MayStand(surfaces.EXAMPLES | known, domains=surfaces.OWN, sites=surfaces.LAW)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the view did, quieted."""
        response = self.get_response(request)
        revealing = response.headers.pop(page.REVEALS, "")
        whole = isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html")
        return response if revealing or not whole else self._quieted(request, cast("HttpResponse", response))

    def _quieted(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        quiet, changed = page.quieted(response.content.decode(), self._may_stand)
        if changed:
            view = request.resolver_match.func if request.resolver_match else None
            log.error("page held something live in %d places: %s", changed, view)
            response.content = quiet.encode()
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response
