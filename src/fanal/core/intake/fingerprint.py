"""How a report names the fingerprints of pictures: what a reporter's device computed, as text, one item each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT: Final = re.compile(r"sha256:[0-9a-f]{64}")
_ALIKE: Final = re.compile(r"pdq:[0-9a-f]{64}:(?:100|[1-9]?[0-9])")


def named(typed: str) -> bool:
    """Say whether an item is a fingerprint: `sha256:` and 64 digits, or `pdq:`, 64 digits, `:` and a quality.

    The digits are hexadecimal in lower case, the quality a number from 0 to 100 (facebook/ThreatExchange, pdq/README).
    """
    text = typed.strip()
    return bool(_EXACT.fullmatch(text) or _ALIKE.fullmatch(text))


def pictures(typed: Iterable[str]) -> int:
    """Count the pictures that items stand for: each has one SHA-256, and a PDQ where it says enough."""
    return len({one.strip() for one in typed if _EXACT.fullmatch(one.strip())})
