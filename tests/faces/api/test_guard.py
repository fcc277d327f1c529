"""A program shows a draft before it publishes it: in every form that is taken, with the right, and within bounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from jsonschema import Draft202012Validator
from tests import house

from fanal.api import document, face, guard_shapes
from fanal.core.rights import KeyRight
from fanal.staff.models import ApiKey
from fanal.store.models import EventBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client
    from tests.faces.api.conftest import Send

pytestmark = pytest.mark.django_db

HANDLE = "lanterne_bleue"
THANKS = f"Merci à toutes celles et ceux qui ont signalé le compte @{HANDLE} cette semaine."
FORM = "multipart/form-data; boundary=between"
COMPONENTS = json.loads(document.text(face.api))["components"]


@pytest.fixture
def known(db: None) -> None:
    """Report an account before the API's role is taken on."""
    house.receive(f"https://x.com/{HANDLE}")
    house.work()


@pytest.fixture
def check(known: None, send: Send) -> Callable[..., HttpResponse]:
    def asked(body: object, **more: str) -> HttpResponse:
        return send("guard/check", body, **more)

    return asked


def told(answer: HttpResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content
    said: dict[str, Any] = json.loads(answer.content)
    Draft202012Validator({"$ref": "#/components/schemas/Review", "components": COMPONENTS}).validate(said)
    return said


def test_a_finding_says_where_why_how_sure_and_what_to_write(check: Callable[..., HttpResponse]) -> None:
    answer = check({"text": f"Bonjour,\n{THANKS}", "form": "text", "language": "fr"})
    said = told(answer)
    (one,) = said["findings"]
    assert (said["clean"], one["line"], one["standing"], one["live"]) == (False, 2, "reported", True)
    assert one["column"] <= THANKS.index(HANDLE) + 1
    assert one["reasons"]
    assert all(why["text"] for why in one["reasons"])
    assert one["wording"]
    assert HANDLE not in answer.content.decode()
    assert said["safe"].startswith("Bonjour,\nMerci à toutes")


@pytest.mark.parametrize(
    ("media_type", "raw"),
    [
        ("text/plain", THANKS),
        ("text/plain; charset=utf-8", THANKS),
        ("text/markdown", f"# Merci\n\n{THANKS}"),
        (
            "text/html",
            f"<p>Merci à vous toutes et tous, <a href='https://x.com/{HANDLE}'>pour vos signalements</a>.</p>",
        ),
    ],
)
def test_a_draft_may_be_sent_as_its_own_bytes(check: Callable[..., HttpResponse], media_type: str, raw: str) -> None:
    assert told(check(raw.encode(), media_type=media_type))["findings"]
    assert told(check(raw.replace(HANDLE, "autre_compte_9").encode(), media_type=media_type))["clean"]


@pytest.mark.parametrize("large", [False, True])
def test_a_form_brings_a_file_or_a_text_and_nothing_of_it_is_written_to_disk(
    check: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    import tempfile

    def never(*_given: object, **_named: object) -> None:
        raise AssertionError("a draft was written to disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr(tempfile, "mkstemp", never)
    text = THANKS + (" et bien d’autres mots" * 120_000 if large else "")  # past what Django keeps in memory
    said = told(check(_form(file=("billet.md", text), language="fr"), media_type=FORM))
    assert said["form"] == "markdown"
    assert len(said["findings"]) == 1
    assert told(check(_form(text=THANKS, form="text"), media_type=FORM))["findings"]


def _form(**fields: str | tuple[str, str]) -> bytes:
    parts = []
    for name, value in fields.items():
        file, text = value if isinstance(value, tuple) else ("", value)
        said = f'; filename="{file}"\r\nContent-Type: application/octet-stream' if file else ""
        parts.append(f'--between\r\nContent-Disposition: form-data; name="{name}"{said}\r\n\r\n{text}\r\n')
    return ("".join(parts) + "--between--\r\n").encode()


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b"{}", "application/json", 422, "guard.expected"),
        (b"[]", "application/json", 422, "json.not-object"),
        (b'{"text": 7}', "application/json", 422, "guard.expected"),
        (b'{"text": "a", "form": "rtf"}', "application/json", 422, "guard.expected"),
        (b'{"text": "a", "language": "de"}', "application/json", 422, "guard.expected"),
        (b'{"text": "a", "more": 1}', "application/json", 422, "guard.expected"),
        (b'{"text"', "application/json", 400, "json.malformed"),
        (b"--between--", "multipart/form-data; boundary=between", 422, "guard.expected"),
        (b"nothing", "multipart/form-data", 422, "guard.expected"),
        (b"x", "image/png", 415, "guard.media-type"),
        (b"x", "", 415, "guard.media-type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "text/plain", 415, "draft.picture"),
        (b"%PDF-1.7 nothing more", "application/pdf", 422, "draft.damaged"),
        (b"no pdf at all", "application/pdf", 422, "draft.not-what-it-says"),
        (f"@{HANDLE}".encode(), "text/plain", 422, "guard.whole"),
        (b"a" * 20_000_001, "text/plain", 413, "draft.too-large"),
        (b"a" * 20_100_000, "text/plain", 413, "guard.too-large"),
    ],
)
def test_what_cannot_be_answered_is_said_clearly_and_repeats_nothing(
    check: Callable[..., HttpResponse], body: bytes, media_type: str, status: int, code: str
) -> None:
    answer = check(body, media_type=media_type)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (status, code)
    assert HANDLE not in answer.content.decode()


def test_only_a_key_with_the_right_is_answered(known: None, api_key: str, api_client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        ApiKey.objects.update(rights=[one.value for one in KeyRight if one is not KeyRight.GUARD])
        cursor.execute("SET ROLE fanal_api")
    for key, status in ((api_key, 403), ("fanal_unknown", 401)):
        answer = api_client.post(
            "/api/v1/guard/check",
            json.dumps({"text": THANKS}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code == status


def test_a_key_that_asks_after_names_is_told_to_wait(check: Callable[..., HttpResponse]) -> None:
    answers = [check({"text": f"{THANKS} Voyez @nom_invente_{number}."}) for number in range(20)]
    slow = next(one for one in answers if one.status_code != 200)
    assert (slow.status_code, json.loads(slow.content)["code"]) == (429, "guard.silenced")
    assert int(slow["Retry-After"]) == 3600
    assert all(one.status_code == 429 for one in answers[answers.index(slow) :])
    assert check({"text": THANKS}).status_code == 429


def test_that_it_was_asked_is_kept_and_what_was_shown_is_not(check: Callable[..., HttpResponse]) -> None:
    check({"text": THANKS})
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    body = bytes(EventBody.objects.get(event__name="guard.asked").body).decode()
    assert json.loads(body)["details"]["findings"] == 1
    assert HANDLE not in body
    assert "semaine" not in body


def test_the_example_is_answered(check: Callable[..., HttpResponse]) -> None:
    assert told(check(guard_shapes.EXAMPLE))["findings"]
