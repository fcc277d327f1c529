"""What stands on every page of the desk: who works, what waits, which theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from fanal.core.rights import Step, may
from fanal.queries import bank, guard, inbox, people

if TYPE_CHECKING:
    from django.http import HttpRequest

THEMES = ("light", "dark")
THEME_COOKIE = "fanal_theme"
OURS = re.compile(r"[A-Za-z0-9/_?=&-]*")  # the characters of our own addresses: references and choices


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the templates the person, what the role may open, and the counts of the bar."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    answer: dict[str, object] = {"theme": theme if theme in THEMES else "", "here": _here(request)}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return answer
    person = people.person(user)
    answer["person"] = person
    if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        answer["enrolling"] = True
        return answer
    answer["may_check"] = may(person.role, Step.CHECK_DRAFT)
    answer["may_read"] = may(person.role, Step.READ_LEDGER)
    answer["silences"] = guard.silences(person) if may(person.role, Step.SEE_ALARMS) else None
    if may(person.role, Step.SEE_QUEUE):
        answer["counts"] = inbox.counts()
        answer["bank_waiting"] = bank.waiting() if may(person.role, Step.BANK) else None
    return answer


def _here(request: HttpRequest) -> str:
    """Give the address to come back to after a choice; "" for one that is none of ours, which is never echoed."""
    where = request.get_full_path() if request.method == "GET" and request.resolver_match else ""
    return where if OURS.fullmatch(where) else ""
