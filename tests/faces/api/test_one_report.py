"""One report by a machine: committed before it is acknowledged, once, by a key that may."""

from __future__ import annotations

import json

import pytest

from fanal.api import access
from fanal.core.rights import KeyRight
from fanal.queries import reading, world
from fanal.staff.models import ApiKey
from fanal.store.models import Event, Report
from fanal.vault.models import Sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_owner(as_role):
    return lambda: as_role("fanal_owner")


def test_a_report_is_committed_with_its_event_and_answered_with_a_code(send, report, as_owner):
    answer = send("reports", report)

    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert len(said["code"].replace(" ", "")) == 20
    assert said["repeated"] is False
    assert said["received_at"].endswith("Z")
    assert answer["Cache-Control"] == "no-store"
    with as_owner():
        row = Report.objects.get(ref=said["ref"])
        assert row.channel == "api"
        assert row.source == str(ApiKey.objects.get().id)
        assert Event.objects.filter(name="report.received", subject=said["ref"]).count() == 1


def test_contact_address_and_agent_go_into_the_vault_and_nowhere_else(send, report, as_role):
    ref = send("reports", report, user_agent="robot/1").json()["ref"]

    with as_role("postgres"):
        assert sorted(Sealed.objects.filter(report=ref).values_list("what", flat=True)) == ["identity", "source"]


def test_an_emergency_is_told_whom_to_call_in_the_language_asked_for(send, report):
    urgent = send("reports", report | {"danger_now": True, "category": "danger"}, accept_language="fr").json()["urgent"]

    assert urgent
    assert all(one["text"] for one in urgent)


def test_more_entries_than_are_read_one_by_one_all_stand_in_the_text(send, report, as_owner):
    typed = [f"https://video.example/{number}" for number in range(10_000)]
    sent = report | {"items": [{"typed": one} for one in typed], "comment": "Tout y est."}
    said = send("reports", sent, accept_language="fr").json()

    (note,) = said["notes"]
    assert note["code"] == "intake.too-many"
    assert "10\u202f000" in note["text"]
    with as_owner():
        row = Report.objects.get(ref=said["ref"])
        kept = reading.said(world.current().keys, row).comment.split("\n")
        assert row.items.count() == 50
    assert kept[0] == "Tout y est."
    assert kept[3:] == typed


def test_a_report_as_it_should_be_has_no_note(send, report):
    assert send("reports", report).json()["notes"] == []


def test_the_same_key_and_content_give_the_first_answer_again(send, report, as_owner):
    first = send("reports", report, idempotency_key="a-1")
    again = send("reports", report, idempotency_key="a-1")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"repeated": True}
    with as_owner():
        assert Report.objects.count() == 1


def test_the_same_key_with_another_content_is_refused(send, report):
    send("reports", report, idempotency_key="a-1")
    answer = send("reports", report | {"comment": "autre chose"}, idempotency_key="a-1")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "submit.differs"


def test_without_a_key_a_repeat_is_another_report(send, report):
    assert send("reports", report).json()["ref"] != send("reports", report).json()["ref"]


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256])
def test_an_idempotency_key_is_visible_ascii(send, report, key):
    answer = send("reports", report, idempotency_key=key)

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency.malformed"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Basic abc", "Bearer fanal_unknown", "Bearer \u00e9", "Bearer " + "x" * 500]
)
def test_no_key_or_an_unknown_one_is_401(send, report, header):
    answer = send("reports", report, authorization=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] in {"key.missing", "key.unknown"}


@pytest.mark.parametrize(
    ("path", "right"),
    [("reports", KeyRight.REPORT), ("reports/batch", KeyRight.BATCH), ("status", KeyRight.STATUS)],
)
def test_a_key_without_the_right_is_told_which(send, report, as_owner, path, right):
    with as_owner():
        ApiKey.objects.update(rights=[one.value for one in KeyRight if one is not right])

    answer = send(path, report)

    assert answer.status_code == 403
    assert right.value in answer.json()["detail"]


def test_a_revoked_key_is_unknown(send, report, as_owner):
    from fanal.wire import clock

    with as_owner():
        ApiKey.objects.update(revoked_at=clock.now())

    assert send("reports", report).status_code == 401


def test_a_key_that_asks_too_often_is_told_how_long_to_wait(send, report, as_owner):
    with as_owner():
        ApiKey.objects.update(per_minute=2)

    answers = [send("reports", report) for _ in range(3)]

    assert [one.status_code for one in answers] == [201, 201, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_a_bucket_fills_again_and_keys_do_not_share_it():
    pace = access.Pace()

    assert [pace.wait("a", per_minute=2, now=0.0) for _ in range(3)] == [0, 0, 30]
    assert pace.wait("b", per_minute=2, now=0.0) == 0
    assert pace.wait("a", per_minute=2, now=30.0) == 0
    assert pace.wait("a", per_minute=2, now=30.0) == 30


def test_the_status_of_a_report_is_asked_for_in_a_body(send, report):
    code = send("reports", report).json()["code"]

    answer = send("status", {"code": code.lower()}, accept_language="fr")

    assert answer.status_code == 200
    assert answer["Content-Language"] == "fr"
    assert answer.json()["items"] == 1
    assert answer.json()["headline"]


@pytest.mark.parametrize("code", ["", "nonsense", "0" * 20, "\ud800", "é" * 50])
def test_every_wrong_code_gets_the_same_answer(send, code):
    answer = (
        send("status", json.dumps({"code": code}).encode()) if "\ud800" not in code else send("status", {"code": "x"})
    )

    assert answer.status_code == 404
    assert answer.json() == send("status", {"code": "ABCD"}).json()


@pytest.mark.parametrize("body", [{}, [], None, 3, {"code": 3}, {"code": "x" * 101}, {"code": "x", "more": 1}])
def test_a_question_of_another_shape_is_422(send, body):
    assert send("status", body).status_code == 422


def test_health_and_document_need_no_key(api_client):
    assert api_client.get("/health").json() == {"status": "ok"}
    assert api_client.get("/api/v1/health").json() == {"status": "ok"}
    assert api_client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v2/reports", "/nothing"])
def test_an_address_where_nothing_is_is_a_problem_document_too(api_client, path):
    answer = api_client.post(path, b"{}", "application/json")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "allowed"), [("reports", "POST"), ("status", "POST"), ("health", "GET")])
def test_another_method_is_405_with_those_allowed(api_client, path, allowed):
    answer = api_client.delete(f"/api/v1/{path}")

    assert answer.status_code == 405
    assert allowed in answer["Allow"]
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("header", "spoken"),
    [("fr", "fr"), ("fr-CA,en;q=0.5", "fr"), ("en;q=0.2,fr;q=0.9", "fr"), ("de,en", "en"), ("", "en"), ("*", "en")],
)
def test_refusals_speak_the_language_asked_for(send, report, header, spoken):
    report["category"] = "nothing"
    answer = send("reports", report, accept_language=header)

    assert answer["Content-Language"] == spoken
    assert ("signalement" in answer.json()["detail"]) == (spoken == "fr")
