"""One whole house for the journeys, on free ports, stopped cleanly and looked after; and the way gone through it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from tests.journeys import way
from tests.journeys.house import WholeHouse
from tests.operations.test_whole_house import three_free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def whole_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    folder = tmp_path_factory.mktemp("whole") / "data"
    one = WholeHouse(folder, three_free_ports())
    try:
        one.staff()
        yield one
    finally:
        if one.process.poll() is None:
            code = one.stop()
            assert code == 0, one.said.read_text()[-2000:]
        left = one.members()
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert left == [], "orphans"


@pytest.fixture(scope="session")
def journey(whole_house: WholeHouse) -> way.Journey:
    return way.gone(whole_house)
