"""The file on disk: opened fast, replaced in one step under its readers, and never believed when it is not whole."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.matching import brute

from fanal.matching import BadFile, Digests, Index, mapped

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from pathlib import Path

    Answers = Queue[set[int]]

ROWS = 20_000


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = Index.build(brute.clustered(ROWS, 1))
    index.add(brute.random(10, 5), np.arange(ROWS, ROWS + 10, dtype=np.uint64))
    index.remove(np.array([3], np.uint64))
    path = tmp_path_factory.mktemp("saved") / "hashes.idx"
    index.save(path)
    return path


def test_what_was_saved_is_what_is_opened(saved: Path) -> None:
    index = Index.open(saved)
    index.verify()
    hashes, ids = np.concatenate([brute.clustered(ROWS, 1), brute.random(10, 5)]), np.arange(ROWS + 10, dtype=np.uint64)
    left = ids != 3
    assert len(index) == ROWS + 9
    brute.agree(index, hashes[left], ids[left], hashes[::1001], 31)


def test_nothing_is_left_beside_the_file(saved: Path) -> None:
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_file_that_was_cut_is_refused(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    cut = tmp_path / "cut.idx"
    for length in (0, 1, 7, 43, 44, 300, 4096, 5000, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        cut.write_bytes(whole[:length])
        with pytest.raises(BadFile):
            Index.open(cut)
    cut.write_bytes(whole + b"\0")
    with pytest.raises(BadFile) as refused:
        Index.open(cut)
    assert str(refused.value) == "index.truncated"


def test_what_is_no_index_is_refused(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.idx"
    Digests.build(brute.random(5)).save(other)
    with pytest.raises(BadFile, match=r"index\.foreign"):
        Index.open(other)
    with pytest.raises(BadFile, match=r"index\.foreign"):
        Digests.open(saved)
    for content in (b"", b"\x80\x04\x95pickled", b"PK\x03\x04", b"\0" * 10_000, b"FANALIDX" + b"\xff" * 5000):
        other.write_bytes(content)
        with pytest.raises(BadFile):
            Index.open(other)


def test_a_flipped_bit_is_seen_by_opening_or_by_verifying(saved: Path, tmp_path: Path) -> None:
    whole = bytearray(saved.read_bytes())
    entries = json.loads(whole[44 : 44 + int.from_bytes(whole[8:12], "little")])["arrays"]
    flipped = tmp_path / "flipped.idx"
    spots = [0, 9, 20, 60] + [entry["place"] for entry in entries if np.prod(entry["shape"])]
    for spot in spots:
        whole[spot] ^= 4
        flipped.write_bytes(whole)
        with pytest.raises(BadFile):
            Index.open(flipped)
        whole[spot] ^= 4


def test_large_arrays_are_checked_by_verify_alone(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "CHECKED_AT_ONCE", 10_000)
    whole = bytearray(saved.read_bytes())
    entries = json.loads(whole[44 : 44 + int.from_bytes(whole[8:12], "little")])["arrays"]
    flipped = tmp_path / "flipped.idx"
    for name in ("sketches", "places", "rows", "labels"):
        spot = next(entry["place"] for entry in entries if entry["name"] == name) + 5
        whole[spot] ^= 0xFF
        flipped.write_bytes(whole)
        index = Index.open(flipped)
        assert len(index.batch(brute.clustered(ROWS, 1)[:2000])) >= 1000  # reads nothing outside, whatever is there
        with pytest.raises(BadFile):
            index.verify()
        whole[spot] ^= 0xFF


def _forged(saved: Path, name: str, change: str) -> bytes:
    """Change one array and put the sums right, as one could who means harm."""
    whole = bytearray(saved.read_bytes())
    length = int.from_bytes(whole[8:12], "little")
    header = json.loads(whole[44 : 44 + length])
    entry = next(entry for entry in header["arrays"] if entry["name"] == name)
    size = int(np.prod(entry["shape"])) * np.dtype(entry["type"]).itemsize
    if change == "bytes":
        whole[entry["place"] : entry["place"] + size] = b"\xff" * size
    elif change == "shape":
        entry["shape"][0] = max(0, entry["shape"][0] - 16)
    elif change == "type":
        entry["type"] = "object"
    else:
        entry["place"] = header["size"]
    kind = np.dtype("uint8" if change == "type" else entry["type"])
    shown = whole[entry["place"] :][: int(np.prod(entry["shape"])) * kind.itemsize]
    entry["sha256"] = hashlib.sha256(shown).hexdigest()
    text = json.dumps(header).encode()
    whole[: mapped.PAGE] = bytes(mapped.PAGE)
    whole[8 : 44 + len(text)] = len(text).to_bytes(4, "little") + hashlib.sha256(text).digest() + text
    whole[:8] = mapped.MARK
    return bytes(whole)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        *((name, change) for name in ("order", "offsets") for change in ("bytes", "shape", "type", "place")),
        *((name, change) for name in ("sketches", "rows", "pending") for change in ("shape", "type", "place")),
    ],
)
def test_a_forged_file_is_refused(saved: Path, tmp_path: Path, name: str, change: str) -> None:
    forged = tmp_path / "forged.idx"
    forged.write_bytes(_forged(saved, name, change))
    with pytest.raises(BadFile):
        Index.open(forged)


def test_row_numbers_beyond_the_rows_are_passed_over(saved: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.idx"
    forged.write_bytes(_forged(saved, "places", "bytes"))
    index = Index.open(forged)
    hashes = brute.clustered(ROWS, 1)
    assert {int(id) for id in index.batch(hashes[:1500])["id"]} <= set(range(ROWS + 10))


def test_a_failed_save_leaves_the_old_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(mapped, "_fill", full)
    with pytest.raises(OSError, match="no room"):
        Index.build(brute.random(3)).save(saved)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_reader_keeps_its_map_and_reopening_is_cheap(tmp_path: Path) -> None:
    path, hashes = tmp_path / "hashes.idx", brute.random(ROWS)
    Index.build(hashes).save(path)
    reader = Index.open(path)
    assert reader.reopen() is reader
    Index.build(hashes[1:]).save(path)
    assert reader.query(hashes[0].tobytes()) == [(0, 0)]  # as it was opened
    newer = reader.reopen()
    assert newer is not reader
    assert newer.query(hashes[0].tobytes()) == []
    assert newer.query(hashes[1].tobytes()) == [(0, 0)]
    path.unlink()
    assert newer.reopen() is newer


def _read(path: Path, rounds: int, answers: Answers) -> None:
    hashes, seen = brute.random(ROWS), set()
    index = Index.open(path)
    for _ in range(rounds):
        index = index.reopen()
        seen.add(len(index))
        found = index.query(hashes[7].tobytes())
        assert [match.distance for match in found] == [0]
    answers.put(seen)


def test_processes_read_while_the_file_is_replaced(tmp_path: Path) -> None:
    path, hashes = tmp_path / "hashes.idx", brute.random(ROWS)
    Index.build(hashes).save(path)
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    readers = [spawn.Process(target=_read, args=(path, 150, answers)) for _ in range(2)]
    for reader in readers:
        reader.start()
    written = {ROWS}
    while any(reader.is_alive() for reader in readers) and len(written) < 200:
        count = ROWS - len(written)
        Index.build(hashes[:count]).save(path)
        written.add(count)
        for reader in readers:
            reader.join(0.05)
    seen = [answers.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
        assert reader.exitcode == 0
    assert all(counts <= written for counts in seen)
