"""What leaves the house: dispatches that wait for a person, and one dispatch with its two-person approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fanal.actions import follow_up, letters
from fanal.actions import route as act
from fanal.core.errors import NotAllowed, Refused
from fanal.core.follow_up.outcomes import Answer
from fanal.core.lifecycle import DispatchState
from fanal.core.reasons import reason
from fanal.core.rights import Step, may
from fanal.desk.views import acts
from fanal.queries import dispatches, inbox, people

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fanal.core.reasons import Reason

NO_ANSWER = reason(
    "answer.kind-missing",
    en="Choose what the recipient answered.",
    fr="Choisissez ce que le destinataire a répondu.",
)
NO_SETTLING = reason(
    "settle.choice-missing",
    en="Say whether it arrived, or whether it is to be sent again.",
    fr="Dites si c’est arrivé, ou s’il faut l’envoyer de nouveau.",
)
SETTLED_BY = ("receipt", "retry")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person had typed when an act was refused, and why."""

    form: str = ""
    faults: tuple[Reason, ...] = ()
    grounds: str = ""
    answer: str = ""
    text: str = ""


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """List the dispatches that wait for a person; those that nobody can send come first."""
    rows = inbox.to_approve(people.person(request.user))
    return render(request, "desk/dispatches.html", {"tab": "dispatches", "rows": rows})


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one dispatch: why, what the recipient will read, and what may be done now."""
    return show(request, ref)


def show(request: HttpRequest, ref: str, *, kept: Kept | None = None, status: int = 200) -> HttpResponse:
    """Show one dispatch, with what was typed before a refusal."""
    person = people.person(request.user)
    found = dispatches.read(person, ref)
    return render(
        request,
        "desk/dispatch.html",
        {
            "tab": "dispatches",
            "dispatch": found,
            "kept": kept or Kept(grounds=found.grounds),
            "answers": list(Answer),
            "may_settle": may(person.role, Step.SETTLE),
            "unsettled": found.state in (DispatchState.UNCERTAIN, DispatchState.REFUSED),
            "answerable": found.state in (DispatchState.SENT, DispatchState.ANSWERED),
        },
        status=status,
    )


@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the letter itself as it would leave now, defanged, without its annex; it is kept nowhere."""
    made = letters.preview(people.person(request.user), ref)
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'inline; filename="{ref}.pdf"'
    return response


@require_POST
def prepare(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a dispatch forward with its grounds."""
    grounds = request.POST.get("grounds", "")
    person = people.person(request.user)
    try:
        act.prepare(person, ref, grounds=grounds)
    except NotAllowed:
        raise
    except Refused as refused:
        return show(request, ref, kept=Kept("prepare", refused.reasons, grounds=grounds), status=409)
    said = _("Put forward. Another person approves it: nothing leaves before.")
    return acts.done(request, lambda: None, said=said, back=_at(ref))


@require_POST
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    """Approve what another person put forward."""
    person = people.person(request.user)
    said = _("Approved. It leaves as it stands; until then it can be called back.")
    return acts.done(request, lambda: act.approve(person, ref), said=said, back=_at(ref))


@require_POST
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a prepared dispatch back to be written again."""
    person = people.person(request.user)
    said = _("Sent back, to be written again.")
    return acts.done(request, lambda: act.send_back(person, ref), said=said, back=_at(ref))


@require_POST
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    """Call a dispatch back before it leaves."""
    person = people.person(request.user)
    said = _("Called back. It will not leave.")
    return acts.done(request, lambda: act.cancel(person, ref), said=said, back=_at(ref))


@require_POST
def settle(request: HttpRequest, ref: str) -> HttpResponse:
    """Settle a dispatch of which nobody knows whether it arrived."""
    person = people.person(request.user)
    how = request.POST.get("how", "")

    def settled() -> None:
        if how not in SETTLED_BY:
            raise Refused(NO_SETTLING)
        follow_up.settle(person, ref, how=how)

    return acts.done(request, settled, said=_("Settled, and recorded."), back=_at(ref))


@require_POST
def record_answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what the recipient answered."""
    person = people.person(request.user)
    answer, text = request.POST.get("answer", ""), request.POST.get("text", "")
    try:
        follow_up.record_answer(person, ref, answer=_answer(answer), text=text)
    except NotAllowed:
        raise
    except Refused as refused:
        return show(request, ref, kept=Kept("answer", refused.reasons, answer=answer, text=text), status=409)
    return acts.done(request, lambda: None, said=_("The answer is recorded."), back=_at(ref))


def _answer(text: str) -> Answer:
    """Read what was chosen; nothing is chosen beforehand."""
    if text not in set(Answer):
        raise Refused(NO_ANSWER)
    return Answer(text)


def _at(ref: str) -> str:
    return reverse("desk:dispatch", args=[ref])
