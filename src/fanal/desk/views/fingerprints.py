"""Fingerprints: whether a list is right about one, and our own list of them, which takes two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fanal.actions import bank as act
from fanal.core.bank import Opinion
from fanal.core.errors import IllegalStep, NotAllowed, Refused
from fanal.core.lifecycle import BankState
from fanal.core.reasons import reason
from fanal.desk.views import acts, case
from fanal.desk.views.case import Kept
from fanal.queries import bank, people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NO_OPINION = reason(
    "hash-opinion.missing",
    en="Choose what you find: the list is right, you dispute it, or it matched something else.",
    fr="Choisissez ce que vous trouvez : la liste a raison, vous la contestez, ou elle désigne autre chose.",
)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the entries of our own list in one state (`?state=`), and the lists of this machine."""
    asked = request.GET.get("state", "")
    number = request.GET.get("page", "")
    return show(
        request,
        state=asked if asked in set(BankState) else BankState.PROPOSED,
        number=int(number) if number.isdecimal() and len(number) < 8 else 1,  # noqa: PLR2004
    )


def show(
    request: HttpRequest, *, state: str, number: int = 1, kept: Kept | None = None, status: int = 200
) -> HttpResponse:
    """Show the page, with what was typed before a refusal; `kept.form` names the form it was."""
    person = people.person(request.user)
    found = bank.entries(person, state=state, page=number)
    return render(
        request,
        "desk/fingerprints.html",
        {"tab": "fingerprints", "bank": found, "lists": bank.shelf(person), "kept": kept or Kept()},
        status=status,
    )


@require_POST
def opine(request: HttpRequest, ref: str, item: str) -> HttpResponse:
    """Say whether the lists that hold an item's fingerprint are right about it."""
    person = people.person(request.user)
    typed = {name: request.POST.get(name, "") for name in ("opinion", "grounds")}
    try:
        act.opine(person, ref, item, opinion=_opinion(typed["opinion"]), grounds=typed["grounds"])
    except NotAllowed:
        raise
    except Refused as refused:
        return case.show(request, ref, kept=Kept(f"opine-{item}", refused.reasons, typed), status=409)
    said = _("Written down. You can change it; it decides nothing.")
    return acts.done(request, lambda: None, said=said, back=_item(ref, item))


@require_POST
def propose(request: HttpRequest, ref: str, item: str) -> HttpResponse:
    """Put an item's fingerprint forward for our own list."""
    person = people.person(request.user)
    grounds = request.POST.get("grounds", "")
    try:
        entry = act.propose(person, ref, item, grounds=grounds)
    except NotAllowed:
        raise
    except Refused as refused:
        kept = Kept(f"propose-{item}", refused.reasons, {"grounds": grounds})
        return case.show(request, ref, kept=kept, status=409)
    said = _("Put forward as %(entry)s. Another person decides: nothing is matched with it before.") % {"entry": entry}
    return acts.done(request, lambda: None, said=said, back=_item(ref, item))


@require_POST
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """Put an entry into our list, as its second person."""
    person = people.person(request.user)
    said = _("%(entry)s is in our list: what comes in, and what came before, is compared with it.") % {"entry": ref}
    return acts.done(request, lambda: act.publish(person, ref), said=said, back=_page(BankState.PROPOSED))


@require_POST
def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep an entry out of our list, as its second person."""
    person = people.person(request.user)
    said = _("%(entry)s is kept out of our list. It can be put forward again from its case.") % {"entry": ref}
    return acts.done(request, lambda: act.refuse(person, ref), said=said, back=_page(BankState.PROPOSED))


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take an entry out of our list, with grounds."""
    person = people.person(request.user)
    grounds = request.POST.get("grounds", "")
    try:
        act.withdraw(person, ref, grounds=grounds)
    except (NotAllowed, IllegalStep):
        raise
    except Refused as refused:
        kept = Kept(f"withdraw-{ref}", refused.reasons, {"grounds": grounds})
        return show(request, state=BankState.PUBLISHED, kept=kept, status=409)
    said = _("%(entry)s is withdrawn: it matches nothing more here, and the next export tells the others.")
    return acts.done(request, lambda: None, said=said % {"entry": ref}, back=_page(BankState.PUBLISHED))


def _opinion(text: str) -> Opinion:
    """Read what was chosen; nothing is chosen beforehand."""
    if text not in set(Opinion):
        raise Refused(NO_OPINION)
    return Opinion(text)


def _item(ref: str, item: str) -> str:
    return f"{reverse('desk:case', args=[ref])}#{item}"


def _page(state: str) -> str:
    return f"{reverse('desk:fingerprints')}?state={state}"
