"""Names in a row behind a word for accounts: “the accounts papillon, @soleil and bleu77”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.guard.cues import one_of
from fanal.core.guard.looks import bare

if TYPE_CHECKING:
    from collections.abc import Collection

_BACK: Final = 240
_ON: Final = 80
_PLURAL: Final = r"\b" + one_of(
    "comptes profils pseudos pseudonymes identifiants utilisateurs chaines canaux accounts profiles handles"
    " usernames users channels nicknames"
)
_PLATFORMS: Final = one_of(
    "facebook instagram insta tiktok twitter x telegram snapchat snap discord youtube reddit twitch threads"
    " bluesky mastodon tumblr"
)
_SIGNS: Final = (
    ":",
    "compt",
    "profil",
    "pseudo",
    "identif",
    "utilis",
    "cha",
    "canaux",
    "account",
    "handle",
    "user",
    "nick",
)
_HEAD: Final = re.compile(
    rf"{_PLURAL}\b[^.!?:\n]{{0,80}}:\s*|"
    rf"{_PLURAL}(?:\s(?:{_PLATFORMS}|nommes|appeles|dits|named|called))?[ \u00a0]|"
    rf"(?:^|\n)[ \t>*•-]*{_PLATFORMS}\s?:\s*"
)
_BULLET: Final = r"(?:[-•*–—]|[0-9]{1,2}[.)])\s*"
_ITEM: Final = re.compile(rf"(?:{_BULLET})?[«“\"'‘@`*]*\s?[^\s,;:!?()«»“”\"]{{2,40}}(?:[ \u00a0]?[»”\"'’`*]+)?")
_BETWEEN: Final = re.compile(
    rf"(?:\s*[,;/•|]\s*|\s*\n\s*(?:{_BULLET})?|\s+(?:et|and|ou|or|&|puis|ainsi que|as well as)\s+)+"
)
_OPENS: Final = re.compile(rf"(?:{_BULLET})?[«“\"'‘@`*\s]*")
_CLOSES: Final = re.compile(r"[ \u00a0]?[»”\"'’`*]*")
_ENDS: Final = re.compile(r"\s*(?:[.)!]|\n|$)")
_ROW: Final = re.compile(rf"[»”\"'’`*\s]*{_BETWEEN.pattern}[«“\"'‘@`*\s]*")
_APART: Final = 24


def listed(text: str, start: int, end: int, spots: Collection[tuple[int, int]]) -> bool:
    """Say whether the passage is one of several items in a row that begins behind a word for accounts in the plural.

    Behind a colon any item may be a name. Without one (“the accounts papillon and soleil”) another item beside it must
    be spotted too: `spots` are all the passages that are; and a plural that agrees with that word (“comptes signalés et
    vérifiés”) is no name.
    """
    near = text[max(0, start - _BACK) : start].lower()
    if not any(sign in near for sign in _SIGNS):
        return False
    before = bare(near)
    heads = list(_HEAD.finditer(before))
    if not heads:
        return False
    colon = ":" in heads[-1].group()
    passage = text[start:end]
    if not colon and passage[-1:] == "s" and passage.islower() and passage.isalpha():
        return False
    rest, items = before[heads[-1].end() :], 0
    while not _OPENS.fullmatch(rest):
        item = _ITEM.match(rest)
        sep = _BETWEEN.match(rest, item.end()) if item else None
        if sep is None:
            return False
        rest = rest[sep.end() :]
        items += 1
    closed = _CLOSES.match(text, end)
    stop = closed.end() if closed else end
    after = text[stop : stop + _ON]
    follows = _BETWEEN.match(after)
    if colon:
        return bool(follows) or not after.strip() or bool(items and _ENDS.match(after))
    beside = [one for one in spots if one[0] >= end and _near(text[end : one[0]])]
    beside += [one for one in spots if one[1] <= start and _near(text[one[1] : start])]
    return bool(beside)


def _near(between: str) -> bool:
    return len(between) <= _APART and bool(_ROW.fullmatch(bare(between)))
