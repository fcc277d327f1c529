"""`fanal explain` tells each stage, shows nothing live, and never a traceback."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from fanal.site.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPORT = {"items": [{"typed": "https://twitter.com/Some_Name"}], "category": "threats", "comment": "chez live.example"}


@pytest.fixture
def file(tmp_path: Path) -> Callable[[object], str]:
    def write(content: object) -> str:
        path = tmp_path / "report.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return write


def test_a_report_is_told_stage_by_stage(file: Callable[[object], str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", file(REPORT), "--language", "en"]) == 0
    told = capsys.readouterr()
    for heading in ("1. INTAKE", "2. HARMONISE", "3. CROSSCHECK", "4. ASSESS", "5. ROUTE", "6. FOLLOW UP"):
        assert heading in told.out
    assert "hxxps://x[.]com/some_name" in told.out
    assert "live.example" not in told.out + told.err
    assert "twitter.com" not in told.out + told.err


def test_it_speaks_french(file: Callable[[object], str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", file(REPORT), "--language", "fr"]) == 0
    assert "3. RECOUPEMENT" in capsys.readouterr().out


def test_programs_get_json(file: Callable[[object], str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", file(REPORT), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert next(stage["name"] for stage in told["stages"]) == "intake"
    item = told["stages"][1]["parts"][0]
    assert (item["kind"], item["platform"], item["defanged"]) == ("account", "x", "hxxps://x[.]com/some_name")
    assert item["reasons"][0]["code"] == "harmonise.at-platform"
    assert item["reasons"][0]["fr"]


def test_a_refusal_exits_1_and_names_the_field(
    file: Callable[[object], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", file({"items": [7], "category": "threats"})]) == 1
    assert "items[0]" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"https://video.example/1")))
    assert main(["explain", "-"]) == 0
    assert "hxxps://video[.]example/1" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["absent.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_exits_2(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["explain", name]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "cannot be read" in told.err
    assert "Traceback" not in told.err


def test_bad_bytes_exit_1(file: Callable[[object], str], capsys: pytest.CaptureFixture[str]) -> None:
    for raw in (b"\xff", b"{", b"", b"\xff\xd8\xff"):
        assert main(["explain", file(raw)]) == 1
        assert "Traceback" not in capsys.readouterr().err
