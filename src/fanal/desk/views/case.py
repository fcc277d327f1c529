"""One case: everything that one person may see of it, and the short acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fanal.actions import assess, follow_up
from fanal.core.bank import Opinion
from fanal.core.case import Outcome
from fanal.core.catalogue import Tick
from fanal.core.errors import NotAllowed, NotFound, Refused
from fanal.core.rights import Step, may
from fanal.desk.views import acts, shown
from fanal.queries import cases, law, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from fanal.core.catalogue import Element, Offence
    from fanal.core.reasons import Reason

WANTED = ("first", "second", "third")
FEW = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person had typed when an act was refused, and why: nothing typed is lost."""

    form: str = ""  # "opinion", "answer" or an item's reference
    faults: tuple[Reason, ...] = ()
    typed: Mapping[str, str] | None = None

    def get(self, name: str) -> str:
        """Give what was typed into one field."""
        return self.typed.get(name, "") if self.typed else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One element of the chosen offence, with the answer that was given before a refusal, if any."""

    element: Element
    answer: str


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the case; `?offence=` shows the elements of one (the form itself asks for them in views/assess.py)."""
    return show(request, ref)


def show(request: HttpRequest, ref: str, *, kept: Kept | None = None, status: int = 200) -> HttpResponse:
    """Show the case, with what was typed before a refusal."""
    person = people.person(request.user)
    found = cases.read(person, ref)
    kept = kept or Kept()
    near = {one.id for one in found.offences}
    others = [one for one in law.offences() if one.id not in near]
    offence = _chosen(kept.get("offence") or request.GET.get("offence", ""))
    return render(
        request,
        "desk/case.html",
        {
            "tab": "queue",
            "case": found,
            "kept": kept,
            "items": [shown.of(request, ref, row, found.timeline) for row in found.items],
            "first_reports": found.reports[:FEW],
            "more_reports": found.reports[FEW:],
            "untold": found.reports_total - len(found.reports),
            "wanted": found.role in WANTED,
            "judging": found.mine and found.role in WANTED,
            "written": [one for one in found.offences if one.written()],
            "elsewhere": [one for one in others if one.written()],
            "unwritten": [one for one in (*found.offences, *others) if not one.written()],
            "offence": offence,
            "asked": [Asked(one, kept.get(f"tick-{one.id}")) for one in offence.elements] if offence else [],
            "ticks": list(Tick),
            "outcomes": list(Outcome),
            "hash_opinions": list(Opinion),
            "outcome": kept.get("outcome"),
            "may_answer": may(person.role, Step.ANSWER_REPORTER),
            "may_close": "close" in found.steps and may(person.role, Step.CLOSE),
            "blocked": any(line.obstacles and line.state == "planned" for line in found.dispatches),
        },
        status=status,
    )


@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Take this very case."""
    person = people.person(request.user)
    said = _("This case is yours for two hours.")
    return acts.done(request, lambda: assess.take_case(person, ref), said=said, back=_at(ref))


@require_POST
def release(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the case back; no reason is asked."""
    person = people.person(request.user)
    said = _("The case is back in the queue. Nobody is asked why.")
    return acts.done(request, lambda: assess.release(person, ref), said=said, back=reverse("desk:queue"))


@require_POST
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a case whose decision has had its effect."""
    person = people.person(request.user)
    said = _("The case is closed. Further reports can open it again.")
    return acts.done(request, lambda: follow_up.close(person, ref), said=said, back=_at(ref))


@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Write to every reporter of this case."""
    person = people.person(request.user)
    text = request.POST.get("text", "")
    try:
        follow_up.answer_reporters(person, ref, text=text)
    except NotAllowed:
        raise
    except Refused as refused:
        return show(request, ref, kept=Kept("answer", refused.reasons, {"text": text}), status=409)
    return acts.done(request, lambda: None, said=_("Every reporter of this case can read it now."), back=_at(ref))


def _chosen(id: str) -> Offence | None:
    """Give the offence that was chosen; an id that the catalogue does not know is as if none had been."""
    try:
        return law.offence(id) if id else None
    except NotFound:
        return None


def _at(ref: str) -> str:
    return reverse("desk:case", args=[ref])
