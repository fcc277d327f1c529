"""What to do and what not to do, all from the law's own file: a page, a poster to print, a post to copy."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fanal.portal.pages import page
from fanal.queries import law

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def page_of_rules(request: HttpRequest) -> HttpResponse:
    """Show what to do and what not to do, each with its reason."""
    content = {"kit": law.kit(), "numbers": law.kit_numbers(), "emergencies": law.emergencies()}
    return page(request, "advice.html", content)


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """Give the poster in the language of the page, with the address at which it was asked for."""
    language = get_language() or "en"
    made = law.poster(language, address=_public(request.get_host()))
    headers = {"Content-Disposition": f'attachment; filename="fanal-{language}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _public(host: str) -> str:
    """Give a host that others can reach; "" for this machine's own names, which help nobody on a wall."""
    name = host.rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(name)
    except ValueError:
        return host if "." in name else ""
    return ""
