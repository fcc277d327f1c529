"""Where the reference data lie that conformance tests read: beside the project, never inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


def folder(name: str) -> Path:
    """Find one folder of the reference data (`fr-law`, `xarf`, …); skip the test, saying so, where it is absent."""
    found = PROJECT.parent / "shared" / "data" / name
    if not found.is_dir():
        pytest.skip(f"the reference data are not here: ../shared/data/{name}")
    return found
