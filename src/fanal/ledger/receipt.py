"""Give the receipt file that proves one event: its entry, its place, and the checkpoint that signs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.ledger import proof, tree
from fanal.ledger import places, sequence
from fanal.ledger.models import Checkpoint, Entry, Leaf

if TYPE_CHECKING:
    from uuid import UUID


def proof_for(event_id: UUID) -> bytes | None:
    """Give a C2SP tlog-proof file for an event; None while its entry is not in a signed tree, or is in no ledger."""
    entry = Entry.objects.filter(event_id=event_id).first()
    leaf = Leaf.objects.filter(entry_id=entry.id).first() if entry else None
    last = Checkpoint.objects.order_by("-size").first()
    if entry is None or leaf is None or last is None or leaf.index >= last.size:
        return None
    ranges = tree.inclusion(leaf.index, last.size)
    read = places.read({place for begin, end in ranges for place in tree.cover(begin, end)})
    try:
        hashes = tree.prove(ranges, read.__getitem__)
    except KeyError:
        raise Broken(sequence.CHANGED) from None
    return proof.encode(
        proof.Proof(index=leaf.index, hashes=hashes, checkpoint=last.note, extra=bytes(entry.leaf)),
    )
