from __future__ import annotations
import pytest
from tests.browser.test_portal import open_page, portal, WIDTHS  # noqa
def test_look(browser, portal):
    for language in ("fr","en"):
        for width in (360,1280):
            page = open_page(browser, language=language, width=width, reduced_motion="reduce", color_scheme="dark" if (language,width)==("en",1280) else "light")
            page.goto(portal + "/what-to-do")
            page.screenshot(path=f"/tmp/shots/advice-{language}-{width}.png", full_page=True)
            page.context.close()
