"""What templates need to speak the visitor's language: the core's texts, and times as they are written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language, pgettext

from fanal.core.harmonise.defang import defang, defang_text
from fanal.core.intake import show

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.text import Text

register = template.Library()


@register.filter
def speak(text: Text) -> str:
    """Give a sentence of the core in the language of the page."""
    return text.speak(get_language() or "en")


@register.filter
def moment(at: datetime) -> str:
    """Write a moment with its date, hour and time zone: “22 November 2026 at 10:42 CET”."""
    local = timezone.localtime(at)
    return formats.date_format(local, pgettext("date format of a moment", r"j F Y \a\t H:i T"))


@register.filter
def day(at: datetime) -> str:
    """Write a date: “22 November 2026”."""
    return formats.date_format(timezone.localtime(at), "j F Y")


@register.filter
def safe_words(text: str) -> str:
    """Show what somebody wrote so that nothing in it can be opened, hidden or turned around."""
    return show.show(defang(defang_text(text)))
