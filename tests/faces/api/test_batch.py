"""A batch: every line answered by itself, in order; a bad line loses nobody else's, a cut is said."""

from __future__ import annotations

import io
import json

import pytest
from django.db import OperationalError

from fanal.actions import intake
from fanal.api import batch as batches
from fanal.api import body, sentences
from fanal.core.errors import Full
from fanal.store.models import Report

pytestmark = pytest.mark.django_db


def stored(as_role) -> int:
    with as_role("fanal_owner"):
        return Report.objects.count()


def test_each_line_is_answered_by_itself(batch, report, as_role):
    answers = batch([report, b"{nonsense", report | {"items": []}, b"", report, [1], b"\xff\xfe", b"  "])

    assert [one["line"] for one in answers] == [1, 2, 3, 5, 6, 7]
    assert [one["status"] for one in answers] == ["received", "refused", "refused", "received", "refused", "refused"]
    assert [fault["code"] for fault in answers[1]["faults"]] == ["json.malformed"]
    assert answers[2]["faults"][0]["field"] == "items"
    assert answers[0]["code"] != answers[4 - 1]["code"]
    assert stored(as_role) == 2


def test_a_line_and_the_whole_batch_may_be_sent_again(batch, report, as_role):
    own = report | {"idempotency_key": "line-a"}
    first = batch([own, report, own], Idempotency_Key="b-1")
    again = batch([own, report, own], Idempotency_Key="b-1")

    assert [one["status"] for one in first] == ["received", "received", "repeated"]
    assert [one["status"] for one in again] == ["repeated"] * 3
    assert [one["ref"] for one in again] == [one["ref"] for one in first]
    assert stored(as_role) == 2


def test_the_same_name_with_another_content_is_refused_and_loses_nobody(batch, report):
    answers = batch(
        [
            report | {"idempotency_key": "x"},
            report | {"idempotency_key": "x", "comment": "autre"},
            report | {"idempotency_key": 3},
        ]
    )

    assert [one["status"] for one in answers] == ["received", "refused", "refused"]
    assert [one["faults"][0]["code"] for one in answers[1:]] == ["submit.differs", "idempotency.malformed"]


def test_header_and_line_names_never_meet(send, batch, report):
    single = send("reports", report, idempotency_key="b-11").json()["ref"]

    assert batch([report], Idempotency_Key="b-1")[0]["ref"] != single


def test_a_last_line_without_its_line_feed_is_complete(batch, report):
    assert batch(json.dumps(report).encode())[0]["status"] == "received"


def test_a_body_that_ends_in_a_half_line_says_so(batch, report, as_role):
    raw = json.dumps(report).encode()
    answers = batch(raw + b"\n" + raw[: len(raw) // 2])

    assert [one["status"] for one in answers] == ["received", "refused"]
    assert stored(as_role) == 1


def test_a_connection_that_is_cut_keeps_the_complete_lines_and_names_the_cut_one(api_key, api_client, report, as_role):
    raw = json.dumps(report).encode() + b"\n"
    sent = raw * 3 + raw[:-1]  # the fourth line lacks only its line feed, but more was announced
    answer = api_client.generic(
        "POST",
        "/api/v1/reports/batch",
        b"",
        "application/x-ndjson",
        HTTP_AUTHORIZATION=f"Bearer {api_key}",
        CONTENT_TYPE="application/x-ndjson",
        CONTENT_LENGTH=str(len(raw) * 10),
        **{"wsgi.input": io.BytesIO(sent)},
    )

    answers = [json.loads(line) for line in answer.content.splitlines()]
    assert [one["status"] for one in answers] == ["received"] * 3 + ["refused"]
    assert answers[-1]["faults"][0]["code"] == "batch.cut"
    assert stored(as_role) == 3


def test_a_cut_between_two_lines_is_said_too(api_key, api_client, report):
    raw = json.dumps(report).encode() + b"\n"
    answer = api_client.generic(
        "POST",
        "/api/v1/reports/batch",
        b"",
        "application/x-ndjson",
        HTTP_AUTHORIZATION=f"Bearer {api_key}",
        CONTENT_TYPE="application/x-ndjson",
        CONTENT_LENGTH=str(len(raw) * 10),
        **{"wsgi.input": io.BytesIO(raw * 2)},
    )

    answers = [json.loads(line) for line in answer.content.splitlines()]
    assert [one["status"] for one in answers] == ["received", "received", "refused"]
    assert answers[-1]["line"] == 3


class Late(io.BytesIO):
    """A connection whose reader fails first and gives what it held when asked again, as gunicorn's does."""

    failed = False

    def read(self, size: int | None = -1) -> bytes:
        if not self.failed:
            self.failed = True
            raise OSError
        return super().read(size)


class Breaks(io.BytesIO):
    """A connection that fails after what it holds, as gunicorn's chunked reader does."""

    def read(self, size: int | None = -1) -> bytes:
        if got := super().read(size):
            return got
        raise OSError


@pytest.mark.parametrize(("source", "last"), [(io.BytesIO, "received"), (Breaks, "refused"), (Late, "refused")])
def test_a_body_in_chunks_is_read_to_its_end_or_to_its_break(api_key, api_client, report, source, last):
    raw = json.dumps(report).encode()
    request = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/reports/batch",
        "CONTENT_TYPE": "application/x-ndjson",
        "HTTP_AUTHORIZATION": f"Bearer {api_key}",
        "wsgi.input": source(raw + b"\n" + raw),
        "wsgi.input_terminated": True,
    }

    answers = [json.loads(line) for line in api_client.request(**request).content.splitlines()]

    assert [one["status"] for one in answers] == ["received", last]


def test_a_line_that_is_too_long_loses_nobody_else(batch, report, monkeypatch):
    monkeypatch.setattr(sentences, "MAX_REPORT_BYTES", 2000)
    monkeypatch.setattr(body, "BLOCK", 512)
    long = report | {"comment": "x" * 5000}

    answers = batch([report, long, report, long])

    assert [one["status"] for one in answers] == ["received", "refused", "received", "refused"]
    assert answers[1]["faults"][0]["code"] == "body.too-large"


def test_more_lines_than_a_batch_has_are_said_and_not_read(batch, report, monkeypatch, as_role):
    monkeypatch.setattr(sentences, "MAX_BATCH_LINES", 3)

    answers = batch([report] * 5)

    assert [one["status"] for one in answers] == ["received"] * 3 + ["refused"]
    assert answers[-1]["faults"][0]["code"] == "batch.too-many"
    assert stored(as_role) == 3


def test_a_body_announced_too_large_is_refused_whole(send, report, monkeypatch, as_role):
    monkeypatch.setattr(sentences, "MAX_BATCH_BYTES", 100)

    answer = send("reports/batch", json.dumps(report).encode() * 2, media_type="application/x-ndjson")

    assert answer.status_code == 413
    assert stored(as_role) == 0


@pytest.mark.parametrize(("failure", "status"), [(Full(), 507), (OperationalError(), 503)])
def test_an_outage_before_the_first_commit_acknowledges_nothing(send, report, monkeypatch, failure, status):
    def fail(_rows):
        raise failure

    monkeypatch.setattr(intake, "receive_many", fail)

    answer = send("reports/batch", json.dumps(report).encode(), media_type="application/x-ndjson")

    assert answer.status_code == status
    assert int(answer["Retry-After"]) > 0


def test_an_outage_in_the_middle_keeps_what_was_committed_and_says_the_rest(batch, report, monkeypatch, as_role):
    monkeypatch.setattr(batches, "LINES_TOGETHER", 2)
    real, calls = intake.receive_many, []

    def fail_later(rows):
        calls.append(len(rows))
        if len(calls) > 1:
            raise Full
        return real(rows)

    monkeypatch.setattr(intake, "receive_many", fail_later)

    answers = batch([report] * 7)

    assert [one["status"] for one in answers] == ["received"] * 2 + ["refused"] * 3
    assert [one["faults"][0]["code"] for one in answers[2:]] == ["disk.full", "disk.full", "batch.stopped"]
    assert stored(as_role) == 2


def test_an_empty_batch_has_no_answers(batch):
    assert batch(b"") == []
    assert batch(b"\n\n") == []


def test_a_refused_body_is_read_to_its_end_so_that_the_answer_is_read_too(api_key, api_client, report):
    source = io.BytesIO(bytes(500_000))
    api_client.generic(
        "POST",
        "/api/v1/reports",
        b"",
        "image/png",
        CONTENT_TYPE="image/png",
        CONTENT_LENGTH="500000",
        HTTP_AUTHORIZATION=f"Bearer {api_key}",
        **{"wsgi.input": source},
    )

    assert source.tell() == 500_000
