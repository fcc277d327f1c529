"""Digests are found when they are the same, and never when they are nearly so."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.matching import BadFile, Digests, NotComparable

if TYPE_CHECKING:
    from pathlib import Path


def rows(digests: list[bytes], length: int) -> np.ndarray:
    return np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), length)


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256"])
def test_a_list_through_its_whole_life(kind: str, tmp_path: Path) -> None:
    digests = [hashlib.new(kind, str(number).encode(), usedforsecurity=False).digest() for number in range(5000)]
    length = len(digests[0])
    index = Digests.build(rows(digests[:4000], length), np.arange(4000, dtype=np.uint64) * np.uint64(3))
    index.add(rows(digests[4000:], length), np.arange(4000, 5000, dtype=np.uint64) * np.uint64(3))
    index.remove([0, 3 * 4500])
    for step in range(3):
        assert len(index) == 4998
        assert index.find(digests[17]) == (51,)
        assert index.find(digests[4017]) == (12_051,)
        assert index.find(digests[0]) == index.find(digests[4500]) == index.find(bytes(length)) == ()
        together = index.batch(rows([digests[1], bytes(length), digests[4999]], length))
        assert together.tolist() == [(0, 3), (2, 14_997)]
        if step == 0:
            index.save(tmp_path / "list.idx")
            index = Digests.open(tmp_path / "list.idx")
            index.verify()
            assert index.reopen() is index
        else:
            index.merge()


def test_a_chosen_prefix_finds_nothing_else() -> None:
    crowd = [b"\xff" * 8 + number.to_bytes(8) for number in range(3000)]
    index = Digests.build(rows([*reversed(crowd), crowd[5]], 16))
    assert index.find(crowd[5]) == (2994, 3000)
    assert index.find(crowd[2999]) == (0,)
    assert index.find(b"\xff" * 16) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9), st.sampled_from(["add", "remove", "merge"]))))
def test_any_sequence_leaves_what_a_dictionary_would(steps: list[tuple[str, int, str]]) -> None:
    index, plain = Digests.build(np.empty((0, 20), np.uint8)), set[tuple[bytes, int]]()
    for letter, id, act in steps:
        digest = hashlib.sha1(letter.encode(), usedforsecurity=False).digest()
        if act == "add" and (digest, id) not in plain:
            index.add(rows([digest], 20), np.array([id], np.uint64))
            plain.add((digest, id))
        elif act == "remove":
            index.remove([id])
            plain = {pair for pair in plain if pair[1] != id}
        elif act == "merge":
            index.merge()
    assert len(index) == len(plain)
    for letter in "abcdefg":
        digest = hashlib.sha1(letter.encode(), usedforsecurity=False).digest()
        assert index.find(digest) == tuple(sorted(id for known, id in plain if known == digest))


def test_a_replaced_file_is_seen_by_those_who_reopen(tmp_path: Path) -> None:
    path = tmp_path / "list.idx"
    Digests.build(np.zeros((1, 16), np.uint8)).save(path)
    reader = Digests.open(path)
    Digests.build(np.ones((1, 16), np.uint8)).save(path)
    assert (reader.find(bytes(16)), reader.find(b"\1" * 16)) == ((0,), ())
    assert (reader.reopen().find(bytes(16)), reader.reopen().find(b"\1" * 16)) == ((), (0,))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(BadFile):
        reader.reopen()


def test_what_is_no_digest_is_refused() -> None:
    index = Digests.build(np.zeros((1, 16), np.uint8))
    for wrong in (b"", bytes(15), bytes(20)):
        with pytest.raises(NotComparable):
            index.find(wrong)
    for shape in ((1, 15), (1, 20), (16,)):
        with pytest.raises(NotComparable):
            index.add(np.zeros(shape, np.uint8), np.zeros(1, np.uint64))
    with pytest.raises(NotComparable):
        Digests.build(np.zeros((1, 15), np.uint8))
    with pytest.raises(NotComparable):
        Digests.build(np.zeros((2, 16), np.uint8), np.zeros(3, np.uint64))
