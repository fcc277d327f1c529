"""The doctor says which lists of countries are here, how old they are, and whether anybody may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests import shared_data

from fanal.core.errors import Broken
from fanal.core.route.hints import Source
from fanal.site import env, examine_hosts
from fanal.wire.places import UNREADABLE, Mmdb

if TYPE_CHECKING:
    from pathlib import Path

    from fanal.core.route.hosts import IP

TODAY = date(2026, 11, 22)


@dataclass
class List:
    """A list of some age, or one that cannot be read."""

    source: Source = Source.IPTOCC
    days: int | None = 0
    broken: bool = False

    def dated(self) -> date | None:
        return None if self.days is None else TODAY - timedelta(self.days)

    def of(self, ip: IP) -> str:  # noqa: ARG002 - it knows nothing
        if self.broken:
            raise Broken(UNREADABLE)
        return ""


def told(*lists: List | Mmdb, **variables: str) -> list[tuple[str, str]]:
    here = env.read(variables)
    return [(one.state, one.what.en) for one in examine_hosts.hosts(here, today=TODAY, lists=lists)]


@pytest.mark.parametrize(
    ("one", "state", "what"),
    [
        (List(days=26), "fine", "iptocc is of 2026-10-27, 26 days old"),
        (List(days=181), "note", "iptocc is of 2026-05-25, 181 days old"),
        (List(days=None), "note", "iptocc bears no date"),
        (List(Source.TOR, broken=True), "fault", "tor-geoipdb cannot be read"),
    ],
)
def test_each_list_with_its_age(one: List, state: str, what: str) -> None:
    assert told(one, List(Source.MMDB))[0] == (state, what)


def test_one_list_alone_is_noted_and_none_reads_without_a_whole_file(tmp_path: Path) -> None:
    assert ("note", "one list of countries only: nothing can contradict it") in told(List())
    assert not any("only" in what for _, what in told(List(), List(Source.TOR)))
    (tmp_path / "half.mmdb").write_bytes(b"half a file")
    assert told(Mmdb(tmp_path / "half.mmdb"))[0] == ("fault", "mmdb cannot be read")


def test_a_real_file_is_dated_by_its_build() -> None:
    whole = Mmdb(shared_data.folder("geo") / "GeoLite2-Country-Test.mmdb")
    assert told(whole)[0] == ("note", "mmdb is of 2026-02-04, 291 days old")


def test_it_says_whether_anybody_may_be_asked() -> None:
    assert told(List())[-1] == ("fine", "resolver: off, no name is looked up")
    state, what = told(List(), FANAL_RESOLVER="192.0.2.53,192.0.2.54")[-1]
    assert state == "fine"
    assert "2 of yours" in what
    assert "192.0.2" not in what
