"""What was typed and is no plain address of the web: a fingerprint, what was disguised, a name, a number, a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import fingerprint, single, texts, why
from fanal.core.harmonise.links import LIKELY, found_on_the_way
from fanal.core.harmonise.refang import refang
from fanal.core.report import Target, Unread

if TYPE_CHECKING:
    from fanal.core.harmonise.single import Said
    from fanal.core.reasons import Reason

_LONGEST_BY_RULE: Final = 65_536


def read(typed: str, platform: str, region: str) -> tuple[Target, ...] | Unread:
    """Give every target that `typed` holds, or Unread with the reasons: see items.items, whose longer way this is."""
    printed = fingerprint.read(typed, platform)
    if printed:
        return (printed,)
    meant, found = refang(typed)
    said, unknown = single.said_of(platform, region)
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
