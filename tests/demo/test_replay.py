"""Episodes go through real HTTP: the portal's form and the API, served by Django itself on this machine."""

from __future__ import annotations

import base64
import json
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from tests.conftest import face

from fanal.core.errors import Refused
from fanal.site import demo, replay
from fanal.store.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = {
    "items": [{"typed": "https://video.example/w/1"}, {"typed": "https://video.example/w/2"}],
    "category": "threats",
    "comment": "Deux adresses, un même fil.",
    "minor": True,
    "contact": {"email": "lou.martin@mail.example"},
}


class Silent(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing: a test looks at what comes back."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the face whose settings stand, on a free port of this machine."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def played(transactional_db, settings, api_key):
    """Play steps against one face; give the receipts and what the desk was asked to decide."""

    def play(name: str, steps: list[replay.Step]) -> SimpleNamespace:
        face(name, settings)
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        asked: list[tuple[object, str]] = []
        with served() as url:
            doors = replay.Doors(portal=url, api=url, key=api_key)
            receipts = list(replay.play(steps, doors, decide=lambda said, code: asked.append((said, code))))
        return SimpleNamespace(receipts=receipts, asked=asked)

    return play


def test_the_portals_form_is_filled_in_reviewed_and_sent(played):
    done = played("portal", [replay.Step(0, "portal", REPORT), replay.Step(1, "desk", {"outcome": "not-illegal"})])

    assert [one.via for one in done.receipts] == ["portal", "desk"]
    assert done.asked == [({"outcome": "not-illegal"}, done.receipts[0].code)]
    row = Report.objects.get()
    assert (row.channel, row.category, row.minor, row.items.count()) == ("portal", "threats", True, 2)


def test_machines_send_one_by_one_and_in_batches(played):
    steps = [replay.Step(0, "api", REPORT), *(replay.Step(1, "batch", REPORT) for _ in range(3))]

    done = played("api", steps)

    assert [one.via for one in done.receipts] == ["api", "batch", "batch", "batch"]
    assert len({one.code for one in done.receipts}) == 4
    assert sorted(Report.objects.values_list("channel", flat=True)) == ["api", "batch", "batch", "batch"]


@pytest.mark.parametrize(("name", "via"), [("portal", "portal"), ("api", "api"), ("api", "batch")])
def test_a_report_that_is_refused_stops_the_episode(played, name, via):
    with pytest.raises(Refused):
        played(name, [replay.Step(0, via, REPORT | {"category": "nothing"})])
    assert Report.objects.count() == 0


def test_a_code_that_does_not_check_is_no_receipt():
    with pytest.raises(Refused):
        replay.code_in(
            "<p><span>AAAA</span> <span>BBBB</span> <span>CCCC</span> <span>DDDD</span> <span>EEEF</span></p>"
        )


def test_the_digits_are_those_of_rfc_6238():
    secret = base64.b32encode(b"12345678901234567890").decode()

    assert [demo.totp(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_nothing_is_played_outside_demo_mode(tmp_path):
    said: list[str] = []

    demo.start(SimpleNamespace(mode="production", data=tmp_path), say=said.append)

    assert len(said) == 1
    assert not list(tmp_path.iterdir())


def test_the_diary_is_read_again_and_kept_from_others(tmp_path):
    path = tmp_path / "demo.json"
    diary = demo.Diary(path)
    diary.said["played"]["1-crowd"] = {"steps": 3, "code": "x"}
    diary.note()

    assert demo.Diary(path).said == diary.said
    assert path.stat().st_mode & 0o077 == 0


def test_a_missing_folder_of_episodes_is_said(tmp_path, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(demo, "EPISODES", tmp_path / "nowhere")

    demo.start(SimpleNamespace(mode="demo", data=tmp_path), say=said.append)

    assert said == [f"demo: {demo.NO_EPISODES.text.en}"]


def test_a_second_start_goes_on_and_repeats_nothing(transactional_db, settings, api_key, tmp_path, monkeypatch):
    face("api", settings)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    episodes = tmp_path / "episodes"
    episodes.mkdir()
    line = json.dumps({"at": "+00:00:00", "via": "api", "report": REPORT}) + "\n"
    (episodes / "1-short.ndjson").write_text(line * 2, encoding="utf-8")
    monkeypatch.setattr(demo, "EPISODES", episodes)
    monkeypatch.setattr(demo, "_people_and_key", lambda: {"staff": [], "key": api_key})
    said: list[str] = []

    with served() as url:
        port = int(url.rpartition(":")[2])
        env = SimpleNamespace(mode="demo", data=tmp_path, bind="127.0.0.1", portal_port=port, api_port=port)
        demo.start(env, say=said.append)
        (episodes / "1-short.ndjson").write_text(line * 3, encoding="utf-8")
        demo.start(env, say=said.append)
        demo.start(env, say=said.append)

    assert Report.objects.count() == 3
    assert sum("playing" in one for one in said) == 2
