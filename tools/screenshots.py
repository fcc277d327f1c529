"""Write docs/pictures from a running demonstration: pages as they are, in French and English, wide and narrow.

`python tools/screenshots.py` starts `fanal up --demo` on free ports and a folder of its own, walks it in headless
Chromium, writes the few pictures that README.md and docs show and stops it. `--all FOLDER` writes every page there,
in both languages and widths. `--base URL_OF_PORTAL --data FOLDER` uses a demonstration that runs already.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

from fanal.site.demo import totp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTHS = {1280: 900, 360: 740}
LANGUAGES = ("fr", "en")
COLOURS = 192
PATIENCE = 300.0  # seconds for the demonstration to be filled
FIRST, SECOND = "camille.roche", "idris.benali"  # analysts of the demonstration
OFFENCE = "menace-crime"  # of law/fr.toml: with every element answered by yes it holds
SHOWN = {
    "portal-start.fr.1280", "portal-report.en.360", "portal-receipt.fr.360", "portal-news.en.360",
    "desk-queue.en.1280", "desk-case.fr.1280", "desk-opinion.en.1280", "desk-dispatch.fr.1280",
    "desk-links.en.1280", "portal-figures.en.1280",
}  # fmt: skip
FLAGS = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync", "--hide-scrollbars")


@dataclass(frozen=True, slots=True)
class House:
    """A running demonstration: where its faces are and who may enter."""

    portal: str
    desk: str
    staff: dict[str, dict[str, str]]


def main() -> int:
    """Do it; 0 where every picture was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page, language and width, into this folder")
    parser.add_argument("--base", metavar="URL", help="the portal of a demonstration that runs already")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="its data folder")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is missing: “make browser” brings it where it can be had.", file=sys.stderr)
        return 2
    folder: Path = given.all or PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with running(given.base, given.data) as house, sync_playwright() as play:
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        walk(browser, house, Camera(folder, every=given.all is not None))
        browser.close()
    return 0


class Camera:
    """Keeps pictures: all of them, or those that README.md and docs show."""

    def __init__(self, folder: Path, *, every: bool) -> None:
        self._folder = folder
        self._every = every

    def shoot(self, page: Page, name: str, language: str, *, at: str = "body") -> None:
        """Keep the page from `at` on, at each width."""
        for width, height in WIDTHS.items():
            if not self._kept(name, language, width):
                continue
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("at => { document.activeElement?.blur?.(); document.querySelector(at).scrollIntoView() }", at)
            file = self._folder / f"{name}.{language}.{width}.png"
            few = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            few.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
        page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})

    def _kept(self, name: str, language: str, width: int) -> bool:
        return self._every or f"{name}.{language}.{width}" in SHOWN


def walk(browser: Browser, house: House, camera: Camera) -> None:
    """Go through the portal as a reporter and through the desk as two analysts, in each language."""
    first, second = enter(browser, house, FIRST), enter(browser, house, SECOND)
    for language in LANGUAGES:
        outside = context(browser)
        speak(outside, house.portal, language)
        as_reporter(outside.new_page(), house, partial(camera.shoot, language=language))
        outside.close()
        speak(first, house.desk, language)
        case = as_analyst(first.new_page(), house, partial(camera.shoot, language=language))
    for one in (first, second):
        decide(one.new_page(), case)
    dispatch = put_forward(first.new_page(), house)
    for language in LANGUAGES:
        speak(second, house.desk, language)
        page = second.new_page()
        page.goto(dispatch)
        camera.shoot(page, "desk-dispatch", language)


def as_reporter(page: Page, house: House, shoot: Callable[..., None]) -> None:
    """Report something invented and read what became of it."""
    page.goto(house.portal)
    shoot(page, "portal-start")
    page.goto(f"{house.portal}/report")
    page.fill("[name=items]", "https://video.example/watch/7q2m\n@compte_invente")
    page.fill("[name=platform]", "Instagram")
    page.check("[name=category][value=threats]")
    page.fill("[name=comment]", "Seen this morning in a group chat / vu ce matin dans un groupe.")
    shoot(page, "portal-report")
    press(page, "button.btn-big[name=step][value=review]")
    shoot(page, "portal-review")
    press(page, "button.btn-big[name=step][value=send]")
    page.wait_for_url("**/receipt")
    shoot(page, "portal-receipt")
    code = re.search(r"[0-9A-HJKMNP-TV-Z]{4}(?:\s[0-9A-HJKMNP-TV-Z]{4}){4}", page.inner_text("main"))
    page.goto(f"{house.portal}/follow-up")
    page.fill("[name=code]", code.group() if code else "")
    press(page, "form.panel button.btn")
    shoot(page, "portal-news")
    page.goto(f"{house.portal}/figures")
    shoot(page, "portal-figures")
    page.goto(f"{house.portal}/privacy")
    shoot(page, "portal-privacy")


def as_analyst(page: Page, house: House, shoot: Callable[..., None]) -> str:
    """Look at the queue, and at the case that most people reported; give the case's address."""
    page.goto(house.desk)
    shoot(page, "desk-queue")
    rows = page.locator("ol.queue > li").all()
    largest = max(rows, key=lambda row: int(re.sub(r"\D", "", row.locator(".reach").inner_text().split("\n")[0]) or 0))
    case = f"{house.desk}{largest.locator('h3 a').get_attribute('href')}"
    take(page, case)
    shoot(page, "desk-case")
    shoot(page, "desk-opinion", at="#opinion")
    page.goto(f"{case}/links")
    shoot(page, "desk-links")
    for name in ("ledger", "figures"):
        page.goto(f"{house.desk}/{name}")
        shoot(page, f"desk-{name}")
    return case


def press(page: Page, button: str) -> None:
    """Press the first such button and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(button).first.click()


def take(page: Page, case: str) -> None:
    """Take the case if it is not taken yet, and open the elements of the offence."""
    page.goto(case)
    if page.locator("form[action$='/take'] button").count():
        press(page, "form[action$='/take'] button")
    page.goto(f"{case}?offence={OFFENCE}")


def decide(page: Page, case: str) -> None:
    """Give an opinion: every element established, an apparent offence."""
    take(page, case)
    for one in page.locator("input[name^=tick-][value=yes]").all():
        one.check()
    page.check("input[name=outcome][value=illegal]")
    page.fill("#grounds", "Plusieurs messages publics annoncent des violences contre une personne nommée.")
    press(page, "form[action$='/opinion'] .panel-foot button.btn")


def put_forward(page: Page, house: House) -> str:
    """Put the first dispatch forward that the worker proposes; give its address."""
    links = page.locator("ol.dispatches h2 a")
    for _ in range(60):
        page.goto(f"{house.desk}/dispatches")
        if links.count():
            break
        time.sleep(1)
    dispatch = f"{house.desk}{links.first.get_attribute('href')}"
    page.goto(dispatch)
    page.fill("#grounds", "Le compte C1 annonce publiquement des violences contre une personne nommée.")
    press(page, "form[action$='/prepare'] button.btn")
    return dispatch


def enter(browser: Browser, house: House, name: str) -> BrowserContext:
    """Log in with password and authenticator."""
    found = context(browser)
    page = found.new_page()
    who = house.staff[name]
    page.goto(f"{house.desk}/login")
    page.fill("[name=login]", name)
    page.fill("[name=password]", who["password"])
    press(page, "main form button.btn")
    page.fill("[name=code]", totp(who["totp_secret"], time.time()))
    press(page, "main form button.btn")
    page.wait_for_selector("ol.queue, .panel")
    page.close()
    return found


def context(browser: Browser) -> BrowserContext:
    """Open a browser of its own, as by day."""
    return browser.new_context(viewport={"width": 1280, "height": WIDTHS[1280]}, color_scheme="light")


def speak(found: BrowserContext, url: str, language: str) -> None:
    """Choose the language of the pages."""
    found.add_cookies([{"name": "fanal_language", "value": language, "url": url}])


@contextmanager
def running(base: str | None, data: Path | None) -> Iterator[House]:
    """Give a demonstration: the one named, or one of our own that is stopped and removed afterwards."""
    if base and data:
        yield house(urlsplit(base).port or 8000, data)
        return
    with tempfile.TemporaryDirectory(prefix="fanal-pictures-") as made:
        place = Path(made) / "data"
        port = free_ports()
        with (Path(made) / "words").open("wb") as words:
            up = subprocess.Popen(
                [sys.executable, "-m", "fanal", "up", "--demo", "--data", str(place), "--port-base", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
            )
        try:
            until(lambda: "episodes were sent" in (Path(made) / "words").read_text(encoding="utf-8"), up)
            sent = time.time()
            # Published each minute: the figures that stand there a whole minute later count what the worker has read.
            until(lambda: figures_of(place) > sent + 60, up)
            yield house(port, place)
        finally:
            up.terminate()
            up.wait(60)


def figures_of(data: Path) -> float:
    """Say when figures were published last (seconds since 1970); 0 where they never were."""
    file = data / "public" / "figures.json"
    return file.stat().st_mtime if file.exists() else 0.0


def until(done: Callable[[], bool], up: subprocess.Popen[bytes]) -> None:
    """Wait until it is so; stop with a word where the demonstration ends before, or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if up.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the demonstration did not come up: try “make demo” and look")
        time.sleep(1)


def house(port: int, data: Path) -> House:
    """Read who may enter from the demonstration's own notes."""
    staff = json.loads((data / "demo.json").read_text(encoding="utf-8"))["staff"]
    by_name = {one["username"]: one for one in staff}
    return House(f"http://localhost:{port}", f"http://localhost:{port + 1}", by_name)


def free_ports() -> int:
    """Find three ports in a row that nobody listens on."""
    for port in range(18000, 20000, 3):
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            try:
                for offset, probe in enumerate((one, two, three)):
                    probe.bind(("127.0.0.1", port + offset))
            except OSError:
                continue
            return port
    raise SystemExit("no three free ports in a row between 18000 and 20000")


if __name__ == "__main__":
    sys.exit(main())
