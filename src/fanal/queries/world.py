"""The world that this process was started with."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings

if TYPE_CHECKING:
    from fanal.wire.world import World


def current() -> World:
    """Give clock, chance, keys, law and directory of this process (settings.FANAL_WORLD builds them once)."""
    return cast("World", settings.FANAL_WORLD())
