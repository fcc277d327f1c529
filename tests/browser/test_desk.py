"""The desk in a real browser: a case from login to answer by keyboard, without a barrier that axe knows."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from tests import house
from tests.browser.conftest import served
from tests.browser.test_portal import AXE, CHROMIUM, WIDTHS, barriers
from tests.conftest import face
from tests.faces.desk.conftest import PASSWORD, SECRET

from fanal.core.lifecycle import CaseState, DispatchState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from fanal.queries.people import Person

SHOTS = os.environ.get("SHOTS", "")  # a folder: every page is kept there as a picture, to be looked at
LIVE = "https://video.example/watch/canary-7q2m"
DOORS = ("login", "wrong", "locked", "code", "enrol", "recovery")
PAGES = (
    "queue", "empty", "case", "revealed", "clear", "form", "unwritten", "refused", "second", "decided",
    "dispatches", "planned", "prepared", "mine", "uncertain", "sent", "blocked", "ledger", "figures", "absent",
    "forbidden", "factor",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def members(transactional_db: None, settings: Any) -> dict[str, Any]:
    """The cast, each with a second factor, and one who has none yet."""
    from allauth.mfa.totp.internal.auth import TOTP

    from fanal.core.rights import Role
    from fanal.staff.models import Member

    face("desk", settings)
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    cache.clear()
    made = {}
    for who in (house.ALICE, house.BRUNO, house.CHLOE, house.SOFIA, house.DRISS, house.PAUL):
        member = Member.objects.create(
            username=who.id.lower(), password=PASSWORD, code=who.id, role=who.role, language=who.language
        )
        TOTP.activate(member, SECRET)
        made[who.id] = member
    made["K-99"] = Member.objects.create(username="k-99", password=PASSWORD, code="K-99", role=Role.ANALYST)
    return made


@pytest.fixture
def desk(members: dict[str, Any]) -> Iterator[str]:
    """The desk on a port of this machine, with the rights of its database role."""
    with served("fanal_desk") as address:
        yield address
    connections["default"].ensure_connection()


def code(secret: str = SECRET) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    cache.clear()  # a code works once; the same person enters several times within one test
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def open_page(browser: Browser, desk: str, member: Any = None, *, language: str = "en", width: int = 1280) -> Page:
    """Open a page as somebody who is logged in, or as a stranger."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, reduced_motion="reduce")
    cookies = {"fanal_language": language}
    if member is not None:
        client = Client()
        client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        cookies["fanal_desk"] = client.cookies["fanal_desk"].value
    context.add_cookies([{"name": name, "value": value, "url": desk} for name, value in cookies.items()])
    return context.new_page()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the light stands on `selector`."""
    for _ in range(200):
        if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def press(page: Page, selector: str) -> None:
    """Go to `selector` by keyboard and press it."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, selector: str, text: str) -> None:
    """Go to `selector` by keyboard and write."""
    reach(page, selector)
    page.keyboard.type(text)


def looked_at(page: Page, name: str) -> None:
    """Ask axe, look for sideways scroll and for what must never stand on a page, and keep a picture if asked."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    assert barriers(page) == [], name
    assert "canary" not in page.title()
    assert page.locator("a[href*='video.example']").count() == 0


def looked_at_at_each_width(page: Page, language: str, name: str) -> None:
    """Look at a page as on a phone and as on a desk: the same page, which the style sheet lays out anew."""
    assert page.get_attribute("html", "lang") == language
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        looked_at(page, f"{name}-{language}-{width}")


def enter(page: Page, desk: str, username: str) -> None:
    """Log in by keyboard with both factors."""
    page.goto(desk + "/")
    write(page, "#id_login", username)
    write(page, "#id_password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    write(page, "#id_code", code())
    with page.expect_navigation():
        page.keyboard.press("Enter")


def judge(page: Page, ref: str, *, reveal: bool) -> None:
    """Give an opinion by keyboard, from the queue on."""
    id, ticks = house.offence()
    press(page, "form[action='/take-next'] button")
    assert page.url.endswith(ref)
    if reveal:
        reach(page, "#items details summary")
        page.keyboard.press("Enter")
        write(page, "#why-C1", "first opinion")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.inner_text(".ident-shown") == LIVE.replace("https", "hxxps").replace(".", "[.]")
    page.select_option("#offence", id)
    press(page, "button[name=look]")
    for key in ticks:
        reach(page, f"input[name='tick-{key}']")
        page.keyboard.press("Space")
    reach(page, "input[name=outcome]")
    page.keyboard.press("Space")
    write(page, "#grounds", "The reported words are there, assessed as apparent.")
    press(page, "form[action$='/opinion'] .panel-foot .btn")


def test_a_case_goes_all_the_way_by_keyboard(browser: Browser, desk: str) -> None:
    ref = house.case_of(_received().ref)
    first, second = open_page(browser, desk), open_page(browser, desk)
    enter(first, desk, "k-11")
    judge(first, ref, reveal=True)
    enter(second, desk, "k-12")
    judge(second, ref, reveal=False)
    assert "Decided by two people" in second.inner_text("main")
    house.work()
    dispatch = house.dispatches(ref)[0]
    first.goto(f"{desk}/dispatches/{dispatch}")
    write(first, "#grounds", "C1: the elements are there.")
    press(first, "form[action$='/prepare'] .btn")
    assert "You put this forward, so you cannot approve it." in first.inner_text("main")
    second.goto(f"{desk}/dispatches/{dispatch}")
    press(second, "form[action$='/approve'] .btn")
    _put(dispatch, DispatchState.SENT)
    second.goto(f"{desk}/dispatches/{dispatch}")
    reach(second, "input[name=answer]")
    second.keyboard.press("Space")
    write(second, "#text", "Taken down at noon.")
    press(second, "form[action$='/answer'] .btn")
    first.goto(f"{desk}/cases/{ref}")
    write(first, "#text", "What you reported was looked at by two people and passed on.")
    press(first, "form[action$='/answer'] .btn")
    press(first, "form[action$='/close'] button")
    assert "Closed" in first.inner_text(".case-head")


def test_a_newcomer_enrols_and_works_without_script(browser: Browser, desk: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(desk + "/")
    page.fill("#id_login", "k-99")
    page.fill("#id_password", PASSWORD)
    page.click("main .btn")
    assert page.url.endswith("/second-factor/enrol")
    page.fill("#id_code", code(page.inner_text(".enrol-secret")))
    page.click("main .btn")
    assert page.locator(".codes li").count() == 10
    page.click("main a.btn")
    assert page.inner_text("h1") == "Work queue"


@pytest.mark.parametrize("state", DOORS)
def test_no_door_has_a_barrier(browser: Browser, desk: str, state: str) -> None:
    for language in ("en", "fr"):
        page = open_page(browser, desk, language=language)
        _door(page, desk, state)
        looked_at_at_each_width(page, language, state)
        page.context.close()


@pytest.mark.parametrize("state", PAGES)
def test_no_page_has_a_barrier(browser: Browser, desk: str, members: dict[str, Any], state: str) -> None:
    path, who, act = _state(state)
    for language in ("en", "fr"):
        page = open_page(browser, desk, members[who.id], language=language)
        page.goto(desk + path)
        for selector in act:
            if selector.startswith("#why"):
                page.locator(selector).evaluate("one => one.closest('details').open = true")
                page.fill(selector, "first opinion")
            else:
                page.locator(selector).first.click()
        looked_at_at_each_width(page, language, state)
        page.context.close()


def test_a_page_at_night_has_no_barrier(browser: Browser, desk: str, members: dict[str, Any]) -> None:
    for path in _state("second")[0], "/", "/dispatches":
        page = open_page(browser, desk, members[house.BRUNO.id])
        page.goto(desk + path)
        page.click("button[name=theme][value=dark]")
        looked_at(page, f"night-{path.count('/')}-{len(path)}")
        page.context.close()


def _received(**changes: object) -> Any:
    found = house.receive(LIVE, comment=f"Seen at {LIVE} this morning, it says where the person lives.", **changes)
    house.work()
    return found


def _put(ref: str, state: DispatchState) -> None:
    from fanal.store.models import Case, Dispatch

    Dispatch.objects.filter(ref=ref).update(state=state)
    Case.objects.filter(dispatches__ref=ref).update(state=CaseState.ROUTED)


def _door(page: Page, desk: str, state: str) -> None:
    page.goto(desk + "/login")
    if state == "login":
        return
    name = {"enrol": "k-99", "recovery": "k-99", "locked": "k-13"}.get(state, "k-11")
    for _ in range(5 if state == "locked" else 1):
        page.fill("#id_login", name)
        page.fill("#id_password", "wrong" if state in {"wrong", "locked"} else PASSWORD)
        page.click("main .btn")
        if page.locator("#id_login").count() == 0:
            break
    if state == "recovery":
        from allauth.mfa.models import Authenticator

        page.fill("#id_code", code(page.inner_text(".enrol-secret")))
        page.click("main .btn")
        Authenticator.objects.filter(user__code="K-99").delete()


def _state(state: str) -> tuple[str, Person, tuple[str, ...]]:  # noqa: C901, PLR0911 - one line a page
    """Bring the house into a state; give the page, who looks, and what is done there first."""
    from fanal.actions import assess, route
    from fanal.queries import world
    from fanal.store.models import Dispatch

    plain = {"ledger": "/ledger", "figures": "/figures", "absent": "/nothing", "factor": "/second-factor"}
    if state in plain:
        _received()
        return plain[state], house.ALICE, ()
    if state == "empty":
        return "/", house.ALICE, ()
    if state in {"dispatches", "planned", "prepared", "mine", "uncertain", "sent", "blocked"}:
        ref = house.decided(LIVE)
        dispatch = house.dispatches(ref)[0]
        if state in {"prepared", "mine", "dispatches"}:
            route.prepare(house.ALICE, dispatch, grounds="C1: the elements are there.")
        if state in {"uncertain", "sent"}:
            house.approve(dispatch)
            _put(dispatch, DispatchState(state))
        if state in {"blocked", "dispatches"}:
            row = Dispatch.objects.exclude(ref=dispatch).filter(case__ref=ref).first()
            row = row or Dispatch.objects.get(ref=dispatch)
            row.obstacles = [
                {"code": "x", "en": "Nobody is known there.", "fr": "Personne n’y est connu.", "weight": 0}
            ]
            row.save()
            dispatch = row.ref
        who = {"mine": house.ALICE, "uncertain": house.SOFIA}.get(state, house.BRUNO)
        path = {"dispatches": "/dispatches", "blocked": f"/cases/{ref}"}.get(state, f"/dispatches/{dispatch}")
        return path, who, ()
    ref = house.case_of(_received(danger_now=True).ref)
    house.receive(LIVE, comment="")
    house.receive("@somebody", "not an address at all, said on the phone")
    house.work()
    if state == "queue":
        assess.take_case(house.BRUNO, ref)
        return "/", house.ALICE, ()
    if state == "forbidden":
        return f"/cases/{ref}", house.DRISS, ()
    if state in {"revealed", "clear"}:
        act = ("#why-C1", "#items form[action$='/reveal'] button")
        clear = ("#items form[action$='/clear'] button",) if state == "clear" else ()
        return f"/cases/{ref}", house.ALICE, act + clear
    if state in {"form", "unwritten", "refused"}:
        assess.take_case(house.ALICE, ref)
        written = [one.id for one in world.current().catalogue.offences if one.written() == (state != "unwritten")]
        act = ("form[action$='/opinion'] .panel-foot .btn",) if state == "refused" else ()
        return f"/cases/{ref}?offence={written[0]}#opinion", house.ALICE, act
    if state == "second":
        house.judge(house.ALICE, ref)
        assess.take_case(house.BRUNO, ref)
        return f"/cases/{ref}", house.BRUNO, ()
    if state == "decided":
        house.judge(house.ALICE, ref)
        house.judge(house.BRUNO, ref)
        house.work()
    return f"/cases/{ref}", house.ALICE, ()
