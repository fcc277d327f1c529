"""The letter: every text stays visible, however long or strange, and the e-mail is a draft that a person sends."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from fanal.connectors.letter import SAMPLES, build, page, words
from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind

if TYPE_CHECKING:
    from email.message import EmailMessage

FRENCH, ENGLISH = SAMPLES


def written(disclosure: Disclosure) -> str:
    reader = PdfReader(io.BytesIO(build(disclosure).parts[0].content))
    return re.sub(r"\s+", "", "".join(one.extract_text() for one in reader.pages))


def mail(disclosure: Disclosure) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(build(disclosure).parts[1].content, policy=policy.default))


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("ж", "‹U+0436›"),
        ("漢", "‹U+6F22›"),
        ("a\u202eb", "a‹U+202E›b"),
        ("a\u200bb", "a‹U+200B›b"),
        ("a\x00b", "a‹U+0000›b"),
        ("\ud800", "‹U+D800›"),
        ("é’«»œ€", "é’«»œ€"),
        ("«\u202fnon\u202f»", "«\u00a0non\u00a0»"),
    ],
)
def test_what_cannot_be_drawn_is_made_visible(typed: str, seen: str) -> None:
    assert page.visible(typed) == seen


def test_another_script_in_an_address_is_told() -> None:
    assert "vue=‹U+0436›alerte" in written(FRENCH)


def test_an_address_of_sixty_thousand_characters_is_whole_without_an_annex() -> None:
    long = "hxxps://video[.]example/" + "0123456789" * 6000
    found = written(replace(ENGLISH, targets=(DisclosedTarget("C1", "url", long),)))
    # the foot of each page stands between two pieces of it
    assert found.count("0123456789") > 5900


def test_with_an_annex_it_is_cut_and_says_so() -> None:
    long = "hxxps://video[.]example/" + "0123456789" * 6000
    disclosure = replace(ENGLISH, targets=(DisclosedTarget("C1", "url", long),), annex=b"age-encryption.org/v1\nsealed")
    assert "wholeinannex.age" in written(disclosure)
    assert len(PdfReader(io.BytesIO(build(disclosure).parts[0].content)).pages) <= 2


def test_without_a_target_it_says_so() -> None:
    assert "Noidentifiercouldberead" in written(replace(ENGLISH, targets=()))


def test_the_language_is_the_recipients() -> None:
    assert "Commentrépondre" in written(FRENCH)
    assert "Howtoanswer" in written(ENGLISH)


def test_a_typical_letter_is_one_page() -> None:
    for sample in SAMPLES:
        assert len(PdfReader(io.BytesIO(build(sample).parts[0].content)).pages) == 1


def test_markup_in_the_grounds_is_text() -> None:
    found = written(replace(ENGLISH, grounds='<b>5 < 6 & "x"</b><img src="file:///etc/passwd"/>'))
    assert '<b>5<6&"x"</b><imgsrc="file:///etc/passwd"/>' in found


text = st.text(max_size=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text, text, text, text, st.lists(text, max_size=3))
def test_no_text_breaks_a_letter_or_writes_a_header(
    sender: str, title: str, grounds: str, address: str, forms: list[str]
) -> None:
    disclosure = replace(
        FRENCH,
        sender=sender,
        offence_title=title,
        grounds=grounds,
        recipient=replace(FRENCH.recipient, address=address, name=title),
        targets=tuple(DisclosedTarget(f"C{number}", "url", form) for number, form in enumerate(forms)),
    )
    assert build(disclosure) == build(disclosure)
    allowed = {"From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"}
    assert set(mail(disclosure).keys()) <= allowed


def test_the_mail_is_a_draft_to_the_recipient_with_both_files() -> None:
    found = mail(replace(FRENCH, annex=b"age-encryption.org/v1\nsealed"))
    assert found["To"] == "saisine@parquet.example"
    assert found["X-Unsent"] == "1"
    assert found["From"].addresses[0].domain == "fanal.invalid"
    assert found["Subject"].startswith("[DÉMONSTRATION] T-4K7M2QX9")
    assert [part.get_filename() for part in found.iter_attachments()] == ["letter.pdf", "annex.age"]
    assert "Pièces jointes" in found.get_body().get_content()  # type: ignore[union-attr]


def test_two_dispatches_are_two_messages() -> None:
    first, second = mail(FRENCH), mail(replace(FRENCH, dispatch_ref="T-2"))
    assert first["Message-ID"] != second["Message-ID"]
    assert first.get_boundary() != second.get_boundary()


def test_the_mail_names_no_target() -> None:
    body = mail(FRENCH).get_body().get_content()  # type: ignore[union-attr]
    assert not any(target.defanged in body for target in FRENCH.targets)


def test_an_address_that_is_no_mailbox_is_not_written_to() -> None:
    whom = replace(FRENCH.recipient, address="5 place de l’Exemple\na@b.example, c@d.example")
    assert mail(replace(FRENCH, recipient=whom))["To"] is None


def test_dates_are_written_as_people_write_them() -> None:
    first = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    assert words.day(first, "fr") == "1er\u00a0mars\u00a02026"
    assert words.moment(first, "en") == "1\u00a0March\u00a02026, 09:05\u00a0(UTC)"
    assert words.moment(first, "fr") == "1er\u00a0mars\u00a02026, 9\u00a0h\u00a005\u00a0(UTC)"


def test_a_notice_is_made_in_good_faith() -> None:
    assert "ingoodfaith" in written(ENGLISH)
    assert ENGLISH.kind is DispatchKind.NOTICE
