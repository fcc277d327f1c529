"""What a visitor chooses for themselves: language, look, and leaving at once."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from fanal.portal.pages import LANGUAGES, NONCE_COOKIE, RETURNS, THEME_COOKIE, THEMES, page, remember


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Go back to the page the choice was made on: by its name, so that no address is ever taken from a visitor."""
    name = request.POST.get("here", "")
    answer = redirect(name if name in RETURNS else "start")
    answer.status_code = 303
    return answer


# Exempt: a forged request could at worst change a language or a colour; a visitor who only reads needs no cookie.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie."""
    answer = _back(request)
    keep_language(answer, request.POST.get("language", ""))
    return answer


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen look in a cookie; anything that is no look forgets the choice, and the device decides."""
    answer = _back(request)
    keep_theme(answer, request.POST.get("theme", ""))
    return answer


def keep_language(answer: HttpResponseBase, code: str) -> None:
    """Set the cookie that Django's LocaleMiddleware reads; do nothing for a language we do not speak."""
    if code in LANGUAGES and isinstance(answer, HttpResponse):
        remember(answer, settings.LANGUAGE_COOKIE_NAME, code)


def keep_theme(answer: HttpResponseBase, code: str) -> None:
    """Set or forget the cookie of the look."""
    if not isinstance(answer, HttpResponse):
        return
    if code in THEMES:
        remember(answer, THEME_COOKIE, code)
    else:
        answer.delete_cookie(THEME_COOKIE)


def keep(answer: HttpResponseBase, step: str) -> None:
    """Keep what `switch` applied."""
    kind, _, code = step.partition("-")
    if kind == "lang":
        keep_language(answer, code)
    elif kind == "theme":
        keep_theme(answer, code)


def switch(request: HttpRequest, step: str) -> str:
    """Apply `lang-fr`, `theme-dark` and the like within one request, for a form that must not lose its text.

    Gives the kind of the switch ("lang", "theme"), or "" where the step is none.
    """
    kind, _, code = step.partition("-")
    if kind == "lang" and code in LANGUAGES:
        translation.activate(code)
        request.LANGUAGE_CODE = code
        return kind
    if kind == "theme":
        request.theme = code  # type: ignore[attr-defined]  # read again by pages.page
        return kind
    return ""


@require_safe
def leave(request: HttpRequest) -> HttpResponseBase:
    """Leave quickly: forget everything this site put on the device, and show a page that says nothing."""
    answer = redirect("bye")
    answer.status_code = 303
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in (*request.COOKIES, NONCE_COOKIE):
        answer.delete_cookie(name)
    return answer


@require_safe
def bye(request: HttpRequest) -> HttpResponse:
    """Show a page without a name, a mark or a way back."""
    return page(request, "bye.html")
