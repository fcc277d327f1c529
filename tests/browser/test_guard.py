"""The press officer in a real browser: paste, read what must go, copy what may be published; no barrier on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests import house
from tests.browser.test_desk import (
    desk,
    enter,
    looked_at_at_each_width,
    members,
    open_page,
    press,
    reach,
    write,
)
from tests.browser.test_portal import CHROMIUM, barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["desk", "members"]  # fixtures

HANDLE = "canary_bleue7"
DRAFT = (
    f"Merci aux internautes qui nous ont écrit. Les comptes @{HANDLE} et @c_a_n_a_r_y_rouge8 sont examinés. N’allez "
    "pas sur canary[.]example et ne cherchez pas « vidéo du parc » sur Telegram. Le prédateur sera arrêté demain."
)
CLEAN = "Merci à toutes et à tous de vos signalements de cette semaine."
PAGE = f'<p>Merci de vos <a href="https://canary.example/w/1">signalements</a> de la semaine.</p><img alt="@{HANDLE}">'

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def reported(desk: str) -> str:
    """The desk of a house that knows two accounts and a site."""
    for typed in (f"https://x.com/{HANDLE}", "https://x.com/canary_rouge8", "https://canary.example/w/1"):
        house.receive(typed)
    house.work()
    return desk


def ask(page: Page, address: str, draft: str, *, form: str = "") -> None:
    page.goto(address + "/guard")
    page.fill("#draft", draft)
    page.select_option("#form", form)
    page.click("main .btn")
    page.wait_for_selector("#safe")


def test_a_draft_is_read_and_made_safe_by_keyboard(browser: Browser, reported: str) -> None:
    page = open_page(browser, reported)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reported)
    enter(page, reported, "p-01")
    assert page.url.endswith("/guard")
    write(page, "#draft", DRAFT)
    press(page, "main form .btn")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.inner_text("h1") == "Do not publish yet: 3 passages lead to the content"
    assert "canary" not in page.content()
    marks = page.locator("mark.find:not(.find-warn)").all_inner_texts()
    assert len(marks) == 3
    assert all(re.fullmatch(r"\[(?:reported|name|address)[ a-zA-Z]+\]\d", mark) for mark in marks), marks
    write(page, "#safe", " Merci.")
    press(page, "form:has(#safe) .btn-line")
    assert page.inner_text("h1") == "Nothing found that leads to the content"
    safe = page.input_value("#safe")
    assert "Merci." in safe
    reach(page, "[data-copy]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-copy] span').textContent === 'Copied'")
    assert page.inner_text("[data-said]") == "Copied"
    assert page.evaluate("navigator.clipboard.readText()") == safe


def test_everything_works_without_script(browser: Browser, reported: str, members: dict[str, Any]) -> None:
    bare = browser.new_context(java_script_enabled=False)
    with_script = open_page(browser, reported, members[house.PAUL.id])
    bare.add_cookies(with_script.context.cookies())
    page = bare.new_page()
    ask(page, reported, DRAFT)
    assert page.locator(".findings .no").count() >= 3
    assert not page.locator("[data-copy]").is_visible(), "a button that could do nothing is not shown"
    page.focus("#safe")
    page.keyboard.press("Control+a")
    assert "canary" not in page.input_value("#safe")
    page.goto(reported + "/guard")
    page.set_input_files("#file", {"name": "post.html", "mimeType": "text/html", "buffer": PAGE.encode()})
    page.click("main .btn")
    assert page.locator(".findings .no").count() == 2
    assert page.input_value("#safe").startswith("<p>Merci")


def test_no_page_has_a_barrier(browser: Browser, reported: str, members: dict[str, Any]) -> None:
    _alarm()
    for language in ("en", "fr"):
        page = open_page(browser, reported, members[house.SOFIA.id], language=language)
        page.goto(reported + "/guard/alarms")
        looked_at_at_each_width(page, language, "guard-alarms")
        page = open_page(browser, reported, members[house.PAUL.id], language=language)
        page.goto(reported + "/guard")
        page.fill("#draft", "@quelquun_7")
        page.click("main .btn")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        assert page.title().startswith(("Error:", "Erreur"))
        looked_at_at_each_width(page, language, "guard-refused")
        page.goto(reported + "/guard/texts")
        looked_at_at_each_width(page, language, "guard-texts")
        for state, draft in (("clean", CLEAN) if language == "fr" else ("places", PAGE), ("found", DRAFT)):
            ask(page, reported, draft, form="html" if state == "places" else "")
            looked_at_at_each_width(page, language, f"guard-{state}")
        page.emulate_media(color_scheme="dark")
        assert barriers(page, "color-contrast") == []
        page.context.close()


def _alarm() -> None:
    """Let another press officer ask after names."""
    from fanal.actions import guard
    from fanal.core.errors import Wait
    from fanal.core.rights import Role
    from fanal.queries.people import Person

    for number in range(12):
        text = f"Bonjour à toutes et à tous, le compte @canary_verte{number}x{number} nous a été signalé hier soir."
        try:
            guard.check(Person("P-02", Role.PRESS, "fr"), text.encode())
        except Wait:
            return
    pytest.fail("no alarm")
