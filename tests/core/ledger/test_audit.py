"""A whole log in memory: it holds as it was written, and no single change of any file goes unseen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.ledger import audit, checkpoint, note, tiles, tree
from fanal.wire import notes

NAME = "ledger.fanal.example/essai"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> note.Signer:
    folder = tmp_path_factory.mktemp("keys")
    notes.new(NAME, private=folder / "ledger.key", public=folder / "ledger.vkey")
    return notes.read_signer(folder / "ledger.key")


def entries(count: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(count)]


def written(of: list[bytes], signer: note.Signer) -> dict[str, bytes]:
    """Write a log as the specification says it, without the code of the export."""
    hashes = [tree.leaf(one) for one in of]
    size = len(of)
    signed = checkpoint.sign(checkpoint.Checkpoint(NAME, size, tree.root(hashes)), signer)
    files = {"checkpoint": signed.encode(), "vkey": (note.vkey(signer.key) + "\n").encode()}
    for tile in tiles.level(size, None):
        files[tile.path()] = tiles.bundle(of[tile.index * 256 : tile.index * 256 + tile.width])
    level = 0
    while hashes:
        for tile in tiles.level(size, level):
            files[tile.path()] = b"".join(hashes[tile.index * 256 : tile.index * 256 + tile.width])
        full = len(hashes) // 256
        hashes = [tree.root(hashes[at * 256 : at * 256 + 256]) for at in range(full)]
        level += 1
    return files


def flaws(files: dict[str, bytes], key: note.Key, against: checkpoint.Checkpoint | None = None) -> list[audit.Flaw]:
    return list(audit.audit(names=files, read=files.get, key=key, check=notes.check, against=against).flaws)


SIZES = st.sampled_from([0, 1, 2, 255, 256, 257, 300, 511, 512, 700, 1025])


@settings(max_examples=60, deadline=None)
@given(SIZES, st.data())
def test_one_flipped_bit_anywhere_is_seen_and_its_file_named(
    signer: note.Signer, size: int, data: st.DataObject
) -> None:
    files = written(entries(size), signer)
    assert flaws(files, signer.key) == []
    path = data.draw(st.sampled_from(sorted(files)))
    bit = data.draw(st.integers(min_value=0, max_value=len(files[path]) * 8 - 1))
    bent = bytearray(files[path])
    bent[bit // 8] ^= 1 << bit % 8
    assert path in {flaw.file for flaw in flaws(files | {path: bytes(bent)}, signer.key)}


@settings(max_examples=60, deadline=None)
@given(SIZES, st.data())
def test_a_lost_or_cut_or_lengthened_file_is_named(signer: note.Signer, size: int, data: st.DataObject) -> None:
    files = written(entries(size), signer)
    path = data.draw(st.sampled_from(sorted(set(files) - {"vkey"})))
    cut = data.draw(st.integers(min_value=0, max_value=len(files[path]) - 1))
    assert [flaw.file for flaw in flaws({k: v for k, v in files.items() if k != path}, signer.key)] == [path]
    for other in (files[path][:cut], files[path] + b"\0"):
        assert path in {flaw.file for flaw in flaws(files | {path: other}, signer.key)}


@pytest.mark.parametrize("at", [0, 255, 256, 299])
@pytest.mark.parametrize("kind", ["entries", "hashes"])
def test_only_the_file_at_fault_is_named(signer: note.Signer, at: int, kind: str) -> None:
    files = written(entries(300), signer)
    tile = tiles.level(300, None if kind == "entries" else 0)[at // 256]
    bent = bytearray(files[tile.path()])
    bent[-1] ^= 1
    assert [flaw.file for flaw in flaws(files | {tile.path(): bytes(bent)}, signer.key)] == [tile.path()]


def test_a_smuggled_file_is_named(signer: note.Signer) -> None:
    files = written(entries(300), signer)
    for stranger in (
        "notes.txt",
        "tile/0/002",
        "tile/2/000",
        "tile/0/001.p/45",
        "tile/entries/001.p/99",
        ".part",
        "tile/0/1",
    ):
        assert [flaw.file for flaw in flaws(files | {stranger: b"x" * 32}, signer.key)] == [stranger]


def test_partial_tiles_of_earlier_sizes_may_stay_if_they_are_true(signer: note.Signer) -> None:
    older = written(entries(290), signer)
    files = older | written(entries(300), signer)
    assert "tile/0/001.p/34" in files
    assert flaws(files, signer.key) == []
    for path in ("tile/0/001.p/34", "tile/entries/001.p/34"):
        assert [flaw.file for flaw in flaws(files | {path: files[path][:-1] + b"!"}, signer.key)] == [path]


def test_another_key_is_refused(signer: note.Signer, tmp_path) -> None:
    files = written(entries(10), signer)
    other = notes.new(NAME, private=tmp_path / "k", public=tmp_path / "v")
    assert [flaw.file for flaw in flaws(files, other)] == ["checkpoint"]
    swapped = files | {"vkey": (note.vkey(other) + "\n").encode()}
    assert [flaw.file for flaw in flaws(swapped, signer.key)] == ["vkey"]


def test_a_wrong_root_that_was_signed_is_seen(signer: note.Signer) -> None:
    lie = checkpoint.sign(checkpoint.Checkpoint(NAME, 10, bytes(32)), signer).encode()
    found = flaws(written(entries(10), signer) | {"checkpoint": lie}, signer.key)
    assert [(flaw.file, flaw.reason.code) for flaw in found] == [("checkpoint", "ledger.root.other")]


@settings(max_examples=40, deadline=None)
@given(SIZES, SIZES)
def test_the_past_cannot_be_rewritten_or_shortened(signer: note.Signer, one: int, other: int) -> None:
    old, new = sorted((one, other))
    raw = written(entries(old), signer)["checkpoint"]
    earlier = checkpoint.verify(raw, signer.key, check=notes.check)
    assert flaws(written(entries(new), signer), signer.key, earlier) == []
    if old:
        rewritten = written([b"another", *entries(new)[1:]], signer)
        assert [flaw.reason.code for flaw in flaws(rewritten, signer.key, earlier)] == ["ledger.against.rewritten"]
        shorter = written(entries(old - 1), signer)
        assert [flaw.reason.code for flaw in flaws(shorter, signer.key, earlier)] == ["ledger.against.shorter"]
