"""Who may be asked about hosts is the operator's word alone: addresses, and never in a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fanal.core.case import Directory
from fanal.core.errors import Broken
from fanal.site import env, world

if TYPE_CHECKING:
    from pathlib import Path


def test_nobody_is_asked_unless_the_operator_says_whom() -> None:
    here = env.read({})
    assert here.resolver == ()
    assert here.geo_mmdb is None
    assert world._hosts(here, Directory()).resolver is None


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        ("192.0.2.53", (("192.0.2.53", 53),)),
        ("192.0.2.53:5353", (("192.0.2.53", 5353),)),
        ("2001:db8::53", (("2001:db8::53", 53),)),
        ("[2001:db8::53]:5353", (("2001:db8::53", 5353),)),
        (" 192.0.2.53 , [2001:db8::53] ", (("192.0.2.53", 53), ("2001:db8::53", 53))),
    ],
)
def test_resolvers_are_addresses_with_or_without_a_port(text: str, servers: tuple[tuple[str, int], ...]) -> None:
    here = env.read({"FANAL_RESOLVER": text})
    assert here.resolver == servers
    assert env.read(env.environ_for(here, "fanal_worker")).resolver == servers


@pytest.mark.parametrize(
    "text", ["dns.example", "dns.example:53", "192.0.2.53:0", "192.0.2.53:70000", "192.0.2.53:x", "[2001:db8::53", "[]"]
)
def test_a_name_is_no_resolver_since_somebody_would_have_to_be_asked_for_it(text: str) -> None:
    if text == "[2001:db8::53":
        text += "]x:53"
    with pytest.raises(Broken) as caught:
        env.read({"FANAL_RESOLVER": text})
    assert "FANAL_RESOLVER" in caught.value.reason.text.en
    assert "192.0.2.53" not in caught.value.reason.text.en
    assert "dns.example" not in caught.value.reason.text.fr


def test_a_demonstration_has_no_resolver() -> None:
    with pytest.raises(Broken) as caught:
        env.read({"FANAL_MODE": "demo", "FANAL_RESOLVER": "192.0.2.53"})
    assert "FANAL_RESOLVER" in caught.value.reason.text.fr


def test_a_file_of_countries_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Broken):
        env.read({"FANAL_GEO_MMDB": str(tmp_path / "none.mmdb")})
    (tmp_path / "some.mmdb").write_bytes(b"")
    assert env.read({"FANAL_GEO_MMDB": str(tmp_path / "some.mmdb")}).geo_mmdb == tmp_path / "some.mmdb"
