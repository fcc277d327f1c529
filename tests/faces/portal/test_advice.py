"""What to do, what not to do: the page, the poster and the post say what the law's file says, and nothing leads out."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from fanal.core.text import Text
from fanal.queries import law, world

from .conftest import Visitor, text

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def sheet(visitor: Visitor, language: str, **headers: str) -> str:
    answer = visitor.client.get("/what-to-do/poster.pdf", headers={"accept-language": language, **headers})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="fanal-{language}.pdf"'
    return PdfReader(BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_stands_on_its_side_with_its_reason_and_its_article(visitor: Visitor, language: str) -> None:
    page = text(visitor.get("/what-to-do", accept_language=language))
    split = page.index('id="not"')
    for rule in law.kit().rules:
        side = page[:split] if rule.side == "do" else page[split:]
        assert f"<h3>{rule.text.speak(language)}</h3><p>{rule.why.speak(language)}</p>" in side
        assert rule.source == "house" or f'<p class="small soft">{rule.source}</p>' in side
    assert law.kit().post.speak(language) in page[split:]
    for one in law.kit_numbers():
        assert f"<dt>{one.number}</dt>" in page[: page.index("<h1")], "whom to call stands before the title"


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_it_is_found_from_other_pages(visitor: Visitor, path: str) -> None:
    assert 'href="/what-to-do"' in text(visitor.get(path))


def test_the_language_chosen_there_leads_back_there(visitor: Visitor) -> None:
    assert '<input type="hidden" name="here" value="advice">' in text(visitor.get("/what-to-do"))
    answer = visitor.client.post("/language", {"language": "fr", "here": "advice"})
    assert answer["Location"] == "/what-to-do"


@pytest.mark.parametrize(("language", "words"), [("en", "Do not share"), ("fr", "Ne partagez pas")])
def test_the_poster_speaks_the_language_of_the_page(visitor: Visitor, language: str, words: str) -> None:
    assert words in sheet(visitor, language).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("host", "shown"), [("signaler.example", True), ("127.0.0.1:8000", False), ("[::1]:8000", False), ("desk", False)]
)
def test_the_poster_names_the_address_that_it_was_asked_at(
    visitor: Visitor, settings: Settings, host: str, *, shown: bool
) -> None:
    settings.ALLOWED_HOSTS = ["signaler.example", "127.0.0.1", "[::1]", "desk"]
    assert (host in sheet(visitor, "fr", host=host)) is shown


def test_another_country_s_file_gives_another_page(visitor: Visitor, settings: Settings) -> None:
    here = world.current()
    rule = replace(here.catalogue.kit.rules[0], text=Text(en="Ring the bell", fr="Sonnez la cloche"))
    catalogue = replace(here.catalogue, country="XX", kit=replace(here.catalogue.kit, rules=(rule,)), emergencies=())
    settings.FANAL_WORLD = lambda: replace(here, catalogue=catalogue)
    page = text(visitor.get("/what-to-do", accept_language="en"))
    assert "Ring the bell" in page
    assert "Ring the bell" in sheet(visitor, "en")
    for number in ("119", "3018", "Code pénal", "France"):
        assert number not in page.replace(catalogue.kit.post.en, "")
