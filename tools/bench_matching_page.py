"""The section of docs/benchmarks.md that tells of matching media."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Figures = dict[str, Any]

WAITING = 10_000  # hashes added to an index and not yet laid out
REACH = (  # figure, floor, in words
    ("batch_flat", 800, "in batches, × faiss flat"),
    ("batch_multi", 300, "in batches, × PDQIndex"),
    ("stream_flat", 250, "one after the other, × faiss flat"),
    ("stream_multi", 80, "one after the other, × PDQIndex"),
    ("build_ratio", 12, "build, × faster than PDQIndex"),
)
MOST_BYTES = 110
MOST_OPENING = 0.05  # seconds
MOST_WAITING = 1e-5  # seconds a query
SEARCHED = (
    "| hashes | faiss flat | PDQIndex | memory limit | Fanal, a call each | × flat / × PDQIndex "
    "| one after the other, in one call | × flat / × PDQIndex | in batches | × flat / × PDQIndex |"
)
KEPT = (
    "| hashes | bytes a hash | build (than PDQIndex) | save | open | time from the map / in memory "
    f"| {WAITING:,} waiting add (batch / alone) |"
)


def reached(last: Figures) -> bool:
    """Say whether the largest size reached everything that it is to reach."""
    floors = all(last[name] >= floor for name, floor, _ in REACH)
    return floors and last["bytes"] <= MOST_BYTES and last["open"] <= MOST_OPENING and last["waiting"] <= MOST_WAITING


def page(results: list[Figures], hashed: Figures) -> str:
    """Write the section."""
    last = results[-1]
    rows = [
        f"| {r['count']:,} | {r['flat'] * 1e6:,.0f} | {r['multi'] * 1e6:,.0f} | {r['limit'] * 1e6:,.0f} "
        f"| {r['single'] * 1e6:,.1f} | {r['single_flat']:,.0f} × / {r['single_multi']:,.0f} × "
        f"| {r['stream'] * 1e6:,.1f} | **{r['stream_flat']:,.0f} ×** / {r['stream_multi']:,.0f} × "
        f"| {r['batch'] * 1e6:,.1f} | **{r['batch_flat']:,.0f} ×** / {r['batch_multi']:,.0f} × |"
        for r in results
    ]
    kept = [
        f"| {r['count']:,} | {r['bytes']:.1f} | {r['build']:.1f} s ({r['build_ratio']:.0f} × faster) "
        f"| {r['save']:.1f} s | {r['open'] * 1e3:.1f} ms | {r['map']:.2f} "
        f"| {r['waiting'] * 1e6:.1f} / {r['waiting_single'] * 1e6:.1f} µs |"
        for r in results
    ]
    growth = [
        f"× {now['count'] // before['count']} hashes: one after the other × {now['stream'] / before['stream']:.1f}, "
        f"in batches × {now['batch'] / before['batch']:.1f}, flat × {now['flat'] / before['flat']:.1f}."
        for before, now in pairwise(results)
    ]
    reach = [f"| {words} | {last[name]:,.0f} | {floor} |" for name, floor, words in REACH]
    took = [f"| {n} | {v[0] * 1e3:.2f} | {v[1] * 1e3:.3f} | **{v[2]:.0f} ×** |" for n, v in hashed.items()]
    return "\n".join([
        "## Radius search over PDQ hashes (31 of 256 bits), exact, one thread", "",
        "µs of the processor a query, medians of rounds in which all take turns; jemalloc preloaded for every side.",
        "20,000 queries a batch; half of them match nothing. In every round the answers were compared with faiss's and",
        "PDQIndex's: the same rows at the same distances. The memory limit is one pass over the hashes: no method that",
        "reads each hash for a query can be faster. “A call each” counts what Python adds to every call.", "",
        SEARCHED,
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", *rows, "", *growth, "",
        KEPT,
        "| --- | --- | --- | --- | --- | --- | --- |", *kept, "",
        f"| at {last['count']:,} | reached | to reach |", "| --- | --- | --- |", *reach,
        f"| bytes a hash, at most | {last['bytes']:.1f} | 110 |",
        f"| open, at most | {last['open'] * 1e3:.1f} ms | 50 ms |",
        f"| {WAITING:,} waiting, at most | {last['waiting'] * 1e6:.1f} µs | 10 µs |", "",
        "## PDQ of a picture, one thread", "",
        "Arrays against pdqhash (its own conversion of colours included), JPEG bytes against threatexchange; ms.",
        "Without jemalloc, which makes numpy's large arrays cheaper, and threatexchange a third quicker.", "",
        "| picture | peer | Fanal | ratio |", "| --- | --- | --- | --- |", *took, "",
    ])  # fmt: skip
