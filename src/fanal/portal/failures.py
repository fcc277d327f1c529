"""Every failure becomes a page here: what is not lost first, then what to do, then a reference. Never a value."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InterfaceError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fanal.core.errors import FanalError, Full, NotAllowed, NotFound, Refused, Temporary
from fanal.portal.forms import MOST_BYTES, Draft, typed
from fanal.portal.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from fanal.core.reasons import Reason

log = logging.getLogger("fanal.portal")

OURS = 500
DISK_FULL = "53100"  # PostgreSQL, class 53: insufficient resources


@dataclass(frozen=True, slots=True)
class Failure:
    """What the page says: its status, a title that states the result, and what to do."""

    status: int
    title: str
    advice: str
    reasons: tuple[Reason, ...] = ()


def explain(exception: Exception, *, sending: bool) -> Failure | None:
    """Say how an exception is told to who may have been `sending` a report; None where nobody foresaw it."""
    cause = getattr(exception.__cause__, "sqlstate", "") or ""
    if isinstance(exception, Full) or cause == DISK_FULL:
        return Failure(507, _("Nothing was saved: this server is full"), _keep(sending=sending))
    if isinstance(exception, (Temporary, DatabaseError, InterfaceError)):
        title = (
            _("Your report is not confirmed: our database does not answer")
            if sending
            else _("We cannot look it up now")
        )
        return Failure(503, title, _keep(sending=sending))
    if isinstance(exception, NotFound):
        return Failure(404, _("There is nothing here"), _("Go back to the start to find what you were looking for."))
    if isinstance(exception, Refused):
        status = 403 if isinstance(exception, NotAllowed) else 409
        return Failure(status, _("This could not be done"), _keep(sending=sending), exception.reasons)
    if isinstance(exception, FanalError):
        title = _("Something on our side does not hold")
        return Failure(500, title, _keep(sending=sending), (exception.reason,))
    return None


def _keep(*, sending: bool) -> str:
    if sending:
        return _(
            "You have no receipt, so do not count it as sent. Your text stands below: keep a copy, and send it "
            "again in a few minutes; it never counts twice. If someone is in danger, do not wait: call."
        )
    return _(
        "No report that has a receipt is lost. Try again in a few minutes. If someone is in danger, do not wait: call."
    )


def sending(request: HttpRequest) -> bool:
    """Say whether this request carries the report form, to be sent or to come back from the page of fingerprints."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name in {"report", "fingerprint"}


def show(request: HttpRequest, failure: Failure, *, again: bool = True) -> HttpResponse:
    """Answer with the failure; what was typed is given back in the reporter's own form when `again` is set."""
    reference = f"INC-{secrets.token_hex(3).upper()}" if failure.status >= OURS else ""
    if reference:
        log.error("portal.failure status=%d reference=%s", failure.status, reference)
    draft = _draft(request) if again else Draft()
    lost = any(value for name, value in draft.hidden() if name != "nonce")
    content = {
        "failure": failure,
        "reference": reference,
        "draft": draft if lost else None,
    }
    return page(request, "failure.html", content, status=failure.status)


def _draft(request: HttpRequest) -> Draft:
    """Take what was typed out of the report form's request, if this is one; its one-time number stays the same."""
    if not sending(request):
        return Draft()
    draft = typed(request.POST)
    return draft if draft.nonce_bytes() else replace(draft, nonce="")


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to more text than we take, 400 to what cannot be read at all."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        advice = _(
            "We take up to %(limit)s MB of text at once. Go back, keep the addresses and the essential, and send the "
            "rest as a second report. Never send pictures or films: an address or a name is enough."
        ) % {"limit": number_format(MOST_BYTES / 1_048_576, 1)}
        return show(request, Failure(413, _("Nothing was saved: this is too long"), advice), again=False)
    advice = _("Go back to the start and try again.")
    return show(request, Failure(400, _("We could not read this request"), advice), again=False)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    del exception
    return show(request, Failure(403, _("This page is not open to you"), _("Go back to the start.")), again=False)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, without repeating the address that was asked for."""
    del exception
    advice = _("The address may have been cut. No report was lost.")
    return show(request, Failure(404, _("This page does not exist"), advice), again=False)


def not_here(request: HttpRequest) -> HttpResponse:
    """Answer 405."""
    advice = _("This page cannot be used in this way. Go back to the start.")
    return show(request, Failure(405, _("This cannot be done here"), advice), again=False)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, with the text given back."""
    writing = sending(request)
    title = (
        _("Your report is not confirmed: something failed on our side")
        if writing
        else _("Something failed on our side")
    )
    return show(request, Failure(500, title, _keep(sending=writing)))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page, or whose cookie is gone (settings: CSRF_FAILURE_VIEW).

    The text is given back unless the browser says that another site sent it: nobody else fills our form.
    """
    del reason
    advice = _(
        "The page was open for a very long time, was sent from another site, or your browser refuses the one cookie "
        "that protects this form. Allow cookies for this site, check your text, and send it again."
    )
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    return show(request, Failure(403, _("Nothing was saved: this form could not be checked"), advice), again=ours)
