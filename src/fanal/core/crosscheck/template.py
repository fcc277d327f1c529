"""The shape of an address: what stays the same from page to page of one maker, without what changes.

Kits that make many pages write the same paths on every host they take: `/wp-x/login/{id}?session={hex}&step={n}`.
"""

from __future__ import annotations

import re
from typing import Final

_SLOTS: Final = (
    (re.compile(r"[0-9]+"), "{n}"),
    (re.compile(r"(?=.*[0-9])(?=.*[a-f])[0-9a-f]{6,}(?:-[0-9a-f]{4,}){0,4}", re.IGNORECASE), "{hex}"),
    (re.compile(r"[^\W_]+(?:[-_+.][^\W_]+){2,}(?:\.[a-z0-9]{1,5})?"), "{slug}"),
    (re.compile(r"(?=.*[0-9])[A-Za-z0-9_=-]{6,}"), "{id}"),
    (re.compile(r"(?=.*[a-z])(?=.*[A-Z].*[A-Z])[A-Za-z_=-]{8,}"), "{id}"),
)
_ENDING: Final = re.compile(r"(.+)(\.[a-z]{2,5})")
_LONGEST: Final = 2048
_SEGMENTS = _NAMES = 2


def of(canonical: str) -> str:
    """Give the template of a web address, without its host; "" where it would say nothing.

    It says something from two segments of path, or two names of a query, one of which at least is a word that stays.
    """
    _, mark, rest = canonical.partition("://")
    path, _, query = rest.partition("#")[0].partition("?")
    parts = [one for one in path.split("/")[1:] if one]
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    if not mark or len(canonical) > _LONGEST or (len(parts) < _SEGMENTS and len(names) < _NAMES):
        return ""
    shape = [_slot(one) for one in parts]
    if not names and all(one.startswith("{") for one in shape):
        return ""
    return "/" + "/".join(shape) + ("?" + "&".join(_slot(one) for one in names) if names else "")


def _slot(part: str) -> str:
    """Give `part` if it is a word that stays, else the slot that it fills; a file's ending stays."""
    for pattern, slot in _SLOTS:
        if pattern.fullmatch(part):
            return slot
    stem = _ENDING.fullmatch(part)
    return _slot(stem.group(1)) + stem.group(2) if stem else part
