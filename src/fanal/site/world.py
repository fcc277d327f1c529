"""Build the world of one process from its environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal import law
from fanal.wire import cdn, clock, directory, keys, outbox, places
from fanal.wire.hosts import Hosts
from fanal.wire.world import World

if TYPE_CHECKING:
    from fanal.core.case import Directory
    from fanal.site.env import Env
    from fanal.wire.resolver import Resolver


def build(env: Env, *, parts: frozenset[str]) -> World:
    """Read the keys named in `parts`, the law and the directory, once; Broken where one of them does not hold."""
    address_book = directory.load(env.directory)
    return World(
        now=clock.now,
        new_id=clock.new_id,
        new_bytes=clock.new_bytes,
        keys=keys.load(env.keys, parts=parts),
        outbox=outbox.Folder(env.outbox),
        catalogue=law.load(),
        directory=address_book,
        hosts=_hosts(env, address_book),
        connectors_on=env.connectors_on,
        demo=env.mode != "production",
        sender=env.sender,
        lists_folder=str(env.data / "lists"),
        public_folder=str(env.public),
    )


def _hosts(env: Env, address_book: Directory) -> Hosts:
    return Hosts(
        countries=places.found(env.geo_mmdb),
        cdns=cdn.table(address_book.cdns),
        resolver=_resolver(env),
    )


def _resolver(env: Env) -> Resolver | None:
    """Give the operator's resolver; None where none is set, and then nothing that could ask is even loaded."""
    if not env.resolver:
        return None
    from fanal.wire.resolver import Resolver  # noqa: PLC0415

    return Resolver(env.resolver)
