"""Names in a row behind a word for accounts: “the accounts papillon, @soleil and bleu77”."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.guard.looks import bare

_BACK: Final = 240
_ON: Final = 80
_ACCOUNTS: Final = re.compile(
    r"\b(?:comptes|profils|pseudos|pseudonymes|utilisateurs|pages|chaines|canaux|accounts|profiles|handles|users|usernames|channels)"
    r"(?:\s(?:facebook|instagram|insta|tiktok|twitter|x|telegram|snapchat|discord|youtube|reddit|twitch))?"
    r"(?:\s(?:suivants?|suivantes?|following|nommes|appeles|dits|named|called|concernes|signales|reported|vises))*\s?[:(]?\s*"
)
_BULLET: Final = r"(?:[-•*–—]|[0-9]{1,2}[.)])\s*"
_ITEM: Final = re.compile(rf"(?:{_BULLET})?[«“\"'‘@`*]*\s?[^\s,;:!?()«»“”\"]{{2,40}}\s?[»”\"'’`*]*")
_BETWEEN: Final = re.compile(
    rf"(?:\s*[,;/•|]\s*|\s*\n\s*(?:{_BULLET})?|\s+(?:et|and|ou|or|&|puis|ainsi que|as well as)\s+)+"
)
_OPENS: Final = re.compile(rf"(?:{_BULLET})?[«“\"'‘@`*\s]*")
_CLOSES: Final = re.compile(r"[»”\"'’`*\s]*")


def listed(text: str, start: int, end: int) -> bool:
    """Say whether the passage is one of several items in a row that begins behind a word for accounts in the plural.

    A plural that agrees with that word (“accounts, pages”, “comptes signalés et vérifiés”) is no name.
    """
    passage = text[start:end]
    if passage[-1:] == "s" and passage.islower() and passage.isalpha():
        return False
    before = bare(text[max(0, start - _BACK) : start])
    heads = list(_ACCOUNTS.finditer(before))
    if not heads:
        return False
    at, items = heads[-1].end(), 0
    rest = before[at:]
    while not _OPENS.fullmatch(rest):
        item = _ITEM.match(rest)
        sep = _BETWEEN.match(rest, item.end()) if item else None
        if sep is None:
            return False
        rest = rest[sep.end() :]
        items += 1
    after = bare(text[end : end + _ON])
    closed = _CLOSES.match(after)
    follows = _BETWEEN.match(after, closed.end() if closed else 0) or _BETWEEN.match(after)
    return items > 0 or bool(follows and follows.end() < len(after))
