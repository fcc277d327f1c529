"""Adding, removing, merging, saving and opening in any order: a query always sees exactly what was left."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.matching import brute

from fanal.matching import Index
from fanal.matching import index as index_module


class Life(RuleBasedStateMachine):
    """An index beside a plain list of pairs; small bounds, so that rings, what waits and removals all meet."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(index_module, "SMALL", 20)
        self.patch.setattr(index_module, "MOST_PENDING", 30)
        self.folder = Path(tempfile.mkdtemp(prefix="fanal-index-"))
        self.seed = 0

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder)

    @initialize(count=st.integers(0, 60))
    def begin(self, count: int) -> None:
        self.hashes = brute.clustered(count, count)
        self.ids = np.arange(count, dtype=np.uint64) // np.uint64(2)  # an id may own several hashes
        self.index = Index.build(self.hashes, self.ids)

    @rule(count=st.integers(0, 25), near=st.sampled_from(["near", "far"]), first=st.integers(0, 40))
    def add(self, count: int, near: str, first: int) -> None:
        self.seed += 1
        more = brute.random(count, 1000 + self.seed)
        if near == "near" and len(self.hashes):
            more = brute.apart(np.resize(self.hashes, (count, 32)), [self.seed % 35] * count, self.seed)
        ids = np.arange(first, first + count, dtype=np.uint64)
        self.index.add(more, ids)
        self.hashes, self.ids = np.concatenate([self.hashes, more]), np.concatenate([self.ids, ids])

    @rule(ids=st.lists(st.integers(0, 80), max_size=12))
    def remove(self, ids: list[int]) -> None:
        gone = np.array(ids, np.uint64)
        self.index.remove(gone)
        stays = ~np.isin(self.ids, gone)
        self.hashes, self.ids = self.hashes[stays], self.ids[stays]

    @rule()
    def merge(self) -> None:
        self.index.merge()

    @rule()
    def save(self) -> None:
        self.index.save(self.folder / "hashes.idx")

    @precondition(lambda self: (self.folder / "hashes.idx").exists())
    @rule()
    def save_and_open(self) -> None:
        self.index.save(self.folder / "hashes.idx")
        assert self.index.reopen() is self.index
        self.index = Index.open(self.folder / "hashes.idx")
        self.index.verify()

    @invariant()
    def answers_are_exact(self) -> None:
        if not hasattr(self, "index"):
            return
        assert len(self.index) == len(self.ids)
        some = self.hashes[:: max(1, len(self.hashes) // 4)][:5]
        queries = np.concatenate([brute.random(1, self.seed), some, brute.apart(some, [31] * len(some), self.seed)])
        brute.agree(self.index, self.hashes, self.ids, queries, 31)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_a_new_hash_is_found_at_once_and_a_removed_one_no_more() -> None:
    hashes = brute.random(20_000)
    index = Index.build(hashes)
    new = brute.random(1, 77)
    index.add(new, np.array([123_456_789_012], np.uint64))
    assert [match.id for match in index.query(new[0].tobytes())] == [123_456_789_012]
    index.remove(np.array([5, 123_456_789_012], np.uint64))
    assert index.query(new[0].tobytes()) == []
    assert index.query(hashes[5].tobytes()) == []
    assert len(index) == 19_999
    index.add(hashes[5:6], np.array([5], np.uint64))
    assert index.query(hashes[5].tobytes()) == [(5, 0)]
    index.merge()
    assert (len(index), index.query(hashes[5].tobytes()), index.query(new[0].tobytes())) == (20_000, [(5, 0)], [])


def test_readers_in_threads_see_a_whole_index_while_one_writes() -> None:
    hashes = brute.random(20_000)
    index = Index.build(hashes)
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            answers = [[match.id for match in index.query(hashes[row].tobytes())] for row in (3, 400, 19_000)]
            if answers != [[3], [400], [19_000]]:
                wrong.append(answers)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for step in range(15):
        index.add(brute.random(200, 1000 + step), np.arange(200, dtype=np.uint64) + np.uint64(1_000_000 + 200 * step))
        index.remove(np.arange(100, dtype=np.uint64) + np.uint64(1_000_000 + 200 * step))
        if step % 5 == 4:
            index.merge()
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(index) == 20_000 + 15 * 100
