"""One address, one form; what only tracks is left out, what chooses stays; and a looser likeness for crosscheck."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise import address, defang
from fanal.core.harmonise.address import loose
from fanal.core.report import Item, Target

PATHS = st.lists(st.sampled_from([*"ab./:@[]?#&=%~-_;,!é", "utm_source=1", "%2e", "index.php"]), max_size=20).map(
    "".join
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("?utm_source=a&b=1&UTM_medium=c", "?b=1"),
        ("?fbclid=a", ""),
        ("?b=1&gclid=x&a=2&&c", "?b=1&a=2&&c"),
        ("?%75tm_source=a&id=1", "?id=1"),
        ("?b=2&a=1", "?b=2&a=1"),
        ("?pk_id=5&ref=x&source=y&id=3", "?pk_id=5&ref=x&source=y&id=3"),
        ("?utm=1&xutm_a=1", "?utm=1&xutm_a=1"),
    ],
)
def test_what_only_tracks_is_left_out_and_said(typed: str, kept: str) -> None:
    found = harmonise.item(Item(f"https://video.example/a{typed}"))
    assert isinstance(found, Target)
    assert found.canonical == f"https://video.example/a{kept}"
    assert ("harmonise.tracking" in [one.code for one in found.reasons]) == (typed != kept)


@given(PATHS, st.sampled_from(["https://video.example", "http://a.b.video.example:81", "http://[2001:db8::1]"]))
def test_the_quick_defanging_is_the_slow_one(path: str, origin: str) -> None:
    parts = address.take(f"{origin}/{path}")
    assert parts is not None
    where, host, rest, _, facts = parts
    assert defang.web(where, host, rest, facts) == defang.defang(where + rest)


@given(PATHS)
def test_an_address_gives_itself(path: str) -> None:
    read = address.read(f"https://video.example/{path}")
    assert read is not None
    again = address.read(read.canonical)
    assert again is not None
    assert again.canonical == read.canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.video.example/", "video.example"),
        ("https://video.example/a/", "http://www.video.example/a"),
        ("https://video.example/a/index.html", "https://video.example/a/"),
        ("https://video.example/Index.PHP?b=1&a=2", "https://video.example/?a=2&b=1"),
        ("https://video.example/?a=1", "https://video.example?a=1"),
    ],
)
def test_a_likeness_joins_what_is_probably_one_page(one: str, other: str) -> None:
    assert loose(one) == loose(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://video.example/a", "https://video.example/b"),
        ("https://video.example/?a=1", "https://video.example/?a=2"),
        ("https://video.example/A", "https://video.example/a"),
        ("https://m.video.example/", "https://video.example/"),
        ("https://video.example/my-index.html", "https://video.example/my-"),
    ],
)
def test_a_likeness_leaves_apart_what_differs(one: str, other: str) -> None:
    assert loose(one) != loose(other)


@pytest.mark.parametrize("canonical", ["alice@mail.example", "+33199001234", "magnet:?xt=urn:btih:00", "snapchat:@a"])
def test_what_is_no_address_is_its_own_likeness(canonical: str) -> None:
    assert loose(canonical) == canonical


@given(st.text())
def test_any_text_has_a_likeness(words: str) -> None:
    assert isinstance(loose(words), str)
