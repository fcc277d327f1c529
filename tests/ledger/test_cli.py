"""`fanal ledger verify` and `fanal receipt verify` on real files: what they say, with which exit code; no traceback."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from fanal.core.ledger import checkpoint, entry, note, proof, tiles, tree
from fanal.site.cli import ledger, receipt
from fanal.wire import notes

if TYPE_CHECKING:
    from pathlib import Path

NAME = "ledger.fanal.example/essai"
SIZE = 600


def _entries(count: int) -> list[bytes]:
    return [
        entry.encode(
            entry.Entry(
                event="report.received",
                event_id=UUID(int=number),
                at=datetime(2026, 11, 22, 12, tzinfo=UTC),
                commitment=number.to_bytes(32, "big"),
            )
        )
        for number in range(count)
    ]


def _signed(leaves: list[bytes], signer: note.Signer) -> str:
    return checkpoint.sign(checkpoint.Checkpoint(NAME, len(leaves), tree.root(leaves)), signer)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys, an exported log of 600 entries, an earlier checkpoint, and a receipt."""
    here = tmp_path_factory.mktemp("ledger")
    notes.new(NAME, private=here / "ledger.key", public=here / "ledger.vkey")
    notes.new(NAME, private=here / "other.key", public=here / "other.vkey")
    signer = notes.read_signer(here / "ledger.key")
    entries = _entries(SIZE)
    leaves = [tree.leaf(one) for one in entries]
    files = {"checkpoint": _signed(leaves, signer).encode(), "vkey": (here / "ledger.vkey").read_bytes()}
    for tile in tiles.level(SIZE, None):
        files[tile.path()] = tiles.bundle(entries[tile.index * 256 : tile.index * 256 + tile.width])
    for tile in tiles.level(SIZE, 0):
        files[tile.path()] = b"".join(leaves[tile.index * 256 : tile.index * 256 + tile.width])
    files["tile/1/000.p/2"] = tree.root(leaves[:256]) + tree.root(leaves[256:512])
    for path, content in files.items():
        (here / "log" / path).parent.mkdir(parents=True, exist_ok=True)
        (here / "log" / path).write_bytes(content)
    (here / "earlier").write_text(_signed(leaves[:300], signer))
    (here / "rewritten").write_text(_signed([tree.leaf(b"x"), *leaves[1:300]], signer))
    places = {(0, index): one for index, one in enumerate(leaves)} | dict(tree.grow(tree.Growing(), leaves).nodes)
    hashes = tree.prove(tree.inclusion(7, SIZE), places.__getitem__)
    made_receipt = proof.Proof(index=7, hashes=hashes, checkpoint=_signed(leaves, signer), extra=entries[7])
    (here / "receipt.tlog-proof").write_bytes(proof.encode(made_receipt))
    return here


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


def run(module, *words: object) -> int:
    parser = argparse.ArgumentParser(prog="fanal")
    module.arguments(parser)
    return module.run(parser.parse_args([str(word) for word in words]))


def test_a_true_copy_holds(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ledger, "verify", made / "log", "--public-key", made / "ledger.vkey") == 0
    assert "The ledger holds." in capsys.readouterr().out
    options = ("--public-key", made / "ledger.vkey", "--against", made / "earlier", "--json")
    assert run(ledger, "verify", made / "log", *options) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["size"], told["origin"], told["flaws"]) == (True, SIZE, NAME, [])


def test_a_flipped_bit_in_any_file_is_refused_by_name(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made / "log", tmp_path / "log")
    chance = random.Random(8)  # noqa: S311 - which bit is flipped is no secret
    for path in sorted(path for path in (tmp_path / "log").rglob("*") if path.is_file()):
        right = path.read_bytes()
        for _ in range(5):
            wrong = bytearray(right)
            wrong[chance.randrange(len(right))] ^= 1 << chance.randrange(8)
            path.write_bytes(wrong)
            assert run(ledger, "verify", tmp_path / "log", "--public-key", made / "ledger.vkey") == 1
            assert f"REFUSED {path.relative_to(tmp_path / 'log')}:" in capsys.readouterr().out
        path.write_bytes(right)
    assert run(ledger, "verify", tmp_path / "log", "--public-key", made / "ledger.vkey") == 0


def test_a_missing_or_smuggled_file_is_refused_by_name(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made / "log", tmp_path / "log")
    (tmp_path / "log" / "tile" / "entries" / "001").unlink()
    (tmp_path / "log" / "tile" / "no\x1b[31mte").write_text("x")
    assert run(ledger, "verify", tmp_path / "log", "--public-key", made / "ledger.vkey", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert {flaw["file"] for flaw in told["flaws"]} == {"tile/entries/001", "tile/no\x1b[31mte"}
    assert run(ledger, "verify", tmp_path / "log", "--public-key", made / "ledger.vkey") == 1
    assert "\x1b" not in capsys.readouterr().out


def test_it_speaks_french(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert run(ledger, "verify", made / "log", "--public-key", made / "ledger.vkey") == 0
    assert "Le registre est intact." in capsys.readouterr().out
    assert run(receipt, "verify", made / "receipt.tlog-proof", "--public-key", made / "ledger.vkey") == 0
    assert "Le récépissé est authentique." in capsys.readouterr().out


def test_a_rewritten_past_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--public-key", made / "ledger.vkey", "--against", made / "rewritten")
    assert run(ledger, "verify", made / "log", *options) == 1
    assert "rewritten" in capsys.readouterr().out
    assert (
        run(ledger, "verify", made / "log", "--public-key", made / "ledger.vkey", "--against", made / "log" / "vkey")
        == 1
    )


def test_another_key_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ledger, "verify", made / "log", "--public-key", made / "other.vkey") == 1
    assert run(ledger, "verify", made / "log", "--public-key", made / "ledger.key") == 1
    assert run(receipt, "verify", made / "receipt.tlog-proof", "--public-key", made / "other.vkey") == 1
    assert "Traceback" not in capsys.readouterr().err


def test_wrong_use_is_told_apart(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ledger, "verify", tmp_path / "absent", "--public-key", made / "ledger.vkey") == 2
    assert run(ledger, "verify", made / "log", "--public-key", tmp_path / "absent") == 2
    assert (
        run(ledger, "verify", made / "log", "--public-key", made / "ledger.vkey", "--against", tmp_path / "absent") == 2
    )
    assert run(receipt, "verify", tmp_path / "absent", "--public-key", made / "ledger.vkey") == 2
    assert run(ledger, "verify", tmp_path, "--public-key", made / "ledger.vkey") == 1
    assert "REFUSED checkpoint: The file is missing." in capsys.readouterr().out


def test_a_receipt_says_what_it_proves(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("verify", made / "receipt.tlog-proof", "--public-key", made / "ledger.vkey")
    assert run(receipt, *words) == 0
    said = capsys.readouterr().out
    assert "2026-11-22T12:00:00+00:00" in said
    assert "The receipt holds." in said
    assert run(receipt, *words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["index"], told["event_id"]) == (True, 7, str(UUID(int=7)))


def test_a_bent_receipt_is_refused(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = (made / "receipt.tlog-proof").read_bytes()
    chance = random.Random(9)  # noqa: S311 - which bit is flipped is no secret
    bent = tmp_path / "receipt.tlog-proof"
    for _ in range(60):
        wrong = bytearray(raw)
        wrong[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        bent.write_bytes(wrong)
        assert run(receipt, "verify", bent, "--public-key", made / "ledger.vkey", "--json") == 1
        out, err = capsys.readouterr()
        assert json.loads(out)["holds"] is False
        assert "Traceback" not in err
    for wrong in (b"", b"\0" * 100, raw[:50], raw * 2):
        bent.write_bytes(wrong)
        assert run(receipt, "verify", bent, "--public-key", made / "ledger.vkey") == 1


def test_verifying_needs_neither_django_nor_a_setting(made: Path) -> None:
    program = (
        "import argparse, sys\n"
        "from fanal.site.cli import ledger, receipt\n"
        "for module, subject in ((ledger, sys.argv[1]), (receipt, sys.argv[2])):\n"
        "    parser = argparse.ArgumentParser(); module.arguments(parser)\n"
        "    assert module.run(parser.parse_args(['verify', subject, '--public-key', sys.argv[3]])) == 0\n"
        "assert not any(name.split('.')[0] in ('django', 'psycopg') for name in sys.modules)\n"
    )
    words = [str(made / "log"), str(made / "receipt.tlog-proof"), str(made / "ledger.vkey")]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
