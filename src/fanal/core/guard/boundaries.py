"""Where a name ends: what is joined to it without a space makes another name of it (mon-ami.example, name.org)."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from fanal.core.guard.looks import PIECE, bare
from fanal.core.harmonise import hosts

_LEFT: Final = re.compile(r"([\w.-]*[^\W_])([-_.+~\u2010\u2011]+)$")
_RIGHT: Final = re.compile(r"([-_.+~\u2010\u2011]+)([^\W_]+)")
_POINTING: Final = frozenset({"la", "ci", "meme", "memes"})
_KINDS: Final = frozenset({"compte", "profil", "account", "profile", "site", "ex", "non", "anti", "pro"})
_MIRRORS: Final = re.compile(
    r"\.(?:translate\.goog|onion\.\w+|tor2web\.\w+|ipns\.\w+|web\.archive\.org)", re.IGNORECASE
)
_SPELT_DOT: Final = re.compile(
    r"(?:\s?[\[({<]\s?(?:\.|dot|point)\s?[\])}>]\s?|\s(?:dot|point|punkt|punto)\s)([a-z]{2,24})(?![\w-])"
)
_SPELT_HYPHEN: Final = re.compile(r"[\[({\s](?:tiret|dash|hyphen|trait d.union)[\])}\s]+$")
_SIGNS: Final = frozenset("-_.+~\u2010\u2011")
_NEAR: Final = 48
_HYPHENS: Final = frozenset({"-", "_", "\u2010", "\u2011"})
_FILE: Final = re.compile(
    r"[\w-]*\.(?:png|jpe?g|gif|webp|mp4|mov|avi|pdf|docx?|odt|txt|csv|xlsx?|zip|svg|html?|md)\b", re.IGNORECASE
)
_DIGITS_LEFT: Final = re.compile(r"([0-9]+)([ .\-/\u00a0\u202f]?)$")
_ACCOUNT_NUMBER: Final = re.compile(r"[0-9]{4}[ \u00a0][0-9]{4}[ \u00a0]$")  # of a bank, of a card: in fours
_DIGITS_RIGHT: Final = re.compile(r"[ .\-/\u00a0\u202f]?[0-9]")
_WHOLE_NUMBER: Final = re.compile(r"[ .\-/\u00a0\u202f]?(?:0[1-9]|\+|00)(?:[ .\-/\u00a0\u202f]?[0-9]){8,}")
_GROUP: Final = 3  # so many digits before a space belong to the number that follows; four are a year or another number


def _left(before: str) -> re.Match[str] | None:
    """Find what is joined to the left; most often a space stands there."""
    return _LEFT.search(before[-_NEAR:]) if before[-1:] in _SIGNS else None


class Join(Enum):
    """What a name is joined to without a space."""

    NONE = 0
    WORD = 1  # letters, by a hyphen or the like: merci-name
    MORE = 2  # what makes another name of it: name-2, name.org


def longer_name(before: str, after: str) -> Join:
    """Say whether a name goes on to either side: what stands there is another one."""
    joins = [Join.NONE]
    of_kind = False  # “compte-name-…”: a slug about it
    if left := _left(before):
        word = bare(PIECE.findall(left.group(1))[-1])
        of_kind = known = left.group(2)[-1] == "-" and word in _KINDS
        joins.append(Join.NONE if known else Join.WORD if word.isalpha() and left.group(2) in _HYPHENS else Join.MORE)
    if right := _RIGHT.match(after):
        sign, word = right.group(1), right.group(2)
        pointing = sign[0] in "-\u2010\u2011" and bare(word) in _POINTING
        # “name.Another sentence”; “name...” was no join in the first place
        sentence = (sign == "." and word[:1].isupper() and word[1:].islower()) or sign in ("..", "...")
        file = bool(_FILE.match(after))
        if not (pointing or sentence or (sign == "." and file)):
            slug = word.isalpha() and sign in _HYPHENS
            joins.append(Join.NONE if of_kind and slug else Join.WORD if file or slug else Join.MORE)
    return max(joins, key=lambda one: one.value)


def host_after(after: str) -> bool:
    """Say whether what follows makes a host of a name (name.org)."""
    found = re.match(r"\.([a-z0-9-]+(?:\.[a-z0-9-]+)*)", after)
    return found is not None and hosts.ends_well(f"a.{found.group(1)}")


def longer_host(  # noqa: PLR0911 - one for each way of going on
    before: str, after: str, *, path: bool, mailbox: bool
) -> bool:
    """Say whether a host or a mailbox is a part of another: under it (bad.example.org), or of a longer label.

    A host that stands under it (www.bad.example) is its own. `path` says that more than a host was found, `mailbox`
    that a local part was.
    """
    if (left := _left(before)) and (mailbox or left.group(2)[-1] not in "._"):
        return True
    if _SPELT_HYPHEN.search(bare(before)):
        return True
    right = _RIGHT.match(after)
    if right and not (path and right.group(1) == ".") and right.group(1) != "_":
        sign, word = right.group(1), right.group(2)
        if sign[0] in "-\u2010\u2011":
            return bare(word) not in _POINTING
        if sign == ".":
            sentence = word[:1].isupper() and word[1:].islower()
            return host_after(after.lower()) and not sentence and not _MIRRORS.match(after)
        if sign[0] in "_+~":
            return True
    if not path and re.match(r"@[\w-]+\.", after):
        return True
    spelt = None if path else _SPELT_DOT.match(bare(after))
    return spelt is not None and hosts.ends_well(f"a.{spelt.group(1)}")


def longer_code(before: str, after: str, *, digits: bool) -> bool:
    """Say whether a code goes on to either side."""
    if digits:
        return longer_number(before, after)
    left = re.search(r"[^\W_][-_]$", before)
    right = re.match(r"[-_][^\W_]", after)
    return bool(left or right) and not (right and bare(after[1:3]) in _POINTING)


def longer_number(before: str, after: str) -> bool:
    """Say whether a number goes on to either side; another whole one after it is a list."""
    right = _DIGITS_RIGHT.match(after)
    if right and not _WHOLE_NUMBER.match(after):
        return True
    if _ACCOUNT_NUMBER.search(before):
        return True
    left = _DIGITS_LEFT.search(before[-6:])
    if left is None:
        return False
    sign = left.group(2)
    listed = len(re.sub(r"\D", "", before[-24:])) > _GROUP * 3
    return (bool(sign) and not sign.isspace()) or (len(left.group(1)) <= _GROUP and not listed)
