"""The short way of the plain address: what it says is what the long way says, or nothing."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise import links, why
from fanal.core.report import Target, TargetKind

SCHEMES = ("https://", "https://", "http://", "HTTPS://", "ftp://", "https:/", "")
HOSTS = (
    *("www.site.example", "a-b.example.fr", "Site.Example", "a_b.example", "site.example.", "a..example", "localhost"),
    *("site.example:8443", "lou@site.example", "192.0.2.7", "0x7f.1", "[2001:db8::1]", "xn--mnchen-3ya.example"),
    *("tw1tter.example", "x.com", "mastodon.example", "bit.ly", "nowhere.nothing"),
)
PIECES = (
    *("/", "/", ".", "?", "#", "%41", "%", ":", "@", "[", "]", "(", ")", "a", "1", "-", "~", " ", "é", '"', "\\", "\t"),
    *("/users/lou", "/@lou", "/../", "/./", "utm_id=1", "page-2.html", "a.b", "lou's"),
)
ADDRESSES = st.builds(
    "{}{}/{}".format,
    st.sampled_from(SCHEMES),
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)


@given(ADDRESSES)
@example("https://www.site.example/a?utm_id=1")
@example("https://www.site.example/%7Ea")
@example("https://www.site.example/to/http://other.example/")
@example("https://www.site.example/lou@mail.example")
@example("https://www.site.example/a[.b")
@example("https://mastodon.example/users/lou/statuses/109876543210987654")
@example("https://localhost/a")
@settings(max_examples=300)
def test_the_short_way_says_what_the_long_way_says(typed: str) -> None:
    page = harmonise.plain(typed)
    assert page in (None, links.web_link(typed, None, (), links.SURE))
    if page:
        assert repr(page) == repr(replace(page))
        with pytest.raises(FrozenInstanceError):
            page.id = "1"  # type: ignore[misc]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_that_is_its_own_canonical_form_goes_the_short_way(scheme: str) -> None:
    page = harmonise.plain(f"{scheme}://www.site.example/some/page-2.html")
    assert page == Target(
        kind=TargetKind.URL,
        canonical=f"{scheme}://www.site.example/some/page-2.html",
        defanged=f"{scheme.replace('tt', 'xx')}://www[.]site[.]example/some/page-2[.]html",
        host="site.example",
        reasons=(why.ADDRESS,),
        site="site.example",
    )


@pytest.mark.parametrize("host", ["site(dot)example.example", "site{.}example.example", 'si"te.example'])
def test_a_host_that_a_browser_takes_and_nobody_means_goes_the_long_way(host: str) -> None:
    assert harmonise.plain(f"https://{host}/") is None
