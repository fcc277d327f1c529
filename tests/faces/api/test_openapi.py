"""The OpenAPI document is complete and true: schemathesis asks everything it describes, and more that it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from fanal.api import document, face, problems, sentences, shapes
from fanal.core.intake import media

pytestmark = pytest.mark.django_db

DOCUMENT = json.loads(document.text(face.api))


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> bytes:
    return value.encode(errors="surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@pytest.fixture
def schema(api_key, api_client):
    from django.core.wsgi import get_wsgi_application

    # The test's transaction lives through many requests, as it does with Django's own test client.
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:
    """Leave out what a schema cannot say: days to come, XARF by its loose schema, pasted pictures."""
    if not isinstance(body, dict):
        return True
    if "xarf_version" in body:
        return False
    day = body.get("seen_on")
    if isinstance(day, str) and not ("1990" <= day[:4] <= "2025"):
        return False
    return not media.pasted(json.dumps(body))


PATHS = [(path, method.upper()) for path, methods in DOCUMENT["paths"].items() for method in methods]


ASKED = [
    (path, method, mode)
    for path, method in PATHS
    for mode in schemathesis.GenerationMode
    if method == "POST" or mode.is_positive
]


@pytest.mark.parametrize(("path", "method", "mode"), ASKED)
def test_every_answer_is_one_that_is_described(schema, api_key, path, method, mode):
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        # A batch, and a list of fingerprints, answer each by itself: a bad one is refused within a 200. How long a
        # fingerprint is depends on its kind, which two parameters of an address cannot say of each other. That a text
        # is a whole draft, no schema says.
        excluded = {
            "/batch": [negative_data_rejection],
            "/match": [negative_data_rejection],
            "/check": [positive_data_acceptance],
        }.get(path[path.rindex("/") :], [positive_data_acceptance] if "/m/" in path else [])
        case.call_and_validate(headers={"Authorization": f"Bearer {api_key}"}, excluded_checks=excluded)

    ask()


@pytest.mark.parametrize(("path", "method"), PATHS)
def test_every_route_says_who_may_and_every_refusal_as_a_problem(path, method):
    described = DOCUMENT["paths"][path][method.lower()]

    for status, answer in described["responses"].items():
        if int(status) >= 400:
            assert list(answer["content"]) == [problems.MEDIA_TYPE]
    if method == "POST":
        assert described["security"] == [{"Key": []}]
        assert {"400", "401", "403", "413", "415", "429", "500", "503"} <= set(described["responses"])
    assert described["summary"]
    assert described["description"]


def test_every_status_that_can_be_answered_is_described():
    described = {
        int(one) for methods in DOCUMENT["paths"].values() for way in methods.values() for one in way["responses"]
    }

    assert {*problems.STATUS.values(), *sentences.TITLES} - {405} <= described


@pytest.mark.parametrize("example", [shapes.EXAMPLE, shapes.XARF_EXAMPLE])
def test_the_examples_are_received(send, batch, example):
    assert send("reports", example).status_code == 201
    assert batch([example])[0]["status"] == "received"


def test_an_answer_of_a_batch_is_what_its_schema_says(batch, report):
    from jsonschema import Draft202012Validator

    whole = {"$ref": "#/components/schemas/BatchAnswer", "components": DOCUMENT["components"]}
    for answer in batch([report, b"nonsense", report | {"idempotency_key": "a"}, report | {"danger_now": True}]):
        Draft202012Validator(whole).validate(answer)
