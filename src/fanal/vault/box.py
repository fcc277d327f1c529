"""Put identities away. There is no way back in this code: opening is a custodian's act, on another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.vault.models import Sealed

if TYPE_CHECKING:
    from collections.abc import Sequence


def put(boxes: Sequence[Sealed]) -> None:
    """Insert the boxes, without reading anything back."""
    Sealed.objects.bulk_create(boxes)
