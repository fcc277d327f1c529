"""Bad input: a clear refusal that names the field, never a 500, and never the value that was sent."""

from __future__ import annotations

import base64
import json
import logging

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.actions import intake
from fanal.api import body
from fanal.core.errors import Full, Refused, Temporary

pytestmark = pytest.mark.django_db

CANARY = "canary-4411.example"
DEEP = b"[" * 100_000 + b"]" * 100_000
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(300)).decode()


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 400, "json.malformed"),
        (b"{", 400, "json.malformed"),
        (b"nonsense " + CANARY.encode(), 400, "json.malformed"),
        (b'{"comment": NaN}', 400, "json.malformed"),
        (b'{"comment": -Infinity}', 400, "json.malformed"),
        (b'{"comment": ' + b"9" * 10_000 + b"}", 400, "json.malformed"),
        (b'{"category": "hate", "category": "threats"}', 400, "json.malformed"),
        (b'{"comment": "\xff\xfe"}', 400, "json.encoding"),
        ('{"comment": "x"}'.encode("utf-16"), 400, "json.encoding"),
        (b'{"comment": "\\ud800"}', 400, "json.encoding"),
        (DEEP, 400, "json.too-deep"),
        (b'{"comment": ' + b"[" * 60 + b"]" * 60 + b"}", 400, "json.too-deep"),
        (b"[]", 422, "json.not-object"),
        (b"null", 422, "json.not-object"),
        (b'"text"', 422, "json.not-object"),
        (b"{}", 422, "report.invalid"),
        (b'{"items": 1e400, "category": 1e400}', 422, "report.invalid"),
    ],
)
def test_what_is_not_a_report_is_refused_with_its_reason(send, raw, status, code):
    answer = send("reports", raw)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"items": []}, "items"),
        ({"items": "https://video.example"}, "items"),
        ({"items": [{"typed": "  "}]}, "items"),
        ({"items": [{"typed": f"https://{CANARY}/" + "x" * 70_000}]}, "items[0].typed"),
        ({"items": [{"typed": 3}]}, "items[0].typed"),
        ({"items": [f"https://{CANARY}"]}, "items[0]"),
        ({"items": [{"typed": "x\0"}]}, "items[0].typed"),
        ({"category": CANARY}, "category"),
        ({"category": {"a": CANARY}}, "category"),
        ({"comment": "x" * 1_000_000 + CANARY}, "comment"),
        ({"comment": f"data:image/png;base64,{PNG}"}, "comment"),
        ({"comment": PNG}, "comment"),
        ({"seen_on": "tomorrow"}, "seen_on"),
        ({"seen_on": "9999-12-31"}, "seen_on"),
        ({"minor": "yes"}, "minor"),
        ({"danger_now": 1}, "danger_now"),
        ({"contact": {"email": CANARY}}, "contact.email"),
        ({"contact": CANARY}, "contact"),
        ({"standing": "judge"}, "standing"),
        ({"language": "@@"}, "language"),
        ({CANARY: "x"}, ""),
    ],
)
def test_every_fault_names_its_field_and_repeats_no_value(send, report, change, field):
    answer = send("reports", report | change)

    assert answer.status_code == 422, answer.content
    assert field in [fault["field"] for fault in answer.json()["faults"]]
    assert all(fault["code"] and fault["message"] for fault in answer.json()["faults"])
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("comment", ["\u202e\u2066abc", "\x01\x08\x7f", "a\r\nb", "\U000e0041", "👩‍👧"])
def test_control_and_bidirectional_characters_are_kept(send, report, comment):
    assert send("reports", report | {"comment": comment}).status_code == 201


@pytest.mark.parametrize(
    ("media_type", "code"),
    [
        ("multipart/form-data; boundary=x", "body.image"),
        ("image/png", "body.image"),
        ("video/mp4", "body.image"),
        ("text/plain", "body.media-type"),
        ("application/json; charset=latin-1", "body.media-type"),
        ("application/x-www-form-urlencoded", "body.media-type"),
        ("", "body.media-type"),
    ],
)
@pytest.mark.parametrize("path", ["reports", "reports/batch", "status"])
def test_pictures_and_forms_are_refused_with_what_to_do_instead(send, path, media_type, code):
    answer = send(path, b"\x89PNG", media_type=media_type, accept_language="fr")

    assert (answer.status_code, answer.json()["code"]) == (415, code)


def test_a_report_that_is_too_large_is_413(send):
    assert send("reports", b"x" * (4 * 1024 * 1024 + 1)).status_code == 413


def test_a_full_disk_and_a_lost_database_acknowledge_nothing(send, report, monkeypatch):
    for failure, status in ((Full(), 507), (Temporary(), 503), (OperationalError("secret " + CANARY), 503)):

        def fail(*_args, failure=failure, **_kwargs):
            raise failure

        monkeypatch.setattr(intake, "receive", fail)
        answer = send("reports", report)
        assert answer.status_code == status
        assert "ref" not in answer.json()
        assert answer.json()["detail"].startswith("Nothing was saved")
        assert CANARY not in answer.content.decode()


def test_what_nobody_foresaw_is_said_without_its_text(send, report, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(intake, "receive", fail)
    with caplog.at_level(logging.DEBUG):
        answer = send("reports", report)

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert "RuntimeError" in caplog.text
    assert CANARY not in answer.content.decode() + caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
FIELD = st.sampled_from(["items", "category", "comment", "seen_on", "contact", "minor", "language", "xarf_version"])


@given(document=st.dictionaries(FIELD, JSON, max_size=6) | JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_json_breaks_the_door(send, document):
    answer = send("reports", json.dumps(document).encode())

    assert answer.status_code in {201, 400, 422}


@given(raw=st.binary(max_size=300))
@settings(max_examples=300)
def test_no_bytes_break_the_reader(raw):
    try:
        body.parse(raw)
    except Refused as refused:
        why = refused.reason.code
    else:
        why = "json."
    assert why.startswith("json.")


@given(document=JSON)
@settings(max_examples=200)
def test_the_reader_gives_what_json_says(document):
    raw = json.dumps(document)
    try:
        expected = json.dumps(json.loads(raw), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        expected = None
    try:
        found = json.dumps(body.parse(raw.encode()), ensure_ascii=False).encode()
    except Refused:
        assert expected is None or "NaN" in raw or "Infinity" in raw
    else:
        assert found == expected
