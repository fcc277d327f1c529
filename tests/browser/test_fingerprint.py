"""The page of fingerprints in a real browser: no byte of a picture leaves, every file has its word."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.db import connection
from PIL import Image
from tests.browser.conftest import FLAGS, served
from tests.browser.test_portal import AXE, CHROMIUM, LANGUAGES, WIDTHS, barriers, open_page, reach
from tests.browser.watching import Secret, tapped
from tests.conftest import face

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Request, Route

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]

WORKER = "**/fingerprint-worker*.js"
# What a worker that betrays its reader could do with the file in its hands.
BETRAYALS = {
    "a fetch": "fetch('/report', {method: 'POST', body: file})",
    "a request": "const ask = new XMLHttpRequest(); ask.open('POST', '/report'); ask.send(file)",
    "an address": "fetch('/figures?' + Array.from(some, one => one.toString(16).padStart(2, '0')).join(''))",
    "a script": "importScripts('/?' + btoa(String.fromCharCode(...some)))",
}
TRAITOR = f"""
const ways = [{", ".join(f"async (file, some) => {{ {way} }}" for way in BETRAYALS.values())}];
addEventListener('message', async ({{data: file}}) =>
  ways.shift()(file, new Uint8Array(await file.slice(99, 999).arrayBuffer())).catch(() => null));
addEventListener('securitypolicyviolation', one => new BroadcastChannel('told').postMessage(one.effectiveDirective));
"""


@pytest.fixture
def portal(transactional_db: None, settings: Any) -> Iterator[str]:
    """The portal on a port of this machine, which serves its scripts itself, under its own policies."""
    face("portal", settings)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.WHITENOISE_USE_FINDERS = True
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with served("fanal_portal", files=lambda house: house) as address:
        yield address


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def noise(seed: int, width: int = 90, height: int = 70) -> np.ndarray[Any, Any]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def secret(pixels: np.ndarray[Any, Any]) -> Secret:
    """Give the file and the pixels; the file without the first and last bytes, which every PNG has."""
    opaque = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    return Secret(png(pixels)[64:-16], pixels.tobytes(), opaque.tobytes())


def choose(page: Page, *files: Path | bytes) -> None:
    """Choose files, and wait until each has its word."""
    given = [
        one if isinstance(one, Path) else {"name": f"p{place}.png", "mimeType": "image/png", "buffer": one}
        for place, one in enumerate(files)
    ]
    page.set_input_files("#pictures", given)  # type: ignore[arg-type]
    page.wait_for_selector("#busy", state="hidden")


def digits(page: Page) -> list[str]:
    return page.input_value("#fingerprints").split()


def send(page: Page) -> None:
    """Go from the page of fingerprints to the receipt."""
    page.click("#go")
    page.wait_for_url("**/report")
    page.check("input[value=intimate-images]")
    page.click("form#report .btn-big")
    page.click("button[value=send]")
    page.wait_for_url("**/receipt")


def stored() -> bytes:
    """Give every row of every table, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in [*names, "vault.vault_sealed"]:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {name} t")
            rows.append(cursor.fetchone()[0] or "")
    return "\n".join(rows).encode()


@pytest.fixture
def kept(browser: Browser, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser that keeps a profile on disk, as people's browsers do."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*FLAGS, "--no-sandbox"]
    )
    yield context, profile
    context.close()


def test_no_byte_of_the_picture_leaves_and_the_fingerprints_arrive(
    kept: tuple[BrowserContext, Path], portal: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    context, profile = kept
    pixels = noise(1)
    hidden, exact = secret(pixels), hashlib.sha256(png(pixels)).hexdigest()
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method cannot be marked
    with tapped(portal) as tap, caplog.at_level(logging.DEBUG):
        page = context.new_page()
        page.goto(tap.address + "/report")
        page.fill("#comment", "Cette image circule dans mon lycée.")
        page.click("text=have it recognised without sending it")
        page.wait_for_url("**/fingerprint")
        choose(page, png(pixels))
        assert page.inner_text("#said").strip() == "The fingerprint of 1 picture is ready."
        first, second = digits(page)
        assert first == f"sha256:{exact}"
        assert re.fullmatch(r"pdq:[0-9a-f]{64}:100", second)
        here = page.evaluate("({...localStorage, ...sessionStorage})")
        elsewhere = page.evaluate("Promise.all([indexedDB.databases(), caches.keys()]).then(all => all.flat())")
        assert (here, elsewhere) == ({}, [])
        assert page.locator("img, canvas, picture, object, embed, iframe").count() == 0
        send(page)
    context.close()
    assert all(one.url.startswith(tap.address) for one in asked)
    assert f"sha256%3A{exact}".encode() in tap.sent
    assert second.replace(":", "%3A").encode() in tap.sent
    said = "".join(capfd.readouterr())
    sights = {
        "what the browser sent": bytes(tap.sent),
        "its requests": b"\n".join(one.url.encode() + (one.post_data_buffer or b"") for one in asked),
        "the database": stored(),
        "the logs": (caplog.text + said).encode(),
    }
    assert {what: hidden.within(seen) for what, seen in sights.items() if hidden.within(seen)} == {}
    assert b"p0.png" not in b"".join(sights.values())
    assert exact.encode() not in sights["the database"] + sights["the logs"]
    assert hidden.in_folder(profile) == []


def betrayed(browser: Browser, portal: str, *, policy: bool) -> tuple[bytes, list[str]]:
    """Choose a picture for each way to betray it, on a page whose worker goes that way; `policy`: as it is served.

    Gives what the browser sent, and what the browser told the worker that it refuses.
    """
    page = open_page(browser)

    def replace(route: Route) -> None:
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if policy or "policy" not in name}
        route.fulfill(status=200, headers=headers, body=f"{answer.text()}\n{TRAITOR}")

    page.context.route(WORKER, replace)
    with tapped(portal) as tap:
        page.goto(tap.address + "/fingerprint")
        page.evaluate("() => { told = []; new BroadcastChannel('told').onmessage = ({data}) => told.push(data); }")
        choose(page, *(png(noise(10 + place)) for place in range(len(BETRAYALS))))
        page.wait_for_timeout(200)
        told = page.evaluate("told")
        page.context.close()
    return bytes(tap.sent), told


def test_the_browser_itself_stops_a_worker_that_sends(browser: Browser, portal: str) -> None:
    sent, told = betrayed(browser, portal, policy=True)
    assert told == ["connect-src", "connect-src", "connect-src", "script-src-elem"]
    assert [secret(noise(10 + place)).within(sent) for place in range(len(BETRAYALS))] == [b""] * len(BETRAYALS)


def test_what_a_worker_sends_where_nothing_stops_it_is_seen(browser: Browser, portal: str) -> None:
    sent, told = betrayed(browser, portal, policy=False)
    assert told == []
    for place, way in enumerate(BETRAYALS):
        assert len(secret(noise(10 + place)).within(sent)) == 16, way


def test_the_page_itself_may_send_nothing_either(browser: Browser, portal: str) -> None:
    page = open_page(browser)
    page.goto(portal + "/fingerprint")
    for way in ("fetch('/')", "fetch('/report', {method: 'POST', body: 'x'})"):
        assert page.evaluate(f"(async () => {way})().then(() => 'sent', () => 'stopped')") == "stopped"
    assert page.evaluate("import('data:text/javascript,1').then(() => 'run', () => 'stopped')") == "stopped"
    page.context.close()


def write(folder: Path) -> dict[str, tuple[Path, str, str, int]]:
    """Write files of every kind: what each is, what is said of it, and how many fingerprints it gives."""

    def file(name: str, content: bytes) -> Path:
        folder.joinpath(name).write_bytes(content)
        return folder / name

    large = folder / "large.jpg"
    with large.open("wb") as out:
        out.truncate(200_000_001)  # a hole: nothing is written
    brand = b"\0\0\0\x18ftyp"
    good, damaged = png(noise(3)), png(noise(4, 400, 400))
    flat = np.full((300, 300, 3), 77, np.uint8)
    return {
        "picture": (file("a.png", good), "Fingerprint ready", "Empreinte prête", 2),
        "jpeg by another name": (file("b.dat", good[:-4] + b"\xaeB`\x83"), "Fingerprint ready", "Empreinte prête", 2),
        "flat": (file("c.png", png(flat)), "too plain or too small", "trop unie ou trop petite", 1),
        "tiny": (file("d.png", png(noise(5, 4, 4))), "too plain or too small", "trop unie ou trop petite", 1),
        "half": (file("e.png", damaged[:4000]), "damaged", "abîmée", 0),
        "words": (file("f.jpg", b"not a picture at all"), "damaged", "abîmée", 0),
        "text": (file("g.txt", b"not a picture at all"), "not a picture", "n’est pas une image", 0),
        "drawing": (file("h.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "does not know", "ne connaît pas", 0),
        "empty": (file("i.png", b""), "is empty", "est vide", 0),
        "heic": (file("j.heic", brand + b"heic" + bytes(200)), "HEIC", "HEIC", 1),
        "film": (file("k.mp4", brand + b"mp42" + bytes(200)), "This is a film", "C’est une vidéo", 0),
        "film by another name": (file("l.png", brand + b"qt  " + bytes(200)), "This is a film", "C’est une vidéo", 0),
        "large": (large, "over 200 MB", "dépasse 200\u00a0Mo", 0),
        "twice": (file("m.png", good), "the same file", "le même fichier", 0),
    }


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_file_has_a_clear_word(browser: Browser, portal: str, tmp_path: Path, language: str) -> None:
    files = write(tmp_path)
    page = open_page(browser, language=language, width=360, reduced_motion="reduce")
    page.goto(portal + "/fingerprint")
    choose(page, *(one[0] for one in files.values()))
    rows = page.locator("#prints > li").all_inner_texts()
    for (name, (_, english, french, _)), row in zip(files.items(), rows, strict=True):
        assert (english if language == "en" else french) in row, name
    assert len(digits(page)) == sum(one[3] for one in files.values())
    ready = sum(one[3] > 0 for one in files.values())
    assert str(ready) in page.inner_text("#said")
    page.evaluate(AXE)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} scrolls sideways"
        assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, "color-contrast") == []
    page.context.close()


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("script", [True, False])
def test_the_page_has_no_barrier_before_anything_is_chosen(
    browser: Browser, portal: str, language: str, *, script: bool
) -> None:
    page = open_page(browser, language=language, width=360, reduced_motion="reduce")
    if not script:  # axe is a script itself: ours alone is kept away
        page.context.route("**/fingerprint*.js", lambda route: route.abort())
    page.goto(portal + "/fingerprint")
    page.wait_for_load_state("networkidle")
    assert page.is_visible("#without") is not script
    assert page.is_visible("#with") is script
    page.evaluate(AXE)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert barriers(page) == []
    page.context.close()


def test_who_has_no_script_goes_on_without_a_fingerprint(browser: Browser, portal: str) -> None:
    page = open_page(browser, language="fr", java_script_enabled=False)
    page.goto(portal + "/report")
    page.fill("#comment", "Cette image circule.")
    page.click("text=faites-la reconnaître sans l’envoyer")
    page.wait_for_url("**/fingerprint")
    assert page.is_visible("text=dites-nous avec des mots")
    assert not page.is_visible("#pictures")
    page.click("#go")
    page.wait_for_url("**/report")
    assert page.input_value("#comment") == "Cette image circule."
    page.context.close()


def test_it_works_with_the_keyboard_and_with_the_network_cut(browser: Browser, portal: str) -> None:
    page = open_page(browser)
    files: list[FilePayload] = [
        {"name": f"{n}.png", "mimeType": "image/png", "buffer": png(noise(n))} for n in (6, 7, 8)
    ]
    page.on("filechooser", lambda chooser: chooser.set_files(files))
    page.goto(portal + "/fingerprint")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    reach(page, "#pictures")
    page.keyboard.press("Enter")
    page.wait_for_selector("#prints > li:nth-child(3)")
    page.wait_for_selector("#busy", state="hidden")
    assert "fingerprints of 3 pictures are ready" in page.inner_text("[role=status]")
    reach(page, "#prints li:nth-child(2) button")
    assert page.text_content("#prints li:nth-child(2) button") == "Leave out picture 2"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Leave out picture 3"
    assert "fingerprints of 2 pictures are ready" in page.inner_text("[role=status]")
    assert hashlib.sha256(png(noise(7))).hexdigest() not in page.input_value("#fingerprints")
    reach(page, "#forget")
    page.keyboard.press("Enter")
    assert digits(page) == []
    assert page.inner_text("[role=status]").strip() == "Everything is forgotten."
    assert page.evaluate("document.activeElement.id") == "pictures"
    page.context.set_offline(False)
    page.context.close()


def test_a_report_holds_twenty_pictures_and_keeps_them_on_the_way(browser: Browser, portal: str) -> None:
    page = open_page(browser)
    page.goto(portal + "/fingerprint")
    choose(page, *(png(noise(n, 20, 20)) for n in range(22)))
    assert page.inner_text("#prints").count("Twenty pictures go with one report.") == 2
    before = digits(page)
    assert len(before) == 40
    page.click("header .lang button")
    page.wait_for_selector("html[lang=fr]")
    page.wait_for_selector("#prints > li:nth-child(20)")
    assert page.inner_text("#prints").count("Déjà dans votre signalement") == 20
    assert digits(page) == before
    page.click("#prints li:first-child button")
    choose(page, png(noise(99, 20, 20)))
    assert len(digits(page)) == 40
    send(page)
    page.context.close()


def test_a_browser_that_hides_pixels_gives_the_exact_fingerprint_alone(browser: Browser, portal: str) -> None:
    page = open_page(browser)
    veil = "OffscreenCanvasRenderingContext2D.prototype.getImageData = () => ({data: new Uint8Array(9e6).fill(255)});\n"

    def replace(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=veil + answer.text())

    page.context.route(WORKER, replace)
    page.goto(portal + "/fingerprint")
    choose(page, png(noise(9)))
    assert "Your browser hides" in page.inner_text("#prints")
    assert digits(page) == [f"sha256:{hashlib.sha256(png(noise(9))).hexdigest()}"]
    page.context.close()
