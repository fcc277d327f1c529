"""The example that a site generator's build ends with: it publishes what is clean, and nothing that was not checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).parents[3] / "examples" / "publishing" / "guard_site.py"
HANDLE = "lanterne_bleue"
PAGE = """<!doctype html>
<title>Merci</title>
<p>Merci à toutes celles et ceux qui nous ont aidés cette semaine.</p>
<img src="merci.png" alt="{alt}">
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "news").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text(PAGE.format(alt="Une lanterne dans la nuit"), encoding="utf-8")
    (tmp_path / "site" / "feed.xml").write_text(
        "<rss><title>Merci de votre aide à tous</title></rss>", encoding="utf-8"
    )
    (tmp_path / "site" / "merci.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path / "site"


@pytest.fixture
def known(db: None) -> None:
    house.receive(f"https://x.com/{HANDLE}")
    house.work()


@pytest.fixture
def publish(known: None, api_key: str, api_client: Client, site: Path) -> Callable[..., tuple[int, str, str]]:
    """Run the script on the site, and answer what it asks from the API, through HTTP."""

    def published(*options: str, key: str = api_key) -> tuple[int, str, str]:
        class Handler(Quiet):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kind = self.headers["Content-Type"]
                more = {"HTTP_AUTHORIZATION": self.headers["Authorization"], "CONTENT_TYPE": kind}
                answer = api_client.generic("POST", self.path, body, kind, **more)
                self.answer(answer.status_code, answer.content)

        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            server.timeout = 0.1
            running = _started(site, server.server_port, key, *options)
            while running.poll() is None:  # in this thread: the test's transaction is this connection's
                server.handle_request()
            out, errors = running.communicate()
        return running.returncode, out, errors

    return published


class Quiet(BaseHTTPRequestHandler):
    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def _started(site: Path, port: int, key: str, *options: str) -> subprocess.Popen[str]:
    surroundings = {"FANAL_URL": f"http://127.0.0.1:{port}", "FANAL_KEY": key, "PATH": os.environ["PATH"]}
    command = [sys.executable, "-I", str(SCRIPT), str(site), *options]
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def test_a_clean_site_may_be_published_and_its_pictures_are_said_to_be_unread(
    publish: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, errors = publish()
    assert (code, out) == (0, "")
    assert "2 pages, 0 findings" in errors
    assert "text inside pictures is not read" in errors


def test_a_name_in_an_alternative_text_stops_the_build_and_its_line_is_told(
    publish: Callable[..., tuple[int, str, str]], site: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    (site / "news" / "thanks.html").write_text(PAGE.format(alt=f"Le compte @{HANDLE} est fermé"), encoding="utf-8")
    code, out, errors = publish("--language", "fr", "--seen", str(seen))
    assert code == 1
    assert out.startswith("news/thanks.html:4:")
    assert "[picture]" in out
    assert HANDLE not in out + errors
    assert len(seen.read_text(encoding="ascii").split()) == 2  # the clean ones
    code, out, _errors = publish("--seen", str(seen))
    assert (code, out.count("\n")) == (1, 1)  # what was found is asked about again
    assert publish("--skip", "news/*")[0] == 0


def test_a_key_without_the_right_publishes_nothing(publish: Callable[..., tuple[int, str, str]]) -> None:
    code, out, errors = publish(key="no-such-key")
    assert (code, out) == (2, "")
    assert "NOT to be published" in errors


@contextmanager
def answering(*answers: tuple[int, bytes, dict[str, str]]) -> Iterator[int]:
    """Serve these answers, the last of them again and again."""
    waiting = list(answers)

    class Handler(Quiet):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body, headers = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.answer(status, body, **headers)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


NOTHING = json.dumps({"findings": [], "doubts": []}).encode()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([(503, b"", {})], 2),
        ([(200, b"<html>welcome</html>", {})], 2),
        ([(200, b'{"clean": true}', {})], 2),
        ([(307, b"", {"Location": "http://127.0.0.1:9/"})], 2),
        ([(429, b"", {"Retry_After": "3600"})], 2),
        ([(429, b"", {"Retry_After": "0"}), (200, NOTHING, {})], 0),
    ],
)
def test_only_an_answer_of_the_guard_publishes(
    site: Path, answers: list[tuple[int, bytes, dict[str, str]]], code: int
) -> None:
    with answering(*answers) as port:
        running = _started(site, port, "key")
        _out, errors = running.communicate()
    assert running.returncode == code, errors
    assert "Traceback" not in errors


def test_when_the_guard_is_down_nothing_is_published(site: Path) -> None:
    running = _started(site, 9, "key")
    out, errors = running.communicate()
    assert (running.returncode, out) == (2, "")
    assert "the guard does not answer" in errors
    assert "NOT to be published" in errors


def test_a_key_is_sent_to_nobody_in_plain_and_an_empty_folder_is_no_site(site: Path, tmp_path: Path) -> None:
    plain = {"FANAL_URL": "http://fanal.example", "FANAL_KEY": "key"}
    done = subprocess.run([sys.executable, str(SCRIPT), str(site)], env=plain, capture_output=True, check=False)
    assert (done.returncode, b"https://" in done.stderr) == (2, True)
    secret = {"FANAL_URL": "https://fanal.example", "FANAL_KEY": "key"}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path / "none")], env=secret, capture_output=True, check=False
    )
    assert (done.returncode, b"no page to check" in done.stderr) == (2, True)
