"""Every disguise of a thing is the same target; what is not plainly a thing is for a person; nothing raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.report import Item, Target, TargetKind, Unread

if TYPE_CHECKING:
    import random

ACCOUNT, POST, DOMAIN, URL = TargetKind.ACCOUNT, TargetKind.POST, TargetKind.DOMAIN, TargetKind.URL
LETTERS = st.sampled_from([*"abcXYZ019@:/.?#%&=-_[](){}\\ \t\n\u200b\u202eé。．ＡıßK", "http", "hxxp", "://", "x.com"])


def read(typed: str, platform: str = "") -> Target:
    found = harmonise.item(Item(typed, platform))
    assert isinstance(found, Target), (typed, found)
    return found


def why_not(typed: str, platform: str = "") -> list[str]:
    found = harmonise.item(Item(typed, platform))
    assert isinstance(found, Unread), (typed, found)
    return [one.code for one in found.reasons]


SAME = {
    "https://x.com/some_name": [
        ("https://twitter.com/Some_Name", ""),
        ("http://www.twitter.com/some_name/", ""),
        ("HTTPS://MOBILE.TWITTER.COM:443/@some_name?s=20#top", ""),
        ("x.com/some_name", ""),
        ("hxxps://x[.]com/some_name", ""),
        ("@some_name", "X"),
        ("@Some_Name", "Twitter"),
        ("some_name", "X (ex-Twitter)"),
        ("＠some_name", "x/twitter"),
        ("X: @some_name", ""),
        ("@some_name sur Twitter", ""),
        ("@some\u200b_name", "x.com"),
        ("https://x.com./some_name", ""),
        ("  <https://x.com/some_name>  ", ""),
        ("voir https://x.com/some_name, merci", ""),
    ],
    "https://x.com/i/status/1259924082067374088": [
        ("https://twitter.com/some_name/status/1259924082067374088", ""),
        ("https://mobile.twitter.com/other/status/1259924082067374088/photo/1", ""),
        ("https://x.com/i/web/status/1259924082067374088?s=20", ""),
    ],
    "https://video.example/~a?b=%C3%A9": [
        ("https://VIDEO.example:443/%7ea?b=%c3%a9#part-2", ""),
        ("https://user:word@video.example./x/../~a?b=é", ""),
        ("hxxps[:]//video(dot)example/~a?b=é", ""),
        ("video.example/~a?b=é", ""),
        ("https:\\\\video.example\\~a?b=é", ""),
    ],
    "https://xn--bcher-kva.example/": [("https://bücher.example", ""), ("https://BÜCHER.example./", "")],
    "video.example": [("Video.Example", ""), ("video[.]example", ""), ("video.example.", ""), ("video。example", "")],
    "http://192.0.2.1/x": [("hxxp://192[dot]0[dot]2[dot]1/x", ""), ("http://0xc0.0.2.1/x", "")],
    "https://mastodon.example/@alice": [("@Alice@mastodon.example", ""), ("acct:alice@mastodon.example", "")],
    "https://www.instagram.com/some.name/": [("@some.name", "insta"), ("http://instagram.com/Some.Name?igsh=1", "")],
}


@pytest.mark.parametrize(
    ("canonical", "typed", "platform"), [(one, *how) for one, hows in SAME.items() for how in hows]
)
def test_every_way_of_writing_it_gives_one_target(canonical: str, typed: str, platform: str) -> None:
    assert read(typed, platform).canonical == canonical
    assert read(canonical).canonical == canonical


@pytest.mark.parametrize(
    ("typed", "platform", "code"),
    [
        ("un homme menace ma sœur", "", "unread.plain-text"),
        ("rapport.txt", "", "unread.plain-text"),
        ("M.Durand", "", "unread.plain-text"),
        ("@some_name", "", "unread.no-platform"),
        ("@some_name", "Nowhere 3000", "unread.no-platform"),
        ("@jean-paul", "X", "unread.name-shape"),
        ("mise au point de com", "", "unread.plain-text"),
        ("06 39 98 12 34", "", "unread.no-country"),
        ("javascript:alert(1)", "", "unread.other-scheme"),
        ("magnet:?xt=urn:btih:00", "", "unread.broken-magnet"),
        ("https://", "", "unread.broken-address"),
        ("https://exa mple/", "", "unread.broken-address"),
        ("\u200b\u2060", "", "unread.empty"),
        ("   ", "", "unread.empty"),
    ],
)
def test_what_is_not_plainly_a_thing_is_for_a_person(typed: str, platform: str, code: str) -> None:
    assert why_not(typed, platform)[-1] == code


def test_an_unknown_platform_is_flagged_and_never_refused() -> None:
    assert "harmonise.platform-unknown" in why_not("@some_name", "Nowhere 3000")
    assert "harmonise.platform-unknown" in [one.code for one in read("https://a.example/", "Nowhere 3000").reasons]


@pytest.mark.parametrize(
    "typed",
    [
        "https://x.com.evil.example/some_name",
        "https://evil.example/https://x.com/some_name",
        "https://twitter.com@evil.example/x",
        "https://xn--twtter-q9a.example/some_name",
        "https://\u0445.com/some_name",  # Cyrillic
        "https://notx.com/some_name",
        "https://x.community/some_name",
    ],
)
def test_a_look_alike_is_not_the_platform(typed: str) -> None:
    found = read(typed)
    assert (found.kind, found.platform) == (URL, "")
    assert found.host not in {"x.com", "twitter.com"}


def test_a_look_alike_says_so() -> None:
    assert "harmonise.imitates" in [one.code for one in read("https://x.com.evil.example/a").reasons]
    assert "harmonise.international" in [one.code for one in read("https://\u0445.com/a").reasons]
    assert "harmonise.credentials" in [one.code for one in read("https://x.com@evil.example/a").reasons]


def test_pages_of_a_platform_are_not_accounts() -> None:
    for typed in ("https://x.com/home", "https://www.instagram.com/explore/", "https://t.me/joinchat/AAA"):
        assert read(typed).kind is URL


def test_different_things_stay_different() -> None:
    different = [
        "https://a.example/x",
        "https://a.example/X",
        "https://a.example/x/",
        "https://a.example/x?y",
        "https://a.example/x%2Fy",
        "https://a.example:8443/x",
        "https://a.example/#/x",
        "https://a.example/#/y",
        "https://a.example/#!x",
        "https://web.telegram.org/k/#@one_name",
        "https://web.telegram.org/k/#@other_name",
        "https://b.a.example/x",
        "https://youtu.be/AAAAAAAAAAA",
        "https://youtu.be/AAAAAAAAAAa",
    ]
    assert len({read(typed).canonical for typed in different}) == len(different)


def test_a_host_is_what_was_registered() -> None:
    assert read("https://a.b.video.example/").host == "video.example"
    assert read("https://shop.example.co.uk/x").host == "example.co.uk"
    assert read("@some_name", "X").host == "x.com"
    assert read("http://192.0.2.1:8080/").host == "192.0.2.1"


def shown(found: Target) -> str:
    return found.defanged.removeprefix("hxxp:").replace("http:", "hxxp:")


def check(found: Target | Unread) -> None:
    assert found.reasons
    if isinstance(found, Target):
        assert found.canonical.encode()  # can be kept
        assert 0 < found.confidence <= 1
        for written in (found.canonical, found.defanged):
            if written == found.defanged and (set("[]{}()\\") & set(found.canonical) or "xp:" in shown(found)):
                continue  # the marks of defanging stood in it already
            again = harmonise.item(Item(written))
            assert isinstance(again, Target)
            assert (again.canonical, again.kind, again.platform, again.id, again.host, again.site) == (
                found.canonical,
                found.kind,
                found.platform,
                found.id,
                found.host,
                found.site,
            )


@given(st.text(), st.text() | st.sampled_from(["X", "Mastodon", "bluesky", "discord", "Instagram"]))
@example("http://a\ud800b/", "")
@example("http://[::]/", "")
def test_any_text_is_answered_and_a_canonical_gives_itself(typed: str, platform: str) -> None:
    check(harmonise.item(Item(typed, platform)))


@given(st.lists(LETTERS, max_size=40).map("".join), st.sampled_from(["", "X", "Mastodon", "bluesky", "discord"]))
def test_any_text_like_an_address_is_answered_and_a_canonical_gives_itself(typed: str, platform: str) -> None:
    check(harmonise.item(Item(typed, platform)))


@given(st.lists(LETTERS, max_size=30).map("".join))
def test_any_path_on_a_platform_is_answered(rest: str) -> None:
    for host in ("x.com", "www.youtube.com", "t.me", "mastodon.example", "discord.com", "bsky.app"):
        check(harmonise.item(Item(f"https://{host}/{rest}")))


@given(st.sampled_from(["https://Video.example/a?b=c", "https://x.com/some_name", "video.example"]), st.randoms())
def test_the_case_of_scheme_and_host_does_not_matter(typed: str, chance: random.Random) -> None:
    scheme, slashes, rest = typed.rpartition("://")
    host, slash, path = rest.partition("/")
    turned = "".join(one.upper() if chance.random() < 0.5 else one for one in scheme + slashes + host)
    assert read(turned + slash + path).canonical == read(typed).canonical


@pytest.mark.parametrize(
    ("typed", "canonical", "code"),
    [
        ("example dot com", "example.com", "harmonise.spelt-out"),
        ("alice AT example DOT com", "alice@example.com", "harmonise.spelt-out"),
        ("https deux points slash slash video point example slash page", "https://video.example/page", "spelt-out"),
        ("h t t p s : / / v i d e o . e x a m p l e / a", "https://video.example/a", "harmonise.spaced-out"),
        ("https://video.exam\nple/a", "https://video.example/a", "harmonise.joined"),
        ("https://video.example/a-\n\tlong-one", "https://video.example/a-long-one", "harmonise.joined"),
        ("rapport.zip", "rapport.zip", "harmonise.maybe-a-file"),
        ("https://intranet/a", "https://intranet/a", "harmonise.no-ending"),
    ],
)
def test_what_is_guessed_is_less_sure_and_said(typed: str, canonical: str, code: str) -> None:
    found = read(typed)
    assert found.canonical == canonical
    assert found.confidence < 1
    assert any(one.code.endswith(code) for one in found.reasons)


@pytest.mark.parametrize(
    ("typed", "canonical", "code"),
    [
        ("https://video%2Eexample/a", "https://video.example/a", "harmonise.host-encoded"),
        ("https://video.example/a%252Fb", "https://video.example/a%252Fb", "harmonise.nested"),
        ("http://0xC0.0x00.0x02.0x01/", "http://192.0.2.1/", "harmonise.ip-notation"),
        ("http://3221225985/", "http://192.0.2.1/", "harmonise.ip-notation"),
        ("http://0300.0.02.1/", "http://192.0.2.1/", "harmonise.ip-notation"),
        ("http://192.0.513/", "http://192.0.2.1/", "harmonise.ip-notation"),
        ("https://x.com@evil.example/a", "https://evil.example/a", "harmonise.credentials"),
        ("https://x.com\\@evil.example/a", "https://x.com/@evil.example/a", "harmonise.address"),
        ("https://video.example/\u202egpj.exe", "https://video.example/gpj.exe", "harmonise.invisible"),
        ("\u04bbttps\ua789//video.example/a", "https://video.example/a", "harmonise.look-alike-signs"),
        (
            "\U0001d5f5\U0001d601\U0001d601\U0001d5fd\U0001d600://video.example/a",
            "https://video.example/a",
            "harmonise.wide",
        ),
        ("https://video\uff0eexample/a", "https://video.example/a", "harmonise.address"),
        ("fxp://video[.]example/a", "ftp://video.example/a", "harmonise.refanged"),
        ("http[s]://video[.]example/a", "https://video.example/a", "harmonise.refanged"),
        ("https;//video.example/a", "https://video.example/a", "harmonise.refanged"),
        ("2001:db8::1", "[2001:db8::1]", "harmonise.ip"),
    ],
)
def test_a_disguise_of_the_host_is_read_as_a_browser_does_and_said(typed: str, canonical: str, code: str) -> None:
    found = read(typed)
    assert found.canonical == canonical
    assert code in [one.code for one in found.reasons]


def test_joiners_that_a_script_needs_stay_in_a_host() -> None:
    assert read("https://\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com/").canonical == (
        "https://xn--mgba3gch31f060k.com/"
    )


@pytest.mark.parametrize("typed", ["https://a\x00b.example/", "https://a%00b.example/", "https://%zz.example/"])
def test_a_host_that_no_browser_opens_is_for_a_person(typed: str) -> None:
    assert "unread.broken-address" in why_not(typed)


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("https://a.b.video.example/x", "video.example"),
        ("a.b.video.example", "video.example"),
        ("video.example", ""),
        ("https://someone.github.io/x", "someone.github.io"),
        ("http://192.0.2.1:8080/", "192.0.2.1"),
        ("https://shop.example.co.uk/", "example.co.uk"),
    ],
)
def test_a_page_belongs_to_its_site(typed: str, site: str) -> None:
    assert read(typed).site == site


def test_several_things_in_one_entry_are_each_a_target() -> None:
    typed = "https://a.example/ et https://b.example/, ou alice@mail.example"
    every = harmonise.items(Item(typed))
    assert isinstance(every, tuple)
    assert [one.canonical for one in every] == ["https://a.example/", "https://b.example/", "alice@mail.example"]
    assert "harmonise.several" in [one.code for one in every[0].reasons]
    assert read(typed) == every[0]


@given(st.lists(LETTERS, max_size=30).map("".join))
def test_the_first_target_leads(typed: str) -> None:
    first, every = harmonise.item(Item(typed)), harmonise.items(Item(typed))
    assert isinstance(first, Unread) == isinstance(every, Unread)
    if isinstance(every, tuple) and isinstance(first, Target):
        assert first.canonical == every[0].canonical


def test_a_long_address_is_read() -> None:
    assert read("https://video.example/" + "a" * 60_000).kind is URL
    assert why_not("[" * 60_000)
    assert why_not("(dot" * 16_000)
    assert harmonise.item(Item("x: @" * 16_000)).reasons
