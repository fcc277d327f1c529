import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fanal.site.children import Child, Plan

pytestmark = pytest.mark.process

SLEEP = (sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)")


def until(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_that_is_killed_is_started_again_and_said_so(tmp_path: Path) -> None:
    child, said = Child(Plan("worker", SLEEP, dict(os.environ)), tmp_path), []
    child.start()
    try:
        first = child.pid()
        assert first is not None
        os.kill(first, signal.SIGKILL)

        def again() -> bool:
            child.watch(said.append)
            return child.pid() not in (None, first)

        assert until(again)
        assert said == ["worker died (signal 9); it is started again in 0.2 s"]
    finally:
        child.ask_to_stop()
        child.stop()
    assert child.pid() is None
    assert (tmp_path / "worker.log").stat().st_mode & 0o077 == 0


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(tmp_path: Path) -> None:
    child, said = (
        Child(Plan("ill", (sys.executable, "-S", "-c", "raise SystemExit(3)"), dict(os.environ)), tmp_path),
        [],
    )
    child.start()

    def thrice() -> bool:
        child.watch(said.append)
        return len(said) == 3

    assert until(thrice, 20)
    assert said == [f"ill died (exit 3); it is started again in {pause} s" for pause in ("0.2", "0.4", "0.8")]


def test_a_child_has_no_environment_but_its_own(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "import os; print(sorted(os.environ), flush=True)")
    child = Child(Plan("bare", program, {"ONLY": "this"}), tmp_path)
    child.start()
    child.stop()
    said = (tmp_path / "bare.log").read_text()
    assert "'ONLY'" in said
    assert "FANAL_DATA" not in said


def test_a_child_that_does_not_listen_is_stopped_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fanal.site.children.GRACE", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = Child(Plan("deaf", (sys.executable, "-c", deaf), dict(os.environ)), tmp_path)
    child.start()
    pid = child.pid() or 0
    assert until(lambda: "deaf" in (tmp_path / "deaf.log").read_text())
    child.ask_to_stop()
    child.stop()
    assert not alive(pid)


def test_no_child_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import os, time
        from pathlib import Path
        from fanal.site.children import Child, Plan
        child = Child(Plan("orphan", {SLEEP!r}, dict(os.environ)), Path({str(tmp_path)!r}))
        child.start()
        print(child.pid(), flush=True)
        time.sleep(60)
        """
    )
    supervisor = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert until(lambda: "here" in (tmp_path / "orphan.log").read_text())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    assert until(lambda: not alive(pid))


def test_a_face_is_healthy_only_when_it_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = textwrap.dedent(
        """
        import http.server, sys
        class Face(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                good = self.path == "/health" and self.headers["Host"] == "portal.example"
                self.send_response(200 if good else 400)
                self.end_headers()
        http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Face).serve_forever()
        """
    )
    command = (sys.executable, "-c", program, str(port))
    right = Child(Plan("face", command, dict(os.environ), port, "portal.example"), tmp_path)
    wrong = Child(Plan("other", SLEEP, dict(os.environ), port, "desk.example"), tmp_path)
    right.start()
    wrong.start()
    try:
        assert until(right.healthy)
        assert not wrong.healthy()
    finally:
        for child in (right, wrong):
            child.ask_to_stop()
            child.stop()
    assert not right.healthy()
