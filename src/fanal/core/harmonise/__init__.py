"""Stage 2 brings what was typed into one canonical form, whatever its disguise."""

from fanal.core.harmonise.items import item, items
from fanal.core.harmonise.texts import Findings, Found, text

__all__ = ["Findings", "Found", "item", "items", "text"]
