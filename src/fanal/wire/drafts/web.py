"""Read HTML: the text that is seen as one part, then what travels with it, each with its places in the source."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.guard.draft import Draft, Form
from fanal.wire.drafts import refusals, tags, vocabulary
from fanal.wire.drafts.page import Page

_NEXT: Final = re.compile(r"<[A-Za-z/!?]")
_FOREIGN: Final = frozenset({"svg", "math"})


def read_html(source: str) -> Draft:
    """Read a page or a piece of one, however broken. Refused where it holds more tags or parts than any page needs."""
    page = Page(source)
    at, length, foreign = 0, len(source), 0
    while at < length:
        opened = _NEXT.search(source, at)
        here = opened.start() if opened else length
        if here > at:
            page.words(at, here)
        if opened is None:
            break
        if foreign and source.startswith("<![CDATA[", here):
            end = source.find("]]>", here)
            end = length if end < 0 else end
            page.words(here + 9, end)
            at = min(end + 3, length)
            continue
        tag = tags.tag_at(source, here, length)
        if tag is not None:
            page.tag(tag)
            at = tag.end
            if tag.name in _FOREIGN:
                foreign = max(0, foreign + (-1 if tag.closing else 1))
            if not tag.closing:
                at = read_content(page, source, tag)
            continue
        aside = tags.aside_at(source, here, length)
        if aside is None:  # a tag that never ends: a browser shows nothing of it
            page.remainder(here, length)
            break
        page.aside(aside)
        at = aside.end
    return Draft(Form.HTML, source, page.parts(), (refusals.PICTURES_UNREAD,) if page.pictures else ())


def read_content(page: Page, source: str, tag: tags.Tag) -> int:
    """Read what stands in an element that holds no tags, and give where its end tag starts; else where `tag` ends."""
    name = tag.name
    if name == "plaintext":
        page.words(tag.end, len(source))
        return len(source)
    if name not in vocabulary.RAW and name not in vocabulary.WORDS_ONLY:
        return tag.end
    closing = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, tag.end)
    end = closing.start() if closing else len(source)
    page.content(tag, tag.end, end)
    return end
