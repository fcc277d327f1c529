"""Finding connectors: sorted, and every bad file stops the start with a code of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from fanal import connectors
from fanal.core.errors import Broken

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
from dataclasses import replace
from fanal.connectors.letter import CONNECTOR as LETTER, SAMPLES
CONNECTOR = replace(LETTER, name="{name}")
"""


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> str:
    """Write a package of connectors and give its name."""
    name = f"dropped_{folder.name.replace('-', '_')}_{len(list(folder.iterdir()))}"
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("")
    for module, source in modules.items():
        (folder / name / f"{module}.py").write_text(source)
    monkeypatch.syspath_prepend(str(folder))
    return name


def test_the_letter_is_found() -> None:
    assert "letter" in connectors.discover()
    assert list(connectors.discover()) == sorted(connectors.discover())


def test_a_dropped_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = package(tmp_path, monkeypatch, telegraph=GOOD.format(name="telegraph"), bell=GOOD.format(name="bell"))
    assert list(connectors.discover(dropped, "fanal.connectors")) == ["bell", "letter", "telegraph"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = 1", "connector.without"),
        ("CONNECTOR = 'letter'", "connector.without"),
        (GOOD.format(name="other"), "connector.misnamed"),
        (GOOD.format(name="bell") + "SAMPLES = ()", "connector.without-samples"),
        (GOOD.format(name="bell") + "SAMPLES = ('a letter',)", "connector.without-samples"),
        (GOOD.format(name="bell") + "del SAMPLES", "connector.without-samples"),
    ],
)
def test_a_bad_file_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, code: str) -> None:
    dropped = package(tmp_path, monkeypatch, bell=source)
    with pytest.raises(Broken) as broken:
        connectors.discover(dropped)
    assert broken.value.reason.code == code
    sys.modules.pop(f"{dropped}.bell", None)


def test_a_name_taken_twice_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = package(tmp_path, monkeypatch, letter=GOOD.format(name="letter"))
    with pytest.raises(Broken) as broken:
        connectors.discover("fanal.connectors", dropped)
    assert broken.value.reason.code == "connector.twice"
