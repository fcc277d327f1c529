"""Build the world of one process from its environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal import law
from fanal.wire import clock, directory, keys, outbox
from fanal.wire.world import World

if TYPE_CHECKING:
    from fanal.site.env import Env


def build(env: Env, *, parts: frozenset[str]) -> World:
    """Read the keys named in `parts`, the law and the directory, once; Broken where one of them does not hold."""
    return World(
        now=clock.now,
        new_id=clock.new_id,
        new_bytes=clock.new_bytes,
        keys=keys.load(env.keys, parts=parts),
        outbox=outbox.Folder(env.outbox),
        catalogue=law.load(),
        directory=directory.load(env.directory),
        connectors_on=env.connectors_on,
        demo=env.mode != "production",
        sender=env.sender,
        public_folder=str(env.public),
    )
