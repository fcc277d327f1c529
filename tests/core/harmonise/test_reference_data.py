"""The reference addresses: each is read, or kept for a person; the look-alikes match nothing."""

from __future__ import annotations

import json

import pytest
from tests.shared_data import folder

from fanal.core import harmonise
from fanal.core.report import Item, Target, Unread

# What the case file asks for and this stage leaves an ordinary address, whole and distinct: never a wrong target.
LEFT = {"story", "opaque-short-link", "custom-name", "private-post", "invite", "clip", "comment", "group", "phone"}
LEFT_PLATFORMS = {"vk", "whatsapp", "roblox", "steam"}


def test_the_real_addresses_are_all_targets_or_flagged() -> None:
    lines = (folder("url") / "real-urls-sample.txt").read_text("utf-8").splitlines()
    found = [harmonise.item(Item(line)) for line in lines]
    assert len(found) == 2_000
    assert all(isinstance(one, Target | Unread) and one.reasons for one in found)
    assert sum(isinstance(one, Target) for one in found) == 2_000


def test_the_account_cases_agree_or_stay_ordinary_addresses() -> None:
    agree = 0
    for case in json.loads((folder("url") / "account-url-cases.json").read_text("utf-8"))["cases"]:
        found = harmonise.item(Item(case["input"]))
        if isinstance(found, Unread):
            assert case["input"].startswith("tg://"), case
            continue
        if case["platform"] is None or case["kind"] == "not-an-account":
            assert found.kind == "url", case
            assert found.id == "", case
        elif found.kind == "url" and found.id == "":
            assert case["kind"] in LEFT or case["platform"] in LEFT_PLATFORMS | {"facebook", "telegram"}, case
            continue
        elif case["kind"] != "comment":
            assert (found.platform, found.id) == (case["platform"], case["id"]), case
        if case.get("canonical"):
            assert found.canonical == case["canonical"], case
        agree += 1
    assert agree >= 50


def test_the_defanged_cases_are_read_as_meant() -> None:
    for one in json.loads((folder("url") / "defang-cases.json").read_text("utf-8"))["sets"]:
        for typed in one["inputs"]:
            found = harmonise.item(Item(typed))
            if "@" in one["expect"]:
                assert isinstance(found, Unread)
            else:
                assert isinstance(found, Target)
                assert found.canonical == one["expect"]


@pytest.mark.parametrize("name", ["urltestdata.json", "toascii.json"])
def test_the_cases_of_the_standard_raise_nothing(name: str) -> None:
    for case in json.loads((folder("url") / "wpt" / name).read_text("utf-8")):
        if isinstance(case, dict):
            found = harmonise.item(Item(case["input"]))
            assert found.reasons
