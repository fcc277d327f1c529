"""What pretends to be a platform is said to, in the right grade; what is honest is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.harmonise import lookalikes, platforms

BRANDS = sorted(one.brand for one in platforms.PLATFORMS if len(one.brand) >= 7)
CARRIES, RESEMBLES = "harmonise.imitates", "harmonise.resembles"


def grade(host: str) -> str:
    found = lookalikes.find(host)
    return found[0].code if found else ""


@pytest.mark.parametrize(
    "host",
    ["x.com.evil.example", "www.t.me.evil.example", "facebook-login.example", "instagram.example",
     "facebook.evil.example", "www-facebook-com.example", "login.twitter.com.a.b.example"],
)  # fmt: skip
def test_a_host_that_carries_the_name(host: str) -> None:
    assert grade(host) == CARRIES


@pytest.mark.parametrize(
    "host",
    ["twltter.example", "faceb00k.example", "1nstagram.example", "instagrarn.example", "vvhatsapp.example",
     "tlktok.example", "facebok.example", "faceboook.example", "fcaebook.example", "facebaok.example",
     "rnyoutube-1nstagram.example", "xn--u1a.com", "xn--v-ttb.com", "www.xn--u1a.com",
     "xn--fcebook-8va.example", "xn--twtter-q9a.example"],
)  # fmt: skip
def test_a_host_that_looks_like_it(host: str) -> None:
    assert grade(host) == RESEMBLES


@pytest.mark.parametrize(
    "host",
    ["x.community", "notx.com", "threads.example", "discord.example", "steam.example", "telegram.example", "vk.example",
     "stitch.example", "treads.example", "switch.example", "tumbler.example", "credit.example", "linked.example",
     "example.com", "192.0.2.1", "[2001:db8::1]", "localhost", "xn--bcher-kva.example", "xn--", "a..b", ""],
)  # fmt: skip
def test_an_honest_host_is_left_alone(host: str) -> None:
    assert grade(host) == ""


def test_a_platform_is_not_its_own_imitation() -> None:
    for platform in platforms.PLATFORMS:
        for host in (*platform.hosts, *platform.own):
            assert grade(host) == grade(f"a.b.{host}") == ""
            assert grade(f"{host}.evil.example") in {CARRIES, ""}


@given(
    st.sampled_from(BRANDS), st.integers(0, 40), st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.sampled_from("+-~/")
)
def test_one_letter_away_is_seen(brand: str, place: int, letter: str, how: str) -> None:
    at = place % (len(brand) - 1)
    changed = {
        "+": brand[:at] + letter + brand[at:],
        "-": brand[:at] + brand[at + 1 :],
        "~": brand[:at] + letter + brand[at + 1 :],
        "/": brand[:at] + brand[at + 1] + brand[at] + brand[at + 2 :],
    }[how]
    assert grade(f"{changed}.example") == (CARRIES if changed == brand else RESEMBLES)


@given(st.text(max_size=80) | st.text("xn-.com01lrvwtfacebok", max_size=60))
def test_any_text_is_answered(host: str) -> None:
    assert lookalikes.find(host) in {(), *[(one,) for one in lookalikes.find(host)]}
