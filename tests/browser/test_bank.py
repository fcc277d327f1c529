"""Fingerprints in a real browser: two people put one into our list by keyboard, and no page of it has a barrier."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests import house
from tests.actions.test_fingerprints import bring, pdq, value
from tests.browser import test_desk as at_desk
from tests.browser.test_desk import desk, looked_at, members, open_page, press, reach, write  # noqa: F401 - fixtures

from fanal.matching.lists import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = at_desk.pytestmark


@pytest.fixture
def shelf(
    tmp_path: Path,
    desk: str,  # noqa: F811 - a fixture
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> Path:
    """A folder of lists of this test's own, in the world of the desk that is being served."""
    from fanal.queries import fingerprints, world

    del desk
    here = replace(world.current(), lists_folder=str(tmp_path))
    settings.FANAL_WORLD = lambda: here
    monkeypatch.setattr(fingerprints, "REPORTED", fingerprints.Reported())
    return tmp_path


def everywhere(
    browser: Browser,
    desk: str,  # noqa: F811
    member: Any,
    path: str,
    name: str,
) -> None:
    """Look at one page in both languages, wide and narrow, with every form open."""
    wanted = (
        [("en", 1280), ("fr", 360)] if not at_desk.SHOTS else [(a, b) for a in ("en", "fr") for b in at_desk.WIDTHS]
    )
    for language, width in wanted:
        page = open_page(browser, desk, member, language=language, width=width)
        page.goto(desk + path)
        page.evaluate("document.querySelectorAll('.leads details, #ours details').forEach(one => one.open = true)")
        looked_at(page, f"{name}-{language}-{width}")
        page.context.close()


def opened(page: Page, selector: str) -> None:
    """Open a form behind its summary, by keyboard."""
    reach(page, f"{selector} summary")
    page.keyboard.press("Enter")


def test_two_people_put_a_fingerprint_into_our_list_and_one_takes_it_out(
    browser: Browser,
    desk: str,  # noqa: F811
    members: dict[str, Any],  # noqa: F811
    shelf: Path,
) -> None:
    bring(shelf, "partage-essai", Entry("pdq", value(pdq(4)), ref="n7"), category="threats", flood=1)
    bring(shelf, "fonds-d-ecran", Entry("pdq", value(pdq(9))), negative=True)
    (shelf / "abimee").mkdir()
    (shelf / "abimee" / "list.toml").write_text("version = [")
    ref = house.decided(pdq(), pdq(1, 2, 3))
    first = open_page(browser, desk, members[house.ALICE.id])
    first.goto(f"{desk}/cases/{ref}")
    opened(first, "#C1 .leads-acts details:first-child")
    reach(first, "#C1 input[name=opinion]")
    first.keyboard.press("Space")
    press(first, "form[action$='/C1/lists'] .btn")
    assert "The list is right (1)" in first.inner_text("#C1")
    everywhere(browser, desk, members[house.ALICE.id], f"/cases/{ref}", "leads")
    opened(first, "#C1 .leads-acts details:last-child")
    write(first, "#grounds-propose-C1", "C1 is what two people found.")
    press(first, "form[action$='/C1/propose'] .btn")
    first.goto(f"{desk}/fingerprints")
    assert "You put this forward, so you do not decide on it." in first.inner_text("#ours")
    if at_desk.SHOTS:  # to be looked at; axe looks at what holds more
        everywhere(browser, desk, members[house.BRUNO.id], "/fingerprints", "bank-proposed")
    second = open_page(browser, desk, members[house.BRUNO.id])
    second.goto(f"{desk}/fingerprints")
    press(second, "form[action$='/publish'] .btn")
    house.work()
    second.goto(f"{desk}/fingerprints?state=published")
    assert "own-bank" in second.inner_text("#lists")
    opened(second, "#ours details")
    press(second, "#ours form[action$='/withdraw'] .btn")
    assert "Say why" in second.inner_text("#ours")
    everywhere(browser, desk, members[house.ALICE.id], "/fingerprints?state=published", "bank-published")
    write(second, "#ours textarea", "It was something else.")
    press(second, "#ours form[action$='/withdraw'] .btn")
    second.goto(f"{desk}/fingerprints?state=withdrawn")
    assert "It was something else." in second.inner_text("#ours")
