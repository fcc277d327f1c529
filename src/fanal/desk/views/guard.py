"""What may be said in public: a draft read before it is published, texts that are ready, and who asked too much."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from fanal.actions import guard as act
from fanal.core.errors import NotAllowed, Refused, Wait
from fanal.core.guard.draft import Form
from fanal.core.guard.ready import ready
from fanal.core.reasons import reason
from fanal.core.rights import Step, demand
from fanal.desk.masking import mask
from fanal.queries import guard, law, people

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fanal.core.reasons import Reason

TYPED = (Form.TEXT, Form.MARKDOWN, Form.HTML)
NOTHING = reason(
    "guard.nothing-given",
    en="Paste a text, or choose a file.",
    fr="Collez un texte, ou choisissez un fichier.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for a draft; on POST, show what must go, what to weigh and a safe version. Nothing of it is kept."""
    person = people.person(request.user)
    demand(person.role, Step.CHECK_DRAFT)
    if request.method != "POST":
        return _asked(request)
    language = translation.get_language() or "en"
    content, name, form = _given(request)
    if not content:
        return _asked(request, (NOTHING,), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        checked = act.check(person, content, name=name, form=form, language=language)
    except NotAllowed:
        raise
    except Wait as later:
        response = _asked(request, later.reasons, seconds=later.seconds, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(later.seconds)
        return response
    except Refused as refused:
        return _asked(request, refused.reasons, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = {  # shown in the answer to the form itself: a page to be led to would have to be kept somewhere
        "tab": "guard",
        "review": checked.review,
        "masked": mask(checked.draft, checked.review, language=language),
        "form": checked.draft.form if checked.draft.form in TYPED else Form.TEXT,
        "rewritten": checked.draft.form not in TYPED,
    }
    return render(request, "desk/guard_answer.html", found)


@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """Show the texts that are ready to be published, in both languages, and what to avoid in each."""
    demand(people.person(request.user).role, Step.CHECK_DRAFT)
    kit = law.kit()
    own = translation.get_language() or "en"
    content = {"tab": "texts", "ready": ready(kit), "kit": kit, "languages": sorted(("en", "fr"), key=own.__ne__)}
    return render(request, "desk/guard_texts.html", content)


@require_GET
def poster(request: HttpRequest, language: str) -> HttpResponse:
    """Give the poster to print; where people report is left to be written on it."""
    demand(people.person(request.user).role, Step.CHECK_DRAFT)
    response = HttpResponse(law.poster(language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="fanal-{language}.pdf"'
    return response


@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """Show who asked the guard as one asks after single names."""
    found = guard.alarms(people.person(request.user))
    return render(request, "desk/guard_alarms.html", {"tab": "alarms", "alarms": found})


def _asked(
    request: HttpRequest,
    faults: tuple[Reason, ...] = (),
    *,
    seconds: int = 0,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show the form, with what was typed where it was refused: only its writer sees it, and nothing keeps it."""
    content = {
        "tab": "guard",
        "faults": faults,
        "minutes": -(-seconds // 60),
        "typed": request.POST.get("draft", "") if request.method == "POST" else "",
        "chosen": request.POST.get("form", "") if request.method == "POST" else "",
        "forms": TYPED,
    }
    return render(request, "desk/guard.html", content, status=status)


def _given(request: HttpRequest) -> tuple[bytes, str, Form | None]:
    """Give the draft's bytes, the name of its file, and the form that was chosen for a text."""
    chosen = request.POST.get("form", "")
    form = Form(chosen) if chosen in set(TYPED) else None
    typed = request.POST.get("draft", "")
    file = request.FILES.get("file")
    if typed.strip() or file is None:
        return (typed.encode(errors="replace") if typed.strip() else b""), "", form
    return file.read(), file.name or "", None
