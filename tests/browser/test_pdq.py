"""PDQ and SHA-256 as the browser computes them, against the reference vectors."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import statistics
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import skimage.data
from django.contrib.staticfiles import finders
from PIL import Image
from tests.browser.test_fingerprint import choose, digits, noise, png, portal
from tests.browser.test_portal import CHROMIUM, open_page
from tests.shared_data import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["portal"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]

VECTORS = PROJECT.parent / "shared" / "data" / "pdq_vectors.json"
FAIR, GOOD, NEAR = 50, 80, 10  # facebook/ThreatExchange, pdq/README: from 80 on, within 10 bits of the reference


def vectors(kind: str) -> list[dict[str, Any]]:
    if not VECTORS.exists():
        pytest.skip("the reference data are not here: ../shared/data/pdq_vectors.json")
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))[kind]
    return found


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """An empty page with the functions of the worker, and a way to hand pixels in."""
    page = open_page(browser)
    script = finders.find("portal/fingerprint-worker.js")
    assert isinstance(script, str)
    page.add_script_tag(path=script)
    page.evaluate("globalThis.bytes = text => Uint8ClampedArray.from(atob(text), one => one.charCodeAt(0))")
    yield page
    page.context.close()


def array(vector: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Make the pixels that the name and formula of a vector stand for, and check that they are these."""
    height, width, _ = vector["shape"]
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    if vector["name"].startswith("quad"):
        planes = [((3 * x * x + 5 * y * y + 7 * x * y) // 97) % 256] * 3
    else:
        planes = [(7 * x + 13 * y) % 256, (3 * x * y // 16) % 256, (x * x // 8 + y) % 256]
    pixels = np.stack(planes, -1).astype(np.uint8)
    assert hashlib.sha256(pixels.tobytes()).hexdigest() == vector["sha256"]
    return pixels


def hashed(page: Page, pixels: np.ndarray[Any, Any]) -> dict[str, Any]:
    height, width, _ = pixels.shape
    opaque = np.dstack([pixels, np.full((height, width), 255, np.uint8)])
    text = base64.b64encode(opaque.tobytes()).decode()
    found: dict[str, Any] = page.evaluate("([text, w, h]) => pdq(bytes(text), w, h)", [text, width, height])
    return found


def test_identical_pixels_give_identical_bits(bare: Page) -> None:
    for vector in vectors("synthetic_pixel_vectors"):
        assert hashed(bare, array(vector)) == {"pdq": vector["hash"], "quality": vector["quality"]}, vector["name"]


def test_samples_come_through_the_whole_page_near_the_reference(browser: Browser, portal: str) -> None:
    every = vectors("scikit_image_vectors")
    files, expected = [], []
    for vector in every:
        name = re.sub(r".*\.(\w+)\(\)", r"\1", vector["name"])
        pixels = np.asarray(Image.fromarray(getattr(skimage.data, name)()).convert("RGB"))
        assert hashlib.sha256(pixels.tobytes()).hexdigest() == vector["pixels_sha256"], name
        files.append(png(pixels))
        expected.append(f"sha256:{hashlib.sha256(files[-1]).hexdigest()}")
    page = open_page(browser)
    page.goto(portal + "/fingerprint")
    choose(page, *files)
    found = dict(re.findall(r"(sha256:\w+)(?: pdq:(\w+:\w+))?", " ".join(digits(page))))
    page.context.close()
    assert list(found) == expected
    far = {}
    for vector, exact in zip(every, expected, strict=True):
        if vector["quality_512"] < FAIR:
            assert found[exact] == ""
            continue
        bits, quality = found[exact].split(":")
        away = distance(bits, vector["pdqhash_512_bilinear"])
        same = max(vector["shape"][:2]) <= 512
        assert away <= (0 if same else NEAR), vector["name"]
        assert abs(int(quality) - vector["quality_512"]) <= (0 if same else 2), vector["name"]
        far[vector["name"]] = away
    print("bits from the reference:", far)
    assert len(far) >= GOOD // 5


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_is_turned_as_its_tag_says(browser: Browser, portal: str, tmp_path: Path, orientation: int) -> None:
    upright = Image.fromarray(skimage.data.astronaut())  # type: ignore[no-untyped-call]
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    tag = Image.Exif()
    tag[0x0112] = orientation
    upright.save(tmp_path / "upright.jpg", quality=95)
    upright.transpose(back[orientation]).save(tmp_path / "turned.jpg", quality=95, exif=tag)
    page = open_page(browser)
    page.goto(portal + "/fingerprint")
    choose(page, tmp_path / "upright.jpg", tmp_path / "turned.jpg")
    one, other = (word.split(":")[1] for word in digits(page) if word.startswith("pdq:"))
    page.context.close()
    assert distance(one, other) <= 2


def test_it_takes_milliseconds(bare: Page) -> None:
    """Measures, and prints. The bar is 3 ms on a quiet machine: a busy one gets ten times that."""
    pixels = noise(1, 512, 512)
    opaque = np.dstack([pixels, np.full((512, 512), 255, np.uint8)])
    times = bare.evaluate(
        """text => {
          const rgba = bytes(text), once = () => {
            const start = performance.now();
            pdq(rgba, 512, 512);
            return performance.now() - start;
          };
          for (let i = 0; i < 20; i++) once();
          return Array.from({length: 100}, once);
        }""",
        base64.b64encode(opaque.tobytes()).decode(),
    )
    median = statistics.median(times)
    print(f"PDQ of 512x512 in Chromium: {median:.2f} ms, median of {len(times)}; {min(times):.2f} at best")
    assert median <= 30
