"""Who gets in, and how far."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from tests import house
from tests.faces.desk.conftest import PASSWORD, SECRET, Desk, outside

from fanal.core.rights import Role
from fanal.staff.models import Member

PAGES = ("/", "/dispatches", "/ledger", "/figures", "/cases/D-AAAA-AAAA", "/dispatches/T-AAAA-AAAA", "/second-factor")


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_password_and_code_open_the_desk(desk: Desk) -> None:
    first = desk.client.post("/login", {"login": "k-11", "password": PASSWORD})
    assert first.status_code == 302
    assert first["Location"] == "/second-factor/code"
    assert desk.client.get("/").status_code == 302, "a password alone opens nothing"
    second = desk.client.post("/second-factor/code", {"code": code()})
    assert second["Location"] == "/"
    assert desk.client.get("/").status_code == 200


def test_a_wrong_code_does_not_open_and_a_code_works_once(desk: Desk) -> None:
    desk.client.post("/login", {"login": "k-11", "password": PASSWORD})
    wrong = desk.client.post("/second-factor/code", {"code": "000000" if code() != "000000" else "000001"})
    assert wrong.status_code == 200
    assert desk.client.get("/").status_code == 302
    used = code()
    desk.client.post("/second-factor/code", {"code": used})
    other = Client()
    other.post("/login", {"login": "k-11", "password": PASSWORD})
    assert other.post("/second-factor/code", {"code": used}).status_code == 200
    assert other.get("/").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_everything_is_closed_to_a_stranger(desk_client: Client, path: str) -> None:
    response = desk_client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/login?next=")


def test_health_is_open_and_says_nothing_else(desk_client: Client) -> None:
    response = desk_client.get("/health")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", PAGES)
def test_without_a_second_factor_every_page_leads_to_enrolment(desk: Desk, path: str) -> None:
    with outside():
        new = Member.objects.create(username="new", password=PASSWORD, code="K-77", role=Role.ANALYST)
    desk.client.force_login(new, backend="django.contrib.auth.backends.ModelBackend")
    response = desk.client.get(path)
    assert response.status_code == 302
    assert response["Location"] == "/second-factor/enrol"


def test_enrolment_ends_with_recovery_codes_shown_once(desk: Desk) -> None:
    with outside():
        Member.objects.create(username="new", password=PASSWORD, code="K-77", role=Role.ANALYST)
    assert desk.client.post("/login", {"login": "new", "password": PASSWORD})["Location"] == "/"
    page = desk.client.get("/second-factor/enrol")
    assert b"<svg" in page.content
    assert b"data:" not in page.content, "the content policy forbids data addresses"
    done = desk.client.post("/second-factor/enrol", {"code": code(page.context["form"].secret)})
    assert done["Location"] == "/second-factor/recovery"
    shown = desk.client.get("/second-factor/recovery").context["unused_codes"]
    assert len(shown) == 10
    again = desk.client.get("/second-factor/recovery")
    assert not any(one.encode() in again.content for one in shown)
    assert desk.client.get("/").status_code == 200


def test_what_is_kept_of_a_second_factor_and_a_session_is_encrypted(desk: Desk) -> None:
    from allauth.mfa.models import Authenticator
    from django.contrib.sessions.models import Session

    desk.enter(house.ALICE)
    with outside():
        kept = Authenticator.objects.get(user__code="K-11").data["secret"]
        sessions = [row.session_data for row in Session.objects.all()]
    assert SECRET not in kept
    assert sessions
    assert not any("_auth_user" in one for one in sessions)


def test_five_wrong_passwords_close_the_way_in_and_say_so(desk: Desk) -> None:
    answers = [desk.client.post("/login", {"login": "k-11", "password": "wrong"}) for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429]
    locked = desk.client.post("/login", {"login": "k-11", "password": PASSWORD}, headers={"accept-language": "fr"})
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert "k-11" not in locked.content.decode()


@pytest.mark.parametrize("path", ["/signup", "/signup/", "/password/reset/", "/email/", "/second-factor/deactivate"])
def test_no_sign_up_and_no_mail(desk: Desk, path: str) -> None:
    assert desk.enter(house.ALICE).get(path).status_code == 404


def test_nothing_is_stored_on_the_way(desk: Desk) -> None:
    response = desk.enter(house.ALICE).get("/")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_closed_account_does_not_get_in(desk: Desk) -> None:
    with outside():
        Member.objects.filter(code="K-11").update(is_active=False)
    assert desk.client.post("/login", {"login": "k-11", "password": PASSWORD}).status_code == 200
    assert desk.client.get("/").status_code == 302


def test_language_and_theme_are_kept_and_lead_back_only_into_the_house(desk: Desk) -> None:
    client = desk.enter(house.ALICE)
    back = client.post("/language", {"language": "fr", "next": "/ledger"})
    assert back["Location"] == "/ledger"
    assert 'lang="fr"' in client.get("/ledger").content.decode()
    assert client.post("/theme", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_the_person_is_spoken_to_in_the_language_on_file(desk: Desk) -> None:
    client = desk.enter(house.ALICE)
    del client.cookies["fanal_language"]
    assert 'lang="fr"' in client.get("/").content.decode()
