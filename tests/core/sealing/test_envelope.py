"""The envelope: what goes in comes out, and its length does not tell whether a name is inside."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.errors import Broken, Refused
from fanal.core.report import Identity
from fanal.core.sealing import envelope

short = st.text(max_size=40)
identities = st.builds(Identity, name=short, email=short, phone=short, ip=short, user_agent=st.text(max_size=60))
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@given(identities)
def test_what_goes_in_comes_out(identity: Identity) -> None:
    wrapped = envelope.wrap(identity, report_ref="S-7KQM-4T2X")
    assert envelope.unwrap(wrapped) == identity
    assert envelope.read(wrapped) == ("S-7KQM-4T2X", identity)
    assert envelope.wrap(identity, report_ref="S-7KQM-4T2X") == wrapped


@given(identities)
def test_no_length_tells_whether_somebody_is_named(identity: Identity) -> None:
    nobody = envelope.wrap(Identity(ip="192.0.2.7", user_agent=AGENT), report_ref="S-1")
    somebody = envelope.wrap(identity, report_ref="S-1")
    if all(letter.isascii() for letter in identity.name + identity.email + identity.phone + identity.user_agent):
        assert len(nobody) == len(somebody) == envelope.SIZES[0]
    assert len(somebody) in envelope.SIZES


def test_a_surrogate_does_not_break_the_seal() -> None:
    identity = Identity(name="\ud800")
    assert envelope.unwrap(envelope.wrap(identity, report_ref="S-1")) == identity


def test_what_is_too_long_is_refused_without_being_told() -> None:
    with pytest.raises(Refused) as refused:
        envelope.wrap(Identity(name="a" * 70_000), report_ref="S-1")
    assert "aaa" not in str(refused.value)


GOOD = json.loads(envelope.wrap(Identity(name="Camille"), report_ref="S-1"))


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        GOOD | {"version": 2},
        GOOD | {"report": 1},
        GOOD | {"identity": []},
        GOOD | {"identity": {"name": "Camille"}},
        GOOD | {"identity": GOOD["identity"] | {"name": None}},
        GOOD | {"more": ""},
    ],
)
def test_another_document_is_refused(document: object) -> None:
    with pytest.raises(Broken):
        envelope.unwrap(json.dumps(document).encode().ljust(2048))


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(Broken):
        envelope.unwrap(noise)
    with pytest.raises(Broken):
        envelope.unwrap(noise.ljust(2048, b"\xff"))
