"""Whether a list holds exactly this digest (MD5, SHA-1, SHA-256): from one mapped file."""

from __future__ import annotations

from bisect import bisect_left
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from fanal.matching import mapped
from fanal.matching.errors import BadFile, NotComparable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Ids = NDArray[np.uint64]

KIND, VERSION = "digests", 1
LENGTHS = (16, 20, 32)  # MD5, SHA-1, SHA-256
PREFIX = 8
MOST_PENDING = 65_536  # more than these are merged at the next adding
FOUND = np.dtype([("query", np.uint32), ("id", np.uint64)])


class _Base(NamedTuple):
    """Digests in order: the first eight bytes as a number to search by, the rest to be sure, and the ids."""

    prefixes: Ids
    rests: Bytes
    ids: Ids


class _State(NamedTuple):
    base: _Base
    pending: dict[bytes, tuple[int, ...]]
    gone: frozenset[int]  # ids removed from the base


class Digests:
    """An exact look-up over digests of one length (16, 20 or 32 bytes).

    The search goes by the first 64 bits, the answer by every byte: a chosen prefix finds nothing that is not the same.
    Any thread may look up while one adds or removes.
    """

    def __init__(self, state: _State) -> None:
        self._state = state
        self._writing = Lock()
        self._file: mapped.Mapped | None = None
        self._place: tuple[Path, mapped.Stamp] | None = None

    @classmethod
    def build(cls, digests: Bytes, ids: Ids | None = None) -> Self:
        """Index digests (n rows of 16, 20 or 32 bytes); without ids they are numbered from 0 in the order given."""
        numbers = np.arange(len(digests), dtype=np.uint64) if ids is None else np.asarray(ids, np.uint64)
        if digests.ndim != 2 or digests.shape[1] not in LENGTHS or digests.dtype != np.uint8:  # noqa: PLR2004
            raise NotComparable
        if numbers.shape != (len(digests),):
            raise NotComparable
        return cls(_State(_sorted(digests, numbers), {}, frozenset()))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a saved index. Refuses with `BadFile` a file that is foreign, cut short or damaged where it looks."""
        file = mapped.read(path, KIND, VERSION)
        try:
            base = _Base(*(file.arrays[name] for name in _Base._fields))
            waiting, waiting_ids, gone = (file.arrays[name] for name in ("pending", "pending_ids", "gone"))
        except KeyError:
            raise BadFile from None
        count, length = len(base.ids), base.rests.shape[-1] + PREFIX
        if base.rests.shape != (count, length - PREFIX) or base.prefixes.shape != (count,) or length not in LENGTHS:
            raise BadFile
        if waiting.shape != (len(waiting_ids), length):
            raise BadFile
        index = cls(_State(base, {}, frozenset(gone.tolist())))
        _put(index._state.pending, waiting, waiting_ids)
        index._file, index._place = file, (path, file.stamp)
        return index

    @property
    def length(self) -> int:
        """How many bytes a digest has here."""
        return int(self._state.base.rests.shape[1]) + PREFIX

    def save(self, path: Path) -> None:
        """Write the index beside `path` and put it there in one step; readers keep the old one until they reopen."""
        with self._writing:
            state = self._state
            waiting, waiting_ids = self._waiting()
            arrays = {
                **state.base._asdict(),
                "pending": waiting,
                "pending_ids": waiting_ids,
                "gone": np.array(sorted(state.gone), np.uint64),
            }
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

    def add(self, digests: Bytes, ids: Ids) -> None:
        """Add digests: the next look-up finds them."""
        numbers = np.asarray(ids, np.uint64)
        if digests.shape != (len(numbers), self.length) or digests.dtype != np.uint8:
            raise NotComparable
        with self._writing:
            _put(self._state.pending, digests, numbers)
            if len(self._state.pending) > MOST_PENDING:
                self._merge()

    def remove(self, ids: Iterable[int]) -> None:
        """Remove every digest with one of these ids: the next look-up no longer finds them."""
        with self._writing:
            base, pending, gone = self._state
            removed = {int(id) for id in ids}
            left = {digest: tuple(id for id in owners if id not in removed) for digest, owners in pending.items()}
            self._state = _State(base, {digest: owners for digest, owners in left.items() if owners}, gone | removed)

    def merge(self) -> None:
        """Put what was added in order, and leave out what was removed."""
        with self._writing:
            self._merge()

    def find(self, digest: bytes) -> tuple[int, ...]:
        """Give the ids of every entry with exactly this digest, in order; none where there is no such entry.

        Refuses with `NotComparable` a digest of another length.
        """
        (prefixes, rests, ids), pending, gone = self._state
        if len(digest) != rests.shape[1] + PREFIX:
            raise NotComparable
        prefix, rest = np.uint64(int.from_bytes(digest[:PREFIX])), digest[PREFIX:]
        low = int(np.searchsorted(prefixes, prefix, "left"))
        high = int(np.searchsorted(prefixes, prefix, "right")) if low < len(ids) and prefixes[low] == prefix else low
        place = bisect_left(range(high), rest, low, high, key=lambda row: rests[row].tobytes())
        found = list(pending.get(digest, ()))
        while place < high and rests[place].tobytes() == rest:
            if (id := int(ids[place])) not in gone:
                found.append(id)
            place += 1
        return tuple(sorted(found))

    def batch(self, digests: Bytes) -> NDArray[np.void]:
        """Look up many (n rows): rows of (query, id), in order."""
        if digests.ndim != 2 or digests.shape[1] != self.length or digests.dtype != np.uint8:  # noqa: PLR2004
            raise NotComparable
        rows = [(q, id) for q, digest in enumerate(digests) for id in self.find(digest.tobytes())]
        return np.array(rows, FOUND)

    def __len__(self) -> int:
        """Count the digests that a look-up can find."""
        base, pending, gone = self._state
        removed = int(np.isin(base.ids, np.array(list(gone), np.uint64)).sum()) if gone else 0
        return len(base.ids) - removed + sum(map(len, pending.values()))

    def _waiting(self) -> tuple[Bytes, Ids]:
        """Give what waits as arrays."""
        pairs = [(digest, id) for digest, owners in self._state.pending.items() for id in owners]
        digests = np.frombuffer(b"".join(digest for digest, _ in pairs), np.uint8)
        return digests.reshape(len(pairs), self.length), np.array([id for _, id in pairs], np.uint64)

    def _merge(self) -> None:
        base, _, gone = self._state
        waiting, waiting_ids = self._waiting()
        stays = ~np.isin(base.ids, np.array(list(gone), np.uint64))
        heads = base.prefixes[stays].astype(">u8").view(np.uint8).reshape(-1, PREFIX)
        digests = np.concatenate([np.hstack([heads, base.rests[stays]]), waiting])
        self._state = _State(_sorted(digests, np.concatenate([base.ids[stays], waiting_ids])), {}, frozenset())


def _sorted(digests: Bytes, ids: Ids) -> _Base:
    """Put digests in the order of their bytes."""
    padded = np.zeros((len(digests), -(-digests.shape[1] // PREFIX) * PREFIX), np.uint8)
    padded[:, : digests.shape[1]] = digests
    columns = padded.view(">u8").astype(np.uint64)
    order = np.lexsort((ids, *reversed(columns.T)))
    return _Base(
        np.ascontiguousarray(columns[order, 0]), np.ascontiguousarray(digests[order, PREFIX:]), ids[order].copy()
    )


def _put(pending: dict[bytes, tuple[int, ...]], digests: Bytes, ids: Ids) -> None:
    """Let more wait; each digest appears to readers in other threads in one step."""
    for digest, id in zip(digests, ids.tolist(), strict=True):
        key = digest.tobytes()
        pending[key] = (*pending.get(key, ()), id)
