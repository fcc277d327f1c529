"""The dry run answers any bytes, goes through every stage, and shows nothing live."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shared_data import folder

from fanal import law
from fanal.core import pipeline
from fanal.core.case import Directory, DispatchKind, Host, Recipient
from fanal.core.report import Category
from fanal.wire import xarf

if TYPE_CHECKING:
    from fanal.core.pipeline import Explained

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CATALOGUE = law.load()
DIRECTORY = Directory(
    recipients=(Recipient("x-desk", "X", DispatchKind.NOTICE, "letter", "en", "desk@x.example", "", "IE"),),
    hosts=(Host("x.com", "IE", "x-desk", "invented"),),
)
STAGES = ["intake", "harmonise", "crosscheck", "assess", "route", "follow_up"]
LIVE = re.compile(r"https?://|[a-z0-9]\.(?:com|example)\b", re.IGNORECASE)


def explain(raw: bytes | dict[str, object]) -> Explained:
    given = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return pipeline.explain(given, catalogue=CATALOGUE, directory=DIRECTORY, now=NOW, check=xarf.validate)


def said(found: Explained) -> str:
    return repr(found)


def codes(found: Explained) -> set[str]:
    return {one.code for stage in found.stages for part in stage.parts for one in part.reasons}


def test_a_report_goes_through_every_stage() -> None:
    found = explain(
        {
            "items": [{"typed": "https://twitter.com/Some_Name"}, {"typed": "@some_name", "platform": "X"}],
            "category": "threats",
            "standing": "victim",
            "minor": True,
            "comment": "https://live.example/",
            "contact": {"email": "chloe@mail.example"},
        }
    )
    assert not found.refused
    assert [stage.name for stage in found.stages] == STAGES
    assert [one.code for one in found.stages[0].reasons] == ["screen.minor-victim"]
    assert len(found.stages[1].parts) == 2
    assert [part.label.en for part in found.stages[2].parts] == ["hxxps://x[.]com/some_name"]
    assert found.stages[3].parts
    assert "X" in [part.label.en for part in found.stages[4].parts]
    assert not LIVE.search(said(found))
    assert "chloe" not in said(found)


def test_it_says_by_what_later_reports_are_compared_and_never_the_value() -> None:
    found = explain(
        {
            "items": [{"typed": "https://shop.example/pay/8841?step=2&id=7"}],
            "category": "scam",
            "comment": "They ask to pay by mail to someone@mail.example and threaten whoever does not pay at once",
        }
    )
    crosscheck = found.stages[2]
    assert [why.text.en for part in crosscheck.parts for why in part.reasons] == [
        "Later reports are compared with it by: the target, the address, the site, the shape of the address."
    ]
    assert [why.code for why in crosscheck.reasons] == ["place.new", "clue.left-by-words"]
    assert "the wording, the contact" in crosscheck.reasons[1].text.en
    assert "someone" not in said(found)
    assert not LIVE.search(said(found))


@pytest.mark.parametrize("category", list(Category))
def test_every_category_can_be_explained(category: Category) -> None:
    found = explain({"items": [{"typed": "https://video.example/1"}], "category": category.value})
    assert [stage.name for stage in found.stages] == STAGES
    for stage in found.stages:
        assert stage.result.fr


def test_plain_text_is_one_item_a_line() -> None:
    found = explain(b"https://video.example/1\n\n  @some_name\r\nune phrase")
    assert found.shape == "text"
    kinds = [dict(part.facts)["kind"] for part in found.stages[1].parts]
    assert kinds == ["url", "unread", "unread"]
    assert "une phrase" not in said(found)
    assert "some_name" not in said(found)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "intake.nothing"),
        (b"\xff\xfe\x00", "explain.not-utf-8"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "intake.media"),
        (b"\x00\x00\x00\x20ftypisom", "intake.media"),
        (b'{"items": [', "explain.not-json"),
        (b'{"a":' * 100_000, "explain.not-json"),
        (b'{"items": []}\n{"items": []}\n', "explain.several"),
        (b" " * (pipeline.MOST_BYTES + 1), "explain.too-large"),
        (b'{"items": 3}', "intake.not-a-list"),
        (b'{"xarf_version": "4.2.0"}', "xarf.required"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(raw: bytes, code: str) -> None:
    found = explain(raw)
    assert found.refused
    assert [stage.name for stage in found.stages] == ["intake"]
    assert code in codes(found)


def test_the_official_xarf_samples_go_through() -> None:
    for path in sorted((folder("xarf") / "samples" / "v4").glob("*.json")):
        found = explain(path.read_bytes())
        assert (found.shape, found.refused) == ("xarf", False)
        assert not LIVE.search(said(found))
    for path in sorted((folder("xarf") / "invalid").glob("*/*.json")):
        assert explain(path.read_bytes()).refused, path


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_answered(raw: bytes) -> None:
    found = explain(raw)
    assert found.stages
    assert found.refused == (len(found.stages) == 1)


@given(
    st.dictionaries(
        st.sampled_from(["items", "category", "comment", "xarf_version", "seen_on", "language"]),
        st.none() | st.integers() | st.text() | st.lists(st.dictionaries(st.sampled_from(["typed"]), st.text())),
    )
)
def test_any_object_is_answered(document: dict[str, object]) -> None:
    assert explain(document).stages
