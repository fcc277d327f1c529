"""Look through many files at once: which of them are in a list. Nothing is copied; what comes out are references.

The work is cut into parts. `part` is one pure function of its part and the lists, so that it runs alike in this
process, in several, or on a cluster. A part that is done is noted in a journal: a run that was stopped goes on there.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self

from fanal.core.errors import FanalError, Refused
from fanal.core.reasons import reason
from fanal.matching import match, pdq, signals
from fanal.matching.lists import HashList
from fanal.matching.signal import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fanal.matching.signal import Signal

PART: Final = 64
NO_MANIFEST: Final = reason(
    "scan.nothing",
    en="There is no such folder, and no such file that names files one a line.",
    fr="Il n’y a ni dossier de ce nom, ni fichier de ce nom qui désigne des fichiers, un par ligne.",
)
OTHER_RUN: Final = reason(
    "scan.journal",
    en="This journal belongs to another run: other files, or other lists. Name another one, or leave it out.",
    fr="Ce journal est celui d’un autre passage : autres fichiers, ou autres listes. Nommez-en un autre, ou aucun.",
)
NO_CLUSTER: Final = reason(
    "scan.no-cluster",
    en="Running on a cluster needs the package dask: install Fanal with the extra “cluster”.",
    fr="Un passage sur plusieurs machines demande le paquet dask : installez Fanal avec l’extra « cluster ».",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One match of one file: its reference, the fingerprint's kind, the list and its entry, how far, in what words."""

    file: str
    signal: str
    list: str
    ref: str
    distance: int | None
    orientation: int
    negative: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a part gave: how many files were looked at, what was found, and which could not be read (with a code)."""

    number: int
    files: int
    hits: tuple[Hit, ...]
    unread: tuple[tuple[str, str], ...]


def files(where: Path) -> Iterator[str]:
    """List the files of a folder (all that is in it, in order, links left aside) or of a manifest, one a line."""
    if where.is_dir():
        for folder, below, names in os.walk(where):
            below.sort()
            yield from (
                str(found)
                for name in sorted(names)
                if (found := Path(folder, name)).is_file() and not found.is_symlink()
            )
    elif where.is_file():
        with where.open(encoding="utf-8", errors="surrogateescape") as lines:
            yield from (line.rstrip("\r\n") for line in lines if line.strip())
    else:
        raise Refused(NO_MANIFEST)


def part(number: int, names: Sequence[str], folders: Sequence[str]) -> Done:
    """Look at one part: hash each file in the kinds that the lists hold, and look each fingerprint up.

    `folders` are the lists'. A file that cannot be read is told with the code of what is wrong, and stops nothing.
    """
    lists = _opened(tuple(folders))
    kinds = [kind for kind in signals.every() if any(one.index(kind.name) is not None for one in lists)]
    hits: list[Hit] = []
    unread: list[tuple[str, str]] = []
    for name in names:
        try:
            found, faults = _one(name, kinds, lists)
        except OSError:
            found, faults = [], ["file.unreadable"]
        hits += found
        unread += [(name, code) for code in faults[:1]]
    return Done(number, len(names), tuple(hits), tuple(unread))


def run(
    names: Iterable[str],
    folders: Sequence[Path],
    *,
    journal: Path | None = None,
    processes: int = 1,
    scheduler: str = "",
) -> Iterator[Done]:
    """Do every part, in whatever order they end; parts noted in the journal come from it and are not done again.

    With a `scheduler` (tcp://host:port of a Dask cluster whose machines see the same files and lists) the parts run
    there: a worker that dies is done again by another. Refused where the journal is another run's.
    """
    cut = _cut(names)
    with ExitStack() as stack:
        notes = stack.enter_context(_Journal(journal, _print_of(cut, folders))) if journal else None
        yield from _parts(cut, folders, notes, processes=processes, scheduler=scheduler)


def _parts(
    cut: Sequence[Sequence[str]],
    folders: Sequence[Path],
    notes: _Journal | None,
    *,
    processes: int,
    scheduler: str,
) -> Iterator[Done]:
    done = notes.done if notes else {}
    yield from done.values()
    left = [
        (number, list(some), [str(folder) for folder in folders])
        for number, some in enumerate(cut)
        if number not in done
    ]
    ways: Iterator[Done]
    if scheduler:
        ways = _on_cluster(left, scheduler)
    else:
        ways = _in_processes(left, processes) if processes > 1 else (part(*one) for one in left)
    for one in ways:
        if notes:
            notes.note(one)
        yield one


def _one(name: str, kinds: Sequence[Signal], lists: Sequence[HashList]) -> tuple[list[Hit], list[str]]:
    """Read one file once for all digests together, and once more for each kind that looks at what it shows.

    Gives the matches, and the codes of what went wrong where no such kind could make anything of the file.
    """
    feeds = {kind.name: kind.feed() for kind in kinds if kind.feed}
    looks = [kind for kind in kinds if kind.feed is None]
    found: list[Hit] = []
    faults: list[str] = []
    with open(name, "rb") as file:  # noqa: PTH123 - a name may hold bytes that are no text
        for piece in pieces(file) if feeds else ():
            for feed in feeds.values():
                feed.take(piece)
        for signal, feed in feeds.items():
            found += _hits(name, match.look_up(lists, signal, feed.value().data))
        for kind in looks:
            file.seek(0)
            try:
                found += _seen(name, kind, file, lists)
            except FanalError as failure:
                faults.append(failure.reason.code)
    return found, faults if len(faults) == len(looks) else []


def _seen(name: str, kind: Signal, file: BinaryIO, lists: Sequence[HashList]) -> list[Hit]:
    if kind.name == "pdq":
        first, *turned = pdq.of_image_orientations(file)
        ways = [one.bits for one in turned]
        return _hits(name, match.look_up(lists, kind.name, first.bits, turned=ways, quality=first.quality))
    return [
        hit
        for value in kind.compute(file)
        for hit in _hits(name, match.look_up(lists, kind.name, value.data, quality=value.quality))
    ]


def _hits(name: str, answer: match.Answer) -> list[Hit]:
    return [
        Hit(
            file=name,
            signal=one.signal,
            list=one.list,
            ref=one.entry.ref,
            distance=one.distance,
            orientation=one.orientation,
            negative=one.negative,
            words=tuple(why.text.en for why in one.reasons),
        )
        for one in answer.found
    ]


@functools.lru_cache(maxsize=8)
def _opened(folders: tuple[str, ...]) -> tuple[HashList, ...]:
    """Open the lists once a process: they are mapped, and shared by all on the machine."""
    return tuple(HashList.open(Path(folder)) for folder in folders)


def _in_processes(left: Sequence[tuple[int, list[str], list[str]]], processes: int) -> Iterator[Done]:
    with ProcessPoolExecutor(max_workers=processes) as pool:
        waiting = {pool.submit(part, *one) for one in left}
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _on_cluster(left: Sequence[tuple[int, list[str], list[str]]], scheduler: str) -> Iterator[Done]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
        from distributed import as_completed as each  # noqa: PLC0415
    except ImportError:
        raise Refused(NO_CLUSTER) from None
    with Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        waiting = [client.submit(part, *one, pure=False) for one in left]
        for one in each(waiting, loop=client.loop):  # type: ignore[no-untyped-call]  # else another client’s
            yield one.result()


def _cut(names: Iterable[str]) -> list[tuple[str, ...]]:
    rest = iter(names)
    return list(iter(lambda: tuple(itertools.islice(rest, PART)), ()))


def _print_of(cut: Sequence[Sequence[str]], folders: Sequence[Path]) -> str:
    """Say which run this is: the files by name, and the versions of the lists."""
    digest = hashlib.sha256(f"{PART}\0".encode())
    for name in itertools.chain.from_iterable(cut):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
    for folder in folders:
        card = HashList.open(folder).card
        digest.update(f"{card.name} {card.version}\0".encode())
    return digest.hexdigest()


class _Journal:
    """Parts that are done, one JSON line each, on disk before anybody is told of it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __init__(self, path: Path, run: str) -> None:
        self.done: dict[int, Done] = {}
        if path.exists():
            self._read(path, run)
        self._file = path.open("ab")
        if not self._file.tell():
            self._write({"run": run})

    def note(self, done: Done) -> None:
        hits = [asdict(hit) for hit in done.hits]
        self._write({"part": done.number, "files": done.files, "hits": hits, "unread": done.unread})

    def _read(self, path: Path, run: str) -> None:
        whole = path.read_bytes()
        lines = whole.split(b"\n")
        end = len(whole) - len(lines.pop())  # a line that was cut short by the end of the machine is done again
        os.truncate(path, end)
        if lines and json.loads(lines[0]).get("run") != run:
            raise Refused(OTHER_RUN)
        for line in lines[1:]:
            row = json.loads(line)
            hits = tuple(Hit(**{**cells, "words": tuple(cells["words"])}) for cells in row["hits"])
            unread = tuple((name, code) for name, code in row["unread"])
            self.done[row["part"]] = Done(row["part"], row["files"], hits, unread)

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
