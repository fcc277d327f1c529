"""Tokens of sources: equal for one source on one day, unlike for all else, and nothing of the source in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fanal.core.intake import sources
from fanal.core.report import Identity

KEY, SALT = b"k" * 16, b"s" * 16


def tokens(machine: str = "", *, key: bytes = KEY, salt: bytes = SALT, **who: str) -> tuple[int, ...]:
    return sources.unpack(sources.tokens(Identity(**who), machine, key=key, salt=salt))


def test_one_mailbox_by_many_names_is_one_source() -> None:
    assert tokens(email="Ada.L@Mail.example") == tokens(email=" ada.l+forum@mail.EXAMPLE ")
    assert tokens(email="ada@mail.example") != tokens(email="ada@autre.example")
    assert tokens(email="+@mail.example") != tokens(email="+a@mail.example") or tokens(email="+@mail.example")


def test_one_number_with_and_without_its_country_is_one_source() -> None:
    assert tokens(phone="06 39 98 04 17") == tokens(phone="+33 6 39 98 04 17") == tokens(phone="0033639980417")
    assert tokens(phone="06 39 98 04 17") != tokens(phone="06 39 98 04 18")
    assert tokens(phone="١١٢ ٤٥٦٧") == tokens(phone="112 4567")
    assert tokens(phone="112") == ()


def test_a_subscriber_is_one_source_and_its_neighbour_another() -> None:
    assert tokens(ip="2001:db8:1:2::7") == tokens(ip="2001:db8:1:2:ffff::1")
    assert tokens(ip="2001:db8:1:2::7") != tokens(ip="2001:db8:1:3::7")
    assert tokens(ip="192.0.2.7") == tokens(ip="::ffff:192.0.2.7") != tokens(ip="192.0.2.8")
    assert tokens(ip="not an address") == tokens(ip="") == ()


def test_a_machine_counts_by_the_contact_that_it_passes_on_and_else_by_its_key() -> None:
    one = tokens("key-1", ip="192.0.2.7")
    assert one == tokens("key-1", ip="192.0.2.8") != tokens("key-2", ip="192.0.2.7")
    assert tokens("key-1", email="a@mail.example", ip="192.0.2.7") == tokens(email="a@mail.example")


def test_another_day_and_another_house_give_other_tokens() -> None:
    assert tokens(ip="192.0.2.7") != tokens(ip="192.0.2.7", salt=b"t" * 16)
    assert tokens(ip="192.0.2.7") != tokens(ip="192.0.2.7", key=b"l" * 16)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_anything_gives_at_most_three_and_never_what_was_typed(email: str, phone: str, ip: str, machine: str) -> None:
    packed = sources.tokens(Identity(email=email, phone=phone, ip=ip), machine, key=KEY, salt=SALT)
    assert len(packed) % sources.TOKEN_BYTES == 0
    assert len(packed) <= sources.MOST * sources.TOKEN_BYTES
    assert packed == sources.tokens(Identity(email=email, phone=phone, ip=ip), machine, key=KEY, salt=SALT)
    assert not machine or packed  # a machine always counts


@given(st.binary(max_size=40))
def test_bytes_that_are_no_tokens_raise_nothing(content: bytes) -> None:
    assert len(sources.unpack(content)) == len(content) // sources.TOKEN_BYTES
