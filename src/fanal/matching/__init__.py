"""Fingerprints of media and their indexes: numeric, usable as a library, without Django and without a database.

    from fanal.matching import Index, of_image, of_image_orientations

The names are brought in when they are first asked for: a program that only reads a type need not wait for numba.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fanal.matching.digests import Digests
    from fanal.matching.errors import BadFile, NotComparable, Unreadable
    from fanal.matching.index import Index, Match
    from fanal.matching.pdq import Hash, of_image, of_image_orientations, of_luma, orientations

__all__ = [
    "BadFile",
    "Digests",
    "Hash",
    "Index",
    "Match",
    "NotComparable",
    "Unreadable",
    "of_image",
    "of_image_orientations",
    "of_luma",
    "orientations",
]

_PLACES = {
    "digests": ("Digests",),
    "errors": ("BadFile", "NotComparable", "Unreadable"),
    "index": ("Index", "Match"),
    "pdq": ("Hash", "of_image", "of_image_orientations", "of_luma", "orientations"),
}


def __getattr__(name: str) -> object:
    """Bring in the module that holds a promised name."""
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"fanal.matching.{module}"), name)
    raise AttributeError(name)
