"""The Merkle tree of RFC 6962 / RFC 9162: hashes, roots, proofs and their verification, and growth leaf by leaf.

A *place* is (level, index): the index-th full subtree of 2**level leaves. A tree of any size is the row of its largest
full subtrees from the left (its *peaks*), so that it grows, and proves, by reading and hashing a few of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HASH_BYTES = 32
EMPTY = hashlib.sha256(b"").digest()

Place = tuple[int, int]
Range = tuple[int, int]

NO_PROOF = reason(
    "ledger.proof.wrong",
    en="The proof does not hold: the hashes do not lead to the signed root.",
    fr="La preuve ne tient pas : les empreintes ne mènent pas à la racine signée.",
)
NO_PLACE = reason(
    "ledger.proof.impossible",
    en="There is no such place in a tree of this size.",
    fr="Cette position n’existe pas dans un arbre de cette taille.",
)


def leaf(entry: bytes) -> bytes:
    """Give the hash of one entry (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Give the hash of two subtrees (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def cover(begin: int, end: int) -> tuple[Place, ...]:
    """Name the full subtrees that make up the leaves [begin, end), from the left.

    `begin` must be a multiple of the largest power of two that is not above `end - begin`, as in every range below.
    """
    places: list[Place] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        places.append((level, begin >> level))
        begin += 1 << level
    return tuple(places)


def fold(hashes: Sequence[bytes]) -> bytes:
    """Join the hashes of a row of full subtrees, largest first, into the hash of the whole; nothing gives EMPTY."""
    if not hashes:
        return EMPTY
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = node(left, whole)
    return whole


@dataclass(frozen=True, slots=True)
class Growing:
    """A tree that can grow: how many leaves it has, and the hashes of its peaks from the left."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """Give the root hash."""
        return fold(self.peaks)


@dataclass(frozen=True, slots=True)
class Growth:
    """What adding leaves made: the tree afterwards, and every full subtree above the leaves that was completed."""

    tree: Growing
    nodes: tuple[tuple[Place, bytes], ...]


def grow(tree: Growing, leaves: Iterable[bytes]) -> Growth:
    """Add leaf hashes on the right. The nodes come in the order in which they were completed."""
    size, peaks = tree.size, list(tree.peaks)
    nodes: list[tuple[Place, bytes]] = []
    for one in leaves:
        peaks.append(one)
        level, index = 0, size
        while index & 1:
            right = peaks.pop()
            peaks[-1] = node(peaks[-1], right)
            level, index = level + 1, index >> 1
            nodes.append(((level, index), peaks[-1]))
        size += 1
    return Growth(Growing(size, tuple(peaks)), tuple(nodes))


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the root over these leaf hashes."""
    return grow(Growing(), leaves).tree.root()


def inclusion(index: int, size: int) -> tuple[Range, ...]:
    """Name the ranges whose hashes prove leaf `index` in a tree of `size`, from the leaf up (RFC 6962 §2.1.1)."""
    if not 0 <= index < size:
        raise Broken(NO_PLACE)
    ranges: list[Range] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return tuple(reversed(ranges))


def consistency(old: int, new: int) -> tuple[Range, ...]:
    """Name the ranges whose hashes prove that a tree of `new` leaves extends one of `old` (RFC 6962 §2.1.2)."""
    if not 0 < old <= new:
        raise Broken(NO_PLACE)
    ranges: list[Range] = []
    begin, end = 0, new
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    if begin:  # the old tree is a subtree of its own only where nothing stands to its left
        ranges.append((begin, end))
    return tuple(reversed(ranges))


def prove(ranges: Iterable[Range], read: Callable[[Place], bytes]) -> tuple[bytes, ...]:
    """Give the hash of each range, reading the full subtrees that it is made of."""
    return tuple(fold([read(place) for place in cover(begin, end)]) for begin, end in ranges)


def check_inclusion(*, leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> None:
    """Raise Broken unless `proof` shows this leaf at `index` under this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _hashes(leaf_hash, root_hash, *proof):
        raise Broken(NO_PROOF)
    found = leaf_hash
    for one, on_left in _climb(index, size - 1, proof):
        found = node(one, found) if on_left else node(found, one)
    _same(found, root_hash, ())


def check_consistency(*, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise Broken unless `proof` shows that the new tree extends the old one (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        raise Broken(NO_PROOF)
    if old == new:
        _same(old_root, new_root, proof)
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)  # a full subtree is its own first step
    if not proof or not _hashes(old_root, new_root, *proof):
        raise Broken(NO_PROOF)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for one, on_left in _climb(at, last, path[1:]):
        before = node(one, before) if on_left else before
        after = node(one, after) if on_left else node(after, one)
    _same(before + after, old_root + new_root, ())


def _climb(at: int, last: int, proof: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Walk from a place at the bottom to the root: each hash of the proof, and whether it stands on the left."""
    for one in proof:
        if last == 0:
            raise Broken(NO_PROOF)
        on_left = bool(at & 1) or at == last
        yield one, on_left
        if on_left:
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    if last:
        raise Broken(NO_PROOF)


def _same(found: bytes, wanted: bytes, left_over: Sequence[bytes]) -> None:
    if found != wanted or left_over:
        raise Broken(NO_PROOF)


def _split(width: int) -> int:
    """Give the largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def _hashes(*hashes: bytes) -> bool:
    return all(len(one) == HASH_BYTES for one in hashes)
