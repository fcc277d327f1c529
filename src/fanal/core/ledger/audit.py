"""Check a whole exported log (C2SP tlog-tiles) with nothing but its public key: every file, every byte.

The entries are hashed again, the tree is built again, and its root must be the one that the checkpoint signs. A file
that was changed, cut, lost or smuggled in is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from fanal.core.errors import Broken
from fanal.core.ledger import checkpoint, note, tiles, tree
from fanal.core.reasons import Reason, reason

CHECKPOINT = "checkpoint"
VKEY = "vkey"

Read = Callable[[str], bytes | None]  # a file's bytes by its path in the log's folder; None where there is none

MISSING = reason("ledger.file.missing", en="The file is missing.", fr="Le fichier manque.")
LENGTH = reason(
    "ledger.file.length", en="The file has not the length that it must have.", fr="Le fichier n’a pas la taille voulue."
)
STRANGE = reason(
    "ledger.file.strange",
    en="The file does not belong to this log at this size.",
    fr="Le fichier n’appartient pas à ce registre à cette taille.",
)
OTHER_KEY = reason(
    "ledger.key.other",
    en="The file holds another key than the one given.",
    fr="Le fichier contient une autre clé que celle qui a été donnée.",
)
CHANGED = reason(
    "ledger.file.changed",
    en="The file was changed: it does not lead to the signed root.",
    fr="Le fichier a été modifié : il ne mène pas à la racine signée.",
)
DISAGREE = reason(
    "ledger.file.disagree",
    en="The entries and the hashes kept beside them do not agree, and neither leads to the signed root.",
    fr="Les inscriptions et leurs empreintes ne concordent pas, et aucune ne mène à la racine signée.",
)
NO_ROOT = reason(
    "ledger.root.other",
    en="The signed root is not the root of the entries.",
    fr="La racine signée n’est pas celle des inscriptions.",
)
SHORTER = reason(
    "ledger.against.shorter",
    en="The log is shorter than the earlier checkpoint says: entries were taken away.",
    fr="Le registre est plus court que ne le dit le point de contrôle antérieur : des inscriptions ont été retirées.",
)
REWRITTEN = reason(
    "ledger.against.rewritten",
    en="The log does not extend the earlier checkpoint: its past was rewritten.",
    fr="Le registre ne prolonge pas le point de contrôle antérieur : son passé a été réécrit.",
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one file of the log."""

    file: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found. `checkpoint` is None where none could be trusted; the log holds only if `flaws` is empty."""

    checkpoint: checkpoint.Checkpoint | None
    flaws: tuple[Flaw, ...]


@dataclass(slots=True)
class _Track:
    """One reading of the leaves: the tree so far, the hashes of its tiles' levels, its root at an earlier size."""

    mark: int
    tree: tree.Growing = field(default_factory=tree.Growing)
    marked: bytes | None = None
    upper: dict[int, list[bytes]] = field(default_factory=dict)

    def fork(self) -> _Track:
        """Give a track that goes on by itself."""
        return _Track(self.mark, self.tree, self.marked, {level: list(row) for level, row in self.upper.items()})

    def add(self, leaves: list[bytes]) -> None:
        """Add the leaf hashes of one tile."""
        short = self.mark - self.tree.size
        if 0 <= short <= len(leaves):
            self.marked = tree.grow(self.tree, leaves[:short]).tree.root()
        growth = tree.grow(self.tree, leaves)
        self.tree = growth.tree
        for (level, _), digest in growth.nodes:
            if level % tiles.HEIGHT == 0:
                self.upper.setdefault(level // tiles.HEIGHT, []).append(digest)


def audit(
    *,
    names: Collection[str],
    read: Read,
    key: note.Key,
    check: note.Check,
    against: checkpoint.Checkpoint | None = None,
) -> Audit:
    """Check every file among `names`, all that lies in the folder. `against` is an earlier state, already verified."""
    raw = read(CHECKPOINT)
    if raw is None:
        return Audit(None, (Flaw(CHECKPOINT, MISSING),))
    try:
        signed = checkpoint.verify(raw, key, check=check)
    except Broken as broken:
        return Audit(None, (Flaw(CHECKPOINT, broken.reason),))
    return Audit(signed, tuple(_Walk(signed, read, against).flaws(names, key)))


class _Walk:
    """One pass over the files that a tree of the signed size must have."""

    def __init__(self, signed: checkpoint.Checkpoint, read: Read, against: checkpoint.Checkpoint | None) -> None:
        self.signed = signed
        self.read = read
        self.against = against
        self.found: list[Flaw] = []

    def flaws(self, names: Collection[str], key: note.Key) -> list[Flaw]:
        """Find everything that is wrong."""
        if VKEY in names and self.read(VKEY) != (note.vkey(key) + "\n").encode():
            self.found.append(Flaw(VKEY, OTHER_KEY))
        track = self._leaves()
        for level in range(1, tiles.levels(self.signed.size)):
            self._level(level, track)
        if track is not None:
            self._history(track)
        self._strangers(names)
        return self.found

    def _leaves(self) -> _Track | None:
        """Build the tree from the entries, and a second one from their kept hashes as soon as the two differ.

        Gives the track that leads to the signed root, or the entries' own; None where leaves are lost altogether.
        """
        size = self.signed.size
        ours = _Track(self.against.size if self.against else 0)
        theirs: _Track | None = None
        lost = False
        differ: list[tuple[str, str]] = []
        for bundle, tile in zip(tiles.level(size, None), tiles.level(size, 0), strict=True):
            entries, hashes = self._bundle(bundle), self._hashes(tile)
            leaves = entries if entries is not None else hashes
            if leaves is None:
                lost = True
                continue
            if entries is not None and hashes is not None and entries != hashes:
                differ.append((bundle.path(), tile.path()))
                theirs = theirs or ours.fork()
            ours.add(leaves)
            if theirs:
                theirs.add(hashes if hashes is not None else leaves)
        if lost:
            return None
        if ours.tree.root() == self.signed.root:
            self.found += [Flaw(tile, CHANGED) for _, tile in differ]
            return ours
        if theirs and theirs.tree.root() == self.signed.root:
            self.found += [Flaw(bundle, CHANGED) for bundle, _ in differ]
            return theirs
        self.found += [Flaw(path, DISAGREE) for pair in differ for path in pair]
        if not self.found:
            self.found.append(Flaw(CHECKPOINT, NO_ROOT))
        return ours

    def _bundle(self, tile: tiles.Tile) -> list[bytes] | None:
        """Hash the entries of a bundle; None, and a flaw, where it cannot be read."""
        raw = self.read(tile.path())
        if raw is None:
            self.found.append(Flaw(tile.path(), MISSING))
            return None
        try:
            return [tree.leaf(one) for one in tiles.unbundle(raw, width=tile.width)]
        except Broken as broken:
            self.found.append(Flaw(tile.path(), broken.reason))
            return None

    def _hashes(self, tile: tiles.Tile) -> list[bytes] | None:
        """Read the hashes of a tile; None, and a flaw, where it cannot be read."""
        raw = self.read(tile.path())
        if raw is None or len(raw) != tile.width * tree.HASH_BYTES:
            self.found.append(Flaw(tile.path(), MISSING if raw is None else LENGTH))
            return None
        return [raw[at : at + tree.HASH_BYTES] for at in range(0, len(raw), tree.HASH_BYTES)]

    def _level(self, level: int, track: _Track | None) -> None:
        """Hold the tiles of an upper level against the tree that was built; only their shape where leaves are lost."""
        for tile in tiles.level(self.signed.size, level):
            hashes = self._hashes(tile)
            start = tile.index * tiles.WIDTH
            if hashes is not None and track and hashes != track.upper.get(level, [])[start : start + tile.width]:
                self.found.append(Flaw(tile.path(), CHANGED))

    def _history(self, track: _Track) -> None:
        """Hold the tree against the earlier checkpoint."""
        if self.against is None:
            return
        if self.against.size > self.signed.size:
            self.found.append(Flaw(CHECKPOINT, SHORTER))
        elif (track.marked if self.against.size else tree.EMPTY) != self.against.root:
            self.found.append(Flaw(CHECKPOINT, REWRITTEN))

    def _strangers(self, names: Collection[str]) -> None:
        """Refuse what does not belong; an earlier size's partial tile may stay, if its bytes still begin the tile."""
        size = self.signed.size
        due = {
            (tile.level, tile.index): tile
            for level in (None, *range(tiles.levels(size)))
            for tile in tiles.level(size, level)
        }
        known = {CHECKPOINT, VKEY, *(tile.path() for tile in due.values())}
        for name in sorted(set(names) - known):
            tile = tiles.parse(name)
            now = due.get((tile.level, tile.index)) if tile else None
            if tile is None or now is None or tile.width > now.width:
                self.found.append(Flaw(name, STRANGE))
            elif self.read(name) != _beginning(self.read(now.path()), tile):
                self.found.append(Flaw(name, CHANGED))


def _beginning(whole: bytes | None, tile: tiles.Tile) -> bytes | None:
    """Give what a narrower `tile` must hold, from the bytes of the wider one; None where these cannot be read."""
    if whole is None or tile.level is not None:
        return whole and whole[: tile.width * tree.HASH_BYTES]
    at = 0
    for _ in range(tile.width):
        at += 2 + int.from_bytes(whole[at : at + 2], "big")
    return whole[:at]
