"""When something fails: nothing is acknowledged, the text comes back, and no page or log repeats a value."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from fanal.core.events import Event
from fanal.core.figures import counts
from fanal.core.guard.draft import plain
from fanal.core.guard.review import Review
from fanal.publish import build

from .conftest import TYPED, Visitor, field, text

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def failing(visitor: Visitor) -> Callable[[str], None]:
    """Make the database answer every report with one SQLSTATE, as a full disk or a fallen server does."""

    def fail(sqlstate: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '{sqlstate}'; END $$"
            )
            cursor.execute("CREATE TRIGGER refuse BEFORE INSERT ON store_report FOR EACH ROW EXECUTE FUNCTION refuse()")
            cursor.execute('SET ROLE "fanal_portal"')

    return fail


@pytest.mark.parametrize(("sqlstate", "status"), [("53100", 507), ("57P01", 503)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_database_that_cannot_take_it_is_said_and_the_text_comes_back(
    visitor: Visitor, failing: Callable[[str], None], sqlstate: str, status: int, language: str
) -> None:
    visitor.client.post("/language", {"language": language})
    failing(sqlstate)
    nonce = visitor.nonce()
    answer = visitor.submit("send", nonce, name="Lou")
    page = text(answer)
    assert answer.status_code == status
    assert f'<html lang="{language}"' in page
    assert TYPED["items"] in page
    assert TYPED["comment"] in page
    assert 'name="name" value="Lou"' in page
    assert field(answer, "nonce") == nonce
    assert "slip-code" not in page
    assert visitor.get("/receipt").status_code == 404


def test_what_nobody_foresaw_is_a_500_with_the_text_and_no_value_in_the_log(
    visitor: Visitor, failing: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    failing("22012")
    visitor.client.raise_request_exception = False
    with caplog.at_level(logging.INFO, logger="fanal"):
        answer = visitor.submit("send", visitor.nonce())
    assert answer.status_code in {500, 503}
    assert TYPED["comment"] in text(answer)
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("fanal"))
    assert "reference=INC-" in ours
    assert "video" not in ours
    assert TYPED["comment"] not in ours


def test_a_form_without_its_cookie_says_so_and_keeps_the_text(visitor: Visitor) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/report", {**TYPED, "step": "send"})
    page = text(answer)
    assert answer.status_code == 403
    assert "cookie" in page
    assert TYPED["comment"] in page
    token, again = field(answer, "csrfmiddlewaretoken"), field(strict.get("/report"), "nonce")
    later = strict.post("/report", {**TYPED, "nonce": again, "csrfmiddlewaretoken": token, "step": "review"})
    assert later.status_code == 200


def test_a_form_filled_by_another_site_is_not_shown_back(visitor: Visitor) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/report", {**TYPED, "step": "send"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert TYPED["comment"] not in text(answer)


@pytest.mark.parametrize("path", ["/no-such-page", "/report/", "/https://video.example/watch/4411", "/%00", "/%ff"])
def test_an_unknown_address_is_a_404_that_repeats_nothing(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "video" not in text(answer)
    assert 'href="/"' in text(answer)


@pytest.mark.parametrize(("method", "path"), [("post", "/"), ("get", "/language"), ("delete", "/report")])
def test_a_wrong_method_is_a_page_too(visitor: Visitor, method: str, path: str) -> None:
    answer = getattr(visitor.client, method)(path)
    assert answer.status_code == 405
    assert answer["Allow"]
    assert 'href="/"' in text(answer)


def test_a_request_that_cannot_be_read_is_a_400(visitor: Visitor) -> None:
    answer = visitor.client.generic("POST", "/report", b"nothing of the kind", "multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert 'href="/"' in text(answer)


def test_figures_are_shown_once_they_are_published(visitor: Visitor, settings: object) -> None:
    from fanal.queries import world

    folder = Path(world.current().public_folder)
    assert "No figures are published yet." in text(visitor.get("/figures"))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "figures.json"
    try:
        for broken in ("", "[]", '{"counts": 3}', '{"counts": [{"label": 1}]}', '{"months": [{"year": "x"}]}'):
            file.write_text(broken, encoding="utf-8")
            assert visitor.get("/figures").status_code == 200
        happened = [
            (Event.REPORT_RECEIVED.value, datetime(2026, month, 3, tzinfo=UTC))
            for month, reports in ((9, 30), (10, 20), (11, 3))
            for _ in range(reports)
        ]
        nothing = Review((), (), (), "")
        at = datetime(2026, 11, 22, 9, tzinfo=UTC)
        build.publish(folder, counts.count(happened), at=at, look=lambda _, content: (plain(content), nothing))
        page = text(visitor.get("/figures", accept_language="fr"))
        assert "moins de 5" in page
        assert "22 novembre 2026" in page
        assert page.count('class="m"') == 3
    finally:
        for file in folder.glob("figures.*"):
            file.unlink()
