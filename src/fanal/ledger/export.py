"""Write the ledger as a folder that anyone can check: a C2SP tlog-tiles tree, with its public key beside it."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from fanal.core.errors import Broken, Refused
from fanal.core.ledger import audit, checkpoint, note, tiles
from fanal.core.reasons import reason
from fanal.ledger import places, sequence
from fanal.ledger.models import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTHING = reason(
    "ledger.export.nothing",
    en="There is no checkpoint yet: the sequencer has not run.",
    fr="Il n’y a pas encore de point de contrôle : le séquenceur n’a pas tourné.",
)
OTHER_FOLDER = reason(
    "ledger.export.other",
    en="The folder holds another log, or a later state of this one. Nothing in it was touched.",
    fr="Le dossier contient un autre registre, ou un état ultérieur de celui-ci. Rien n’y a été modifié.",
)
_PART = ".part"
_ENTRIES = (
    "SELECT entry.leaf, leaf.hash FROM ledger_leaf leaf JOIN ledger_entry entry ON entry.id = leaf.entry_id "
    'WHERE leaf."index" >= %s AND leaf."index" < %s ORDER BY leaf."index"'
)


def write(folder: Path, *, vkey: str) -> checkpoint.Checkpoint:
    """Write or refresh `folder` up to the last checkpoint, which it gives; `vkey` is the public key's line.

    Each file is replaced in one step, and the checkpoint last, so that a reader never sees one without its tiles.
    Refused: a folder of another log or of a later state, a ledger without a checkpoint, a stored tree with holes.
    """
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        raise Refused(NOTHING)
    signed = checkpoint.decode(note.read(last.note.encode()).text)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _same_log(folder, signed, vkey)
        for bundle, tile in zip(tiles.level(signed.size, None), tiles.level(signed.size, 0), strict=True):
            entries, hashes = _leaves(tile)
            _put(folder, bundle.path(), tiles.bundle(entries))
            _put(folder, tile.path(), b"".join(hashes))
        for level in range(1, tiles.levels(signed.size)):
            for tile in tiles.level(signed.size, level):
                _put(folder, tile.path(), b"".join(_nodes(tile, level)))
        _put(folder, audit.VKEY, (vkey + "\n").encode())
        _put(folder, audit.CHECKPOINT, last.note.encode())
        _tidy(folder, signed.size)
    return signed


def _leaves(tile: tiles.Tile) -> tuple[list[bytes], list[bytes]]:
    """Read the entries and the leaf hashes of one tile."""
    start = tile.index * tiles.WIDTH
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [start, start + tile.width])
        rows = cursor.fetchall()
    if len(rows) != tile.width:
        raise Broken(sequence.CHANGED)
    return [bytes(leaf) for leaf, _ in rows], [bytes(digest) for _, digest in rows]


def _nodes(tile: tiles.Tile, level: int) -> list[bytes]:
    """Read the hashes of one tile above the leaves: every eighth level of the tree."""
    start = tile.index * tiles.WIDTH
    wanted = [(level * tiles.HEIGHT, index) for index in range(start, start + tile.width)]
    read = places.read(wanted)
    if len(read) != tile.width:
        raise Broken(sequence.CHANGED)
    return [read[place] for place in wanted]


def _same_log(folder: Path, signed: checkpoint.Checkpoint, vkey: str) -> None:
    """Refuse a folder that belongs to another log or holds a later state."""
    key, before = folder / audit.VKEY, folder / audit.CHECKPOINT
    if key.exists() and key.read_bytes() != (vkey + "\n").encode():
        raise Refused(OTHER_FOLDER)
    if not before.exists():
        return
    try:
        old = checkpoint.decode(note.read(before.read_bytes()).text)
    except Broken:
        raise Refused(OTHER_FOLDER) from None
    if old.origin != signed.origin or old.size > signed.size:
        raise Refused(OTHER_FOLDER)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep two exports from writing into one folder at once."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        (folder / _PART).unlink(missing_ok=True)
        os.close(handle)


def _put(folder: Path, path: str, content: bytes) -> None:
    """Replace one file in one step; leave it alone where it is right already."""
    target = folder / path
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = folder / _PART
    part.write_bytes(content)
    part.replace(target)


def _tidy(folder: Path, size: int) -> None:
    """Take away the partial forms of tiles that are full now, as the specification allows."""
    for level in (None, *range(tiles.levels(size))):
        for tile in tiles.level(size, level):
            partial = folder / f"{tile.path()}.p"
            if tile.width == tiles.WIDTH and partial.is_dir():
                shutil.rmtree(partial)
