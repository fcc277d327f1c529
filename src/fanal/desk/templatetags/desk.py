"""How the desk's templates print sentences of the core, moments, icons and reported identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from fanal.core.harmonise import defang
from fanal.core.intake.show import show
from fanal.core.reasons import Reason
from fanal.desk import words

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.text import Text

register = template.Library()


@register.filter
def say(text: Text | Reason | None) -> str:
    """Give a sentence of the core in the page's language."""
    if text is None:
        return ""
    sentence = text.text if isinstance(text, Reason) else text
    return sentence.speak(translation.get_language() or "en")


@register.filter(name="in")
def in_language(text: Text, language: str) -> str:
    """Give a sentence of the core in a language of its own: what is copied is not always in that of the page."""
    return text.speak(language)


@register.filter
def word(code: str, kind: str) -> str:
    """Give the word for a code of the core ("waiting" as a "state")."""
    return words.word(kind, code)


@register.filter
def tone(state: str) -> str:
    """Give the colour class of a state's tag; the word always stands beside it."""
    return words.TONES.get(state, "")


@register.filter
def field(code: str, otherwise: str) -> str:
    """Name the field that a refusal is about."""
    return words.FIELDS.get(code, otherwise)


@register.filter
def quiet(text: str) -> str:
    """Give a reporter's or colleague's free text as it may be shown: defanged, nothing that breaks display."""
    return defang.defang_text(show(text))


@register.filter
def moment(at: datetime | None) -> str:
    """Give a moment as people read it, in local time and in words."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    french = (translation.get_language() or "en").startswith("fr")
    clock = f"{here:%H}\u00a0h\u00a0{here:%M}" if french else f"{here:%H:%M}"
    if here.date() == timezone.localdate():
        return clock
    return f"{date_format(here, 'j F Y')}, {clock}"


@register.simple_tag
def colon() -> str:
    """Give a colon as the page's language sets it: French puts a no-break space before."""
    return "\u00a0:" if (translation.get_language() or "en").startswith("fr") else ":"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Inline an icon; a word always stands beside it."""
    return SafeString(get_template(f"fanal/icons/{name}.html").render().strip())  # our own file
