"""Stage 2 brings what was typed into one canonical form, whatever its disguise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.harmonise.items import item, items
from fanal.core.harmonise.links import plain

if TYPE_CHECKING:
    from fanal.core.harmonise.texts import Findings, Found, text

__all__ = ["Findings", "Found", "item", "items", "plain", "text"]


def __getattr__(name: str) -> object:
    """Load what reads whole texts when it is first asked for: who reads addresses starts sooner without it."""
    if name not in __all__:
        raise AttributeError(name)
    from fanal.core.harmonise import texts  # noqa: PLC0415

    return getattr(texts, name)
