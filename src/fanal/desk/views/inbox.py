"""The ranked queue, and taking the next case from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fanal.actions import assess
from fanal.core.assess.queue import DANGER
from fanal.core.rights import Step, may
from fanal.queries import inbox, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that stand together under one sentence, numbered on from the band before."""

    title: str
    note: str
    start: int
    rows: tuple[inbox.InboxRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One tab: cases of some states, and how many there are."""

    id: str
    count: int


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, by rank, with the reasons in words. A role without the queue is led to what it may read."""
    person = people.person(request.user)
    if not may(person.role, Step.SEE_QUEUE):
        return HttpResponseRedirect(reverse("desk:guard" if may(person.role, Step.CHECK_DRAFT) else "desk:ledger"))
    asked = request.GET.get("state", "")
    state = asked if asked in inbox.GROUPS else "open"
    page = request.GET.get("page", "")
    found = inbox.waiting(person, state=state, page=int(page) if page.isdecimal() and len(page) < 8 else 1)  # noqa: PLR2004
    return render(
        request,
        "desk/queue.html",
        {
            "tab": "queue",
            "inbox": found,
            "state": state,
            "groups": [Group(name, found.counts[name]) for name in inbox.GROUPS],
            "bands": list(_bands(found, state)),
        },
    )


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the next case by rank that this person may judge."""
    ref = assess.take(people.person(request.user))
    if ref is None:
        messages.warning(request, _("No case is left that you may judge: others work on them, or you have."))
        return HttpResponseRedirect(reverse("desk:queue"))
    return HttpResponseRedirect(reverse("desk:case", args=[ref]))


def _bands(found: inbox.Inbox, state: str) -> Iterator[Band]:
    start = (found.page - 1) * inbox.PAGE + 1
    for urgent, rows in groupby(found.rows, key=lambda row: state == "open" and row.rank.grade == DANGER):
        here = tuple(rows)
        title = _("Somebody may be in danger") if urgent else _("In order of rank")
        note = _("Comes before everything else, whatever the number of reports.") if urgent else ""
        if state != "open":
            title, note = _("The latest first"), ""
        yield Band(title, note, start, here)
        start += len(here)
