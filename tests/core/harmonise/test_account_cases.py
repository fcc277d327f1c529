"""The reference cases of accounts: all of them, to the letter; and hosts that are honest are not called look-alikes."""

from __future__ import annotations

import json
from typing import Any

from tests.shared_data import folder

from fanal.core import harmonise
from fanal.core.harmonise import address, lookalikes, platforms
from fanal.core.report import Item, Target, TargetKind

ACCOUNT, POST, GROUP, INVITE, URL = (
    TargetKind.ACCOUNT,
    TargetKind.POST,
    TargetKind.GROUP,
    TargetKind.INVITE,
    TargetKind.URL,
)
# The words of the case file in ours. A number on WhatsApp is an account there (platforms/whatsapp.py says why).
KINDS = {
    **dict.fromkeys(("account", "account-id", "channel", "handle", "custom-name", "live", "phone"), ACCOUNT),
    **dict.fromkeys(("post", "story", "video", "clip", "comment", "message", "private-post"), POST),
    **dict.fromkeys(("opaque-short-link", "not-an-account", "unknown"), URL),
    "group": GROUP,
    "invite": INVITE,
}
LABELS = {
    "Twitter": "x",
    "Steam Community (User)": "steam",
    "mastodon.social": "mastodon",
    "mastodon.cloud": "mastodon",
}


def cases(name: str, part: str) -> Any:
    return json.loads((folder("url") / name).read_text("utf-8"))[part]


def test_every_account_case_agrees_to_the_letter() -> None:
    every = cases("account-url-cases.json", "cases")
    for case in every:
        found = harmonise.item(Item(case["input"]))
        assert isinstance(found, Target), case
        assert (found.kind, found.platform, found.id) == (
            KINDS[case["kind"]],
            case["platform"] or "",
            case["id"] or "",
        ), case
        assert found.canonical == case.get("canonical", found.canonical), case
        said = {one.code for one in found.reasons}
        assert ("harmonise.short-link" in said) == (case["kind"] == "opaque-short-link"), case
    assert len(every) == 75


def test_every_template_of_our_platforms_gives_an_account() -> None:
    seen = set()
    for label, template in cases("account-url-templates.json", "templates").items():
        found = harmonise.item(Item(template["url"].format("inventedname")))
        assert isinstance(found, Target), label
        name = LABELS.get(label, label.lower())
        if name in {one.name for one in platforms.PLATFORMS} and "{}" in template["url"]:
            assert (found.kind, found.platform) == (ACCOUNT, name), label
            assert found.handle.startswith("inventedname"), label
            seen.add(name)
        else:
            assert found.platform in {"", "discord"}, label
    assert len(seen) >= 14


def test_no_ordinary_host_is_called_a_look_alike() -> None:
    lines = (folder("url") / "real-urls-sample.txt").read_text("utf-8").splitlines()
    hosts = {read.host for read in map(address.read, lines) if read}
    called = {host for host in hosts if lookalikes.find(host)}
    assert len(hosts) > 1_000
    assert not called
