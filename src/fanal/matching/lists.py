"""A list of fingerprints on disk: who made it, under which licence, what each entry says, and an index a signal.

A list is a folder. `list.toml` describes it and names the version that counts; each version is a folder of its own
with `entries.jsonl`, `offsets` (where each line begins) and one index file a signal. A new version is written beside
the old one and then named in one step: readers never see half of it, and one that is reading keeps what it opened.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import shutil
import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason
from fanal.matching import frames, signals
from fanal.matching.digests import Digests
from fanal.matching.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

CARD: Final = "list.toml"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NO_LIST: Final = reason(
    "list.absent",
    en="There is no list of that name in this folder. “fanal lists show” names those that there are.",
    fr="Il n’y a pas de liste de ce nom dans ce dossier. « fanal lists show » nomme celles qui y sont.",
)
_BAD_NAME: Final = reason(
    "list.name",
    en="A list’s name is made of small letters, digits, dots and hyphens, 64 at most.",
    fr="Le nom d’une liste est fait de minuscules, de chiffres, de points et de tirets, 64 au plus.",
)
_DAMAGED: Final = reason(
    "list.damaged",
    en="This list is damaged or not whole. Import it again from its source.",
    fr="Cette liste est abîmée ou incomplète. Importez-la de nouveau depuis sa source.",
)


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many said that they had seen this, that it does not belong in the list, or that it was a false positive."""

    seen: int = 0
    disputed: int = 0
    false_positive: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its fingerprint, the list's own reference and labels, what others said of it.

    A `withdrawn` entry stays as a tombstone: it matches nothing, and whoever took it over learns that it is gone.
    """

    signal: str
    value: bytes
    ref: str = ""
    labels: tuple[str, ...] = ()
    opinions: Opinions = field(default_factory=Opinions)
    withdrawn: bool = False
    at: str = ""  # when the source last touched it, as the source writes it


@dataclass(frozen=True, slots=True)
class Gone:
    """The source took back, or is about to replace, all that it gave under this reference."""

    ref: str


Key = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Card:
    """What a list is: where it comes from, under which terms, what its entries are, and how they are matched.

    `radius` overrides a signal's own. A `negative` list holds what is known to be harmless. An entry that is found more
    than `flood` times a day is set aside for a person (0: never).
    """

    name: str
    source: str
    licence: str
    classification: str
    radius: Mapping[str, int] = field(default_factory=dict)
    negative: bool = False
    flood: int = 0
    version: int = 0
    imported_at: str = ""
    private: bool = False  # for this house alone: platforms that ask are not answered from it
    category: str = ""  # ours, of its entries (core/report.Category); "" where nobody said
    mark: str = ""  # how far an exchange was read, where it is read piece by piece


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changed, in numbers."""

    added: int
    changed: int
    withdrawn: int
    kept: int


class HashList:
    """One version of a list, opened for reading: memory-mapped, shared by as many processes as like."""

    def __init__(self, folder: Path, card: Card) -> None:
        self.card = card
        self._folder = folder / _version(card.version)
        self._entries = _mapped(self._folder / "entries.jsonl")
        self._offsets: NDArray[np.uint64] = np.fromfile(self._folder / "offsets", dtype=np.uint64)
        self._indexes: dict[str, Index | Digests | None] = {}

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the version that counts now; Refused where there is none, Broken where it is not whole."""
        try:
            return cls(folder, read_card(folder))
        except FileNotFoundError:
            raise Broken(_DAMAGED) from None

    def __len__(self) -> int:
        """Count the entries, tombstones included."""
        return len(self._offsets)

    def entry(self, id: int) -> Entry:
        """Read one entry by its number in this version."""
        if not 0 <= id < len(self._offsets):
            raise Broken(_DAMAGED)
        end = int(self._offsets[id + 1]) if id + 1 < len(self._offsets) else len(self._entries)
        return _entry(self._entries[int(self._offsets[id]) : end])

    def entries(self) -> Iterator[Entry]:
        """Read every entry, tombstones included, in the list's order."""
        with (self._folder / "entries.jsonl").open("rb") as file:
            yield from map(_entry, file)

    def index(self, signal: str) -> Index | Digests | None:
        """Give the index of one signal's entries; None where the list has none of it."""
        if signal not in self._indexes:
            path = self._folder / f"{signal}.index"
            kind = Digests if signals.find(signal).radius is None else Index
            self._indexes[signal] = kind.open(path) if path.exists() else None
        return self._indexes[signal]

    def owners(self) -> NDArray[np.uint64]:
        """Give the entry that each frame in the index of videos belongs to."""
        return np.fromfile(self._folder / "vpdq.owners", dtype=np.uint64)

    def radius(self, signal: str) -> int | None:
        """Give the distance up to which this list's entries of that signal match."""
        return self.card.radius.get(signal, signals.find(signal).radius)


def _mapped(path: Path) -> mmap.mmap | bytes:
    """Map a file for reading; it stays readable after another version took its place."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""


def every(folder: Path) -> tuple[Card, ...]:
    """Describe every list in a folder, by name."""
    if not folder.is_dir():
        return ()
    return tuple(read_card(one) for one in sorted(folder.iterdir()) if (one / CARD).is_file())


def path(folder: Path, name: str) -> Path:
    """Give the folder of the list of that name; Refused for what is no name of a list."""
    if not _NAME.fullmatch(name):
        raise Refused(_BAD_NAME)
    return folder / name


def read_card(folder: Path) -> Card:
    """Read what a list is; Refused where there is no list, Broken where its card cannot be read."""
    try:
        given = tomllib.loads((folder / CARD).read_text(encoding="utf-8"))
        return Card(**{**given, "radius": {str(name): int(value) for name, value in given["radius"].items()}})
    except FileNotFoundError:
        raise Refused(_NO_LIST) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Broken(_DAMAGED) from None


def count(folder: Path, card: Card) -> int:
    """Count the entries of a list, tombstones included, without opening it; Broken where it is not whole."""
    try:
        return (folder / _version(card.version) / "offsets").stat().st_size // np.dtype(np.uint64).itemsize
    except OSError:
        raise Broken(_DAMAGED) from None


def update(folder: Path, card: Card, given: Iterable[Entry | Gone], *, whole: bool, at: str) -> Change:
    """Bring a list up to date with what its source gave, as a new version; make it where there is none.

    `whole` says that `given` is all that the source has: what it no longer names is withdrawn. Otherwise it is what
    changed, in order: an entry takes the place of the one with the same signal and value, and Gone withdraws all that
    stood under a reference before. `at` is the moment, as text, for the card.
    """
    known: dict[Key, Entry] = {}
    version = 0
    if (folder / CARD).is_file():
        opened = HashList.open(folder)
        version, known = opened.card.version, {(one.signal, one.value): one for one in opened.entries()}
    fresh = _withdrawn(known) if whole else dict(known)
    under = _by_reference(known)
    for one in given:
        if isinstance(one, Gone):
            for key in under.get(one.ref, ()):
                fresh[key] = replace(fresh[key], withdrawn=True)
        else:
            fresh[one.signal, one.value] = one
            under.setdefault(one.ref, set()).add((one.signal, one.value))
    _write(folder, replace(card, version=version + 1, imported_at=at), list(fresh.values()))
    return _change(known, fresh)


def _withdrawn(known: Mapping[Key, Entry]) -> dict[Key, Entry]:
    return {key: replace(one, withdrawn=True) for key, one in known.items()}


def _by_reference(known: Mapping[Key, Entry]) -> dict[str, set[Key]]:
    under: dict[str, set[Key]] = {}
    for key, one in known.items():
        under.setdefault(one.ref, set()).add(key)
    return under


def _change(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Change:
    kept = sum(1 for key, one in after.items() if before.get(key) == one)
    added = sum(1 for key in after if key not in before)
    gone = sum(1 for key, one in after.items() if key in before and one.withdrawn and not before[key].withdrawn)
    return Change(added, len(after) - kept - added - gone, gone, kept)


def _write(folder: Path, card: Card, entries: list[Entry]) -> None:
    """Write a version beside the others, name it, and then let the older ones go."""
    folder.mkdir(parents=True, exist_ok=True)
    inside = folder / _version(card.version)
    shutil.rmtree(inside, ignore_errors=True)  # what an interrupted import left
    inside.mkdir(mode=0o700)
    offsets = np.empty(len(entries), dtype=np.uint64)
    with (inside / "entries.jsonl").open("wb") as file:
        for number, one in enumerate(entries):
            offsets[number] = file.tell()
            file.write(_line(one))
        file.flush()
        os.fsync(file.fileno())
    offsets.tofile(inside / "offsets")
    for signal in sorted({one.signal for one in entries}):
        _write_index(inside, signal, [(id, one) for id, one in enumerate(entries) if one.signal == signal])
    _name(folder, card)
    for old in folder.iterdir():
        if old.is_dir() and old != inside:
            shutil.rmtree(old, ignore_errors=True)


def _write_index(folder: Path, signal: str, entries: list[tuple[int, Entry]]) -> None:
    live = [(id, one.value) for id, one in entries if not one.withdrawn]
    if signal == "vpdq":
        rows = [
            (frame.bits, id)
            for id, value in live
            for frame in frames.unpack(value)
            if frame.quality >= frames.LEAST_QUALITY
        ]
        np.array([id for _, id in rows], dtype=np.uint64).tofile(folder / "vpdq.owners")
        live = [(number, bits) for number, (bits, _) in enumerate(rows)]
    if not live:
        return
    values = np.frombuffer(b"".join(value for _, value in live), dtype=np.uint8).reshape(len(live), -1)
    ids = np.array([id for id, _ in live], dtype=np.uint64)
    kind = Digests if signals.find(signal).radius is None else Index
    kind.build(values, ids).save(folder / f"{signal}.index")


def _name(folder: Path, card: Card) -> None:
    """Say in one step which version counts."""
    said = (one.name for one in fields(card) if one.name != "radius")
    words = [f"{name} = {json.dumps(getattr(card, name), ensure_ascii=False)}" for name in said]
    words += ["[radius]", *(f"{name} = {value}" for name, value in sorted(card.radius.items()))]
    draft = folder / f".{CARD}"
    with draft.open("w", encoding="utf-8") as file:
        file.write("\n".join(words) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / CARD)


def _version(number: int) -> str:
    return f"v{number:06d}"


def _line(one: Entry) -> bytes:
    said = one.opinions
    row = {
        "signal": one.signal,
        "value": one.value.hex(),
        "ref": one.ref,
        "labels": list(one.labels),
        "opinions": [said.seen, said.disputed, said.false_positive],
        "withdrawn": one.withdrawn,
        "at": one.at,
    }
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _entry(line: bytes) -> Entry:
    try:
        row = json.loads(line)
        return Entry(
            signal=row["signal"],
            value=bytes.fromhex(row["value"]),
            ref=row["ref"],
            labels=tuple(row["labels"]),
            opinions=Opinions(*row["opinions"]),
            withdrawn=row["withdrawn"],
            at=row["at"],
        )
    except (ValueError, KeyError, TypeError):
        raise Broken(_DAMAGED) from None
