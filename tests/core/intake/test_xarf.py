"""The official XARF samples come in, the invalid ones are refused with a reason, payloads never stay."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shared_data import PROJECT, folder

from fanal.core.intake import xarf
from fanal.core.report import Category, Channel, Standing
from fanal.wire import xarf as schemas

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
DATA = PROJECT.parent / "shared" / "data" / "xarf"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
DOCUMENT = {
    "xarf_version": "4.2.0",
    "report_id": "b7ca7591-811e-4d40-83d9-dc043c08555d",
    "timestamp": "2026-11-20T10:30:00Z",
    "reporter": {"org": "Service", "contact": "desk@service.example", "domain": "service.example"},
    "sender": {"org": "Service", "contact": "desk@service.example", "domain": "service.example"},
    "source_identifier": "198.51.100.42",
    "category": "content",
    "type": "csam",
    "url": "https://video.example/1",
    "classification": "A1",
    "media_type": "image",
    "detection_method": "hash_match",
    "hash_values": {"sha256": "0" * 64},
    "evidence": [{"content_type": "image/png", "description": "capture", "payload": "aW1hZ2U=", "hash": "sha256:00"}],
}


def documents(under: str) -> list[Path]:
    return sorted((DATA / under).glob("**/*.json"))


def test_the_reference_data_are_there_or_it_is_said() -> None:
    assert len(list(folder("xarf").glob("samples/v4/*.json"))) == 7


@pytest.mark.parametrize("path", documents("samples/v4"), ids=lambda path: path.stem)
def test_each_official_sample_is_accepted(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    assert schemas.validate(document) == ()
    found = xarf.read(document, today=TODAY)
    assert found.faults == ()
    assert found.submission is not None
    assert found.submission.channel is Channel.XARF
    assert found.submission.standing is Standing.PROFESSIONAL
    assert found.submission.external_ref == document["report_id"]
    assert found.identity.email == document["reporter"]["contact"]
    for evidence in document["evidence"]:
        assert evidence["payload"] not in repr(found.submission) + str(found.kept)


@pytest.mark.parametrize("path", documents("invalid"), ids=lambda path: path.stem)
def test_each_invalid_document_is_refused_with_a_reason(path: Path) -> None:
    try:
        document = json.loads(path.read_text("utf-8"))
    except ValueError:
        assert path.stem == "invalid_json"
        return
    faults = schemas.validate(document)
    assert faults
    for fault in faults:
        assert fault.reason.text.en
        assert fault.reason.text.fr
    expected = {"missing_reporter": "reporter", "invalid_class": "category", "missing_xarf_version": "xarf_version"}
    assert expected.get(path.stem, "protocol") in {fault.field for fault in faults}


def test_a_document_becomes_a_report() -> None:
    assert schemas.validate(DOCUMENT) == ()
    found = xarf.read(DOCUMENT, today=TODAY)
    assert found.submission is not None
    assert [item.typed for item in found.submission.items] == ["https://video.example/1"]
    assert found.submission.category is Category.CHILD_SEXUAL
    assert found.submission.seen_on == date(2026, 11, 20)
    assert "sha256:" + "0" * 64 in found.submission.comment
    assert "source_identifier: 198.51.100.42" in found.submission.comment
    assert "desk@service.example" not in found.submission.comment
    assert [note.code for note in found.notes] == ["xarf.payload-dropped", "xarf.media-dropped"]


def test_faults_name_the_fields_of_xarf() -> None:
    found = xarf.read(DOCUMENT | {"description": "data:image/png;base64,AAAA", "url": "a\0"}, today=TODAY)
    assert {fault.field for fault in found.faults} == {"url", "description"}


def test_a_time_to_come_is_not_a_day_seen() -> None:
    found = xarf.read(DOCUMENT | {"timestamp": "2030-01-01T00:00:00Z"}, today=TODAY)
    assert found.submission is not None
    assert found.submission.seen_on is None
    assert "2030-01-01" in found.submission.comment


def test_a_fault_never_repeats_what_was_sent() -> None:
    live = "https://live.example/secret"
    wrong = DOCUMENT | {"type": live, "timestamp": live, live: 1, "evidence": [{live: live}], "reporter": {live: 1}}
    said = repr(schemas.validate(wrong))
    assert "live.example" not in said


@given(JSON)
def test_any_json_is_answered(value: object) -> None:
    assert xarf.read(value, today=TODAY).submission is None
    assert schemas.validate(value)


@given(st.sampled_from(sorted(DOCUMENT)), JSON)
def test_any_value_in_any_field_is_answered(name: str, value: object) -> None:
    found = xarf.read(DOCUMENT | {name: value}, today=TODAY)
    assert (found.submission is None) == bool(found.faults)
    schemas.validate(DOCUMENT | {name: value})
