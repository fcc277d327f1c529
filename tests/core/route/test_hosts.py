"""Which host a target stands on, and whom nobody is asked about. No country has the code ZZ, and no ending is .zz."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.harmonise import item
from fanal.core.report import Item, Target, TargetKind
from fanal.core.route import hosts
from fanal.core.route.hosts import Standing

if TYPE_CHECKING:
    import ipaddress


@pytest.mark.parametrize(
    ("host", "standing"),
    [
        ("192.88.99.1", Standing.ADDRESS),
        ("[2620:4f:8000::1]", Standing.ADDRESS),
        ("[::ffff:192.88.99.1]", Standing.ADDRESS),
        ("10.1.2.3", Standing.PRIVATE),
        ("127.0.0.1", Standing.PRIVATE),
        ("100.64.0.9", Standing.PRIVATE),
        ("169.254.169.254", Standing.PRIVATE),
        ("[::ffff:192.168.0.1]", Standing.PRIVATE),
        ("[fe80::1]", Standing.PRIVATE),
        ("[fd00::1]", Standing.PRIVATE),
        ("192.0.2.7", Standing.RESERVED),
        ("[2001:db8::1]", Standing.RESERVED),
        ("[3fff::1]", Standing.RESERVED),
        ("224.0.0.1", Standing.RESERVED),
        ("255.255.255.255", Standing.RESERVED),
        ("somewhere.onion", Standing.ONION),
        ("lamp.zz", Standing.NAME),
        ("Lamp.ZZ.", Standing.NAME),
        ("xn--bcher-kva.zz", Standing.NAME),
    ],
)
def test_what_a_host_is(host: str, standing: Standing) -> None:
    assert hosts.of(host).standing is standing


@pytest.mark.parametrize(
    "host",
    [
        "video.example", "a.test", "b.invalid", "localhost", "x.localhost", "printer.local", "box.lan",
        "router.home.arpa", "example.com", "www.example.org", "bit.ly", "t.co", "", "word", "1.2.3", "3.14",
        "a b.zz", "..zz", "é.zz",
        f"{'a' * 64}.zz", f"{'a.' * 130}zz", "-x.zz",
    ],
)  # fmt: skip
def test_nobody_is_asked_about(host: str) -> None:
    assert hosts.of(host).standing is Standing.SILENT


@pytest.mark.parametrize(
    ("typed", "host", "standing"),
    [
        ("https://cache.lamp.zz:8443/p?q=1", "cache.lamp.zz", Standing.NAME),
        ("http://0x0a.0.0.1/x", "10.0.0.1", Standing.PRIVATE),
        ("https://social.lamp.zz/@someone_inv", "social.lamp.zz", Standing.NAME),
        ("https://x.com/someone_inv", "", Standing.SILENT),
        ("https://www.youtube.com/watch?v=abcdefghijk", "", Standing.SILENT),
        ("https://bit.ly/abc", "bit.ly", Standing.SILENT),
    ],
)
def test_the_whole_host_of_a_target_counts(typed: str, host: str, standing: Standing) -> None:
    found = item(Item(typed))
    assert isinstance(found, Target)
    place = hosts.place(found)
    assert (place.host, place.standing) == (host, standing)


@pytest.mark.parametrize("kind", [TargetKind.EMAIL, TargetKind.PHONE, TargetKind.WALLET, TargetKind.MAGNET])
def test_what_stands_on_no_host_is_nowhere(kind: TargetKind) -> None:
    target = Target(kind=kind, canonical="someone@lamp.zz", defanged="", host="lamp.zz")
    assert hosts.place(target) == hosts.Place(Standing.SILENT)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    place = hosts.of(text)
    assert (place.ip is None) == (place.standing not in (Standing.ADDRESS, Standing.PRIVATE, Standing.RESERVED))


@given(st.ip_addresses())
def test_any_address_has_one_standing_however_it_is_written(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    written = {str(ip), f"[{ip}]", ip.exploded}
    if ip.version == 4:
        written.add(f"[::ffff:{ip}]")
    assert len({hosts.of(one).standing for one in written}) == 1
    if hosts.of(str(ip)).standing is Standing.ADDRESS:
        assert not ip.is_multicast
        assert not ip.is_loopback
        assert not ip.is_link_local
