"""XARF v4 as it is: the official samples are received, the invalid ones refused with the reason, each."""

from __future__ import annotations

import json

import pytest
from tests.shared_data import folder

pytestmark = pytest.mark.django_db

SAMPLES = [
    "content-csam", "content-csem", "content-exposed-data", "content-fraud", "content-malware", "content-phishing",
    "messaging-spam",
]  # fmt: skip
INVALID = {
    "business_rule_violations/messaging_missing_protocol": (422, "protocol"),
    "malformed_data/invalid_json": (400, None),
    "missing_fields/missing_reporter": (422, "reporter"),
    "schema_violations/invalid_class": (422, "category"),
    "schema_violations/missing_xarf_version": (422, ""),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_official_samples_are_received_singly_and_in_a_batch(send, batch, name):
    raw = (folder("xarf") / "samples" / "v4" / f"{name}.json").read_bytes()

    assert send("reports", raw).status_code == 201
    line = json.dumps(json.loads(raw)).encode()
    assert [one["status"] for one in batch([line])] == ["received"]


@pytest.mark.parametrize("name", INVALID)
def test_official_invalid_ones_are_refused_with_the_field(send, name):
    status, field = INVALID[name]
    answer = send("reports", (folder("xarf") / "invalid" / f"{name}.json").read_bytes())

    assert answer.status_code == status, answer.content
    if field is not None:
        assert field in [fault["field"] for fault in answer.json()["faults"]]
    assert "antispam-service" not in answer.content.decode()


def test_every_official_file_is_one_of_these():
    files = {path.stem for kind in ("samples", "invalid") for path in (folder("xarf") / kind).rglob("*.json")}

    assert files == {*SAMPLES, *(name.split("/")[1] for name in INVALID)}


@pytest.mark.parametrize("version", ["3.0", "", None, 4, {}, "5.0.0"])
def test_another_version_is_refused(send, version):
    raw = json.loads((folder("xarf") / "samples" / "v4" / "content-phishing.json").read_text())

    assert send("reports", raw | {"xarf_version": version}).status_code == 422
