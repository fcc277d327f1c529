"""Many files at once: the same answers in one process, in several and on a cluster; stopped anywhere, it goes on."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from fanal.core.errors import Refused
from fanal.matching import lists, pdq, scan
from fanal.matching.lists import Card, Entry
from fanal.site import cli

if TYPE_CHECKING:
    from collections.abc import Callable

Ran = tuple[int, list[dict[str, Any]], str]


@functools.cache
def picture(number: int, *, turned: bool = False, form: str = "PNG") -> bytes:
    """Make a harmless picture of soft stains, another one for each number."""
    chance = np.random.default_rng(number)
    small = Image.fromarray(chance.integers(0, 255, (12, 12), dtype=np.uint8))
    image = small.resize((300, 220), Image.Resampling.BICUBIC)
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
    file = io.BytesIO()
    image.save(file, form)
    return file.getvalue()


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with forty files, and a list that holds one picture, one digest and nothing else."""
    there = tmp_path / "files"
    for number in range(37):
        folder = there / f"{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:02}.png").write_bytes(picture(number))
    (there / "turned.png").write_bytes(picture(5, turned=True))
    (there / "text.txt").write_text("no picture")
    (there / "cut.jpg").write_bytes(picture(5, form="JPEG")[:900])
    listed = tmp_path / "lists" / "one"
    known = pdq.of_image(picture(5))
    digest = hashlib.md5(picture(7), usedforsecurity=False).digest()
    entries = [Entry("pdq", known.bits, ref="p"), Entry("md5", digest, ref="m")]
    lists.update(listed, Card("one", "s", "l", "c"), entries, whole=True, at="t")
    return there, listed


def told(done: list[scan.Done]) -> tuple[set[tuple[str, str]], set[str], int]:
    hits = {(Path(hit.file).name, hit.ref) for one in done for hit in one.hits}
    unread = {Path(name).name for one in done for name, _ in one.unread}
    return hits, unread, sum(one.files for one in done)


EXPECTED = ({("05.png", "p"), ("turned.png", "p"), ("07.png", "m")}, {"text.txt", "cut.jpg"}, 40)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "PART", 4)


def test_what_is_in_the_list_is_found_turned_copies_too(place: tuple[Path, Path]) -> None:
    there, listed = place
    done = list(scan.run(scan.files(there), [listed]))
    assert told(done) == EXPECTED
    assert {code for one in done for _, code in one.unread} == {"image.unreadable"}
    assert told(list(scan.run(scan.files(there), [listed], processes=2))) == EXPECTED


def test_a_manifest_names_files_and_what_is_missing_is_said(place: tuple[Path, Path], tmp_path: Path) -> None:
    there, listed = place
    manifest = tmp_path / "manifest"
    manifest.write_bytes(b"\n".join([os.fsencode(there / "turned.png"), b"/absent/\xff.png", b""]))
    done = list(scan.run(scan.files(manifest), [listed]))
    assert told(done)[0] == {("turned.png", "p")}
    assert [code for one in done for _, code in one.unread] == ["file.unreadable"]
    with pytest.raises(Refused, match=r"scan\.nothing"):
        list(scan.files(tmp_path / "absent"))


def test_what_was_noted_is_not_done_again(place: tuple[Path, Path], tmp_path: Path) -> None:
    there, listed = place
    journal = tmp_path / "journal"
    first = scan.run(scan.files(there), [listed], journal=journal)
    for _ in range(3):
        next(first)
    del first
    with journal.open("ab") as notes:
        notes.write(b'{"part":9,"fil')  # cut short by the end of the machine
    seen: list[int] = []
    real = scan.part

    def part(number: int, names: list[str], folders: list[str]) -> scan.Done:
        seen.append(number)
        return real(number, names, folders)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "part", part)
        done = list(scan.run(scan.files(there), [listed], journal=journal))
    assert seen == list(range(3, 10))
    assert told(done) == EXPECTED
    assert sorted(one.number for one in done) == list(range(10))


def test_a_journal_of_another_run_is_refused(place: tuple[Path, Path], tmp_path: Path) -> None:
    there, listed = place
    journal = tmp_path / "journal"
    list(scan.run(scan.files(there), [listed], journal=journal))
    (there / "one-more.txt").write_text("x")
    with pytest.raises(Refused, match=r"scan\.journal"):
        list(scan.run(scan.files(there), [listed], journal=journal))


@pytest.fixture
def fanal(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command line within this process: exit code, JSON lines and messages."""
    monkeypatch.setenv("LANG", "C.UTF-8")

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.main(arguments)
        out, err = capsysbinary.readouterr()
        return code, [json.loads(line) for line in out.splitlines() if line.startswith(b"{")], err.decode()

    return run


def test_the_commands_from_a_file_to_a_match(
    place: tuple[Path, Path], tmp_path: Path, fanal: Callable[..., Ran]
) -> None:
    there, _ = place
    shelf = ["--lists", str(tmp_path / "shelf")]
    code, lines, _ = fanal("hash", str(there / "2" / "05.png"), str(there / "text.txt"), "absent", "--signal", "pdq")
    assert code == 1
    assert [line.get("error") for line in lines] == [None, "image.unreadable", "file.unreadable"]
    value = str(lines[0]["value"])
    table = f"signal,value,ref\npdq,{value},r1\nmd5,nothing,r2\n".encode()
    terms = ["--source", "s", "--licence", "l", "--classification", "c"]
    assert fanal("lists", "import", "mine", "-", *shelf, stdin=table)[0] == 1  # without its terms
    code, _, errors = fanal("lists", "import", "mine", "-", *terms, *shelf, stdin=table)
    assert (code, "3:" in errors) == (1, True)
    code, lines, _ = fanal("match", "--list", "mine", "--json", *shelf, f"pdq:{value}", "pdq:" + "00" * 32)
    assert code == 1
    assert [len(line["matches"]) for line in lines] == [1, 0]
    assert fanal("match", *shelf, stdin=b"pdq:" + b"00" * 32)[0] == 0
    assert fanal("match", *shelf, "aa" * 32)[0] == 2  # which kind is not said
    code, lines, errors = fanal("scan", str(there), "--list", "mine", "--processes", "2", *shelf)
    assert code == 1
    assert {Path(str(line["file"])).name for line in lines if "list" in line} == {"05.png", "turned.png"}
    assert "40 files" in errors
    code, lines, _ = fanal("lists", "show", "--json", *shelf)
    assert (code, lines[0]["entries"]) == (0, 1)
    code, lines, _ = fanal("lists", "export", "mine", *shelf)
    exported = b"\n".join(json.dumps(line).encode() for line in lines)
    assert fanal("lists", "import", "other", "-", "--shape", "peer", *terms, *shelf, stdin=exported)[0] == 0
    code, lines, _ = fanal("match", "--json", *shelf, f"pdq:{value}")
    assert [one["list"] for one in lines[0]["matches"]] == ["mine", "other"]


def test_a_run_that_is_killed_goes_on(place: tuple[Path, Path], tmp_path: Path) -> None:
    there, listed = place
    for number in range(100, 260):
        (there / f"{number}.png").write_bytes(picture(number % 10 + 40))
    journal = tmp_path / "journal"
    command = [
        sys.executable, "-m", "fanal", "scan", str(there), "--lists", str(listed.parent), "--processes", "1",
        "--journal", str(journal),
    ]  # fmt: skip
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while (not journal.exists() or journal.read_bytes().count(b"\n") < 3) and time.monotonic() < until:
        time.sleep(0.01)
    program.send_signal(signal.SIGKILL)
    program.wait()
    parts = journal.read_bytes().count(b"\n") - 1
    assert 2 <= parts < 6
    again = subprocess.run(command, capture_output=True, check=False)
    assert again.returncode == 1
    lines = [json.loads(line) for line in again.stdout.splitlines()]
    assert {Path(line["file"]).name for line in lines if "list" in line} == {"05.png", "turned.png", "07.png"}
    assert b"200 files" in again.stderr


def test_a_cluster_goes_on_when_one_of_its_workers_is_killed(place: tuple[Path, Path]) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    there, listed = place
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = list(client.run(os.getpid).values())
        results = scan.run(scan.files(there), [listed], scheduler=cluster.scheduler_address)
        done = [next(results)]
        os.kill(workers[0], signal.SIGKILL)
        done += results
    assert told(done) == EXPECTED
