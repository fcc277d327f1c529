"""What is no web address: mail, numbers, wallets, magnets and onions, each one form, its checksum checked."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise.keccak import keccak256
from fanal.core.report import Item, Target, TargetKind, Unread

# The examples of BIP-173, BIP-350, EIP-55 and of the projects' own documents.
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
TRON = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"
MONERO = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
HASH = "c12fe1c06bba254a9dc9f519b335aa7c1367a88a"


def read(typed: str, *, region: str = "") -> Target:
    found = harmonise.item(Item(typed), region=region)
    assert isinstance(found, Target), (typed, found)
    return found


def codes(found: Target | Unread) -> list[str]:
    return [one.code for one in found.reasons]


@pytest.mark.parametrize(
    "typed",
    [
        "alice.b@mail.example",
        "Alice.B@MAIL.example",
        "mailto:alice.b@mail.example?subject=x",
        "Alice B <alice.b@mail.example>",
        "alice.b[at]mail[.]example",
        "alice.b (arobase) mail (point) example",
        "<alice.b@mail.example.>",
    ],
)
def test_a_mailbox_is_one_target(typed: str) -> None:
    found = read(typed)
    assert (found.kind, found.canonical, found.host) == (TargetKind.EMAIL, "alice.b@mail.example", "mail.example")
    assert found.defanged == "alice[.]b[at]mail[.]example"


@pytest.mark.parametrize("typed", ["alice@mail", "alice@mail.txt", "@mail.example", "a b@", "alice@192.0.2.1"])
def test_what_only_looks_like_a_mailbox_is_none(typed: str) -> None:
    found = harmonise.item(Item(typed))
    assert isinstance(found, Unread) or found.kind is not TargetKind.EMAIL


@pytest.mark.parametrize(
    "typed", ["+33 1 99 00 12 34", "0033 1.99.00.12.34", "tel:+33-1-99-00-12-34", "+33 (0)1 99 00 12 34"]
)
def test_a_number_with_its_country_is_one_target(typed: str) -> None:
    found = read(typed)
    assert (found.kind, found.canonical, found.id) == (TargetKind.PHONE, "+33199001234", "+33199001234")
    assert found.defanged == "+33[.]1[.]99[.]00[.]12[.]34"
    assert found.confidence == 1.0


def test_a_number_of_home_needs_its_region_and_says_what_was_assumed() -> None:
    found = read("06 39 98 12 34", region="FR")
    assert found.canonical == "+33639981234"
    assert {"harmonise.phone-country-assumed", "harmonise.phone-not-in-use"} <= set(codes(found))
    assert found.confidence < 1
    assert codes(harmonise.item(Item("06 39 98 12 34")))[-1] == "unread.no-country"
    assert read("+44 7700 900123").canonical == "+447700900123"


@pytest.mark.parametrize("typed", ["+33 1", "+999 123456789", "22.11.2026", "3.14159265", "1234 5678 9012 3456"])
def test_figures_that_are_no_number_are_none(typed: str) -> None:
    found = harmonise.item(Item(typed), region="FR")
    assert isinstance(found, Unread) or found.kind is not TargetKind.PHONE


@pytest.mark.parametrize(
    ("typed", "chain", "address"),
    [
        (SEGWIT, "bitcoin", SEGWIT),
        (SEGWIT.upper(), "bitcoin", SEGWIT),
        (TAPROOT, "bitcoin", TAPROOT),
        (GENESIS, "bitcoin", GENESIS),
        (f"bitcoin:{GENESIS}?amount=0.1", "bitcoin", GENESIS),
        (ETHER, "ethereum", ETHER.lower()),
        (TRON, "tron", TRON),
        (MONERO, "monero", MONERO),
    ],
)
def test_a_wallet_is_known_by_its_chain_and_checksum(typed: str, chain: str, address: str) -> None:
    found = read(typed)
    assert (found.kind, found.platform, found.id) == (TargetKind.WALLET, chain, address)
    assert found.canonical == f"{chain}:{address}"
    assert found.confidence == 1.0


@pytest.mark.parametrize("sound", [SEGWIT, TAPROOT, GENESIS, TRON, MONERO])
def test_one_wrong_letter_makes_no_wallet(sound: str) -> None:
    for place in (8, 15, len(sound) - 1):
        wrong = sound[:place] + ("q" if sound[place] != "q" else "p") + sound[place + 1 :]
        found = harmonise.item(Item(wrong))
        assert isinstance(found, Unread), wrong


@pytest.mark.parametrize(
    "wrong",
    [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # version 1 with the checksum of 0
        "bc1s0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq54well",  # version 16 with the checksum of 0
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # version 0 with the checksum of those above
    ],
)
def test_a_version_has_its_own_checksum(wrong: str) -> None:
    assert isinstance(harmonise.item(Item(wrong)), Unread)


def test_ethereum_says_what_its_capitals_are_worth() -> None:
    assert "harmonise.wallet-unchecked" in codes(read(ETHER.lower()))
    assert "harmonise.wallet-mistyped" in codes(read(ETHER.replace("aAeb", "aaeb")))
    assert read(ETHER.lower()).canonical == read(ETHER).canonical


def test_keccak_is_not_sha_3() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"a" * 136) != hashlib.sha3_256(b"a" * 136).digest()
    assert len({keccak256(b"a" * size) for size in range(130, 140)}) == 10


@given(st.binary(min_size=20, max_size=20))
def test_a_magnet_is_its_hash_in_either_writing(raw: bytes) -> None:
    found = read(f"magnet:?dn=A+name&xt=urn:btih:{base64.b32encode(raw).decode()}&tr=https://tracker.example/")
    assert (found.kind, found.id) == (TargetKind.MAGNET, raw.hex())
    assert found.canonical == f"magnet:?xt=urn:btih:{raw.hex()}"
    assert read(f"MAGNET:?xt=urn:btih:{raw.hex().upper()}").canonical == found.canonical
    assert read(f"magnet:?xt=urn:btmh:1220{'ab' * 32}&xt=urn:btih:{raw.hex()}").canonical == found.canonical


def test_a_magnet_of_the_second_version_alone() -> None:
    assert read(f"magnet:?xt=urn:btmh:1220{'AB' * 32}").id == f"1220{'ab' * 32}"
    assert codes(harmonise.item(Item("magnet:?dn=only+a+name")))[-1] == "unread.broken-magnet"


def onion(key: bytes) -> str:
    checksum = hashlib.sha3_256(b".onion checksum" + key + b"\x03").digest()[:2]
    return base64.b32encode(key + checksum + b"\x03").decode().lower() + ".onion"


@given(st.binary(min_size=32, max_size=32))
def test_an_onion_is_verified(key: bytes) -> None:
    name = onion(key)
    found = read(f"www.{name.upper()}")
    assert (found.canonical, found.site) == (f"www.{name}", name)
    assert "harmonise.onion" in codes(found)
    wrong = ("b" if name[0] != "b" else "c") + name[1:]
    other = read(f"http://{wrong}/x")
    assert "harmonise.onion-mistyped" in codes(other)
    assert other.confidence < found.confidence


def test_an_onion_of_old_and_one_that_is_none() -> None:
    assert "harmonise.onion-old" in codes(read("expyuzz4wqqyqhjn.onion"))
    assert "harmonise.onion-mistyped" in codes(read("https://short.onion/"))
    assert "harmonise.onion" in codes(read("pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion"))
