"""Every public vector of the evidence folder: RFC 6962 roots and proofs, and a C2SP log that another program signed."""

from __future__ import annotations

import base64
import json

import pytest
from tests import shared_data

from fanal.core.errors import Broken
from fanal.core.ledger import audit, checkpoint, note, tiles, tree
from fanal.wire import notes


def _load(name: str) -> dict:
    return json.loads((shared_data.folder("evidence") / name).read_text())


def _hash(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def test_roots_of_rfc_6962() -> None:
    vectors = _load("rfc6962-roots.json")
    leaves = [tree.leaf(bytes.fromhex(one)) for one in vectors["leaf_inputs_hex"]]
    assert len(vectors["root_by_size_hex"]) == 9
    for size, root in enumerate(vectors["root_by_size_hex"]):
        assert tree.root(leaves[:size]).hex() == root


def test_inclusion_proofs() -> None:
    cases = _load("rfc6962-proofs.json")["inclusion"]
    assert len(cases) == 98
    for case in cases:

        def verify(case: dict = case) -> None:
            tree.check_inclusion(
                leaf_hash=_hash(case["leafHash"]),
                index=case["leafIdx"],
                size=case["treeSize"],
                proof=[_hash(one) for one in case["proof"] or []],
                root_hash=_hash(case["root"]),
            )

        _hold(case, verify)


def test_consistency_proofs() -> None:
    cases = _load("rfc6962-proofs.json")["consistency"]
    assert len(cases) == 98
    for case in cases:

        def verify(case: dict = case) -> None:
            tree.check_consistency(
                old=case["size1"],
                new=case["size2"],
                old_root=_hash(case["root1"]),
                new_root=_hash(case["root2"]),
                proof=[_hash(one) for one in case["proof"] or []],
            )

        _hold(case, verify)


def _hold(case: dict, verify) -> None:
    if case["wantErr"]:
        with pytest.raises(Broken):
            verify()
    else:
        verify()


def test_a_log_made_by_another_program() -> None:
    log = _load("tlog-tiles-log.json")
    entries = [one.encode() for one in log["entries_utf8"]]
    leaves = [tree.leaf(one) for one in entries]
    assert [one.hex() for one in leaves] == log["leaf_hashes_hex"]
    assert b"".join(leaves).hex() == log["tile_0_000_p_15_hex"]
    assert tiles.bundle(entries).hex() == log["tile_entries_000_p_15_hex"]
    assert list(tiles.unbundle(bytes.fromhex(log["tile_entries_000_p_15_hex"]), width=15)) == entries

    key = note.read_vkey(log["verifier_key"])
    assert note.vkey(key) == log["verifier_key"]
    signed = log["checkpoints_by_size"]
    assert len(signed) == 16
    for size, raw in signed.items():
        read = checkpoint.verify(raw.encode(), key, check=notes.check)
        assert (read.size, read.root) == (int(size), tree.root(leaves[: int(size)]))

    files = {
        "checkpoint": signed["15"].encode(),
        "tile/0/000.p/15": bytes.fromhex(log["tile_0_000_p_15_hex"]),
        "tile/entries/000.p/15": bytes.fromhex(log["tile_entries_000_p_15_hex"]),
    }
    earlier = checkpoint.verify(signed["7"].encode(), key, check=notes.check)
    found = audit.audit(names=files, read=files.get, key=key, check=notes.check, against=earlier)
    assert found.flaws == ()
