"""Law 1: nothing live stands in a line of a log, even where a programmer erred."""

from __future__ import annotations

import ast
import io
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import fanal
from fanal.core.events import Event
from fanal.core.guard import lines
from fanal.core.harmonise.defang import defang, defang_text
from fanal.core.reasons import reason
from fanal.site.logs import References

SOURCE = Path(fanal.__file__).parent
LIVE = (
    "https://canary-7f2c.partage.example/canarypath?q=1",
    "hxxps://canary-7f2c[.]partage[.]example/canarypath",
    "canary-7f2c.partage.example",
    "canary[.]example",
    "partage.example:8443/x",
    "canaryname9d@mail.example",
    "canary[at]mail[.]example",
    "@canaryname",
    "＠canaryname",
    "x.com/canaryname",
    "canary_name",
    "06 39 98 04 17",
    "+33 (0)6 39 98 04 17",
    "0639980417",
    "192.0.2.7",
    "2001:db8:0:0:0:0:0:7",
    "a" * 64,
    "d41d8cd98f00b204e9800998ecf8427e",
    "duskgytldkxiuqc6.onion",
    "duskgytldkxiuqc6",
    "magnet:?xt=urn:btih:canary",
    "mailto:canary",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "t.me/+AbCdEf",
)
CALLS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def written(name: str, message: object, *given: object) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(References())
    handler.handle(logging.LogRecord(name, logging.ERROR, "x.py", 1, message, given, None))
    return out.getvalue()


@pytest.mark.parametrize("live", LIVE)
@pytest.mark.parametrize("name", ["fanal.portal", "gunicorn.error", "procrastinate.worker", "django.request"])
def test_what_was_written_into_the_words_by_mistake_is_masked(name: str, live: str) -> None:
    for text in (f"failed on {live}", f"failed: {live}, again", f"({live})"):
        said = written(name, text)
        assert live not in said
        assert "canary" not in said
        assert "9804" not in said.replace(" ", "")


@pytest.mark.parametrize("live", [*LIVE, "canaryname", "canary", "bad name", "7KQM 4T2X", 639980417, b"canary"])
def test_a_value_that_nobody_vouches_for_is_masked_whatever_it_looks_like(live: object) -> None:
    """A handle looks like any word: only what says by its kind what it is may stand."""
    assert str(live) not in written("fanal.desk", "failed on %s", live)
    assert str(live) not in written("gunicorn.error", "Error handling request %s %s", "GET", live)
    assert str(live) not in written("other.party", "failed on %s", live)


def test_what_helps_to_find_the_failure_stands() -> None:
    assert "page failed INC-7A3F ValueError" in written("fanal.desk", "page failed %s %s", "INC-7A3F", ValueError)
    followed = written("fanal.jobs", "%s %s followed", "report.received", "R-7KQM-4T2X")
    assert "report.received R-7KQM-4T2X followed" in followed
    assert "12 new matches" in written("fanal.jobs", "%d new matches with lists", 12)
    why = reason("disclosure.live", en="No.", fr="Non.")
    assert written("fanal.ledger", "%s", why).endswith("ERROR fanal.ledger disclosure.live\n")
    assert "case.opened" in written("fanal.x", "%s", Event.CASE_OPENED)
    listening = written("gunicorn.error", "Listening at: %s (%s)", "http://127.0.0.1:8001", 412)
    assert "Listening at: http://127.0.0.1:8001 (412)" in listening
    assert "was sent SIGKILL!" in written("gunicorn.error", "Worker (pid:%s) was sent %s!", 9, "SIGKILL")
    assert "ledger.database.away" in written("fanal.ledger", "ledger.database.away")


def test_wrong_arguments_lose_the_values_and_not_the_line() -> None:
    assert written("fanal.x", "at %d of %s", "canary").endswith("at %d of %s\n")
    assert written("fanal.x", "at %d", "canary").endswith("at %d\n")
    assert "canary" not in written("fanal.x", "{'a': %(a)s}", {"a": "canary"})
    assert "canary" not in written("other.party", "Task 'canary' raised \"canary\" in `canary`")


def test_one_record_is_one_line_and_carries_no_stack() -> None:
    record = logging.LogRecord("fanal.x", logging.ERROR, "x.py", 1, "one\ntwo\rthree\u2028four", (), None)
    record.stack_info = "canary"
    assert References().format(record).endswith("one two three four")
    try:
        int("canary https://canary.example")
    except ValueError:
        record.exc_info = sys.exc_info()
    said = References().format(record)
    assert "canary" not in said
    assert "builtins.ValueError at" in said


@given(st.text(max_size=60))
@example("https://canary.example")
@example("http://[::1]:8000/canary.example")
@example("a@b")
def test_nothing_that_could_be_followed_is_left(text: str) -> None:
    left = lines.line(text)
    assert defang_text(left) == left
    assert lines.line(left) == left
    assert left.isascii()
    assert "\n" not in left


@given(
    st.from_regex(r"[a-z]{3,12}\.(example|com|fr|onion|net)(/[a-z0-9]{1,9})?", fullmatch=True),
    st.text(alphabet=" ,;:()[]<>\"'=", max_size=3),
)
def test_an_address_is_masked_whatever_stands_around_it(live: str, around: str) -> None:
    for form in (live, defang(live)):
        assert form not in lines.line(f"failed on{around} {form}{around} again")


def logged() -> list[tuple[str, ast.Call]]:
    found = []
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in CALLS and ast.unparse(node.func.value) in {"log", "logger", "self.log", "logging"}:
                found.append((f"{file.relative_to(SOURCE)}:{node.lineno}", node))
    return found


def test_every_line_that_we_log_is_constant_words_and_stands_as_it_is_written() -> None:
    """What the filter cannot know, a bare word within the words, is ruled out here."""
    calls = logged()
    assert len(calls) > 10
    for where, call in calls:
        words = call.args[1 if call.func.attr == "log" else 0]  # type: ignore[attr-defined]
        assert isinstance(words, ast.Constant), where
        assert isinstance(words.value, str), where
        assert lines.line(words.value) == words.value, where


def test_every_process_writes_through_the_filter() -> None:
    """No logging is set up but in the settings of all faces and in gunicorn's logger."""
    said = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        for name in ("basicConfig", "StreamHandler", "FileHandler", "setFormatter", "SysLogHandler", "dictConfig")
        if name in file.read_text(encoding="utf-8")
    }
    assert said == {"site/settings/base.py", "site/web.py"}


@pytest.mark.parametrize("where", ["raise ValueError(live)", "threading.Thread(target=lambda: int(live)).start()"])
def test_a_process_that_ends_badly_quotes_nothing(where: str) -> None:
    program = f"import threading\nfrom fanal.site import logs\nlogs.quiet_end()\nlive = 'canary.example'\n{where}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "canary" not in done.stderr
    assert "CRITICAL fanal failed" in done.stderr
    assert "builtins.ValueError at" in done.stderr


def test_the_command_line_ends_badly_in_one_line() -> None:
    program = (
        "import sys\nfrom fanal.site import cli\nfrom fanal.site.cli import target\n"
        "def run(given): raise ValueError(given)\ntarget.run = run\nsys.argv = ['fanal', 'target', 'canary.example']\n"
        "sys.exit(cli.main())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "canary" not in done.stderr
    assert "builtins.ValueError at" in done.stderr
