"""Stage 2 brings what was typed into one canonical form, whatever its disguise."""

from fanal.core.harmonise.items import item

__all__ = ["item"]
