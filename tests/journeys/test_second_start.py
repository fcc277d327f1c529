"""A second start on the same data finds the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.journeys.canaries import Sight, found
from tests.journeys.proof import proved

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.house import WholeHouse

pytestmark = pytest.mark.process


def test_what_was_received_before_a_stop_is_answered_after_the_next_start(
    whole_house: WholeHouse, tmp_path: Path
) -> None:
    code = whole_house.receive({"items": [{"typed": "https://again.partage.example/"}], "category": "threats"})
    tables = "SELECT count(*), max(received_at) FROM store_report"
    before = whole_house.ask(tables)
    keys = {path.name: path.read_bytes() for path in (whole_house.data / "keys").iterdir()}
    assert whole_house.stop() == 0
    assert whole_house.members() == []
    whole_house.start()
    assert whole_house.ask(tables) == before
    assert {path.name: path.read_bytes() for path in (whole_house.data / "keys").iterdir()} == keys
    one = whole_house.reporter()
    assert one.submit(one.get("/follow-up").text, "/follow-up", {"code": code}).status == 200
    assert whole_house.known(code)
    assert whole_house.desk("camille").get("/").status == 200  # still logged in
    whole_house.until(whole_house.settled, "the report in a case")
    proved(whole_house, tmp_path / "ledger")


def test_nothing_that_was_reported_stands_in_a_log(whole_house: WholeHouse) -> None:
    live = (".partage.example", "canaryfull-31", "canary.full", *whole_house.codes)
    logs: list[Sight] = whole_house.logs()
    assert len(logs) >= 6
    assert [one.what for one in logs if found(one.content, live)] == []
