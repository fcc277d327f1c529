"""The pages of the public face: each reads the request, calls one query or action, and shows the answer."""

from __future__ import annotations

import secrets
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from fanal.actions import intake
from fanal.core.errors import Refused
from fanal.core.intake import media, read
from fanal.core.reasons import Fault
from fanal.core.report import Channel, Identity, Submission
from fanal.portal import chart, choices, reading, throttle
from fanal.portal.failures import csrf as csrf_failure
from fanal.portal.forms import STALE, Draft, Wrong, typed, wrong
from fanal.portal.pages import NONCE_COOKIE, page, remember
from fanal.queries import figures as published
from fanal.queries import intake as understood
from fanal.queries import law, reporter

__all__ = ["csrf_failure", "figures", "follow_up", "health", "privacy", "receipt", "report", "start"]

LONGEST_AGENT = 512
LONGEST_CODE = 200


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the way in: emergencies first, then what is for us and what is not, all from the law's own file."""
    content = {
        "emergencies": law.emergencies(),
        "elsewhere": law.elsewhere(),
        "ours": reading.ours(law.categories()),
    }
    return page(request, "start.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """Show the form; on POST, what we understood of it (step=review), or take it in (step=send)."""
    if request.method != "POST":
        return _form(request, Draft(nonce=secrets.token_hex(32)))
    draft, step = typed(request.POST), request.POST.get("step", "review")
    switched = choices.switch(request, step)
    if switched or step == "edit":
        answer = _form(request, draft)
        choices.keep(answer, step)
        return answer
    language = get_language() or "en"
    found = read.read(draft.fields(language=language), channel=Channel.PORTAL, today=timezone.localdate())
    faults = list(found.faults)
    if getattr(request, "fanal_file", False):
        faults.insert(0, Fault("other", media.DO_NOT_SEND))
    nonce = draft.nonce_bytes()
    if nonce is None:
        faults.insert(0, Fault("other", STALE))
    if faults or found.submission is None or nonce is None:
        return _form(request, draft.without_media(), wrong(faults))
    if step == "send":
        return _send(request, draft, found.submission, found.identity, nonce)
    return _review(request, draft, found.submission, found)


def _review(request: HttpRequest, draft: Draft, submission: Submission, found: read.Read) -> HttpResponse:
    """Show what we understood, what cannot wait, what is for somebody else, and the warning on false reports."""
    screening = understood.screening(submission)
    content = {
        "draft": draft,
        "rows": reading.rows(understood.preview(submission)),
        "submission": submission,
        "contact": not found.identity.empty(),
        "notes": found.notes,
        "urgent": screening.urgent,
        "elsewhere": screening.elsewhere,
        "emergencies": law.emergencies(),
        "category": reading.label(law.categories(), submission.category),
        "false_report": law.false_report(),
    }
    answer = page(request, "review.html", content)
    remember(answer, NONCE_COOKIE, draft.nonce, secret=True)
    return answer


def _send(
    request: HttpRequest, draft: Draft, submission: Submission, contact: Identity, nonce: bytes
) -> HttpResponseBase:
    """Take the report in and go to its receipt; one that sent something else comes back renumbered."""
    try:
        intake.receive(submission, _sealed(request, contact), nonce=nonce)
    except Refused as refusal:
        fresh = replace(draft, nonce=secrets.token_hex(32))
        return _form(request, fresh, wrong(Fault("other", one) for one in refusal.reasons), status=409)
    sent = redirect("receipt")
    sent.status_code = 303
    remember(sent, NONCE_COOKIE, draft.nonce, secret=True)
    return sent


def _form(request: HttpRequest, draft: Draft, complaints: Wrong | None = None, *, status: int = 0) -> HttpResponse:
    """Show the form with what was typed; faults give 422. The number of the form goes into a cookie too."""
    if draft.nonce_bytes() is None:
        draft = replace(draft, nonce=secrets.token_hex(32))
    content = {
        "draft": draft,
        "wrong": complaints,
        "categories": law.categories(),
        "retention": law.retention(),
        "platforms": reading.platforms(),
        "today": timezone.localdate().isoformat(),
    }
    answer = page(request, "report.html", content, status=status or (422 if complaints else 200))
    remember(answer, NONCE_COOKIE, draft.nonce, secret=True)
    return answer


def _sealed(request: HttpRequest, contact: Identity) -> Identity:
    """Add where the report comes from to what the reporter chose to say. It is handed on to be sealed, nothing else."""
    return replace(contact, ip=_address(request), user_agent=request.headers.get("User-Agent", "")[:LONGEST_AGENT])


def _address(request: HttpRequest) -> str:
    """Give the address of who is connected; what a proxy says counts only where the operator trusts it."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies: int = settings.FANAL_PROXIES
    if proxies and hops:
        return hops[-min(proxies, len(hops))]
    return str(request.META.get("REMOTE_ADDR", ""))


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the follow-up code of the report that this browser sent, if and only if it is committed."""
    nonce = Draft(nonce=request.COOKIES.get(NONCE_COOKIE, "")).nonce_bytes()
    found = reporter.received(nonce) if nonce else None
    if found is None:
        return page(request, "no_receipt.html", status=404)
    content = {"receipt": found, "code": reading.code(found.code), "emergencies": law.emergencies()}
    return page(request, "receipt.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest) -> HttpResponse:
    """Ask for a code; on POST, show what became of the report, or give the proof that it was received.

    Wrong, expired, too often: one answer for all.
    """
    if request.method != "POST":
        return page(request, "code.html")
    admitted = throttle.admit(_address(request))
    code = request.POST.get("code", "")[:LONGEST_CODE]
    proof_wanted = "proof" in request.POST
    proof = reporter.proof(code) if proof_wanted else None
    found = reporter.news(code)
    if found is None or not admitted:
        return page(request, "code.html", {"unknown": True}, status=404)
    if proof is None:
        return page(request, "news.html", {"news": found, "proof_waits": proof_wanted})
    headers = {"Content-Disposition": 'attachment; filename="fanal.tlog-proof"'}
    return HttpResponse(proof, content_type="application/octet-stream", headers=headers)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures that were published last, or that none were yet."""
    return page(request, "figures.html", {"figures": chart.read(published.published())})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, why and how long, from the law's own file."""
    return page(request, "privacy.html", {"retention": law.retention()})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")
