"""The reference addresses of the standards and of ours: every case counts.

Where a target goes further than the WHATWG standard, the rule stands here as code (`ours`), not as a list of cases.
The cases of accounts are in test_account_cases.py.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.shared_data import folder

from fanal.core import harmonise
from fanal.core.harmonise import hosts
from fanal.core.report import Item, Target, TargetKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

WEB = {"http:", "https:", "ftp:"}
SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What the reader of a desk does and a browser does not: it takes disguises off, and says so.
FURTHER = {"refanged", "invisible", "wide", "look-alike-signs", "joined", "until-space", "within-text", "spaced-out"}


def wpt(name: str) -> Any:
    return json.loads((folder("url") / "wpt" / name).read_text("utf-8"))


def ours(case: dict[str, str]) -> str:
    """Give the canonical form that follows from what the standard says of an address.

    The rules of ours: user and password go, the final dot of a host goes, percent signs before unreserved letters
    are undone and the others written %XX, an empty query goes, and so does a fragment that is but an anchor.
    """

    def settle(text: str) -> str:
        def one(found: re.Match[str]) -> str:
            if not found.group(1):
                return "%25"
            letter = chr(int(found.group(1), 16))
            return letter if letter in SAFE else found.group().upper()

        return re.sub("%(?:([0-9A-Fa-f]{2}))?", one, text)

    port = f":{case['port']}" if case["port"] else ""
    anchor = re.fullmatch(r"#(?:[A-Za-z0-9_.-]*|:~:.*)", settle(case["hash"]), re.DOTALL)
    fragment = "" if anchor else settle(case["hash"])
    path = settle(case["pathname"] + case["search"])
    return f"{case['protocol']}//{case['hostname'].rstrip('.')}{port}{path}{fragment}"


def whole() -> Iterator[dict[str, Any]]:
    """Give the cases of addresses that stand by themselves: what needs a base is nothing that anybody reports."""
    for case in wpt("urltestdata.json"):
        if isinstance(case, dict) and case.get("base") in (None, "about:blank") and not case.get("relativeTo"):
            yield case


def codes(found: Target | Unread) -> set[str]:
    return {one.code.partition(".")[2] for one in found.reasons}


def test_the_addresses_of_the_standard_are_read_as_it_says() -> None:
    agree = further = 0
    for case in whole():
        if case.get("failure") or case["protocol"] not in WEB:
            continue
        found = harmonise.item(Item(case["input"]))
        if case["hostname"].strip(".") == "":
            assert isinstance(found, Unread), case
        elif codes(found) & FURTHER and (isinstance(found, Unread) or found.canonical != ours(case)):
            further += (
                1  # a tab, a line feed or a mark within: read, said, and never with full confidence or in silence
            )
        else:
            assert isinstance(found, Target), case
            assert found.canonical == ours(case) or found.platform, (case, found)
            agree += 1
    assert agree >= 120
    assert further <= agree / 10


def test_what_the_standard_refuses_is_for_a_person_or_said_to_be_a_disguise() -> None:
    refused = 0
    for case in wpt("urltestdata.json"):
        if not isinstance(case, dict) or not case.get("failure"):
            continue
        found = harmonise.item(Item(case["input"]))
        known = isinstance(found, Unread) or codes(found) & FURTHER or found.kind is not TargetKind.URL
        assert known or not case["input"].lower().startswith(("http:", "https:", "ftp:")), (case, found)
        refused += 1
    assert refused >= 200


@pytest.mark.parametrize("name", ["toascii.json", "IdnaTestV2.json"])
def test_hosts_in_every_script_are_written_as_the_standard_says(name: str) -> None:
    agree = 0
    for case in wpt(name):
        if not isinstance(case, dict) or not case["input"].strip(" ."):
            continue
        found = harmonise.item(Item(f"https://{case['input']}/x"))
        if case["output"] is None:
            assert isinstance(found, Unread) or codes(found) & FURTHER, (case, found)
        elif not case["output"].strip("."):
            assert isinstance(found, Unread), case
        elif codes(found) & {"invisible"} and isinstance(found, Unread):
            raise AssertionError(case)
        else:
            assert isinstance(found, Target), (case, found)
            assert found.canonical == f"https://{case['output'].rstrip('.')}/x", (case, found.canonical)
        agree += 1
    assert agree >= {"toascii.json": 80, "IdnaTestV2.json": 2_500}[name]


def test_letters_of_a_query_are_encoded_as_the_standard_says() -> None:
    for case in wpt("percent-encoding.json"):
        if not isinstance(case, dict):
            continue
        found = harmonise.item(Item(f"https://video.example/?{case['input']}"))
        if re.search("[\x00-\x20]", case["input"]) or not isinstance(found, Target):
            assert found.reasons
            continue
        assert found.canonical == ours(
            {"protocol": "https:", "hostname": "video.example", "port": "", "pathname": "/", "hash": ""}
            | {"search": f"?{case['output']['utf-8']}"}
        ), case


@pytest.mark.parametrize("name", ["tests.txt", "test_psl.txt"])
def test_every_case_of_the_public_suffix_list(name: str) -> None:
    count = 0
    for line in (folder("url") / "psl" / name).read_text("utf-8").splitlines():
        case = re.fullmatch(r"checkPublicSuffix\('([^']*)', (?:'([^']*)'|null)\);", line)
        if name == "tests.txt" and line and not line.startswith(("//", "null")):
            host, _, registered = line.partition(" ")
        elif case:
            host, registered = case.group(1), case.group(2) or "null"
        else:
            continue
        count += 1
        found = harmonise.item(Item(f"https://{host}/"))
        if host.startswith("."):
            assert isinstance(found, Unread) or "." in found.host, line  # an empty label: no host of anybody
            continue
        assert isinstance(found, Target), line
        assert found.kind is TargetKind.URL
        expected = host if registered == "null" else registered
        assert found.site == hosts.named(expected) or found.site == ascii_of(expected), line
    assert count >= 75


def ascii_of(host: str) -> str:
    read = harmonise.item(Item(f"https://{host}/"))
    assert isinstance(read, Target)
    return read.canonical.split("/")[2]


def test_the_real_addresses_are_all_targets() -> None:
    lines = (folder("url") / "real-urls-sample.txt").read_text("utf-8").splitlines()
    found = [harmonise.item(Item(line)) for line in lines]
    assert len(found) == 2_000
    assert all(isinstance(one, Target) and one.reasons and one.defanged for one in found)


def test_every_defanged_case_is_read_as_meant() -> None:
    for one in json.loads((folder("url") / "defang-cases.json").read_text("utf-8"))["sets"]:
        for typed in one["inputs"]:
            found = harmonise.item(Item(typed))
            assert isinstance(found, Target), typed
            assert found.canonical == one["expect"], typed
