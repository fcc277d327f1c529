"""What may be said in public, on the desk: for the press role alone, masked, kept nowhere, never one name at a time."""

from __future__ import annotations

import re
import tempfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from tests import house
from tests.faces.desk.conftest import Desk, outside

from fanal.core.guard.ready import ready
from fanal.queries import law

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HANDLE = "lanterne_bleue7"
SPELT = "l a n t e r n e _ b l e u e 7"
HOST = "watch-canary.example"
DRAFT = (
    "Merci à toutes celles et ceux qui nous ont écrit cette semaine : le compte @{} a été signalé, et nous l’examinons."
    " Ne répondez pas à ses messages."
)
CALM = "Merci à toutes celles et ceux qui nous ont écrit cette semaine. Vos signalements sont lus et examinés."
OTHERS = (house.ALICE, house.SOFIA, house.DRISS)


@pytest.fixture
def press(desk: Desk, made: Callable[..., str]) -> Client:
    """The press officer, in a house where an account and a page were reported."""
    with outside():
        made(f"https://x.com/{HANDLE}", f"https://{HOST}/w/1")
    return desk.enter(house.PAUL)


def page(answer: Answer, *, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.content.decode())


def shown(answer: Answer, *, status: int = 200) -> str:
    """Give what is read on the page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page(answer, status=status)))


def safe(answer: Answer) -> str:
    found = re.search(r'<textarea[^>]*id="safe"[^>]*>(.*?)</textarea>', page(answer), re.DOTALL)
    assert found
    return found[1]


def names(text: str) -> bool:
    """Say whether a text names what was reported, however it is written."""
    plain = re.sub(r"[\W_]", "", text).casefold()
    return "lanternebleue7" in plain or "watchcanary" in plain


def ask(client: Client, draft: str, **more: object) -> Answer:
    return client.post("/guard", {"draft": draft, **more})


# Who may


def test_the_press_role_lands_here_and_sees_nothing_else(press: Client) -> None:
    assert press.get("/")["Location"] == "/guard"
    tabs = re.search(r'<ul class="tabs">(.*?)</ul>', page(press.get("/guard")), re.DOTALL)
    assert tabs
    assert re.findall(r'href="([^"]+)"', tabs[1]) == ["/guard", "/guard/texts"]
    with outside():
        from fanal.store.models import Case

        ref = Case.objects.get().ref
    for closed in ("/ledger", "/figures", "/dispatches", "/fingerprints", "/guard/alarms", f"/cases/{ref}"):
        assert press.get(closed).status_code in {403, 404}, closed
    assert press.post("/take-next").status_code == 403


@pytest.mark.parametrize("person", OTHERS, ids=lambda one: one.role)
def test_no_other_role_gets_an_answer(press: Client, desk: Desk, person: object) -> None:
    del press
    client = desk.enter(person)  # type: ignore[arg-type]
    for closed in ("/guard", "/guard/texts", "/guard/poster.fr.pdf"):
        assert client.get(closed).status_code == 403
    answer = ask(client, DRAFT.format(HANDLE))
    assert "You do not have the right" in shown(answer, status=403)
    assert not names(page(answer, status=403))
    assert 'href="/guard"' not in page(client.get("/ledger"))


def test_a_stranger_is_led_to_the_door(desk: Desk) -> None:
    answer = desk.client.post("/guard", {"draft": DRAFT.format(HANDLE)})
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/guard")


# What is answered


@pytest.mark.parametrize("written", [HANDLE, HANDLE.upper(), SPELT, "l\u0430ntern\u0435_bleue7", "lanterne\n_bleue7"])
def test_what_was_reported_is_masked_explained_and_rewritten(press: Client, written: str) -> None:
    answer = ask(press, DRAFT.format(written))
    said = shown(answer)
    assert "Do not publish yet: 1 passage leads to the content" in said
    assert not names(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page(answer)))
    assert "[reported account]1" in said or "[name withheld]1" in said
    assert "It is being examined, and is taken to be still there." in said
    assert "Being examined, taken to be live" in said
    assert "Write instead: [" in said
    again = ask(press, safe(answer))
    assert "Nothing found that leads to the content" in shown(again)
    assert safe(again) == safe(answer)


def test_a_clean_text_comes_back_as_it_was(press: Client) -> None:
    answer = ask(press, CALM)
    assert "Nothing found that leads to the content" in shown(answer)
    assert safe(answer) == CALM
    assert "To be taken out" not in shown(answer)


def test_addresses_that_nobody_reported_stay_in_what_is_copied_and_are_defanged_on_the_page(
    press: Client, caplog: pytest.LogCaptureFixture
) -> None:
    own = "https://service.example/aide?q=1&r=2"
    answer = ask(press, f"{CALM} Écrivez-nous sur {own} ou à presse@service.example. {DRAFT.format(HANDLE)}")
    assert own in safe(answer)
    assert "presse@service.example" in safe(answer)
    around = page(answer).replace(safe(answer), "")
    assert "hxxps://service[.]example" in around
    assert "service.example" not in around
    assert not [one for one in caplog.records if one.name == "fanal.page"], "the last look at pages had nothing to do"


def test_a_doubt_keeps_nothing_from_being_published(press: Client) -> None:
    answer = ask(press, CALM + " Le prédateur sera arrêté demain.")
    said = shown(answer)
    assert "Nothing found that leads to the content" in said
    assert "Some passages are still to be weighed." in said
    assert "This word holds somebody to be guilty." in said
    assert "Nothing here keeps you from publishing" in said


def test_every_place_of_a_page_is_told(press: Client) -> None:
    source = (
        f'<html><head><title>{HANDLE} signalé</title></head><body><p>Merci de vos <a href="https://{HOST}/w/1">'
        f'nombreux signalements</a> de cette semaine.</p><img src="a.png" alt="le compte @{HANDLE}">'
        f"<!-- le compte @{HANDLE} --></body></html>"
    )
    answer = ask(press, source, form="html")
    said = shown(answer)
    for place in ("Where a link leads", "Beside a picture", "Title and properties", "Not shown on the page"):
        assert place in said, place
    assert "Take the link away; its words may stay." in said
    assert "The draft holds pictures. Text inside pictures is out of scope" in said
    assert not names(re.sub(r'value="\w+"', "", page(answer)))
    assert "<p>Merci de vos" in safe(answer), "HTML stays HTML"
    assert '<input type="hidden" name="form" value="html">' in page(answer)
    assert "Nothing found" in shown(ask(press, safe(answer), form="html"))


def test_the_page_speaks_french_and_so_does_the_safe_version(press: Client) -> None:
    press.cookies["fanal_language"] = "fr"
    answer = ask(press, DRAFT.format(HANDLE))
    said = shown(answer)
    assert "Ne publiez pas encore : 1 passage mène au contenu" in said
    assert "À retirer" in said
    assert "Ce passage désigne un compte signalé" in said
    assert re.search(r"\[(?:compte signalé|nom retiré)\]", safe(answer))


# Files


def pdf(*lines: str) -> bytes:
    out = BytesIO()
    sheet = Canvas(out)
    for place, line in enumerate(lines):
        sheet.drawString(50, 800 - 20 * place, line)
    sheet.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("draft.txt", DRAFT.format(HANDLE).encode()),
        ("draft.md", f"# Merci\n\n{DRAFT.format(HANDLE)}".encode()),
        ("draft.html", f"<p>{DRAFT.format(HANDLE)}</p>".encode()),
        ("draft.pdf", pdf("Merci de vos signalements de cette semaine,", f"le compte @{HANDLE} est examine.")),
    ],
)
def test_a_file_is_read_in_memory(press: Client, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a draft went to a disk")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(temp, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    answer = ask(press, "", file=SimpleUploadedFile(name, content))
    assert "Do not publish yet: 1 passage" in shown(answer)
    assert not names(safe(answer))
    assert name not in page(answer)


def test_a_picture_is_refused_with_the_reason(press: Client) -> None:
    answer = ask(press, "", file=SimpleUploadedFile("post.png", b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)))
    assert "This is a picture. Text inside pictures is out of scope" in shown(answer, status=422)


def test_a_file_that_is_too_large_is_refused_and_not_held(press: Client) -> None:
    answer = ask(press, "", file=SimpleUploadedFile("post.txt", b"mot " * 6_000_000))
    assert "This draft is larger than 20 MB." in shown(answer, status=422)


def test_a_text_that_is_too_long_for_a_form_is_refused_in_words(press: Client) -> None:
    answer = ask(press, "mot " * 700_000)
    assert "give a longer one as a file" in shown(answer, status=400)


def test_nobody_else_s_file_is_held_and_none_elsewhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from fanal.desk import uploads

    held: list[BytesIO] = []

    def hold() -> BytesIO:
        held.append(BytesIO())
        return held[-1]

    monkeypatch.setattr(uploads, "BytesIO", hold)
    file = SimpleUploadedFile("post.txt", CALM.encode())
    stranger = Client(enforce_csrf_checks=True)  # with the check for forged forms, which reads a form before anybody
    stranger.cookies["fanal_desk_csrf"] = "a" * 32
    for path in ("/guard", "/login"):
        file.seek(0)
        assert stranger.post(path, {"file": file}).status_code in {302, 403}
    press = desk.enter(house.PAUL)
    file.seek(0)
    press.post("/theme", {"theme": "dark", "file": file})
    assert not held
    file.seek(0)
    press.post("/guard", {"file": file, "other": SimpleUploadedFile("more.txt", CALM.encode())})
    assert len(held) == 1


# What stays


def test_nothing_of_a_draft_stays(press: Client, caplog: pytest.LogCaptureFixture) -> None:
    from django.contrib.sessions.models import Session

    from fanal.store.models import Event

    answer = ask(press, DRAFT.format(HANDLE), file=SimpleUploadedFile(f"{HANDLE}.txt", b""))
    assert answer["Cache-Control"] == "no-store"
    assert {*answer.cookies} <= {"fanal_desk_csrf"}
    assert not answer.has_header("Location")
    assert not names(caplog.text)
    assert not any(names(str(value)) for value in dict(press.session).values())
    with outside():
        assert Session.objects.exists()
        events = Event.objects.filter(name="guard.asked")
        assert len(events) == 1
        assert not names(str(list(Event.objects.filter(name__startswith="guard.").values())))
    assert DRAFT[:20] not in page(press.get("/guard"))


# Rules of asking


@pytest.mark.parametrize("draft", [f"@{HANDLE}", HANDLE, f"@{HANDLE} ?"])
def test_a_single_name_gets_no_answer(press: Client, draft: str) -> None:
    said = shown(ask(press, draft), status=422)
    assert "This is no whole draft" in said
    assert "To be taken out" not in said
    assert "Error: " in page(ask(press, draft), status=422)


@pytest.mark.parametrize("draft", ["", "   \n"])
def test_nothing_given_is_asked_for(press: Client, draft: str) -> None:
    assert "Paste a text, or choose a file." in shown(ask(press, draft), status=422)


def test_what_was_refused_can_be_mended_where_it_stands(press: Client) -> None:
    answer = ask(press, "@somebody_7 again", form="markdown")
    assert ">@somebody_7 again</textarea>" in page(answer, status=422)
    assert '<option value="markdown" selected>' in page(answer, status=422)


def test_who_asks_after_names_is_silenced_and_the_supervisors_see_it(press: Client, desk: Desk) -> None:
    for number in range(12):
        answer = ask(press, DRAFT.format(f"{HANDLE[:-1]}_{number}x{number}"))
        if answer.status_code == 429:
            break
    said = shown(answer, status=429)
    assert "the guard gives no answer for an hour" in said
    assert "Ask again in 60 minutes." in said
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert "To be taken out" not in said
    assert ask(press, CALM).status_code == 429
    supervisor = desk.enter(house.SOFIA)
    bar = page(supervisor.get("/"))
    assert re.search(r'href="/guard/alarms"[^>]*>Alarms <span class="num">1</span>', bar)
    told = shown(supervisor.get("/guard/alarms"))
    assert house.PAUL.id in told
    assert "The same words were shown again and again" in told
    assert "no answer until" in told
    assert not names(told)
    assert desk.enter(house.ALICE).get("/guard/alarms").status_code == 403
    assert 'href="/guard/alarms"' not in page(desk.client.get("/"))


def test_supervisors_are_told_that_there_was_no_alarm(desk: Desk) -> None:
    assert "There was none." in shown(desk.enter(house.SOFIA).get("/guard/alarms"))


# Texts to use


def test_the_texts_stand_in_both_languages_with_what_to_avoid(press: Client) -> None:
    said = page(press.get("/guard/texts"))
    for one in ready(law.kit()):
        for language in ("en", "fr"):
            assert f"{one.say.speak(language)}</textarea>" in said
        assert all(no.words.en in said and no.why.en in said for no in one.avoid)
    assert law.kit().post.fr in said


def test_a_text_to_use_passes_as_it_stands(press: Client) -> None:
    for one in ready(law.kit()):
        answer = ask(press, one.say.fr)
        assert "No reported account, address or number, no words to search for" in shown(answer), one.id
        assert safe(answer) == one.say.fr


@pytest.mark.parametrize(("language", "words"), [("en", "Do not share"), ("fr", "Ne partagez pas")])
def test_the_poster_is_made_on_request(press: Client, language: str, words: str) -> None:
    answer = press.get(f"/guard/poster.{language}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert words in PdfReader(BytesIO(answer.content)).pages[0].extract_text().replace("\u00a0", " ")
