"""Measure the search and the hashing of media against their peers, side by side, and write a section of Markdown.

Needs the `bench` extra (faiss-cpu, pdqhash and threatexchange; pdqhash is built by a C++ compiler), scikit-image, and
libjemalloc.so.2 (Debian: libjemalloc2), which is preloaded for every side: faiss is up to eight times slower without.
At ten million hashes it takes about 9 GB of memory and 10 minutes. One thread throughout.

    python tools/bench_matching.py                     all sizes, then the hashing; prints the section
    python tools/bench_matching.py --sizes 100000      fewer
"""

from __future__ import annotations

import argparse
import ctypes.util
import gc
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from bench_matching_page import WAITING, page, reached
from bench_page import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    Figures = dict[str, Any]

SIZES = (100_000, 1_000_000, 10_000_000)
QUERIES, SINGLES = 20_000, 1_000
HANDED_OUT = 700  # bytes a hash that are touched before anything is built
COMPARED = {100_000: 1_000, 1_000_000: 200, 10_000_000: 60}  # queries put to the slow ones in each round
RADIUS = 31


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Give the processor seconds that something takes in this thread (others' work counts least), and what it gives."""
    begin = time.thread_time()
    result = act()
    return time.thread_time() - begin, result


def median_of(act: Callable[[], Any], rounds: int) -> float:
    """Give the median seconds of several runs, after one that warms."""
    act()
    return statistics.median(timed(act)[0] for _ in range(rounds))


def triples(rows: Any) -> list[tuple[int, int, int]]:  # noqa: ANN401 structured arrays
    """Bring an answer of ours into an order that can be compared: (query, distance, id)."""
    return sorted(zip(rows["query"].tolist(), rows["distance"].tolist(), rows["id"].tolist(), strict=True))


def search(count: int, rounds: int) -> Figures:
    """Measure one size: build, search in turns, compare every answer, save, open, search with hashes waiting."""
    from bench_matching_data import sample  # noqa: PLC0415

    from fanal.matching import Index  # noqa: PLC0415

    drawn = sample(count, QUERIES)
    hashes, queries = drawn.hashes, drawn.queries
    warm = Index.build(hashes[:20_000])  # and compile
    for part in (queries, queries[:2]):
        warm.batch(part)
    np.ones(
        count * HANDED_OUT, np.uint8
    )  # a virtual machine's memory is slow at its first touch: not for one side alone
    build, index = timed(lambda: Index.build(hashes))
    figures = _in_turns(index, hashes, queries, rounds)
    gc.collect()  # the peers are gone
    figures |= {"count": count, "build": build, "build_ratio": figures["multi_build"] / build}
    return figures | _on_disk(index, hashes, queries)


def _in_turns(index: Any, hashes: Any, queries: Any, rounds: int) -> Figures:  # noqa: ANN401
    """Build the peers, let all sides search in turns, and compare every answer."""
    import faiss  # noqa: PLC0415
    from threatexchange.signal_type.pdq.pdq_index import PDQIndex  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    flat = faiss.IndexBinaryFlat(256)
    flat_build = timed(lambda: flat.add(hashes))[0]
    entries = [(row.tobytes().hex(), number) for number, row in enumerate(hashes)]
    multi_build, multi = timed(lambda: PDQIndex(entries))
    some = queries[: COMPARED.get(len(hashes), 100)]
    words = [row.tobytes() for row in queries[:SINGLES]]
    digits = [row.tobytes().hex() for row in some]
    kept: dict[str, list[float]] = {name: [] for name in ("limit", "flat", "multi", "single", "stream", "batch")}
    for _ in range(rounds):
        # the least that a method can take that reads every hash once for a query
        kept["limit"].append(median_of(lambda: _read(hashes), 3))
        seconds, flat_found = timed(lambda: flat.range_search(some, RADIUS + 1))
        kept["flat"].append(seconds / len(some))
        seconds, multi_found = timed(lambda: [multi.query(digit) for digit in digits])
        kept["multi"].append(seconds / len(some))
        kept["single"].append(timed(lambda: [index.query(word) for word in words])[0] / len(words))
        kept["stream"].append(timed(lambda: index.batch(queries[:SINGLES]))[0] / SINGLES)
        seconds, found = timed(lambda: index.batch(queries))
        kept["batch"].append(seconds / len(queries))
        _same(found, flat_found, multi_found, index, words[:200])
    return _with_ratios(kept) | {"matches": len(found), "flat_build": flat_build, "multi_build": multi_build}


def _read(hashes: Any) -> int:  # noqa: ANN401
    return int(hashes.view(np.uint64).sum())


def _same(found: Any, flat: Any, multi: Any, index: Any, words: list[bytes]) -> None:  # noqa: ANN401
    """Stop unless all sides found the same rows at the same distances."""
    limits, distances, labels = flat
    ours = [row for row in triples(found) if row[0] < len(multi)]
    theirs = sorted(
        (query, int(distances[at]), int(labels[at]))
        for query in range(len(multi))
        for at in range(limits[query], limits[query + 1])
    )
    graph = sorted((q, match.similarity_info.distance, match.metadata) for q, all in enumerate(multi) for match in all)
    single = sorted((q, match.distance, match.id) for q, word in enumerate(words) for match in index.query(word))
    if not ours == theirs == graph or single != [row for row in triples(found) if row[0] < len(words)]:
        sys.exit("the answers differ")


def _with_ratios(kept: dict[str, list[float]]) -> Figures:
    """Give the median time of each side, and the median of the ratios of the rounds."""
    figures: Figures = {name: statistics.median(times) for name, times in kept.items()}
    for ours in ("single", "stream", "batch"):
        for theirs in ("flat", "multi", "limit"):
            ratios = [peer / own for peer, own in zip(kept[theirs], kept[ours], strict=True)]
            figures[f"{ours}_{theirs}"] = statistics.median(ratios)
    return figures


def _on_disk(index: Any, hashes: Any, queries: Any) -> Figures:  # noqa: ANN401
    """Save, open in a map, and search it with and without hashes waiting."""
    from fanal.matching import Index  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="fanal-bench-") as folder:
        path = Path(folder) / "hashes.idx"
        begin = time.perf_counter()  # of the clock: here waiting for the disk counts
        index.save(path)
        save = time.perf_counter() - begin
        opened = statistics.median(_opened(path) for _ in range(5))
        mapped = Index.open(path)
        in_memory = median_of(lambda: index.batch(queries), 3)
        from_map = median_of(lambda: mapped.batch(queries), 3)
        words = [row.tobytes() for row in queries[:SINGLES]]
        bare = median_of(lambda: [mapped.query(word) for word in words], 3)
        rng = np.random.default_rng(1)
        first = len(hashes)
        mapped.add(rng.integers(0, 256, (WAITING, 32), np.uint8), np.arange(first, first + WAITING, dtype=np.uint64))
        waiting = median_of(lambda: mapped.batch(queries), 3)
        one = median_of(lambda: [mapped.query(word) for word in words], 3)
        return {
            "bytes": path.stat().st_size / len(hashes), "save": save, "open": opened, "map": from_map / in_memory,
            "waiting": (waiting - from_map) / len(queries), "waiting_single": (one - bare) / len(words),
        }  # fmt: skip


def _opened(path: Path) -> float:
    """Give the seconds of the clock that opening takes."""
    from fanal.matching import Index  # noqa: PLC0415

    begin = time.perf_counter()
    Index.open(path)
    return time.perf_counter() - begin


def hashing(rounds: int) -> Figures:
    """Measure the hashing of an array against pdqhash, and of JPEG files against threatexchange."""
    import pdqhash  # noqa: PLC0415
    import skimage.data  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415
    from threatexchange.signal_type.pdq.pdq_hasher import pdq_from_bytes  # noqa: PLC0415

    from fanal.matching import of_image, of_luma, orientations  # noqa: PLC0415

    picture = Image.fromarray(skimage.data.astronaut())  # type: ignore[no-untyped-call]
    grey = np.array(picture.convert("L"))
    colours = np.ascontiguousarray(np.stack([grey] * 3, axis=-1))
    if np.packbits(pdqhash.compute(colours)[0]).tobytes() != of_luma(grey).bits:
        sys.exit("the hashes differ")
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "512 × 512 array": (lambda: pdqhash.compute(colours), lambda: of_luma(grey)),
        "512 × 512 array, all eight orientations": (
            lambda: pdqhash.compute_dihedral(colours), lambda: orientations(grey),
        ),
    }  # fmt: skip
    for size in ((512, 512), (1600, 1004), (4032, 3024)):
        file = io.BytesIO()
        picture.resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
        stored = file.getvalue()
        name = f"JPEG {size[0]} × {size[1]}, {len(stored) // 1000} kB"
        pairs[name] = (lambda s=stored: pdq_from_bytes(s), lambda s=stored: of_image(s))  # type: ignore[misc]
    figures: Figures = {}
    for name, (theirs, ours) in pairs.items():
        ours()  # compiles; the other side is warmed by `median_of`
        times = [(median_of(theirs, 5), median_of(ours, 25)) for _ in range(rounds)]
        figures[name] = [
            statistics.median(peer for peer, _ in times),
            statistics.median(own for _, own in times),
            statistics.median(peer / own for peer, own in times),
        ]
    return figures


def section(interpreter: str = sys.executable, *, sizes: tuple[int, ...] = SIZES, rounds: int = 5) -> Section:
    """Run each size and the hashing in a process of its own, jemalloc preloaded; give the section of the page."""
    jemalloc = ctypes.util.find_library("jemalloc") or sys.exit("libjemalloc is not installed: faiss would be slowed")
    results = [_child(interpreter, rounds, "--size", str(size), LD_PRELOAD=jemalloc) for size in sizes]
    hashed = _child(interpreter, rounds, "--hashing")
    return Section(page(results, hashed), reached(results[-1]))


def _child(interpreter: str, rounds: int, *arguments: str, **environment: str) -> Figures:
    """Measure in a process of its own; tell its figures as they come."""
    run = subprocess.run(
        [interpreter, __file__, *arguments, "--rounds", str(rounds)],
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: Figures = json.loads(run.stdout.splitlines()[-1])
    print(figures, file=sys.stderr, flush=True)
    return figures


def main() -> int:
    """Measure what is asked for; a parent without `--size` and `--hashing` starts the others and prints the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int)
    parser.add_argument("--hashing", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if given.size:
        print(json.dumps(search(given.size, given.rounds)))
    elif given.hashing:
        print(json.dumps(hashing(given.rounds)))
    else:
        print(section(sizes=tuple(given.sizes), rounds=given.rounds).text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
