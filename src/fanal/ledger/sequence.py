"""Give every new entry its place in the tree, and sign what the tree has become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from fanal.core.errors import Broken
from fanal.core.ledger import checkpoint, note, tree
from fanal.core.reasons import reason
from fanal.ledger import places
from fanal.ledger.models import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

MOST = 10_000  # entries in one transaction: a backlog is worked off in several, each with its checkpoint
LOCK = 0x66616E616C  # "fanal": one sequencer at a time, however many were started

CHANGED = reason(
    "ledger.changed",
    en="The stored tree does not agree with its last signed checkpoint. Nothing more is signed. Call the auditor.",
    fr="L’arbre enregistré ne concorde pas avec son dernier point de contrôle signé. Plus rien n’est signé. Prévenez "
    "l’auditeur.",
)
OTHER_LOG = reason(
    "ledger.origin.changed",
    en="The key has another name than the ledger was begun with. Use the key of this ledger.",
    fr="La clé porte un autre nom que celui du registre. Utilisez la clé de ce registre.",
)

# Transactions commit out of the order of their ids, so there is no high-water mark to start from: an entry waits in the
# queue from its commit until it is taken here, and its place is fixed by the order of ids among those that wait.
_TAKE = (
    "DELETE FROM ledger_pending WHERE entry_id IN (SELECT entry_id FROM ledger_pending ORDER BY entry_id LIMIT %s) "
    "RETURNING entry_id"
)
_READ = "SELECT id, leaf FROM ledger_entry WHERE id = ANY(%s) ORDER BY id"
_LEAVES = (
    'INSERT INTO ledger_leaf ("index", entry_id, hash) SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])'
)
_NODES = (
    'INSERT INTO ledger_node (level, "index", hash) SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])'
)


def integrate(*, sign: note.Signer, origin: str, now: Callable[[], datetime], most: int = MOST) -> int:
    """Put up to `most` waiting entries into the tree and sign one checkpoint, in one transaction; give how many.

    An empty ledger gets a checkpoint of size 0. Refused (Broken): a stored tree that its last checkpoint does not sign
    for, a key of another name. An entry stands in the tree exactly once; an act that was rolled back, never.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        before = _stored(origin)
        cursor.execute(_TAKE, [most])
        taken: list[UUID] = [row[0] for row in cursor.fetchall()]
        if not taken and before is not None:
            return 0
        start = before or tree.Growing()
        cursor.execute(_READ, [taken])
        rows = [(row[0], tree.leaf(bytes(row[1]))) for row in cursor.fetchall()]
        growth = tree.grow(start, (digest for _, digest in rows))
        if len(rows) != len(taken):
            raise Broken(CHANGED)
        cursor.execute(
            _LEAVES,
            [
                list(range(start.size, growth.tree.size)),
                [entry_id for entry_id, _ in rows],
                [digest for _, digest in rows],
            ],
        )
        cursor.execute(
            _NODES,
            [
                [level for (level, _), _ in growth.nodes],
                [index for (_, index), _ in growth.nodes],
                [digest for _, digest in growth.nodes],
            ],
        )
        _sign(growth.tree, sign=sign, origin=origin, at=now())
        return len(rows)


def _stored(origin: str) -> tree.Growing | None:
    """Read the tree's peaks and hold them against the last checkpoint; None before the first one."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        if places.size():
            raise Broken(CHANGED)
        return None
    row = tree.cover(0, last.size)
    read = places.read(row)
    growing = tree.Growing(last.size, tuple(read[place] for place in row if place in read))
    said = checkpoint.decode(note.read(last.note.encode()).text)
    if said.origin != origin:
        raise Broken(OTHER_LOG)
    agrees = len(growing.peaks) == len(row) and growing.root() == bytes(last.root) == said.root
    if not agrees or said.size != last.size or places.size() != last.size:
        raise Broken(CHANGED)
    return growing


def _sign(grown: tree.Growing, *, sign: note.Signer, origin: str, at: datetime) -> None:
    signed = checkpoint.sign(checkpoint.Checkpoint(origin, grown.size, grown.root()), sign)
    Checkpoint(size=grown.size, root=grown.root(), note=signed, at=at).save(force_insert=True)
