"""Check a XARF v4 document against the schemas of its own standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.wire import xarf

if TYPE_CHECKING:
    from fanal.core.reasons import Fault


def validate(document: object) -> tuple[Fault, ...]:
    """List what the standard's schemas refuse in the document; nothing where it is valid."""
    return xarf.validate(document)
