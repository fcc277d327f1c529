"""From what a person typed to its canonical targets, or to the reasons why a person must read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise.links import SURE, plain, web_link
from fanal.core.report import Unread

if TYPE_CHECKING:
    from fanal.core.report import Item, Target

_PLAIN: Final = re.compile(r"https?://[^\s/?#\[\](){}\\]+(?:[/?#]\S*)?")


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
    if not item.platform:  # most of what comes in
        page = plain(typed)
        if page is None and typed.isascii() and _PLAIN.fullmatch(typed):
            page = web_link(typed, None, (), SURE)
        if page:
            return (page,)
    # it takes a program that reads addresses as long to load this as all the rest
    from fanal.core.harmonise import otherwise  # noqa: PLC0415

    return otherwise.read(typed, item.platform, region)
