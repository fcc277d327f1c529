"""Which of ten million hashes lie within so many bits of this one: exactly, at once, from one mapped file."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from fanal.matching import kernels_lay, mapped
from fanal.matching.errors import BadFile, NotComparable
from fanal.matching.pending import Pending
from fanal.matching.ring import Ring, lay

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from fanal.matching.ring import Found, Words

    Ids = NDArray[np.uint64]

KIND, VERSION = "pdq-ring", 1
LENGTH, BITS = 32, 256
RADIUS = 31  # up to which PDQ calls two pictures alike
SMALL = 16_384  # up to so many, looking at each is as quick as a ring, and there is nothing to lay out
MOST_PENDING = 32_768  # more than these are merged at the next adding
FOUND = np.dtype([("query", np.uint32), ("id", np.uint64), ("distance", np.uint16)])
RING = ("offsets", "sketches", "places", "rows", "labels")


class Match(NamedTuple):
    """One stored hash within the radius: its id and how many bits differ."""

    id: int
    distance: int


class _State(NamedTuple):
    """What a query looks at: one value, so that a reader never sees half a change."""

    ring: Ring | None
    pending: Pending
    gone: Ids  # ids removed from the ring, in order


class Index:
    """An exact radius search over 256-bit hashes: a ring of what was laid out, and what waits beside it.

    Any thread may query while one adds, removes or merges. Other processes see a change when it was saved and they
    reopen. An id may own several hashes; they are removed together. The bits are permuted at random for each index, so
    that nobody can choose hashes which crowd one bucket.
    """

    def __init__(self, order: NDArray[np.uint8], state: _State) -> None:
        self._order = order
        self._table = kernels_lay.spread_table(order)
        self._state = state
        self._writing = Lock()
        self._file: mapped.Mapped | None = None
        self._place: tuple[Path, mapped.Stamp] | None = None
        self._removed: tuple[_State, int] | None = None

    @classmethod
    def build(
        cls, hashes: NDArray[np.uint8], ids: Ids | None = None, *, order: NDArray[np.uint8] | None = None
    ) -> Self:
        """Index hashes (n rows of 32 bytes); without ids they are numbered from 0 in the order given.

        `order` (a permutation of 0 to 255) makes the same index again; without it, it is drawn at random. Refuses with
        `NotComparable` what has another shape.
        """
        if order is None:
            order = np.random.default_rng(secrets.randbits(128)).permutation(BITS).astype(np.uint8)
        if ids is None:
            ids = np.arange(len(hashes), dtype=np.uint64)
        empty = Pending.of(np.empty((0, 4), np.uint64), np.empty(0, np.uint64))
        index = cls(order, _State(None, empty, np.empty(0, np.uint64)))
        words, ids = index._spread(hashes), _as_ids(ids, len(hashes))
        if len(words) > SMALL:
            index._state = index._state._replace(ring=lay(words, ids))
        else:
            index._state = index._state._replace(pending=Pending.of(words, ids))
        return index

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a saved index; nothing is read but the header and the small arrays, which are checked.

        Refuses with `BadFile` a file that is foreign, cut short or damaged where it looks; `verify` looks everywhere.
        """
        file = mapped.read(path, KIND, VERSION)
        index = cls(*_restored(file.arrays))
        index._file, index._place = file, (path, file.stamp)
        return index

    def save(self, path: Path) -> None:
        """Write the index beside `path` and put it there in one step; readers keep the old one until they reopen."""
        with self._writing:
            state = self._state
            arrays: mapped.Arrays = {
                "order": self._order,
                "pending": state.pending.words(),
                "pending_ids": state.pending.ids[: state.pending.count],
                "gone": state.gone,
            }
            if state.ring is not None:
                arrays |= {name: getattr(state.ring, name) for name in RING}
            self._place = path, mapped.write(path, KIND, VERSION, arrays)

    def verify(self) -> None:
        """Check every byte of the file that this index was opened from; `BadFile` where one is not as written."""
        if self._file is not None:
            self._file.verify()

    def reopen(self) -> Self:
        """Give the index that now stands at the path: this same one unless the file was replaced."""
        if self._place is None or mapped.same_file(*self._place):
            return self
        return self.open(self._place[0])

    def add(self, hashes: NDArray[np.uint8], ids: Ids) -> None:
        """Add hashes: the next query finds them. Now and then, when many wait, this lays everything out anew."""
        words, ids = self._spread(hashes), _as_ids(ids, len(hashes))
        with self._writing:
            self._state = self._state._replace(pending=self._state.pending.plus(words, ids))
            if self._state.pending.count > MOST_PENDING:
                self._merge()

    def remove(self, ids: Ids) -> None:
        """Remove every hash with one of these ids: the next query no longer finds them. Unknown ids are no fault."""
        ids = _as_ids(ids, len(ids))
        with self._writing:
            ring, pending, gone = self._state
            if ring is not None:
                gone = np.union1d(gone, ids)
            self._state = _State(ring, pending.without(ids), gone)

    def merge(self) -> None:
        """Lay out what was added and leave out what was removed (some seconds at ten million)."""
        with self._writing:
            self._merge()

    def query(self, hash: bytes, radius: int = RADIUS) -> list[Match]:
        """Find every stored hash within the radius (0 to 256 bits), nearest first.

        Refuses with `NotComparable` what is not 32 bytes, or a radius out of range.
        """
        if len(hash) != LENGTH:
            raise NotComparable
        hits = self._hits(np.frombuffer(bytearray(hash), np.uint8).reshape(1, LENGTH), radius)
        if not hits:
            return []
        pairs = [pair for part, ids in hits for pair in zip(part[:, 2].tolist(), ids.tolist(), strict=True)]
        return [Match(id, distance) for distance, id in sorted(pairs)]

    def batch(self, hashes: NDArray[np.uint8], radius: int = RADIUS) -> NDArray[np.void]:
        """Find for many: rows of (query, id, distance), in the order of the queries, nearest first."""
        hits = self._hits(hashes, radius)
        found = np.empty(sum(len(ids) for _, ids in hits), FOUND)
        low = 0
        for part, ids in hits:
            rows = found[low : low + len(ids)]
            rows["query"], rows["id"], rows["distance"] = part[:, 0], ids, part[:, 2]
            low += len(ids)
        return found[np.lexsort((found["id"], found["distance"], found["query"]))] if low > 1 else found

    def __len__(self) -> int:
        """Count the hashes that a query can find; after removals, the first count looks at every id."""
        state = self._state
        if state.ring is None:
            return state.pending.count
        if self._removed is None or self._removed[0] is not state:
            removed = int(np.isin(_all_ids(state.ring), state.gone).sum()) if state.gone.size else 0
            self._removed = state, removed
        return state.ring.count - self._removed[1] + state.pending.count

    def _spread(self, hashes: NDArray[np.uint8]) -> Words:
        """Check the shape, and permute the bits."""
        if hashes.ndim != 2 or hashes.shape[1] != LENGTH or hashes.dtype != np.uint8:  # noqa: PLR2004 rows × bytes
            raise NotComparable
        words = np.empty((len(hashes), 4), np.uint64)
        if not hashes.flags.carray:
            hashes = np.require(hashes, requirements=["C", "W", "A"])
        kernels_lay.spread(hashes, self._table, words)
        return words

    def _hits(self, hashes: NDArray[np.uint8], radius: int) -> list[tuple[Found, Ids]]:
        """Search the ring and what waits: for each, the hits (query, row, distance) and the ids of their rows."""
        if not 0 <= radius <= BITS:
            raise NotComparable
        words, (ring, pending, gone) = self._spread(hashes), self._state
        hits = []
        if ring is not None and len(found := ring.search(words, radius)):
            ids = ring.ids(found[:, 1])
            stays = ~np.isin(ids, gone) if gone.size else slice(None)
            hits.append((found[stays], ids[stays]))
        if pending.count and len(found := pending.search(words, radius)):
            hits.append((found, pending.ids[found[:, 1]]))
        return hits

    def _merge(self) -> None:
        ring, pending, gone = self._state
        if ring is None and pending.count <= SMALL:
            return
        words, ids = pending.words(), pending.ids[: pending.count]
        if ring is not None:
            laid, names = ring.words(), _all_ids(ring)
            if gone.size:
                stays = ~np.isin(names, gone)
                laid, names = laid[stays], names[stays]
            words, ids = np.concatenate([laid, words]), np.concatenate([names, ids])
        nothing, none = np.empty((0, 4), np.uint64), np.empty(0, np.uint64)
        if len(words) > SMALL:
            self._state = _State(lay(words, ids), Pending.of(nothing, none), none)
        else:
            self._state = _State(None, Pending.of(words, ids), none)


def _as_ids(ids: Ids, count: int) -> Ids:
    """Check that there is one id for each hash; any whole numbers from 0 will do."""
    numbers = np.asarray(ids)
    if numbers.shape != (count,) or (count and (numbers.dtype.kind not in "iu" or int(numbers.min()) < 0)):
        raise NotComparable
    return np.require(numbers, np.uint64, requirements=["C", "W", "A"])


def _all_ids(ring: Ring) -> Ids:
    return ring.ids(np.arange(ring.count, dtype=np.uint32))


def _restored(arrays: mapped.Arrays) -> tuple[NDArray[np.uint8], _State]:
    """Put an index together from a file's arrays; refuse those that do not agree with each other."""
    try:
        order, words, ids, gone = (arrays[name] for name in ("order", "pending", "pending_ids", "gone"))
        ring = Ring(**{name: arrays[name] for name in RING}) if "rows" in arrays else None
    except KeyError:
        raise BadFile from None
    whole = (
        order.shape == (BITS,)
        and np.array_equal(np.sort(order), np.arange(BITS))
        and words.ndim == 2  # noqa: PLR2004 rows × words
        and words.shape == (len(ids), 4)
        and (ring is None or ring.fits())
    )
    if not whole:
        raise BadFile
    return order, _State(ring, Pending.of(words, ids), gone)
