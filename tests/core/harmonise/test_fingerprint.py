"""Fingerprints are read as what they are, whoever wrote them, and never shown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.report import Item, Target, TargetKind

PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


def read(text: str, platform: str = "") -> Target:
    found = harmonise.item(Item(text, platform))
    assert isinstance(found, Target)
    return found


@pytest.mark.parametrize(
    ("typed", "platform", "canonical"),
    [
        (f"pdq:{PDQ}:100", "", f"pdq:{PDQ}"),
        (f"PDQ = {PDQ.upper()}", "", f"pdq:{PDQ}"),
        ("SHA-256: " + "ab" * 32, "", "sha256:" + "ab" * 32),
        ("sha1:" + "ab" * 20, "", "sha1:" + "ab" * 20),
        ("ab" * 16, "hash", "md5:" + "ab" * 16),
        ("ab" * 32, "empreinte", "sha256:" + "ab" * 32),
        (PDQ, "PDQ", f"pdq:{PDQ}"),
    ],
)
def test_every_way_of_writing_gives_one_target(typed: str, platform: str, canonical: str) -> None:
    found = read(typed, platform)
    assert (found.kind, found.canonical) == (TargetKind.HASH, canonical)
    assert found.id not in found.defanged
    assert read(found.canonical) == found


def test_a_flat_picture_is_said_to_say_too_little() -> None:
    assert "harmonise.fingerprint-flat" in {why.code for why in read(f"pdq:{PDQ}:49").reasons}
    assert "harmonise.fingerprint-flat" not in {why.code for why in read(f"pdq:{PDQ}:50").reasons}


@given(st.sampled_from(["md5", "sha1", "sha256", "pdq"]), st.integers(0, 70), st.sampled_from(["", ":7", ":101", ":x"]))
def test_the_wrong_length_is_no_fingerprint(kind: str, length: int, tail: str) -> None:
    digits = {"md5": 32, "sha1": 40, "sha256": 64, "pdq": 64}[kind]
    found = harmonise.item(Item(f"{kind}:{'a' * length}{tail}"))
    right = length == digits and (tail == "" or (kind == "pdq" and tail == ":7"))
    assert (isinstance(found, Target) and found.kind is TargetKind.HASH) is right
