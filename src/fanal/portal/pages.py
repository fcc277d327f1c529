"""One way to answer with a page: language, look and the way back are put in, and nothing is kept by browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

LANGUAGES = ("en", "fr")
THEMES = ("light", "dark")
THEME_COOKIE = "fanal_theme"
NONCE_COOKIE = "fanal_nonce"
RETURNS = ("start", "report", "fingerprint", "receipt", "follow-up", "figures", "privacy", "advice")


def page(
    request: HttpRequest, template: str, content: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with `portal/<template>`. A theme chosen during this very request wins over the cookie."""
    match = request.resolver_match
    name = match.url_name if match and match.url_name in RETURNS else "start"
    theme = getattr(request, "theme", request.COOKIES.get(THEME_COOKIE, ""))
    frame = {
        "theme": theme if theme in THEMES else "",
        "here": name,
        "site": "Fanal",
    }
    return render(request, f"portal/{template}", frame | dict(content or {}), status=status)


def remember(answer: HttpResponse, name: str, value: str, *, secret: bool = False) -> None:
    """Set a cookie of ours: a choice for a year, or a secret until the browser is closed."""
    answer.set_cookie(
        name,
        quote(value),
        max_age=None if secret else 365 * 24 * 3600,
        httponly=True,
        secure=settings.CSRF_COOKIE_SECURE,
        samesite="Strict" if secret else "Lax",
    )
