"""Giving an opinion: the offence, its elements, the outcome and its grounds, all in one form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fanal.actions import assess
from fanal.core.case import Outcome
from fanal.core.catalogue import Tick
from fanal.core.errors import NotAllowed, Refused
from fanal.core.reasons import reason
from fanal.desk.views import acts, case
from fanal.queries import people

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PREFIX = "tick-"
NO_OUTCOME = reason(
    "outcome.missing",
    en="Choose what you find: an apparent offence, no offence, or something for somebody else.",
    fr="Choisissez ce que vous trouvez : une infraction apparente, aucune infraction, ou l’affaire d’un autre service.",
)


@require_POST
def give(request: HttpRequest, ref: str) -> HttpResponse:
    """Give this person's opinion; a refusal shows the form again with everything that was typed.

    Looking at another offence's elements ("look") gives nothing: it shows the form again, as typed.
    """
    person = people.person(request.user)
    typed = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if typed.pop("look", ""):
        return case.show(request, ref, kept=case.Kept("look", (), typed))
    try:
        assess.give(
            person,
            ref,
            outcome=_outcome(typed.get("outcome", "")),
            offence=typed.get("offence", ""),
            ticks=_ticks(typed),
            grounds=typed.get("grounds", ""),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return case.show(request, ref, kept=case.Kept("opinion", refused.reasons, typed), status=409)
    said = _("Your opinion is given. What follows from it depends on another person.")
    return acts.done(request, lambda: None, said=said, back=reverse("desk:case", args=[ref]))


def _outcome(text: str) -> Outcome:
    """Read what was chosen; nothing is chosen beforehand."""
    if text not in set(Outcome):
        raise Refused(NO_OUTCOME)
    return Outcome(text)


def _ticks(typed: dict[str, str]) -> dict[str, Tick]:
    """Read the answers; one that is none of the three is as if it had not been given."""
    return {
        name.removeprefix(PREFIX): Tick(value)
        for name, value in typed.items()
        if name.startswith(PREFIX) and value in set(Tick)
    }
