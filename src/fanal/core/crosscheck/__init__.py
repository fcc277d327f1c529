"""Stage 3 asks whether we have seen this before."""

from fanal.core.crosscheck.place import Placement, place

__all__ = ["Placement", "place"]
