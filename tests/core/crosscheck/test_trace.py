"""A report leaves the same marks under one key, none of them under another, and only where they say something."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.crosscheck.things import KEY, NOW, STORY, account, index, marks, page, site, thing

from fanal.core import harmonise
from fanal.core.crosscheck import everybody, template, trace
from fanal.core.crosscheck.trace import Kind, Mark
from fanal.core.errors import Broken
from fanal.core.report import Item, Target, TargetKind

TARGETS = [
    page("https://a.example/secure/login/12?session=1&step=2"),
    site("b.example"),
    account("some_name", "42", born_at=NOW),
    account("only_name"),
    thing(TargetKind.EMAIL, "someone@mail.example"),
    thing(TargetKind.WALLET, "bitcoin:invented"),
    page(f"http://{'b' * 56}.onion/room"),
]
SOME = st.lists(st.sampled_from(TARGETS), max_size=4)
WORDS = st.one_of(st.just(STORY), st.text(max_size=300))
RAW = st.builds(
    Mark,
    st.sampled_from(Kind),
    st.integers(-(2**63), 2**63 - 1),
    st.binary(min_size=0, max_size=16).map(bytes.hex),
    st.booleans(),
)


def read(typed: str, platform: str = "") -> Target:
    found = harmonise.item(Item(typed, platform))
    assert isinstance(found, Target)
    return found


def kinds(found: tuple[Mark, ...]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in found:
        name = one.kind.name + ("" if one.own else "?")
        counted[name] = counted.get(name, 0) + 1
    return counted


@given(SOME, WORDS, st.binary(min_size=16, max_size=64), st.binary(min_size=16, max_size=64))
def test_marks_are_the_same_under_one_key_and_others_under_another(
    targets: list[Target], words: str, key: bytes, other: bytes
) -> None:
    given_targets = [(index(one.canonical), one) for one in targets]
    found = trace.of(given_targets, words, key=key, media=["sha256:00"])
    assert found == trace.of(given_targets, words, key=key, media=["sha256:00"])
    assert len(set(found)) == len(found)
    if key.ljust(64, b"\0") != other.ljust(64, b"\0"):
        elsewhere = trace.of(given_targets, words, key=other, media=["sha256:00"])
        assert {one.key for one in found}.isdisjoint(one.key for one in elsewhere)


@given(st.lists(RAW, max_size=40))
def test_packing_loses_nothing(given_marks: list[Mark]) -> None:
    assert trace.unpack(trace.pack(given_marks)) == tuple(given_marks)


@given(st.binary(max_size=60))
def test_bytes_of_another_hand_are_refused_or_read_and_never_crash(packed: bytes) -> None:
    with contextlib.suppress(Broken):
        assert trace.pack(trace.unpack(packed))


def test_a_mark_says_nothing_of_its_value() -> None:
    packed = trace.pack(marks(*TARGETS, words=STORY))
    assert not any(word in packed for word in (b"some_name", b"a.example", b"compte", b"42"))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (account("only_name"), {"ACCOUNT_NAME": 1}),
        (account("some_name", "42"), {"TARGET": 1, "ACCOUNT_ID": 1, "ACCOUNT_NAME": 1}),
        (account("", "42"), {"TARGET": 1, "ACCOUNT_ID": 1}),
        (account("some_name", "42", born_at=NOW), {"TARGET": 1, "ACCOUNT_ID": 1, "ACCOUNT_NAME": 1, "BIRTH": 2}),
        (site("a.example"), {"TARGET": 1, "LOOSE": 1, "SITE": 1}),
        (site("forum.a.example"), {"TARGET": 1, "LOOSE": 1, "SITE": 1, "SITE?": 1}),
        (page("https://a.example/"), {"TARGET": 1, "LOOSE": 1, "SITE": 1}),
        (page("https://www.a.example/x"), {"TARGET": 1, "LOOSE": 1, "SITE?": 1}),
        (page("https://a.example/x/y"), {"TARGET": 1, "LOOSE": 1, "SITE?": 1, "TEMPLATE?": 1}),
        (page("https://192.0.2.7:8080/x"), {"TARGET": 1, "LOOSE": 1, "SITE?": 1}),
        (page("https://[2001:db8::7]/x"), {"TARGET": 1, "LOOSE": 1, "SITE?": 1}),
        (page("https://medium.com/@someone/a-story-about-it-1234"), {"TARGET": 1, "LOOSE": 1}),
        (page(f"http://{'b' * 56}.onion/"), {"TARGET": 1, "LOOSE": 1, "ONION": 1}),
        (thing(TargetKind.PHONE, "tel:+33199000000"), {"TARGET": 1, "CONTACT": 1}),
        (thing(TargetKind.WALLET, "bitcoin:invented"), {"TARGET": 1, "WALLET": 1}),
        (thing(TargetKind.MAGNET, "magnet:invented"), {"TARGET": 1}),
    ],
)
def test_each_target_leaves_what_says_something(target: Target, expected: dict[str, int]) -> None:
    assert kinds(marks(target)) == expected


def test_a_name_on_a_server_is_known_by_name_only() -> None:
    hosted = account("someone@server.example", platform="mastodon")
    assert set(kinds(marks(hosted))) == {"ACCOUNT_NAME"}


def test_capitals_do_not_part_a_name() -> None:
    one, two = marks(account("Some_Name")), marks(account("some_name"))
    assert {mark.key for mark in one} == {mark.key for mark in two}


def test_full_stops_do_not_part_a_name_where_the_platform_ignores_them() -> None:
    dotted, plain = (marks(account(name, platform="facebook")) for name in ("some.name", "somename"))
    assert {mark.key for mark in dotted} == {mark.key for mark in plain}
    dotted, plain = (marks(account(name, platform="instagram")) for name in ("some.name", "somename"))
    assert {mark.key for mark in dotted}.isdisjoint(mark.key for mark in plain)


def test_a_name_on_another_platform_is_another_name() -> None:
    assert {one.key for one in marks(account("n", platform="x"))}.isdisjoint(
        one.key for one in marks(account("n", platform="y"))
    )


@given(st.integers(0, 10**9), st.integers(0, 3600))
def test_births_meet_within_five_minutes_and_never_from_ten(second: int, apart: int) -> None:
    one = NOW + timedelta(seconds=second)
    both = [
        {mark.key for mark in marks(account("n", born_at=at)) if mark.kind is Kind.BIRTH}
        for at in (one, one + timedelta(seconds=apart))
    ]
    met = bool(both[0] & both[1])
    if apart <= 300:
        assert met
    if apart >= 600:
        assert not met


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("https://a.example/", ""),
        ("https://a.example/watch", ""),
        ("https://a.example/watch?v=1", ""),
        ("https://a.example/watch?v=1&list=2", "/watch?list&v"),
        ("https://a.example/a/1", "/a/{n}"),
        ("https://a.example/12/34", ""),
        ("https://a.example/news/2026/a-long-title-of-it.html", "/news/{n}/{slug}"),
        ("https://a.example/pay/0a1b2c3d4e/index.php", "/pay/{hex}/index.php"),
        ("https://a.example/u/f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "/u/{hex}"),
        ("https://a.example/v/dQw4w9WgXcQ/embed", "/v/{id}/embed"),
        ("https://a.example/files/8841.zip", "/files/{n}.zip"),
        ("a.example", ""),
    ],
)
def test_a_template_keeps_what_stays(address: str, shape: str) -> None:
    assert template.of(address) == shape


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.a.example", "a.example"),
        ("drive.google.com", ""),
        ("tenant.substack.com", "tenant.substack.com"),
        ("www.substack.com", ""),
        ("tenant.github.io", "tenant.github.io"),
        ("github.com", ""),
        ("youtu.be", ""),
        ("bit.ly", ""),
    ],
)
def test_a_site_is_who_registered_it_or_a_tenant_and_never_everybody(host: str, expected: str) -> None:
    assert everybody.site(host) == expected


def test_what_the_words_name_is_a_mention_and_never_the_thing_itself() -> None:
    words = (
        "Il écrit depuis someone@mail.example, son compte est @some_name sur X, voir https://a.example/secure/login,"
        f" et aussi {'b' * 56}.onion"
    )
    found = [one for one in marks(words=words) if one.kind is not Kind.TEXT]
    assert {one.kind for one in found} >= {Kind.CONTACT, Kind.TARGET, Kind.ACCOUNT_NAME}
    assert not any(one.own or one.target for one in found)
    reported = {(one.kind, one.key) for one in marks(read("https://x.com/Some_Name"))}
    assert reported & {(one.kind, one.key) for one in found}


def test_a_post_leaves_the_marks_of_its_account() -> None:
    post = read("https://t.me/some_name/12")
    account_marks = {(one.kind, one.key) for one in marks(read("@some_name", "telegram"))}
    belongs = [one for one in marks(post) if (one.kind, one.key) in account_marks]
    assert [(one.kind, one.own) for one in belongs] == [(Kind.ACCOUNT_NAME, False)]


def test_a_very_long_text_leaves_its_eight_marks_at_once() -> None:
    found = marks(words="mot " * 250_000)
    assert kinds(found) == {"TEXT?": 8}
    assert kinds(marks(words="x" * 1_000_000)) == {}
    assert kinds(marks(words=("a." * 20 + "é") * 25_000)) in ({}, {"TEXT?": 8})


def test_surrogates_and_controls_are_text_like_any_other() -> None:
    assert kinds(marks(page("https://a.example/\ud800"), words="\ud800 \x00 \u202e mots"))["TARGET"] == 1
    assert len(KEY) == 32
