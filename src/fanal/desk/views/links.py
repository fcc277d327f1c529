"""The links of one case: drawn, told in a table, judged; merging, splitting, and undoing either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fanal.actions import links as act
from fanal.core.errors import NotAllowed, Refused
from fanal.core.lifecycle import LinkState
from fanal.core.reasons import reason
from fanal.desk import drawing
from fanal.desk.views import acts
from fanal.desk.views.case import Kept
from fanal.queries import links, people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from fanal.queries.people import Person

NO_JUDGEMENT = reason(
    "judgement.missing",
    en="Choose what you find: the same, different, or not clear.",
    fr="Choisissez ce que vous trouvez : la même chose, des choses différentes, ou ce n’est pas clair.",
)
JUDGEMENTS = (LinkState.SAME, LinkState.DIFFERENT, LinkState.UNSURE)


@require_GET
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the links of a case."""
    return show(request, ref)


def show(request: HttpRequest, ref: str, *, kept: Kept | None = None, status: int = 200) -> HttpResponse:
    """Show the links of a case, with what was typed before a refusal; `kept.form` names the form it was."""
    found = links.read(_person(request), ref)
    return render(
        request,
        "desk/links.html",
        {
            "tab": "queue",
            "page": found,
            "kept": kept or Kept(),
            "chosen": request.POST.getlist("items"),
            "waiting": drawing.waiting(found),
            "pictures": drawing.pictures(found),
            "groups": drawing.groups(found),
            "targets": [one for one in found.nodes if one.role == "target"],
            "judgements": JUDGEMENTS,
            "marks": [(state, mark) for state, mark in drawing.MARKS.items()],
        },
        status=status,
    )


@require_POST
def judge(request: HttpRequest, ref: str, link: str) -> HttpResponse:
    """Say of two cases that they are the same, different, or that it is not clear."""
    try:
        judgement = _judgement(request.POST.get("judgement", ""))
        act.judge(_person(request), link, judgement, grounds=_grounds(request))
    except NotAllowed:
        raise
    except Refused as refused:
        return _again(request, ref, f"judge-{link}", refused)
    said = {
        LinkState.SAME: _("Written down: said to be the same. Nothing is merged by that alone."),
        LinkState.DIFFERENT: _("Written down: said to be different. No rule joins the two again."),
        LinkState.UNSURE: _("Written down: not clear. Whoever knows more can still judge it."),
    }
    return acts.done(request, lambda: None, said=said[judgement], back=_at(ref))


@require_POST
def merge(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Merge this case into the other; go to the one that now holds both."""
    try:
        act.merge(_person(request), ref, other, grounds=_grounds(request))
    except NotAllowed:
        raise
    except Refused as refused:
        return _again(request, ref, f"merge-{other}", refused)
    said = _("%(ref)s is merged into this case. It can be undone below.") % {"ref": ref}
    return acts.done(request, lambda: None, said=said, back=_at(other))


@require_POST
def split(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the chosen targets out of this case, into a new one."""
    try:
        part, _move = act.split(_person(request), ref, request.POST.getlist("items"), grounds=_grounds(request))
    except NotAllowed:
        raise
    except Refused as refused:
        return _again(request, ref, "split", refused)
    said = _("What you chose now stands in a case of its own, %(ref)s. It can be undone below.") % {"ref": part}
    return acts.done(request, lambda: None, said=said, back=_at(ref))


@require_POST
def undo(request: HttpRequest, ref: str, move: str) -> HttpResponse:
    """Undo a merge or a split, and say what stays because it came since."""
    try:
        stayed = act.undo(_person(request), move, grounds=_grounds(request))
    except NotAllowed:
        raise
    except Refused as refused:
        return _again(request, ref, f"undo-{move}", refused)
    answer = acts.done(request, lambda: None, said=_("Undone: what had moved is back in its place."), back=_at(ref))
    for why in stayed:
        messages.info(request, why.text.speak(translation.get_language() or "en"))
    return answer


def _again(request: HttpRequest, ref: str, form: str, refused: Refused) -> HttpResponse:
    """Show the page again with what was refused, why, and everything that was typed."""
    typed = {name: request.POST.get(name, "") for name in ("judgement", "grounds")}
    return show(request, ref, kept=Kept(form, refused.reasons, typed), status=409)


def _judgement(text: str) -> LinkState:
    """Read what was chosen; nothing is chosen beforehand."""
    if text not in JUDGEMENTS:
        raise Refused(NO_JUDGEMENT)
    return LinkState(text)


def _grounds(request: HttpRequest) -> str:
    return request.POST.get("grounds", "")


def _person(request: HttpRequest) -> Person:
    return people.person(request.user)


def _at(ref: str) -> str:
    return reverse("desk:links", args=[ref])
