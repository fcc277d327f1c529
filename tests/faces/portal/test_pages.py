"""Every page of the portal: in both languages, whole without script, and nothing of it goes to a third party."""

from __future__ import annotations

import re

import pytest

from fanal.core.report import Category
from fanal.queries import law

from .conftest import Visitor, text

PAGES = ("/", "/report", "/follow-up", "/figures", "/privacy", "/what-to-do", "/bye")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_speaks_the_language_asked_for_and_needs_no_script(visitor: Visitor, path: str, language: str) -> None:
    answer = visitor.get(path, accept_language=language)
    page = text(answer)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', page)
    assert "anonym" not in page.lower()


@pytest.mark.parametrize("path", [*PAGES, "/receipt", "/nothing-here"])
def test_no_page_is_kept_and_every_page_is_closed_to_others(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_emergencies_stand_before_the_title_and_come_from_the_law(visitor: Visitor, language: str) -> None:
    page = text(visitor.get("/", accept_language=language))
    title = page.index("<h1")
    for one in law.emergencies():
        assert f"<dt>{one.number}</dt><dd>{one.text.speak(language)}</dd>" in page[:title]
    for one in law.elsewhere():
        assert one.text.speak(language) in page[title:]
        assert one.advice.speak(language) in page[title:]
    ours = [one for one in law.categories() if one.category not in {Category.DISPUTE, Category.OTHER}]
    assert all(one.label.speak(language) in page[title:] for one in ours)


@pytest.mark.parametrize("path", ["/report", "/privacy"])
def test_what_is_kept_and_how_long_stands_where_it_is_asked(visitor: Visitor, path: str) -> None:
    page = text(visitor.get(path, accept_language="fr"))
    for rule in law.retention():
        assert rule.text.fr in page


def test_the_language_chosen_wins_over_the_browser_and_leads_back(visitor: Visitor) -> None:
    answer = visitor.client.post("/language", {"language": "fr", "here": "privacy"}, headers={"accept-language": "en"})
    assert (answer.status_code, answer["Location"]) == (303, "/privacy")
    assert '<html lang="fr"' in text(visitor.get("/privacy", accept_language="en"))


@pytest.mark.parametrize("here", ["https://elsewhere.example/", "//elsewhere.example", "quit", ""])
def test_a_choice_never_leads_off_the_site(visitor: Visitor, here: str) -> None:
    assert visitor.client.post("/language", {"language": "fr", "here": here})["Location"] == "/"


def test_an_unknown_language_changes_nothing(visitor: Visitor) -> None:
    visitor.client.post("/language", {"language": "xx"})
    assert '<html lang="en"' in text(visitor.get("/", accept_language="en"))


def test_a_look_is_kept_and_forgotten(visitor: Visitor) -> None:
    visitor.client.post("/theme", {"theme": "dark"})
    assert 'data-theme="dark"' in text(visitor.get("/"))
    visitor.client.post("/theme", {"theme": "device"})
    assert "data-theme" not in text(visitor.get("/"))


def test_leaving_forgets_everything_and_says_nothing(visitor: Visitor) -> None:
    visitor.report()
    answer = visitor.get("/quit")
    assert (answer.status_code, answer["Location"]) == (303, "/bye")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert all(not one.value for one in visitor.client.cookies.values())
    page = text(visitor.get("/bye"))
    assert "Fanal" not in page
    assert "href" not in page
    assert visitor.get("/receipt").status_code == 404


def test_reading_sets_no_cookie(visitor: Visitor) -> None:
    for path in ("/", "/privacy", "/figures", "/bye"):
        visitor.get(path)
    assert not visitor.client.cookies


def test_it_says_that_it_lives(visitor: Visitor) -> None:
    answer = visitor.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
