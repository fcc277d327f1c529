"""The world as one process sees it: clock, chance, keys, outbox, law and directory, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from fanal.core.case import Directory
    from fanal.core.catalogue import Catalogue
    from fanal.core.connector import Outbox
    from fanal.wire.hosts import Hosts
    from fanal.wire.keys import Keyring


@dataclass(frozen=True)
class World:
    """What actions and queries hand to the pure core. site/ builds it once per process; tests build their own."""

    now: Callable[[], datetime]
    new_id: Callable[[], UUID]  # time-ordered, see wire/clock.py
    new_bytes: Callable[[int], bytes]
    keys: Keyring
    outbox: Outbox
    catalogue: Catalogue
    directory: Directory
    hosts: Hosts  # what may be asked about hosts
    connectors_on: frozenset[str]
    demo: bool
    sender: str  # the house's name on letters
    lists_folder: str  # where lists of fingerprints lie, one folder each (matching/lists.py)
    public_folder: str  # where publish/ writes and the portal reads figures
