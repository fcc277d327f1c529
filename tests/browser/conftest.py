"""The one browser of a test file: headless Chromium, which calls nobody."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db.backends.signals import connection_created
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


class Server(ThreadedWSGIServer):
    """Notices within a moment that it is to stop; the other does so twice a second."""

    def serve_forever(self, poll_interval: float = 0.01) -> None:
        super().serve_forever(poll_interval)


class Thread(LiveServerThread):
    server_class = Server


@contextmanager
def served(role: str, *, files: Callable[[Any], Any] = StaticFilesHandler) -> Iterator[str]:
    """Serve the face whose settings are on, on a port of this machine, with the rights of its database role.

    `files` serves style sheets and scripts around the face; give a function that returns the face itself where the
    face's own way to serve them is what matters.
    """

    def as_role(connection: Any, **_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            with connection.cursor() as cursor:
                cursor.execute(f'SET ROLE "{role}"')

    connection_created.connect(as_role)
    server = Thread("127.0.0.1", files, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connection_created.disconnect(as_role)
