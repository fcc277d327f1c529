"""What stands on every page of the desk: who works, what waits, which theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from fanal.core.rights import Step, may
from fanal.queries import inbox, people

if TYPE_CHECKING:
    from django.http import HttpRequest

THEMES = ("light", "dark")
THEME_COOKIE = "fanal_theme"


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the templates the person, what the role may open, and the counts of the bar."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    answer: dict[str, object] = {"theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return answer
    person = people.person(user)
    answer["person"] = person
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        answer["enrolling"] = True
    elif may(person.role, Step.SEE_QUEUE):
        answer["counts"] = inbox.counts()
    return answer
