"""What a connector is: one module per outside party, dropped into fanal/connectors.

`build` is pure: the same disclosure gives the same bytes. `send` is the only function that reaches outside,
through the wire it is given. Sending the same message twice under one key must arrive once, or be `uncertain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanal.core.case import Disclosure
    from fanal.core.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a message: a plain name, a media type, the bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves: the key that makes it arrive once, and its parts."""

    key: str
    parts: tuple[Part, ...]


class Sent(StrEnum):
    """How a sending ended."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side said: how it ended and, where it gave one, its own reference."""

    how: Sent
    reference: str = ""


class Outbox(Protocol):
    """A folder that letters are laid into."""

    def lay(self, key: str, parts: tuple[Part, ...]) -> bool:
        """Write the parts whole or not at all under `key`; False where that key lies there already."""


class Wire(Protocol):
    """Everything outside that a connector may be handed."""

    @property
    def outbox(self) -> Outbox:
        """Give the folder for letters."""


@dataclass(frozen=True, slots=True)
class Connector:
    """One way out. `name` equals the module's name, is stored in rows and never changes."""

    name: str
    label: Text
    needs: frozenset[str]  # the fields of Disclosure that it may be told
    build: Callable[[Disclosure], Message]
    send: Callable[[Message, Wire], Receipt]
    only_demo_safe: bool  # True: it cannot reach anyone outside this machine
