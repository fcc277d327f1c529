"""The page of fingerprints as the server gives it: it takes no picture, loses no word, and shuts its scripts in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.intake import fingerprint
from fanal.portal.forms import Draft
from fanal.queries import law
from fanal.store import models

from .conftest import TYPED, Visitor, field, text

if TYPE_CHECKING:
    from django.http import HttpResponse

EXACT = "sha256:" + "0123456789abcdef" * 4
ALIKE = "pdq:" + "fedcba9876543210" * 4 + ":87"
BOTH = f"{EXACT} {ALIKE}"
SCRIPTS = ("portal/fingerprint.js", "portal/fingerprint-worker.js")
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


def outside(answer: HttpResponse) -> str:
    """Give the page without the reporter's own fields."""
    return re.sub(r"<input type=\"hidden\"[^>]*>", "", answer.content.decode())


def served(visitor: Visitor, script: str) -> tuple[HttpResponse, bytes]:
    """Give a file as the portal itself serves it."""
    answer = visitor.get(f"/static/{script}")
    assert answer.status_code == 200
    return answer, b"".join(answer)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_stands_whole_without_script_and_says_what_else_can_be_done(visitor: Visitor, language: str) -> None:
    answer = visitor.get("/fingerprint", accept_language=language)
    page = text(answer)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    with_script = page.index('id="with"')
    assert {"en": "tell us in words", "fr": "dites-nous avec des mots"}[language] in page[:with_script]
    assert 'id="with" hidden' in page
    for one in law.emergencies():
        assert (f"<dt>{one.number}</dt>" in page) is one.first_screen


def test_no_form_can_take_a_file(visitor: Visitor) -> None:
    page = text(visitor.get("/fingerprint"))
    forms = "".join(re.findall(r"<form.*?</form>", page, re.DOTALL))
    (chosen,) = re.findall(r'<input[^>]*type="file"[^>]*>', page)
    assert 'type="file"' not in forms
    assert " name=" not in chosen
    assert " form=" not in chosen
    assert "multipart" not in page
    for path in ("/", "/report"):
        assert 'type="file"' not in text(visitor.get(path))


def test_the_script_may_run_on_this_page_alone_and_ask_the_network_for_nothing(visitor: Visitor) -> None:
    policy = dict(one.split(" ", 1) for one in visitor.get("/fingerprint")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["worker-src"] == policy["form-action"] == "'self'"
    assert "connect-src" not in policy  # so default-src holds: no fetch, beacon, event stream or socket
    assert policy["img-src"] == "'self'"
    assert all("unsafe" not in one and "blob:" not in one and "data:" not in one for one in policy.values())
    for path in ("/", "/report", "/receipt", "/privacy"):
        assert "script-src" not in visitor.get(path)["Content-Security-Policy"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_served_under_a_policy_of_its_own_that_allows_nothing(
    visitor: Visitor, settings: object, script: str
) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # type: ignore[attr-defined]
    answer, body = served(visitor, script)
    assert body
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["Content-Type"].startswith("text/javascript")


def test_the_hashing_script_is_at_most_4096_bytes_as_it_is_served(visitor: Visitor, settings: object) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # type: ignore[attr-defined]
    _, body = served(visitor, "portal/fingerprint-worker.js")
    assert len(body) <= 4096
    assert max(len(line) for line in body.decode().splitlines()) <= 120, "dense, but to be read"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_has_no_word_for_keeping_showing_or_sending(script: str) -> None:
    found = finders.find(script)
    assert isinstance(found, str)
    code = "\n".join(line.split("//")[0] for line in Path(found).read_text(encoding="utf-8").splitlines())
    ways = (
        r"fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeer|importScripts|\bimport\b|createObjectURL|"
        r"FileReader|toDataURL|convertToBlob|localStorage|sessionStorage|indexedDB|caches|cookie|location|\bopen\(|"
        r"innerHTML|\beval\b|new Image|\.src\b|\.href\b|\.submit\(|formData|FormData|https?:"
    )
    assert re.findall(ways, code) == []


def test_the_report_that_was_begun_goes_there_and_back(visitor: Visitor) -> None:
    typed = {**TYPED, "platform": "Réseau-Exemple", "standing": "victim", "minor": "yes", "name": "Lou"}
    nonce = visitor.nonce()
    there = visitor.client.post("/fingerprint", {**typed, "nonce": nonce})
    carried = {name: field(there, name) for name in (*typed, "nonce")}
    assert carried == {**typed, "nonce": nonce}
    back = visitor.client.post("/report", {**carried, "fingerprints": BOTH, "step": "edit"})
    page = text(back)
    assert back.status_code == 200
    assert all(value in page for value in typed.values())
    assert "The fingerprint of 1 picture goes with this report." in page
    assert field(back, "fingerprints") == BOTH
    assert field(back, "nonce") == nonce


@pytest.mark.parametrize("step", ["lang-fr", "theme-dark"])
def test_changing_the_language_or_the_look_there_keeps_everything(visitor: Visitor, step: str) -> None:
    page = visitor.client.post("/fingerprint", {**TYPED, "fingerprints": BOTH, "step": step})
    assert {"lang-fr": '<html lang="fr"', "theme-dark": 'data-theme="dark"'}[step] in text(page)
    assert field(page, "comment") == TYPED["comment"]
    assert BOTH in text(page)
    assert {"lang-fr": '<html lang="fr"', "theme-dark": 'data-theme="dark"'}[step] in text(visitor.get("/"))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The fingerprints of 2 pictures"), ("fr", "Les empreintes de 2 images")]
)
def test_the_review_speaks_of_pictures_and_shows_no_digit_of_them(visitor: Visitor, language: str, said: str) -> None:
    visitor.client.post("/language", {"language": language})
    other = "sha256:" + "f" * 64
    answer = visitor.submit("review", visitor.nonce(), fingerprints=f"{BOTH} {other}")
    assert answer.status_code == 200
    assert outside(answer).count(said) == 1
    for digits in (EXACT[7:], ALIKE[4:68], other[7:]):
        assert digits not in outside(answer)
        assert digits in text(answer)  # in the reporter's own field


def test_fingerprints_alone_are_a_report_of_one_item_each(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    sent = visitor.submit("send", nonce, items="", platform="Réseau-Exemple", fingerprints=BOTH)
    assert (sent.status_code, sent["Location"]) == (303, "/receipt")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        assert models.Item.objects.count() == 2
        cursor.execute('SET ROLE "fanal_portal"')


def test_a_file_that_is_sent_all_the_same_is_thrown_away(visitor: Visitor) -> None:
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"x" * 100_000, content_type="image/jpeg")
    answer = visitor.client.post("/fingerprint", {**TYPED, "picture": file})
    assert answer.status_code == 200
    assert "photo.jpg" not in text(answer)
    assert TYPED["comment"] in text(answer)


def test_a_report_that_fails_on_the_way_there_comes_back(visitor: Visitor) -> None:
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/fingerprint", {**TYPED, "fingerprints": BOTH})
    assert answer.status_code == 403
    assert TYPED["comment"] in text(answer)
    assert field(answer, "fingerprints") == BOTH


@given(st.dictionaries(HEX, st.none() | st.tuples(HEX, st.integers(0, 100)), max_size=20))
def test_what_a_browser_writes_is_read_as_it_was_written(pictures: dict[str, tuple[str, int] | None]) -> None:
    written = [
        f"sha256:{exact}" + (f" pdq:{alike[0]}:{alike[1]}" if alike else "") for exact, alike in pictures.items()
    ]
    draft = Draft(items="https://video.example/1\n", fingerprints=" ".join(written))
    items = [one["typed"] for one in draft.fields(language="en")["items"]]  # type: ignore[attr-defined]
    assert draft.pictures() == len(pictures)
    assert " ".join(items) == " ".join(["https://video.example/1", *written])
    assert [fingerprint.named(one) for one in items] == [False] + [True] * (len(items) - 1)
    assert draft.without_media() == draft


@pytest.mark.parametrize(
    "typed",
    ["", "sha256:", EXACT[:-1], EXACT + "0", EXACT.upper(), ALIKE[:-3], ALIKE + "0", f"pdq:{'0' * 64}:101", BOTH],
)
def test_what_is_no_fingerprint_is_not_taken_for_one(typed: str) -> None:
    assert not fingerprint.named(typed)
    assert fingerprint.pictures([typed]) == 0
