"""The last look at a page: what stands in it as a link or in plain is written so that nothing leads there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard.wording import NOWHERE
from fanal.core.harmonise.defang import defang_text

if TYPE_CHECKING:
    from fanal.core.guard.plain import MayStand

REVEALS: Final = "X-Fanal-Reveals"  # on the one page that shows an item in clear: asked for, with a reason, recorded

# Scripts and styles are ours and come as files; what is typed into a field is given back to whoever typed it.
_PIECE: Final = re.compile(
    r"(?P<whole><!--.*?-->|<(?P<own>script|style|textarea)\b(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>.*?</(?P=own)\s*>)"
    r"|(?P<tag><[a-z!/](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>)|(?P<text>[^<]+|<)",
    re.IGNORECASE | re.DOTALL,
)
_OUT: Final = r"(?:[a-z][a-z0-9+.-]*:|[\\/]{2})"
_LEADS: Final = re.compile(
    r"([\s/\"'](?:href|src|action|formaction|data|poster|srcset|cite|ping|xlink:href)\s*=\s*)"
    rf"(\"\s*{_OUT}[^\"]*\"|'\s*{_OUT}[^']*'|{_OUT}[^\s\"'>]*)",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"(\s(?:alt|title|content|placeholder|label|aria-[a-z]+|data-[a-z-]+)\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
_MAY_BE_LIVE: Final = re.compile(r"[.@\u3002\uff0e\uff61]\w|\+[1-9]|https?:|:[^\s]", re.IGNORECASE)
_FLAT: Final = re.compile(r"[\"']?\s*data:image/", re.IGNORECASE)


def quieted(html: str, may_stand: MayStand) -> tuple[str, int]:
    """Give the page with nothing in it that leads anywhere else, and how many places had to be changed.

    Texts and spoken attributes are defanged, links out of the house go nowhere. Left alone: what `may_stand`, form
    fields, scripts and styles. It is a net under the views, which write no such thing: every change is a fault of ours.
    """
    changed = 0

    def said(text: str) -> str:
        nonlocal changed
        if not _MAY_BE_LIVE.search(text) or defang_text(text) == text:
            return text
        rest = may_stand.without(text)
        if defang_text(rest) == rest:
            return text
        changed += 1
        return defang_text(text)

    def led(found: re.Match[str]) -> str:
        nonlocal changed
        if _FLAT.match(found[2]) or not may_stand.without(found[2]).strip(" \"'"):
            return found[0]
        changed += 1
        return f'{found[1]}"{NOWHERE}"'

    def piece(found: re.Match[str]) -> str:
        if found["text"]:
            return said(found[0])
        if not found["tag"] or "=" not in found[0]:
            return found[0]
        return _SAID.sub(lambda one: one[1] + said(one[2]), _LEADS.sub(led, found[0]))

    return _PIECE.sub(piece, html), changed
