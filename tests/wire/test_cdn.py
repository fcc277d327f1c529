"""Networks that answer in others' place: the shipped table holds, the operator's comes first, names count by labels."""

from __future__ import annotations

import tomllib
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from fanal.core.errors import Broken
from fanal.core.route.cdn import behind
from fanal.wire import cdn, directory

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[[cdn]]
name = "Lamp Network"
dated = 2026-11-01
source = "invented"
names = ["edge.zz"]
ranges = ["192.0.2.0/25", "2001:db8:7::/48"]

[[cdn]]
name = "Fastly"
dated = 2026-11-02
source = "a newer list of ours"
names = []
ranges = ["198.51.100.0/24"]
"""


def test_the_shipped_table_holds_and_no_name_stands_twice() -> None:
    table = cdn.table()
    names = [one.name for one in table]
    assert {"Cloudflare", "Fastly", "Amazon CloudFront", "Akamai"} <= set(names)
    assert len(names) == len(set(names))
    assert all(one.source and one.dated >= date(2026, 9, 1) and (one.names or one.ranges) for one in table)
    assert len({end for one in table for end in one.names}) == sum(len(one.names) for one in table)


def test_every_published_range_is_found_at_both_its_ends() -> None:
    table = cdn.table()
    for one in table:
        for network in one.ranges:
            for ip in (network[0], network[-1]):
                found = behind(table, ips=[ip])
                assert found
                assert found.name == one.name


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("d111.cloudfront.net", "Amazon CloudFront"),
        ("D111.CloudFront.NET.", "Amazon CloudFront"),
        ("www.lamp.zz.edgekey.net", "Akamai"),
        ("notcloudfront.net", None),
        ("cloudfront.net.lamp.zz", None),
        ("lamp.zz", None),
        ("", None),
    ],
)
def test_names_count_by_whole_labels(name: str, network: str | None) -> None:
    found = behind(cdn.table(), names=[name])
    assert (found and found.name) == network


def test_an_operators_entries_come_first_and_replace(tmp_path: Path) -> None:
    path = tmp_path / "directory.toml"
    path.write_text(OWN)
    table = cdn.table(directory.load(path).cdns)
    assert [one.name for one in table[:2]] == ["Lamp Network", "Fastly"]
    assert len([one for one in table if one.name == "Fastly"]) == 1
    assert behind(table, names=["a.edge.zz"]) is table[0]
    assert behind(table, ips=[ip_address("2001:db8:7::1")]) is table[0]
    assert behind(table, ips=[ip_address("198.51.100.7")]) is table[1]
    shipped = behind(cdn.table(), names=["x.fastly.net"])
    assert shipped is not None
    assert behind(table, names=["x.fastly.net"]) is None


@pytest.mark.parametrize(
    "change",
    [
        ('name = "Lamp Network"', 'name = ""'),
        ('name = "Lamp Network"', f'name = "{"x" * 33}"'),
        ("dated = 2026-11-01", 'dated = "canary.example"'),
        ("dated = 2026-11-01", "dated = 2026-11-01T00:00:00Z"),
        ('"edge.zz"', '"https://canary.example/"'),
        ('"192.0.2.0/25"', '"192.0.2.7/25"'),
        ('"192.0.2.0/25"', "7"),
        ('source = "invented"', 'origin = "canary.example"'),
    ],
)
def test_a_faulty_entry_is_told_by_its_number_and_not_by_its_value(tmp_path: Path, change: tuple[str, str]) -> None:
    assert tomllib.loads(OWN)
    path = tmp_path / "directory.toml"
    path.write_text(OWN.replace(*change, 1))
    with pytest.raises(Broken) as caught:
        directory.load(path)
    assert "cdn 1" in caught.value.reason.text.en
    assert "canary" not in caught.value.reason.text.en
    assert "192.0.2" not in caught.value.reason.text.en
