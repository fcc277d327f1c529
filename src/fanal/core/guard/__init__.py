"""Beside the way: what may be said in public."""

from fanal.core.guard.answer import check

__all__ = ["check"]
