"""The laws of the tree, at any size and for any change of one bit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.errors import Broken
from fanal.core.ledger import tree

SIZES = st.integers(min_value=1, max_value=560)


LEAVES = [tree.leaf(number.to_bytes(4, "big")) for number in range(900)]


def leaves(count: int) -> list[bytes]:
    return LEAVES[:count]


def slow_root(hashes: list[bytes]) -> bytes:
    """Say it as RFC 6962 §2.1 does."""
    if not hashes:
        return tree.EMPTY
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree.node(slow_root(hashes[:split]), slow_root(hashes[split:]))


def stored(hashes: list[bytes]):
    places = {(0, index): one for index, one in enumerate(hashes)}
    places.update(tree.grow(tree.Growing(), hashes).nodes)
    return places.__getitem__


def flip(raw: bytes, bit: int) -> bytes:
    bit %= len(raw) * 8
    return raw[: bit // 8] + bytes([raw[bit // 8] ^ (1 << bit % 8)]) + raw[bit // 8 + 1 :]


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=560))
def test_the_root_is_the_one_of_the_rfc(size: int) -> None:
    assert tree.root(leaves(size)) == slow_root(leaves(size))


@settings(deadline=None)
@given(SIZES, st.lists(st.integers(min_value=0, max_value=60), max_size=5))
def test_growing_in_steps_is_growing_at_once(first: int, steps: list[int]) -> None:
    grown, nodes = tree.grow(tree.Growing(), leaves(first)).tree, list(tree.grow(tree.Growing(), leaves(first)).nodes)
    for step in steps:
        more = tree.grow(grown, leaves(grown.size + step)[grown.size :])
        grown, nodes = more.tree, nodes + list(more.nodes)
    whole = tree.grow(tree.Growing(), leaves(grown.size))
    assert (grown, nodes) == (whole.tree, list(whole.nodes))


@settings(deadline=None)
@given(SIZES, st.data())
def test_every_place_is_proved_and_no_other_leaf_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    bit = data.draw(st.integers(min_value=0))
    hashes = leaves(size)
    root = tree.root(hashes)
    proof = tree.prove(tree.inclusion(index, size), stored(hashes))
    assert len(proof) <= size.bit_length()
    tree.check_inclusion(leaf_hash=hashes[index], index=index, size=size, proof=proof, root_hash=root)
    wrong = [
        {"leaf_hash": flip(hashes[index], bit), "index": index, "size": size, "proof": proof, "root_hash": root},
        {"leaf_hash": hashes[index], "index": index, "size": size, "proof": proof, "root_hash": flip(root, bit)},
        {"leaf_hash": hashes[index], "index": index, "size": size, "proof": (*proof, root), "root_hash": root},
        {"leaf_hash": hashes[index], "index": size, "size": size, "proof": proof, "root_hash": root},
        {"leaf_hash": hashes[index], "index": -1, "size": size, "proof": proof, "root_hash": root},
    ]
    if proof:
        at = bit % len(proof)
        bent = (*proof[:at], flip(proof[at], bit), *proof[at + 1 :])
        other = (index + 1) % size
        wrong += [
            {"leaf_hash": hashes[index], "index": index, "size": size, "proof": bent, "root_hash": root},
            {"leaf_hash": hashes[index], "index": index, "size": size, "proof": proof[:-1], "root_hash": root},
            {"leaf_hash": hashes[index], "index": other, "size": size, "proof": proof, "root_hash": root},
        ]
    for one in wrong:
        with pytest.raises(Broken):
            tree.check_inclusion(**one)


@settings(deadline=None)
@given(SIZES, st.data())
def test_a_longer_tree_is_proved_to_extend_a_shorter_one(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(min_value=1, max_value=new))
    bit = data.draw(st.integers(min_value=0))
    hashes = leaves(new)
    old_root, new_root = tree.root(hashes[:old]), tree.root(hashes)
    proof = tree.prove(tree.consistency(old, new), stored(hashes))
    tree.check_consistency(old=old, new=new, old_root=old_root, new_root=new_root, proof=proof)
    rewritten = tree.root([flip(hashes[0], bit), *hashes[1:old]])
    wrong = [
        (rewritten, new_root, proof),
        (old_root, flip(new_root, bit), proof),
        (old_root, new_root, (*proof, old_root)),
    ]
    if proof:
        at = bit % len(proof)
        wrong += [
            (old_root, new_root, (*proof[:at], flip(proof[at], bit), *proof[at + 1 :])),
            (old_root, new_root, proof[1:]),
        ]
    for before, after, path in wrong:
        with pytest.raises(Broken):
            tree.check_consistency(old=old, new=new, old_root=before, new_root=after, proof=path)


@settings(deadline=None)
@given(SIZES, SIZES, st.data())
def test_a_proof_for_one_size_is_none_for_another(size: int, other: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=min(size, other) - 1))
    hashes = leaves(size)
    proof = tree.prove(tree.inclusion(index, size), stored(hashes))
    if len(proof) != len(tree.inclusion(index, other)):
        with pytest.raises(Broken):
            tree.check_inclusion(
                leaf_hash=hashes[index], index=index, size=other, proof=proof, root_hash=tree.root(hashes)
            )


def test_a_short_tree_cannot_be_passed_off_as_a_longer_one() -> None:
    one = tree.leaf(b"the only entry")
    with pytest.raises(Broken):
        tree.check_inclusion(leaf_hash=one, index=0, size=2, proof=[], root_hash=one)
    for old, new in [(1, 2), (3, 4), (4, 8), (5, 9)]:
        root = tree.root(leaves(old))
        with pytest.raises(Broken):
            tree.check_consistency(old=old, new=new, old_root=root, new_root=root, proof=[])


def test_what_cannot_be_proved_is_refused() -> None:
    for index, size in [(0, 0), (5, 5), (-1, 3)]:
        with pytest.raises(Broken):
            tree.inclusion(index, size)
    for old, new in [(0, 3), (4, 3)]:
        with pytest.raises(Broken):
            tree.consistency(old, new)
