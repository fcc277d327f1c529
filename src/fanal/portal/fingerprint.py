"""The page that has a picture recognised without sending it: the device computes, the report carries the digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_update
from django.views.decorators.http import require_http_methods

from fanal.portal import choices
from fanal.portal.forms import Draft, typed
from fanal.portal.pages import page
from fanal.queries import law

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# The one page of the portal that runs a script: ours, which may ask the network for nothing (no connect-src).
SCRIPT = {"script-src": ["'self'"], "worker-src": ["'self'"]}


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update(SCRIPT)
def fingerprint(request: HttpRequest) -> HttpResponse:
    """Show the page; on POST, with the report that was begun, so that the way back to it loses nothing."""
    posted = request.method == "POST"
    draft = typed(request.POST).without_media() if posted else Draft()
    step = request.POST.get("step", "")
    choices.switch(request, step)
    answer = page(request, "fingerprint.html", {"draft": draft, "begun": posted, "emergencies": law.emergencies()})
    choices.keep(answer, step)
    return answer
