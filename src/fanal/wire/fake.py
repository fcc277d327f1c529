"""The outside, in memory: what tests and dry runs hand to a connector."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fanal.core.connector import Part


@dataclass
class Outbox:
    """An outbox that keeps its letters in memory, by key."""

    letters: dict[str, tuple[Part, ...]] = field(default_factory=dict)

    def lay(self, key: str, parts: tuple[Part, ...]) -> bool:
        """Keep the parts under `key`; False where that key lies there already."""
        if key in self.letters:
            return False
        self.letters[key] = parts
        return True


@dataclass
class Wire:
    """Everything outside, in memory."""

    outbox: Outbox = field(default_factory=Outbox)
