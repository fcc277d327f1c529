"""A disk without room: nothing is acknowledged, the reporter is told in words and keeps what was typed."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from fanal.site.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.house import WholeHouse

pytestmark = pytest.mark.process

JSON = {"Content-Type": "application/json"}
TYPED = {
    "items": "https://full.partage.example/canary",
    "category": "threats",
    "comment": "Ce que j’ai vu, canaryfull-31.",
    "email": "canary.full@mail.example",
}
REPORT = {"items": [{"typed": TYPED["items"]}], "category": "threats", "comment": TYPED["comment"]}
BROKEN = ("fanal_test_full", "ledger_entry")


@contextmanager
def full(house: WholeHouse) -> Iterator[None]:
    """Let the database say what it says when no block is free (SQLSTATE 53100), at the last of a report's rows."""
    name, table = BROKEN
    with psycopg.connect(Cluster(house.data / "postgres", data=house.data).url(), autocommit=True) as admin:
        admin.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        admin.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} EXECUTE FUNCTION {name}()")
        try:
            yield
        finally:
            admin.execute(f"DROP TRIGGER {name} ON {table}")
            admin.execute(f"DROP FUNCTION {name}")


def count(house: WholeHouse) -> list[tuple[int, int, int]]:
    return house.ask(
        "SELECT (SELECT count(*) FROM store_report), (SELECT count(*) FROM store_event), "
        "(SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'fanal.react')"
    )


@pytest.mark.parametrize(("language", "words"), [("fr", "ce serveur est plein"), ("en", "this server is full")])
def test_the_reporter_is_told_and_keeps_what_was_typed(whole_house: WholeHouse, language: str, words: str) -> None:
    whole_house.until(whole_house.settled, "nothing under way")
    one = whole_house.reporter(**{"Accept-Language": language})
    one.cookies["fanal_language"] = language
    page = one.get("/report").text
    before = count(whole_house)
    with full(whole_house):
        answer = one.submit(page, "/report", TYPED | {"step": "send"}, own=True)
        assert answer.status == 507
        assert words in answer.text
        for typed in (TYPED["items"], "canaryfull-31", TYPED["email"]):
            assert typed in answer.text
        assert one.get("/receipt").status == 404
    assert count(whole_house) == before
    again = one.submit(answer.text, "/report", TYPED | {"step": "send"}, own=True)
    assert again.status == 200  # the same number, sent again when there is room
    assert count(whole_house)[0][0] == before[0][0] + 1


def test_the_api_says_507_and_acknowledges_nothing(whole_house: WholeHouse) -> None:
    whole_house.until(whole_house.settled, "nothing under way")
    body = json.dumps(REPORT).encode()
    before = count(whole_house)
    with full(whole_house):
        single = whole_house.machine().ask("POST", "/api/v1/reports", body, headers=JSON)
        lines = {"Content-Type": "application/x-ndjson"}
        batch = whole_house.machine().ask("POST", "/api/v1/reports/batch", body + b"\n" + body, headers=lines)
    for answer in (single, batch):
        assert answer.status == 507
        assert answer.header("Retry-After")
        assert b'code":"' not in answer.content.replace(b'"code": "', b"")
        assert b"canaryfull-31" not in answer.content
    assert count(whole_house) == before
