"""A case’s links in a real browser: read, judged, merged, split and undone by keyboard, without a barrier."""

# ruff: noqa: F401, F811 - the fixtures of the desk are used here by their names

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests import house
from tests.browser import test_desk as at_desk
from tests.browser.test_desk import desk, looked_at, members, open_page, press, reach, write
from tests.faces.desk import linked

from fanal.actions import links as act
from fanal.core.lifecycle import LinkState
from fanal.store.models import Case, CaseLink, Move

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = at_desk.pytestmark

WIDTHS = {360: 740, 768: 1024, 1280: 900}
STATES = ["crowd", "judged", "merged", "split", "none"] + (["several", "into", "undone"] if at_desk.SHOTS else [])
GROUNDS = "Read side by side."


def link(a: str, b: str) -> str:
    """Name the link between two cases."""
    row = CaseLink.objects.get(low__ref__in=(a, b), high__ref__in=(a, b))
    return str(row.ref)


def drawn(page: Page) -> set[tuple[str, str]]:
    """Read the lines of the drawing that shows: from where, and to which case."""
    labels = page.eval_on_selector_all(
        ".ties-word", "all => all.filter(one => one.checkVisibility()).map(one => one.getAttribute('aria-label'))"
    )
    return {tuple(label.split(", ")[1].split(" – ")) for label in labels}


def told(page: Page) -> set[tuple[str, str]]:
    """Read the rows of the table: from where, and to which case."""
    ids = page.eval_on_selector_all(".told tr[id]", "all => all.map(one => one.id)")
    found = (re.fullmatch(r"tie-(C[0-9]+|D-.{9})-(D-.{9})", one) for one in ids)
    return {(one[1], one[2]) for one in found if one}


def opened(page: Page, form: str) -> None:
    """Open the form that ends so, by keyboard."""
    reach(page, f"details:has(form[action$='{form}']) > summary")
    page.keyboard.press("Enter")


def looked_at_everywhere(browser: Browser, desk: str, member: Any, path: str, name: str) -> None:
    """Look at a page by day with its forms closed and by night with all of them open on a phone."""
    for language, theme, widths in (("en", "light", (1280,)), ("fr", "dark", (360,))):
        page = open_page(browser, desk, member, language=language)
        page.context.add_cookies([{"name": "fanal_theme", "value": theme, "url": desk}])
        page.goto(desk + path)
        assert page.get_attribute("html", "data-theme") == theme
        if theme == "dark":
            page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        for width in WIDTHS if at_desk.SHOTS else widths:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            looked_at(page, f"{name}-{language}-{width}")
        page.context.close()


def test_the_drawing_and_the_table_say_the_same_at_every_width(
    browser: Browser,
    desk: str,
    members: dict[str, Any],
) -> None:
    whole, others = linked.several()
    page = open_page(browser, desk, members[house.ALICE.id])
    page.goto(f"{desk}/cases/{whole}")
    page.click("text=Links: 4 proposed, to be judged")
    assert page.inner_text("h1") == "4 links wait for a judgement"
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert drawn(page) == told(page)
        assert {b for _, b in drawn(page)} == set(others)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    reach(page, ".ties-tall .ties-word")
    row = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == row.removeprefix("#")
    press(page, ".ties-tall .ties-other")
    assert re.search(r"/cases/D-.{9}/links$", page.url)


def test_different_by_keyboard_stays_when_more_reports_come(
    browser: Browser,
    desk: str,
    members: dict[str, Any],
) -> None:
    whole, others = linked.several()
    ref = link(whole, others[0])
    page = open_page(browser, desk, members[house.ALICE.id], width=360)
    page.goto(f"{desk}/cases/{whole}/links")
    opened(page, f"/{ref}/judge")
    press(page, f"#judge-{ref} button")  # nothing chosen, nothing written: refused, and the light stands on why
    assert page.evaluate("!!document.activeElement.closest('.errors')")
    assert page.title().startswith("Error:")
    reach(page, f"#judge-{ref} [name=judgement]")
    page.keyboard.press("ArrowDown")  # from “the same” to “different”
    write(page, f"#grounds-judge-{ref}", GROUNDS)
    press(page, f"#judge-{ref} button")
    assert "Said to be different" in page.inner_text(f"#with-{others[0]}")
    linked.case("https://carnet.example/pages/canary-1", comment="Encore.", source=60)
    linked.case("https://carnet.example/pages/canary-9", comment="Encore.", source=61)
    page.reload()
    assert "Said to be different" in page.inner_text(f"#with-{others[0]}")
    assert drawn(page) == told(page)
    assert Case.objects.filter(state="merged").count() == 0


def test_a_merge_and_a_split_by_keyboard_and_back(
    browser: Browser,
    desk: str,
    members: dict[str, Any],
) -> None:
    whole, others = linked.several()
    page = open_page(browser, desk, members[house.ALICE.id])
    page.goto(f"{desk}/cases/{others[3]}/links")
    opened(page, f"/merge-into/{whole}")
    write(page, f"#grounds-merge-{whole}", GROUNDS)
    press(page, f"#merge-{whole} button")
    assert page.url == f"{desk}/cases/{whole}/links"
    assert page.inner_text("#targets-t") == "4 targets of this case"
    assert drawn(page) == told(page)
    _undone(page)
    assert page.inner_text("#targets-t") == "3 targets of this case"
    reach(page, "input[name=items][value=C2]")
    page.keyboard.press("Space")
    reach(page, "#targets details summary")
    page.keyboard.press("Enter")
    write(page, "#grounds-split", GROUNDS)
    press(page, "#split button")
    assert page.inner_text("#targets-t") == "2 targets of this case"
    part = Move.objects.get(what="split").into.ref
    assert "Said to be different" in page.inner_text(f"#with-{part}")
    _undone(page)
    assert page.inner_text("#targets-t") == "3 targets of this case"
    page.goto(f"{desk}/cases/{part}")
    assert whole in page.inner_text("[aria-label=Merged]")


def _undone(page: Page) -> None:
    """Undo the last move by keyboard."""
    opened(page, "/undo")
    write(page, "#moves textarea", "On second thoughts.")
    press(page, "#moves form button")
    assert "what had moved is back in its place" in page.inner_text("[role=status]")


@pytest.mark.parametrize("state", STATES)
def test_no_page_of_links_has_a_barrier(
    browser: Browser,
    desk: str,
    members: dict[str, Any],
    state: str,
) -> None:
    ref = _state(state)
    looked_at_everywhere(browser, desk, members[house.ALICE.id], f"/cases/{ref}/links", f"links-{state}")
    if state in {"crowd", "merged"}:
        looked_at_everywhere(browser, desk, members[house.ALICE.id], f"/cases/{ref}", f"links-{state}-case")


def _state(state: str) -> str:
    """Bring the house into a state; give the case to look at."""
    if state == "none":
        return linked.case("https://seul.example/")
    if state == "crowd":
        return linked.crowd()
    whole, others = linked.several()
    if state == "judged":
        for other, one in zip(others, (LinkState.SAME, LinkState.DIFFERENT, LinkState.UNSURE), strict=False):
            act.judge(house.BRUNO if one is LinkState.SAME else house.ALICE, link(whole, other), one, grounds=GROUNDS)
    if state in {"merged", "into", "undone"}:
        move = act.merge(house.ALICE, others[3], whole, grounds=GROUNDS)
        if state == "undone":
            act.undo(house.BRUNO, move, grounds=GROUNDS)
    if state == "split":
        act.split(house.BRUNO, whole, ["C2"], grounds=GROUNDS)
    return others[3] if state == "merged" else whole
