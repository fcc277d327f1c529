"""The one browser of a test file: headless Chromium, which calls nobody."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        flags = [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
        found = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield found
        found.close()
