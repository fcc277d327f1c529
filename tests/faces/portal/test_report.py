"""One report through the public form: understood, warned, sent once, receipted when it is committed."""

from __future__ import annotations

import pytest

from fanal.queries import law
from fanal.store import models
from fanal.vault import models as vault

from .conftest import TYPED, Visitor, code, field, text

LIVE = "https://video.example/watch/4411"
DEFANGED = "hxxps://video[.]example/watch/4411"


def reports() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        count = models.Report.objects.count()
        cursor.execute('SET ROLE "fanal_portal"')
    return count


def test_a_report_is_understood_then_sent_then_receipted(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    review = visitor.submit("review", nonce)
    page = text(review)
    assert DEFANGED in page
    assert law.false_report().speak("en") in page
    assert field(review, "nonce") == nonce
    assert reports() == 0
    sent = visitor.submit("send", nonce)
    assert (sent.status_code, sent["Location"]) == (303, "/receipt")
    assert reports() == 1
    receipt = visitor.get("/receipt")
    assert code(receipt)
    assert "video" not in text(receipt)


def test_the_review_shows_nothing_live_but_in_the_reporters_own_fields(visitor: Visitor) -> None:
    page = visitor.submit("review", visitor.nonce(), comment=f"See {LIVE} and name@mail.example").content.decode()
    outside = "".join(line for line in page.splitlines(keepends=True) if 'type="hidden"' not in line)
    assert LIVE not in outside
    assert "video.example" not in outside
    assert "name@mail.example" not in outside


def test_what_was_not_understood_is_said_and_kept(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    page = text(visitor.submit("review", nonce, items="le groupe du lycée, vous savez lequel"))
    assert "Kept as written" in page
    assert "le groupe du lycée, vous savez lequel" in page
    assert visitor.submit("send", nonce, items="le groupe du lycée, vous savez lequel").status_code == 303


@pytest.mark.parametrize("typed", ["javascript:go('//video.example/a')", "http://video.example:99999999/a"])
def test_what_was_not_understood_is_not_live_either(visitor: Visitor, typed: str) -> None:
    page = visitor.submit("review", visitor.nonce(), items=typed).content.decode()
    outside = "".join(line for line in page.splitlines() if 'type="hidden"' not in line)
    assert "Kept as written" in outside
    assert "video[.]example" in outside
    assert "video.example" not in outside


def test_an_emergency_shows_the_numbers_again(visitor: Visitor) -> None:
    calm = text(visitor.submit("review", visitor.nonce()))
    assert 'class="urgent"' not in calm
    urgent = text(visitor.submit("review", visitor.nonce(), danger_now="yes"))
    assert urgent.index('class="urgent"') < urgent.index("<h1")


def test_what_is_for_somebody_else_may_be_sent_all_the_same(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    page = text(visitor.submit("review", nonce, category="dispute"))
    advice = [one for one in law.elsewhere() if "dispute" in one.categories]
    assert advice
    assert all(one.advice.en in page for one in advice)
    assert "Send anyway" in page
    assert visitor.submit("send", nonce, category="dispute").status_code == 303


def test_correcting_keeps_every_field(visitor: Visitor) -> None:
    typed = {
        "platform": "Réseau-Exemple",
        "seen_on": "2026-11-02",
        "seen_where": "un groupe",
        "standing": "victim",
        "minor": "yes",
        "name": "Lou",
        "email": "lou@mail.example",
        "phone": "+33 1 99 00 00 00",
    }
    page = text(visitor.submit("edit", visitor.nonce(), **typed))
    for value in (*TYPED.values(), *typed.values()):
        assert value in page
    assert 'value="threats" checked' in page
    assert 'value="victim" checked' in page
    assert 'name="minor" value="yes" checked' in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_changing_the_language_on_the_form_keeps_what_was_typed(visitor: Visitor, language: str) -> None:
    page = text(visitor.submit(f"lang-{language}", visitor.nonce()))
    assert f'<html lang="{language}"' in page
    assert TYPED["comment"] in page
    assert f'<html lang="{language}"' in text(visitor.get("/"))


def test_changing_the_look_on_the_form_keeps_what_was_typed(visitor: Visitor) -> None:
    page = text(visitor.submit("theme-dark", visitor.nonce()))
    assert 'data-theme="dark"' in page
    assert TYPED["comment"] in page


def test_a_repeated_submit_gives_the_same_receipt_and_no_second_report(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    codes = set()
    for _ in range(3):
        assert visitor.submit("send", nonce).status_code == 303
        codes.add(code(visitor.get("/receipt")))
    assert len(codes) == 1
    assert reports() == 1


def test_the_same_form_with_something_else_is_refused_and_kept(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    visitor.submit("send", nonce)
    other = visitor.submit("send", nonce, comment="autre chose")
    assert other.status_code == 409
    assert "autre chose" in text(other)
    fresh = field(other, "nonce")
    assert fresh != nonce
    assert visitor.submit("send", fresh, comment="autre chose").status_code == 303
    assert reports() == 2


def test_there_is_no_receipt_without_a_committed_report(visitor: Visitor) -> None:
    assert visitor.get("/receipt").status_code == 404
    visitor.submit("review", visitor.nonce())
    assert visitor.get("/receipt").status_code == 404
    visitor.client.cookies["fanal_nonce"] = "not one of ours"
    assert visitor.get("/receipt").status_code == 404


def test_two_forms_have_two_numbers_and_the_cookie_is_out_of_reach(visitor: Visitor) -> None:
    assert visitor.nonce() != visitor.nonce()
    cookie = visitor.client.cookies["fanal_nonce"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]


def test_identity_goes_to_the_vault_and_nowhere_else(visitor: Visitor) -> None:
    visitor.report(name="Lou Martin", email="lou.martin@mail.example")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        assert {one.what for one in vault.Sealed.objects.all()} == {"identity", "source"}
        cursor.execute('SET ROLE "fanal_portal"')
