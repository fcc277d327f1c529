"""One validator for the form and the API: complete reports pass, every fault is named, nothing is thrown away."""

from __future__ import annotations

import base64
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.intake import media
from fanal.core.intake.read import FIELDS, Read, all_of_them, read
from fanal.core.report import Category, Channel, Item, Standing

TODAY = date(2026, 11, 22)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def reading(**fields: object) -> Read:
    whole = {"items": [{"typed": "https://video.example/1"}], "category": "scam"} | fields
    return read(whole, channel=Channel.API, today=TODAY)


def codes(found: Read) -> dict[str, str]:
    return {fault.field: fault.reason.code for fault in found.faults}


def test_a_whole_report_is_read() -> None:
    found = reading(
        items=[{"typed": " @name ", "platform": "X"}, {"typed": ""}],
        category="harassment",
        comment="Il m’écrit\u202e chaque jour.",
        seen_on="2026-11-22",
        seen_where="fil public",
        standing="victim",
        minor=True,
        danger_now="on",
        language="fr",
        contact={"name": "Chloé", "email": "chloe@mail.example", "phone": "+33 1 00 00 00 00"},
    )
    assert found.faults == ()
    assert found.submission is not None
    assert found.submission.items == (Item(" @name ", "X"),)
    assert found.submission.category is Category.HARASSMENT
    assert found.submission.standing is Standing.VICTIM
    assert found.submission.seen_on == TODAY
    assert found.submission.minor
    assert found.submission.danger_now
    assert "\u202e" in found.submission.comment
    assert found.identity.email == "chloe@mail.example"


def test_what_is_optional_may_be_missing_none_or_empty() -> None:
    for empty in (None, ""):
        found = reading(**dict.fromkeys(set(FIELDS) - {"items", "category", "contact"}, empty), contact=None)
        assert found.faults == ()
    assert found.identity.empty()


def test_at_least_one_item_is_needed() -> None:
    for items in ([], [{"typed": "  \n"}], None):
        found = reading(items=items)
        assert codes(found) == {"items": "intake.nothing"}
        assert found.faults[0].reason.text.en == "Write at least a name or an address."


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"items": "https://video.example/"}, "items", "intake.not-a-list"),
        ({"items": [["deep", ["deeper"]]]}, "items[0]", "intake.not-an-item"),
        ({"items": [{"typed": 7}]}, "items[0].typed", "intake.not-text"),
        ({"items": [{"typed": "a", "url": "b"}]}, "items[0]", "intake.unknown-field"),
        ({"items": [{"typed": "x" * 65_537}]}, "items[0].typed", "intake.too-long"),
        ({"items": [*[{"typed": "a"}] * 51, {"typed": 7}]}, "items[51].typed", "intake.not-text"),
        ({"items": [*[{"typed": "a"}] * 51, {"typed": "\0"}]}, "items[51].typed", "intake.nul"),
        ({"category": ""}, "category", "intake.no-category"),
        ({"category": "nonsense"}, "category", "intake.unknown-category"),
        ({"category": ["scam"]}, "category", "intake.not-text"),
        ({"comment": 3}, "comment", "intake.not-text"),
        ({"comment": "x" * 20_001}, "comment", "intake.too-long"),
        ({"comment": "a\0b"}, "comment", "intake.nul"),
        ({"comment": "a\ud800"}, "comment", "intake.half-character"),
        ({"seen_on": "2026-11-23"}, "seen_on", "intake.in-the-future"),
        ({"seen_on": "1026-11-22"}, "seen_on", "intake.too-early"),
        ({"seen_on": "22/11/2026"}, "seen_on", "intake.not-a-day"),
        ({"seen_on": "2026-02-30"}, "seen_on", "intake.not-a-day"),
        ({"standing": "judge"}, "standing", "intake.unknown-standing"),
        ({"minor": "perhaps"}, "minor", "intake.not-yes-or-no"),
        ({"danger_now": 1.5}, "danger_now", "intake.not-yes-or-no"),
        ({"language": "../fr"}, "language", "intake.not-a-language"),
        ({"contact": "me"}, "contact", "intake.not-a-contact"),
        ({"contact": {"mail": "a"}}, "contact", "intake.unknown-field"),
        ({"contact": {"email": "chloe at mail"}}, "contact.email", "intake.not-an-email"),
        ({"contact": {"email": "a@b.example\nBcc: c@d.example"}}, "contact.email", "intake.not-an-email"),
        ({"surprise": 1}, "", "intake.unknown-field"),
    ],
)
def test_each_fault_is_named(fields: dict[str, object], field: str, code: str) -> None:
    found = reading(**fields)
    assert codes(found) == {field: code}
    assert found.submission is None


def test_all_faults_come_together() -> None:
    found = reading(items=[], category="", seen_on="tomorrow", contact={"email": "no"})
    assert set(codes(found)) == {"items", "category", "seen_on", "contact.email"}


def test_sizes_are_said() -> None:
    fault = reading(items=[{"typed": "x" * 70_000}]).faults[0]
    assert "70,000" in fault.reason.text.en
    assert "70\u202f000" in fault.reason.text.fr
    assert "51" in reading(items=[{"typed": "a"}] * 51).notes[0].text.en


def test_a_refused_report_keeps_what_was_typed() -> None:
    items = [{"typed": f"https://video.example/{number}"} for number in range(60)]
    found = reading(items=items, comment="x" * 1_000_000)
    assert found.kept["items"] == items
    assert found.kept["comment"] == "x" * 1_000_000


def test_an_unknown_platform_is_not_refused() -> None:
    assert reading(items=[{"typed": "@name", "platform": "Nowhere 3000"}]).faults == ()


def test_a_60_kb_address_is_not_refused() -> None:
    assert reading(items=[{"typed": "https://video.example/" + "a" * 60_000}]).faults == ()


PICTURES = [
    b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(100)),
    b"\x89PNG\r\n\x1a\n" + bytes(range(100)),
    b"GIF89a" + bytes(range(100)),
    b"RIFF\x24\x01\x00\x00WEBPVP8 " + bytes(range(100)),
    b"\x00\x00\x00\x20ftypisom" + bytes(range(100)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=["jpeg", "png", "gif", "webp", "mp4"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode, base64.encodebytes])
def test_a_pasted_picture_is_refused_and_not_kept(picture: bytes, encode) -> None:
    body = encode(picture).decode()
    for field, name in (("comment", "comment"), ("items", "items[0].typed")):
        text = f"voici {body} voilà"
        found = reading(**{field: [{"typed": text}] if field == "items" else text})
        assert codes(found) == {name: "intake.media"}
        assert body[:40] not in str(found.kept)
        assert "voici" in str(found.kept)


@pytest.mark.parametrize(
    "head", ["data:image/png;base64,iVBOR", "DATA:video/mp4;base64,AAAA", "data: image/svg+xml,%3Csvg"]
)
def test_a_data_url_is_refused_with_what_to_do(head: str) -> None:
    found = reading(comment=head)
    assert codes(found) == {"comment": "intake.media"}
    assert "Do not send it" in found.faults[0].reason.text.en
    assert found.kept["comment"] == ""


def test_a_picture_within_an_address_is_refused() -> None:
    body = base64.b64encode(PICTURES[0]).decode()
    for typed in (f"https://video.example/?i={body}", f"https://video.example/?i=data:image/jpeg;base64,{body}"):
        assert codes(reading(items=[{"typed": typed}])) == {"items[0].typed": "intake.media"}


def test_words_and_addresses_are_not_taken_for_pictures() -> None:
    for text in (
        "https://video.example/9j/" + "a" * 80,
        "sha256:" + "0123456789abcdef" * 4,
        "iVBORw0KGgo",
        "The data: image of the brand",
        "They use data:image/ addresses",
        "AAAA" * 40,
    ):
        assert not media.pasted(text), text


@given(JSON)
def test_any_json_is_answered(value: object) -> None:
    found = read(value, channel=Channel.API, today=TODAY)
    assert isinstance(found, Read)
    assert (found.submission is None) == bool(found.faults)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_values_in_our_fields_are_answered(fields: dict[str, object]) -> None:
    found = read(fields, channel=Channel.PORTAL, today=TODAY)
    assert (found.submission is None) == bool(found.faults)
    for fault in found.faults:
        assert fault.reason.text.en
        assert fault.reason.text.fr


@given(
    st.lists(st.fixed_dictionaries({"typed": JSON, "platform": JSON}), max_size=2),
    st.fixed_dictionaries({"name": JSON, "email": JSON, "phone": JSON}),
)
def test_any_values_within_items_and_contact_are_answered(items: object, contact: object) -> None:
    found = reading(items=items, contact=contact)
    assert (found.submission is None) == bool(found.faults)


def test_a_reading_does_not_print_who_reports() -> None:
    found = reading(contact={"email": "chloe@mail.example"}, comment="")
    assert "chloe" not in repr(found)


def test_too_many_items_are_taken_all_the_same_and_all_stand_in_the_text() -> None:
    typed = [f"https://video.example/{number}?a= b\u202e" for number in range(10_000)]
    items = [{"typed": one, "platform": "X" if number % 2 else ""} for number, one in enumerate(typed)]
    started = time.perf_counter()
    found = reading(items=[*items, {"typed": " "}], comment="Tout y est.")
    assert time.perf_counter() - started < 5  # it takes a tenth of a second; a busy machine may take longer
    assert found.faults == ()
    assert found.submission is not None
    assert [one.typed for one in found.submission.items] == typed[:50]
    said, blank, mark, *lines = found.submission.comment.split("\n")
    assert blank == ""
    assert (said, mark) == ("Tout y est.", all_of_them(10_000))
    assert lines == [f"X: {one}" if number % 2 else one for number, one in enumerate(typed)]
    assert [one.code for one in found.notes] == ["intake.too-many"]
    assert "10,000" in found.notes[0].text.en
    assert "10\u202f000" in found.notes[0].text.fr


def test_as_many_items_as_are_read_one_by_one_bring_no_note() -> None:
    found = reading(items=[{"typed": "a"}] * 50 + [{"typed": ""}] * 50)
    assert found.submission is not None
    assert (len(found.submission.items), found.notes, found.submission.comment) == (50, (), "")


def test_a_comment_of_the_reporter_keeps_its_own_limit() -> None:
    found = reading(items=[{"typed": "x" * 1_000}] * 60, comment="x" * 20_001)
    assert codes(found) == {"comment": "intake.too-long"}
