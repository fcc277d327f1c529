"""Lists of countries: read as they are, dated, and silent rather than wrong."""

from __future__ import annotations

import ipaddress
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import shared_data

from fanal.core import countries
from fanal.core.errors import Broken
from fanal.core.route.hints import Source
from fanal.wire import places
from fanal.wire.places import Iptocc, Mmdb, TorGeoip

if TYPE_CHECKING:
    from pathlib import Path

    from fanal.core.route.hosts import IP

HEAD = """# Below is the header from the original export:
#
# Location Database Export
#
# Generated: Thu, 25 Jun 2026 04:33:59 GMT
"""
IPV4 = "3221225984,3221226111,FR\n3221226112,3221226239,NL\n3325256704,3325256704,EU\n3405803776,3405804031,??\n"
IPV6 = "2001:db8::,2001:db8::ffff,DE\n2001:db8:1::,2001:db8:1:ffff:ffff:ffff:ffff:ffff,BE\n"


def tor(folder: Path, ipv4: str = HEAD + IPV4, ipv6: str = HEAD + IPV6) -> TorGeoip:
    folder.mkdir(exist_ok=True)
    (folder / "geoip").write_text(ipv4)
    (folder / "geoip6").write_text(ipv6)
    return TorGeoip(folder)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("192.0.1.255", ""), ("192.0.2.0", "FR"), ("192.0.2.127", "FR"), ("192.0.2.128", "NL"), ("192.0.2.255", "NL"),
        ("192.0.3.0", ""), ("198.51.100.0", ""), ("203.0.113.9", ""), ("0.0.0.1", ""), ("255.255.255.255", ""),
        ("2001:db8::", "DE"), ("2001:db8::1:0", ""), ("2001:db8:1::7", "BE"), ("::", ""), ("ffff::", ""),
    ],
)  # fmt: skip
def test_debians_files_are_read_to_the_edge_of_each_range(tmp_path: Path, text: str, country: str) -> None:
    assert tor(tmp_path).of(ipaddress.ip_address(text)) == country


@pytest.mark.skipif(not TorGeoip().present(), reason="tor-geoipdb is not installed (apt-get install tor-geoipdb)")
def test_debians_own_files_are_whole_and_dated() -> None:
    lists = TorGeoip()
    assert lists.dated()
    numbers = range(2**24, 2**32, 2**24 + 977)
    assert sum(bool(lists.of(ipaddress.IPv4Address(one))) for one in numbers) > len(numbers) // 2
    assert lists.of(ipaddress.ip_address("2001:db8::1")) == ""


def test_the_day_of_the_export_stands_in_the_head(tmp_path: Path) -> None:
    assert tor(tmp_path).dated() == date(2026, 6, 25)
    assert tor(tmp_path, ipv4=IPV4).dated() is None
    assert tor(tmp_path, ipv4="# Generated: one day\n" + IPV4).dated() is None


@settings(max_examples=40, deadline=None)
@given(data=st.data(), version=st.sampled_from([4, 6]))
def test_any_sorted_ranges_give_what_a_walk_through_them_gives(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, version: int
) -> None:
    bits = 32 if version == 4 else 128
    edges = sorted(data.draw(st.sets(st.integers(0, 2**bits - 1), max_size=20)))
    kind = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    codes = data.draw(st.lists(st.sampled_from(["FR", "NL", "??"]), min_size=len(ranges), max_size=len(ranges)))
    write = str if version == 4 else lambda number: str(ipaddress.IPv6Address(number))
    lines = "".join(f"{write(a)},{write(b)},{code}\n" for (a, b), code in zip(ranges, codes, strict=True))
    folder = tmp_path_factory.mktemp("tor")
    lists = tor(folder, **{"ipv4" if version == 4 else "ipv6": lines})
    for number in {*edges, *(edge + 1 for edge in edges if edge < 2**bits - 1), data.draw(st.integers(0, 2**bits - 1))}:
        walked = next((code for (a, b), code in zip(ranges, codes, strict=True) if a <= number <= b), "??")
        assert lists.of(kind(number)) == walked.strip("?")


@pytest.mark.parametrize("line", ["1,2", "x,y,FR", "1,99999999999,FR", "-1,2,FR", "é"])
def test_a_broken_file_says_so_and_no_value(tmp_path: Path, line: str) -> None:
    with pytest.raises(Broken) as caught:
        tor(tmp_path, ipv4=line).of(ipaddress.ip_address("192.0.2.1"))
    assert caught.value.reason.code == "hosts.unreadable"
    with pytest.raises(Broken):
        TorGeoip(tmp_path / "none").dated()
    with pytest.raises(Broken):
        Mmdb(tmp_path / "geoip").dated()


def test_nothing_is_read_before_it_is_asked(tmp_path: Path) -> None:
    found = places.found(tmp_path / "none.mmdb", tmp_path / "none")
    assert [one.source for one in found] == [Source.IPTOCC, Source.MMDB]
    tor(tmp_path / "tor", ipv4="not a list")
    assert [one.source for one in places.found(None, tmp_path / "tor")] == [Source.IPTOCC, Source.TOR]


def _expected() -> dict[IP, str]:
    """Read the first, a middle and the last address of every network that the makers of the file list."""
    rows = json.loads((shared_data.folder("geo") / "GeoIP2-Country-Test.expected.json").read_text())
    found: dict[IP, str] = {}
    for text, country in rows["network_to_country"].items():
        network = ipaddress.ip_network(text, strict=False)
        for ip in {network[0], network[network.num_addresses // 2], network[-1]}:
            number = int(ip)
            found[ipaddress.IPv4Address(number) if 0 < number < 2**32 else ip] = country
    return found


def test_a_file_that_the_operator_brings_gives_what_its_makers_expect() -> None:
    """All 342 networks of MaxMind's own test file; IPv4 ones are asked for as IPv4 addresses."""
    lists = Mmdb(shared_data.folder("geo") / "GeoIP2-Country-Test.mmdb")
    assert lists.dated() == date(2026, 2, 4)
    # A network within a wider one has its own country: the narrower counts, and is the one written last.
    wrong = {ip: (country, lists.of(ip)) for ip, country in _expected().items() if lists.of(ip) != country}
    assert wrong == {}


def test_the_free_edition_agrees_but_for_what_it_does_not_hold() -> None:
    lists = Mmdb(shared_data.folder("geo") / "GeoLite2-Country-Test.mmdb")
    said = {ip: lists.of(ip) for ip in _expected()}
    agree = sum(said[ip] == country for ip, country in _expected().items())
    assert agree / len(said) > 0.98
    assert lists.of(ipaddress.ip_address("203.0.113.1")) == ""


def test_the_registries_list_is_dated_and_knows_no_country_for_what_is_set_apart() -> None:
    lists = Iptocc()
    dated = lists.dated()
    assert dated is not None
    assert dated.year >= 2026
    for text in ("192.0.2.1", "10.0.0.1", "2001:db8::1"):
        assert lists.of(ipaddress.ip_address(text)) == ""


@given(st.ip_addresses())
def test_any_address_has_a_country_of_the_table_or_none(ip: IP) -> None:
    assert Iptocc().of(ip) in {"", *countries.NAMES}
