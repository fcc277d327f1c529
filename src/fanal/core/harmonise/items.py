"""From what a person typed to its canonical targets, or to the reasons why a person must read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import fingerprint, single, texts, why
from fanal.core.harmonise.links import LIKELY, SURE, found_on_the_way, web_link
from fanal.core.harmonise.refang import refang
from fanal.core.report import Target, Unread

if TYPE_CHECKING:
    from fanal.core.harmonise.single import Said
    from fanal.core.reasons import Reason
    from fanal.core.report import Item

_PLAIN: Final = re.compile(r"https?://[^\s/?#\[\](){}\\]+(?:[/?#]\S*)?")
_LONGEST_BY_RULE: Final = 65_536


def item(item: Item, *, region: str = "") -> Target | Unread:
    """Give the target that `item` names, the first where it holds several, or Unread with the reasons; none raises.

    The same thing under other disguises gives the same canonical form, and a canonical form gives itself. A name alone
    needs its platform, chosen or typed beside it; a telephone number needs its country (+33 …), or the `region` (ISO
    3166, as FR) in which it is dialled. What was left out, assumed or guessed is said in the reasons, and lowers the
    confidence.
    """
    every = items(item, region=region)
    return every if isinstance(every, Unread) else every[0]


def items(item: Item, *, region: str = "") -> tuple[Target, ...] | Unread:
    """Give every target that `item` holds, in the order in which they stand there; the first leads.

    An item is one thing as a rule. Where somebody put a whole text into it (a forwarded mail, a list), each target of
    that text is one; the words around are kept as typed.
    """
    typed = item.typed.strip()
    if not item.platform and typed.isascii() and _PLAIN.fullmatch(typed):  # most of what comes in
        page = web_link(typed, None, (), SURE)
        if page:
            return (page,)
    printed = fingerprint.read(typed, item.platform)
    if printed:
        return (printed,)
    meant, found = refang(typed)
    said, unknown = single.said_of(item.platform, region)
    reasons = (*found, *unknown)
    if not meant:
        return Unread((*reasons, why.EMPTY))
    whole = single.read(meant, said, reasons) if len(meant) <= _LONGEST_BY_RULE else why.TOO_LONG
    if isinstance(whole, Target):
        return (whole,)
    return _within(typed, said, unknown) or Unread((*reasons, whole))


def _within(typed: str, said: Said, reasons: tuple[Reason, ...]) -> tuple[Target, ...]:
    read = texts.gather(typed, said)
    if not read.found:
        return ()
    first = read.found[0]
    where = why.UNTIL_SPACE if first.start == 0 and len(read.found) == 1 else why.WITHIN_TEXT
    more = (why.SEVERAL,) if len(read.found) > 1 else ()
    cut = (why.NOT_ALL_READ,) if read.looked_at < len(typed) else ()
    return tuple(
        found_on_the_way(one.target, (*reasons, where, *more, *cut) if n == 0 else (*reasons, why.WITHIN_TEXT), LIKELY)
        for n, one in enumerate(read.found)
    )
