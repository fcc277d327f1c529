"""The portal in a real browser without script: keyboard alone, no barrier that axe knows, no sideways scroll."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from tests.browser.conftest import served
from tests.conftest import face

from fanal.core.intake import follow_up_code
from fanal.portal import throttle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
WIDTHS = {360: 740, 1280: 900}
LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FOCUSED = "document.activeElement ? document.activeElement.matches(selector) : false"
# What a page that cannot be reached by a link needs: each state as the steps of a visitor.
STATES = (
    *("start", "form", "faults", "review", "receipt", "code", "wrong", "news", "figures", "privacy", "advice", "lost"),
    "bye",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def portal(transactional_db: None, settings: Any) -> Iterator[str]:
    """The portal on a port of this machine, with the rights of its database role."""
    face("portal", settings)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    throttle.forget()
    with served("fanal_portal") as address:
        yield address
    throttle.forget()


def open_page(browser: Browser, *, language: str = "en", width: int = 1280, **choices: Any) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, locale=LANGUAGES[language], **choices
    )
    return context.new_page()


def go(page: Page, portal: str, state: str) -> None:
    """Bring a page into a state, as a visitor does."""
    plain = {"start": "/", "code": "/follow-up", "figures": "/figures", "privacy": "/privacy", "bye": "/bye"}
    plain["advice"] = "/what-to-do"
    if state in plain:
        page.goto(portal + plain[state])
        return
    if state == "lost":
        page.goto(portal + "/nothing-here")
        return
    if state == "wrong":
        page.goto(portal + "/follow-up")
        page.fill("#code", "7KQM 4T2X")
        page.click("main .btn")
        return
    page.goto(portal + "/report")
    if state == "form":
        return
    if state == "faults":
        page.fill("#email", "lou chez mail")
    else:
        page.fill("#items", "https://video.example/watch/4411\nle groupe du lycée\nhttps://video.example/" + "a" * 3000)
        page.fill("#platform", "Réseau-Exemple")
        page.check("input[value=scam]")
        page.check("input[name=danger_now]")
        page.fill("#comment", "motsanslafin" * 60)
    page.click("form#report .btn-big")
    if state in {"receipt", "news"}:
        page.click("form#report .btn-big")
    if state == "news":
        code = page.inner_text(".slip-code")
        page.goto(portal + "/follow-up")
        page.fill("#code", code)
        page.click("main .btn")


def reach(page: Page, selector: str) -> None:
    """Press Tab until the light stands on `selector`."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"selector => {FOCUSED}", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def barriers(page: Page, *only: str) -> list[tuple[str, list[str]]]:
    """Give what axe finds wrong, of all its rules or of `only` some."""
    rules = f", runOnly: {list(only)}" if only else ""
    found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}}).then(all => all.violations)")
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("state", STATES)
def test_no_page_has_a_barrier_or_scrolls_sideways(browser: Browser, portal: str, state: str, language: str) -> None:
    page = open_page(browser, language=language, width=360, reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go(page, portal, state)
    assert page.get_attribute("html", "lang") == language
    page.evaluate(AXE)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} scrolls sideways"
        assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, "color-contrast") == []
    assert asked
    assert all(url.startswith(portal) for url in asked), "a third party was asked for something"
    page.context.close()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_whole_report_with_the_keyboard_alone_and_no_script(browser: Browser, portal: str, language: str) -> None:
    page = open_page(browser, language=language, java_script_enabled=False)
    page.goto(portal + "/")
    reach(page, ".hero a[href='/report']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report")
    reach(page, "#items")
    page.keyboard.type("https://video.example/watch/4411")
    reach(page, "input[name=category]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    reach(page, "#comment")
    page.keyboard.type("Vu ce matin.")
    reach(page, "form#report .btn-big")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=send]")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    reach(page, "button[value=send]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt")
    code = follow_up_code.parse(page.inner_text(".slip-code"))
    assert code
    reach(page, "main a[href='/follow-up']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/follow-up")
    reach(page, "#code")
    page.keyboard.type(follow_up_code.show(code).lower())
    page.keyboard.press("Enter")
    page.wait_for_selector("main h2#messages")
    assert page.get_attribute("html", "lang") == language
    assert "code" not in page.url


def test_enter_in_a_field_goes_on_and_changes_no_language(browser: Browser, portal: str) -> None:
    page = open_page(browser, language="fr", java_script_enabled=False)
    page.goto(portal + "/report")
    page.fill("#items", "https://video.example/watch/4411")
    page.check("input[value=threats]")
    page.focus("#platform")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=send]")
    assert page.get_attribute("html", "lang") == "fr"


def test_faults_take_the_focus_and_each_leads_to_its_field(browser: Browser, portal: str) -> None:
    page = open_page(browser, width=360)
    page.goto(portal + "/report")
    page.click("form#report .btn-big")
    page.wait_for_selector("[role=alert]")
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    for field in ("items", "category"):
        page.click(f"[role=alert] a[href='#{field}']")
        assert page.evaluate("document.activeElement.id") == field


def test_leaving_clears_the_device_of_us(browser: Browser, portal: str) -> None:
    page = open_page(browser)
    go(page, portal, "receipt")
    assert page.context.cookies()
    page.click(".quit")
    page.wait_for_url("**/bye")
    assert page.context.cookies() == []
    page.go_back()
    assert page.locator(".slip-code").count() == 0
