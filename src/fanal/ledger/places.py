"""Read the stored tree: how large it is, and the hashes at places (level, index)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from fanal.ledger.models import Leaf

if TYPE_CHECKING:
    from collections.abc import Collection

    from fanal.core.ledger.tree import Place

_LEAVES = 'SELECT "index", hash FROM ledger_leaf WHERE "index" = ANY(%s)'
_NODES = (
    'SELECT level, "index", hash FROM ledger_node '
    'JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(level, "index") USING (level, "index")'
)


def size() -> int:
    """Count the leaves, by looking at the last."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def read(places: Collection[Place]) -> dict[Place, bytes]:
    """Read the hashes at these places, in two look-ups; a place that is not stored is absent from the answer."""
    found: dict[Place, bytes] = {}
    leaves = [index for level, index in places if level == 0]
    nodes = [place for place in places if place[0]]
    with connection.cursor() as cursor:
        if leaves:
            cursor.execute(_LEAVES, [leaves])
            found.update({(0, index): bytes(digest) for index, digest in cursor.fetchall()})
        if nodes:
            cursor.execute(_NODES, [[level for level, _ in nodes], [index for _, index in nodes]])
            found.update({(level, index): bytes(digest) for level, index, digest in cursor.fetchall()})
    return found
