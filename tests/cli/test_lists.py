"""The doctor and the command line on lists of fingerprints: whole, damaged, and without a category of ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fanal.matching import lists
from fanal.matching.lists import Card, Entry
from fanal.site import cli, env, examine_lists

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def found(data: Path) -> list[tuple[str, str]]:
    here = env.read({**os.environ, "FANAL_DATA": str(data)})
    return [(one.state, one.what.en) for one in examine_lists.lists(here)]


def test_the_doctor_tells_of_each_list(tmp_path: Path) -> None:
    assert found(tmp_path)[0][0] == "fine"
    for name, category in (("good", "child-sexual"), ("plain", "")):
        card = Card(name, "s", "l", "c", category=category)
        lists.update(tmp_path / "lists" / name, card, [Entry("md5", bytes(16))], whole=True, at="t")
    (tmp_path / "lists" / "torn").mkdir()
    (tmp_path / "lists" / "torn" / "list.toml").write_text("version = [")
    assert [state for state, _ in found(tmp_path)] == ["fine", "note", "fault"]
    index = tmp_path / "lists" / "good" / "v000001" / "md5.index"
    index.write_bytes(index.read_bytes()[:-1])
    assert found(tmp_path)[0] == ("fault", "the list good is damaged, and matches nothing")


def test_a_category_that_is_none_of_ours_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"signal,value\nmd5,{'00' * 16}\n")
    told = ["lists", "import", "one", str(file), "--lists", str(tmp_path / "lists"), "--source", "s", "--licence", "l",
            "--classification", "c", "--category"]  # fmt: skip
    assert cli.main([*told, "nonsense"]) == 1
    assert "nonsense" not in capsys.readouterr().err
    assert cli.main([*told, "child-sexual"]) == 0
    assert lists.read_card(tmp_path / "lists" / "one").category == "child-sexual"
