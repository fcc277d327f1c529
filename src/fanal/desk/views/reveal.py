"""Seeing one reported item: defanged for a while, or in clear once; each is a recorded act with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fanal.actions import reveal as act
from fanal.core.errors import NotAllowed, Refused
from fanal.core.guard.page import REVEALS
from fanal.desk.views import case, shown
from fanal.queries import people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def reveal(request: HttpRequest, ref: str, item: str) -> HttpResponse:
    """Show one item in its defanged form for a quarter of an hour."""
    why = request.POST.get("why", "")
    try:
        revealed = act.reveal(people.person(request.user), ref, item, why=why)
    except NotAllowed:
        raise
    except Refused as refused:
        return case.show(request, ref, kept=case.Kept(item, refused.reasons, {"why": why}), status=409)
    shown.keep(request, ref, revealed)
    return HttpResponseRedirect(_at(ref))


@require_POST
def veil(request: HttpRequest, ref: str, item: str) -> HttpResponse:
    """Veil an item before its time."""
    shown.forget(request, ref, item)
    return HttpResponseRedirect(_at(ref))


@require_POST
def clear(request: HttpRequest, ref: str, item: str) -> HttpResponse:
    """Show one item in clear, once, on a page of its own that is answered directly: it is kept nowhere."""
    why = shown.why(request, ref, item)
    try:
        revealed = act.reveal_live(people.person(request.user), ref, item, why=why)
    except NotAllowed:
        raise
    except Refused as refused:
        return case.show(request, ref, kept=case.Kept(item, refused.reasons, {}), status=409)
    response = render(request, "desk/clear.html", {"tab": "queue", "ref": ref, "item": item, "revealed": revealed})
    response[REVEALS] = "1"
    return response


def _at(ref: str) -> str:
    return reverse("desk:case", args=[ref]) + "#items"
