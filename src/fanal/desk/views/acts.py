"""What every act of the desk shares: do it, say so, go back; what was refused is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import translation

from fanal.core.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def done(request: HttpRequest, act: Callable[[], object], *, said: str, back: str) -> HttpResponse:
    """Do `act`, say `said` and go `back`; a refusal is said instead, a missing right becomes a page of its own."""
    try:
        act()
    except NotAllowed:
        raise
    except Refused as refused:
        for why in refused.reasons:
            messages.error(request, why.text.speak(translation.get_language() or "en"))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(back)
