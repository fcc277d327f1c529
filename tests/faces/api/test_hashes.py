"""Platforms look fingerprints up: with the right, in order, in words; nothing that was asked is kept or repeated."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fanal.matching import lists
from fanal.matching.lists import Card, Entry
from fanal.queries import world
from fanal.store.models import Event, EventBody

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

PDQ = "5a" * 32
NEAR = "5b" + "5a" * 31
MD5 = "00" * 15 + "07"


@pytest.fixture(autouse=True)
def _lists(tmp_path: Path, settings: SettingsWrapper) -> None:
    for name, negative in (("known", False), ("harmless", True)):
        entries = [
            Entry("pdq", bytes.fromhex(PDQ), ref="p1", labels=("a",)),
            Entry("md5", bytes.fromhex(MD5), ref="m1"),
        ]
        lists.update(tmp_path / name, Card(name, "s", "l", "A1", negative=negative), entries, whole=True, at="t")
    here = replace(world.current(), lists_folder=str(tmp_path))
    settings.FANAL_WORLD = lambda: here


def ask(client: Client, key: str, sent: object, **headers: str) -> tuple[int, dict[str, object]]:
    answer = client.post(
        "/api/v1/hashes/match",
        json.dumps(sent),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", **headers},
    )
    return answer.status_code, answer.json()


def test_each_question_is_answered_in_order_with_words(api_key: str, api_client: Client) -> None:
    hashes = [
        {"signal": "pdq", "value": NEAR},
        {"signal": "sha256", "value": "ab" * 32},
        {"signal": "video_md5", "value": MD5},
        {"signal": "MD5", "value": MD5.upper()},
        {"signal": "pdq", "value": "nothing"},
        7,
    ]
    status, told = ask(api_client, api_key, {"hashes": hashes}, **{"Accept-Language": "fr"})
    assert status == 200
    answers = told["answers"]
    assert isinstance(answers, list)
    assert [one["hash"] for one in answers] == list(range(6))
    assert [len(one["matches"]) for one in answers] == [2, 0, 0, 2, 0, 0]
    first = answers[0]["matches"][0]
    assert (first["list"], first["ref"], first["distance"], first["harmless"]) == ("harmless", "p1", 1, True)
    assert "empreintes" in first["reasons"][0]["text"]
    assert [one["fault"] and one["fault"]["code"] for one in answers] == [
        None, None, "signal.unknown", None, "signal.shape", "signal.unknown",
    ]  # fmt: skip
    for value in (PDQ, NEAR, MD5):
        assert value not in json.dumps(told)
    status, told = ask(api_client, api_key, {"hashes": hashes[:1], "lists": ["known", "absent"]})
    assert [one["list"] for one in told["answers"][0]["matches"]] == ["known"]  # type: ignore[index]


def test_a_list_for_this_house_alone_answers_nobody(api_key: str, api_client: Client, tmp_path: Path) -> None:
    entries = [Entry("md5", bytes.fromhex("ff" * 16), ref="secret")]
    lists.update(tmp_path / "ours", Card("ours", "s", "l", "A1", private=True), entries, whole=True, at="t")
    asked = {"hashes": [{"signal": "md5", "value": "ff" * 16}], "lists": ["ours"]}
    assert ask(api_client, api_key, asked)[1] == {"answers": [{"hash": 0, "matches": [], "fault": None}]}


def test_that_it_was_asked_is_kept_and_what_is_not(api_key: str, api_client: Client) -> None:
    from django.db import connection

    ask(api_client, api_key, {"hashes": [{"signal": "pdq", "value": PDQ}, {"signal": "pdq", "value": "00" * 32}]})
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    event = Event.objects.get(name="hashes.asked")
    body = json.loads(bytes(EventBody.objects.get(event=event).body))
    assert (body["details"]["asked"], body["details"]["matched"]) == (2, 1)
    assert PDQ not in json.dumps(body)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "hashes.nothing"),
        ({"hashes": []}, "hashes.nothing"),
        ([], "hashes.nothing"),
        ({"hashes": [{}] * 1001}, "hashes.too-many"),
    ],
)
def test_what_cannot_be_asked(api_key: str, api_client: Client, sent: object, code: str) -> None:
    status, told = ask(api_client, api_key, sent)
    assert (status, told["code"]) == (422, code)


def test_a_key_needs_the_right(api_key: str, api_client: Client) -> None:
    from django.db import connection

    from fanal.staff.models import ApiKey

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        ApiKey.objects.update(rights=["report"])
        cursor.execute("SET ROLE fanal_api")
    assert ask(api_client, api_key, {"hashes": [{"signal": "pdq", "value": PDQ}]})[0] == 403
    assert ask(api_client, "fanal_unknown", {"hashes": []})[0] == 401


def test_callers_of_the_other_program_find_its_routes(api_key: str, api_client: Client) -> None:
    headers = {"Authorization": f"Bearer {api_key}"}
    answer = api_client.get("/api/v1/m/lookup", {"signal": NEAR, "signal_type": "pdq"}, headers=headers)
    assert answer.json() == ["known"]
    answer = api_client.get("/api/v1/m/lookup", {"signal": MD5, "signal_type": "video_md5"}, headers=headers)
    assert answer.json() == ["known"]
    asked = {"signal": NEAR, "signal_type": "pdq"}
    plain = api_client.get("/api/v1/m/raw_lookup", asked, headers=headers).json()
    far = api_client.get("/api/v1/m/raw_lookup", {**asked, "include_distance": "true"}, headers=headers).json()
    assert far["matches"] == [{"content_id": plain["matches"][0], "distance": "1"}]
    for wrong in ({"url": "https://video.example/a.jpg"}, {"signal": "x", "signal_type": "pdq"}, {}):
        answer = api_client.get("/api/v1/m/lookup", wrong, headers=headers)
        assert answer.status_code == 422
        assert "video.example" not in answer.content.decode()
    assert api_client.get("/api/v1/m/lookup", asked).status_code == 401
