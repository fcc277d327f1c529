"""Where the proof stands, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from fanal.core.figures import counts
from fanal.core.rights import Step, demand
from fanal.queries import events, ledger, people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """Show the last signed checkpoint and how many entries wait for the next."""
    found = ledger.latest(people.person(request.user))
    return render(request, "desk/ledger.html", {"tab": "ledger", "ledger": found})


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures that are counted from the events."""
    demand(people.person(request.user).role, Step.READ_LEDGER)
    return render(request, "desk/figures.html", {"tab": "figures", "figures": counts.count(events.stream())})
