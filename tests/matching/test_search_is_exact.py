"""The index finds what the plainest search finds: always, at every distance, whatever the hashes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching import brute

from fanal.matching import Index, NotComparable
from fanal.matching import index as index_module
from fanal.matching.ring import TOGETHER, Ring, lay, variations

ROWS = 20_000  # more than are kept without a ring


@cache
def clustered() -> tuple[Index, brute.Hashes, np.ndarray]:
    hashes = brute.clustered(ROWS, 1)
    ids = np.random.default_rng(2).permutation(3 * ROWS)[:ROWS].astype(np.uint64)
    return Index.build(hashes, ids), hashes, ids


def test_every_distance_is_found_and_none_beyond() -> None:
    index, hashes, ids = clustered()
    bits = [many for many in range(41) for _ in range(6)]
    queries = brute.apart(hashes[-len(bits) :], bits)
    for number, (query, many) in enumerate(zip(queries, bits, strict=True)):
        own = int(ids[ROWS - len(bits) + number])
        assert (many, own) in [(m.distance, m.id) for m in index.query(query.tobytes(), 40)]
        assert (own in [m.id for m in index.query(query.tobytes())]) == (many <= 31)
    brute.agree(index, hashes, ids, queries, 31)


@pytest.mark.parametrize("radius", [0, 1, 15, 16, 31, 32, 47, 48, 100, 256])
def test_every_radius(radius: int) -> None:
    index, hashes, ids = clustered()
    queries = np.concatenate([brute.random(3, 9), brute.apart(hashes[:6], [0, 5, 15, 31, 47, 60])])
    assert brute.agree(index, hashes, ids, queries, radius) > 0


@pytest.mark.parametrize("radius", [0, 15, 31, 32, 47])
def test_a_ring_by_its_buckets_at_every_radius(radius: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fanal.matching.ring.LARGE", 0)  # two bits varied, though looking at each would be quicker
    index, hashes, ids = clustered()
    bits = np.arange(48).repeat(2)
    assert brute.agree(index, hashes, ids, brute.apart(hashes[: len(bits)], bits), radius) > 0


def test_many_queries_together_answer_as_each_alone() -> None:
    index, hashes, _ = clustered()
    some = np.concatenate([brute.random(200, 4), brute.apart(hashes[:200], np.arange(200) % 41)])
    alone = np.concatenate([index.batch(some[low : low + 50]) for low in range(0, 400, 50)])
    many = index.batch(np.tile(some, (TOGETHER // 400 + 2, 1)))
    first = many[many["query"] < 400]
    assert first[["id", "distance"]].tolist() == alone[["id", "distance"]].tolist()
    assert len(many) == len(alone) * (TOGETHER // 400 + 2)


def test_more_queries_than_share_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fanal.matching.ring.AT_ONCE", 7)
    index, hashes, ids = clustered()
    brute.agree(index, hashes, ids, hashes[:30], 31)


@pytest.mark.parametrize("count", [0, 1, 2, 33])
@pytest.mark.parametrize("small", [-1, 100])
def test_few_hashes(count: int, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "SMALL", small if count else 100)  # -1: a ring for even one hash
    hashes, ids = brute.random(count), np.arange(count, dtype=np.uint64)
    index = Index.build(hashes)
    assert len(index) == count
    queries = np.concatenate([brute.random(2, 5), brute.apart(hashes, [31] * count)])
    assert brute.agree(index, hashes, ids, queries, 31) == count


def test_all_equal_and_duplicates() -> None:
    hashes = np.repeat(brute.random(1), ROWS, 0)
    index = Index.build(hashes)
    for query, wanted in ((hashes[0], ROWS), (brute.apart(hashes[:1], [31])[0], ROWS), (~hashes[0], 0)):
        assert len(index.query(query.tobytes())) == wanted
    assert len(index.batch(hashes[:5])) == 5 * ROWS


def test_a_crowd_that_was_chosen_for_one_bucket() -> None:
    order = np.arange(256, dtype=np.uint8)  # a permutation that the one who chose them knows
    hashes, ids = brute.random(ROWS), np.arange(ROWS, dtype=np.uint64)
    hashes[:4000, :4] = [7, 7, 9, 9]  # bands 0 and 1 are the same: band 0 lets every one of them pass
    index = Index.build(hashes, order=order)
    assert brute.agree(index, hashes, ids, brute.apart(hashes[:60], np.arange(60) % 41), 31) >= 45
    assert len(index.batch(np.tile(hashes[:4], (TOGETHER // 4, 1)))) == TOGETHER


def test_each_index_permutes_in_its_own_way() -> None:
    hashes = brute.random(3)
    orders = {Index.build(hashes)._order.tobytes() for _ in range(4)}
    assert len(orders) == 4
    assert all(sorted(order) == list(range(256)) for order in orders)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 255), min_size=1, max_size=12),
    st.integers(1, 300),
    st.integers(0, 256),
    st.integers(0, 2**32),
)
def test_whatever_the_bytes(alphabet: list[int], count: int, radius: int, seed: int) -> None:
    """Hashes from few different bytes crowd the buckets, tie, and repeat."""
    rng = np.random.default_rng(seed)
    hashes = np.array(alphabet, np.uint8)[rng.integers(0, len(alphabet), (count, 32))]
    ids = rng.integers(0, 2**63, count).astype(np.uint64)
    table = Index.build(hashes[:0])
    words = table._spread(hashes)
    queries = brute.apart(hashes[:5], rng.integers(0, 41, min(5, count)), seed)
    ring = lay(words, ids)
    found = ring.search(table._spread(queries), radius)
    names = ring.ids(found[:, 1])
    for number, query in enumerate(queries):
        mine = found[:, 0] == number
        got = sorted(zip(found[mine, 2].tolist(), names[mine].tolist(), strict=True))
        assert got == brute.search(hashes, ids, query, radius)
    assert np.array_equal(np.sort(ring.words(), axis=0), np.sort(words, axis=0))


@pytest.mark.parametrize("varied", [0, 1, 2])
def test_the_law_that_the_ring_rests_on(varied: int) -> None:
    """Of 16 differences that sum to 16m + 15 or less, one is at most m and at most 2m + 1 with the next one."""
    rng = np.random.default_rng(varied)
    worst = np.stack([np.bincount(rng.integers(0, 16, 16 * varied + 15), minlength=16) for _ in range(20_000)])
    follows = np.roll(worst, -1, axis=1)
    assert ((worst <= varied) & (worst + follows <= 2 * varied + 1)).any(axis=1).all()
    masks, slack = variations(varied)
    assert len({*masks.tolist()}) == {0: 1, 1: 17, 2: 137}[varied]
    assert all(int(mask).bit_count() + left == 2 * varied + 1 for mask, left in zip(masks, slack, strict=True))


def test_row_numbers_and_ids_of_every_width() -> None:
    words = np.random.default_rng(3).integers(0, 2**63, (70, 4)).astype(np.uint64)
    for largest in (0, 255, 256, 2**24, 2**40, 2**64 - 1):
        ids = np.arange(70, dtype=np.uint64) * np.uint64(largest // 69)
        ids[-1] = largest
        ring = lay(words, ids)
        assert ring.label_width == max(1, -(-largest.bit_length() // 8))
        assert set(ring.ids(np.arange(70, dtype=np.uint32)).tolist()) == set(ids.tolist())
    narrow = lay(words, ids)
    wide = np.zeros((narrow.places.size // 3, 4), np.uint8)  # as above 16.7 million hashes
    wide[:, :3] = narrow.places.reshape(-1, 3)
    four = Ring(narrow.offsets, narrow.sketches, wide.ravel(), narrow.rows, narrow.labels)
    assert four.width == 4
    assert four.fits()
    assert np.array_equal(four.search(words, 31), narrow.search(words, 31))


@pytest.mark.parametrize(
    ("hashes", "radius"),
    [(b"\0" * 31, 31), (b"\0" * 33, 31), (b"", 31), (b"\0" * 32, -1), (b"\0" * 32, 257)],
)
def test_what_is_no_hash_is_refused(hashes: bytes, radius: int) -> None:
    with pytest.raises(NotComparable):
        Index.build(brute.random(2)).query(hashes, radius)


@pytest.mark.parametrize("wrong", [np.zeros((2, 31), np.uint8), np.zeros(32, np.uint8), np.zeros((2, 32), np.int64)])
def test_what_is_no_list_of_hashes_is_refused(wrong: np.ndarray) -> None:
    index = Index.build(brute.random(2))
    with pytest.raises(NotComparable):
        Index.build(wrong)
    with pytest.raises(NotComparable):
        index.batch(wrong)
    with pytest.raises(NotComparable):
        index.add(brute.random(2), np.arange(3, dtype=np.uint64))
    with pytest.raises(NotComparable):
        index.add(brute.random(1), np.array([-1]))
