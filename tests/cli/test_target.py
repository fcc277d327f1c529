"""`fanal target` answers every line with one line, whatever bytes come in, and never with a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.site import cli

KEYS = {"input", "kind", "platform", "id", "canonical", "defanged", "confidence", "reasons"}


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str, given: bytes = b""
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    capsys.readouterr()
    code = cli.main(["target", *arguments])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_argument_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = run(capsys, monkeypatch, "hxxps://x[.]com/Some_Name", "Alice@mail.example", "https://a.example/x?a=1")
    assert code == 0
    assert [one["canonical"] for one in lines] == [
        "https://x.com/some_name",
        "alice@mail.example",
        "https://a.example/x?a=1",
    ]
    assert [one["kind"] for one in lines] == ["account", "email", "url"]
    assert all(set(one) >= KEYS for one in lines)
    assert (lines[0]["handle"], lines[0]["platform"]) == ("some_name", "x")
    assert lines[2]["site"] == "a.example"


def test_what_is_unread_is_told_with_its_reasons(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines = run(capsys, monkeypatch, "--language", "fr", "bonjour", "https://a.example/")
    assert code == 1
    assert (lines[0]["kind"], lines[0]["canonical"], lines[0]["input"]) == ("unread", "", "bonjour")
    assert lines[0]["reasons"][0]["code"] == "unread.plain-text"
    assert lines[0]["reasons"][0]["text"].startswith("C’est du texte")


def test_lines_come_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = run(capsys, monkeypatch, given="https://é.example/\r\n\n@some_name sur X\nvideo.example".encode())
    assert code == 0
    assert [one["input"] for one in lines] == ["https://é.example/", "@some_name sur X", "video.example"]


def test_a_platform_and_a_region_may_be_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines = run(capsys, monkeypatch, "--platform", "insta", "some.name")
    assert (code, lines[0]["platform"]) == (0, "instagram")
    code, lines = run(capsys, monkeypatch, "--region", "fr", "01 99 00 12 34")
    assert (code, lines[0]["canonical"]) == (0, "+33199001234")
    code, lines = run(capsys, monkeypatch, "--text", "--platform", "insta", "voir @some.name et @other")
    assert [one["platform"] for one in lines] == ["instagram", "instagram"]


def test_a_whole_text_gives_each_target_its_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Voir hxxps://bad[.]example/a,\nou alice@mail.example."
    code, lines = run(capsys, monkeypatch, "--text", given=words.encode())
    assert code == 0
    assert [words[one["start"] : one["end"]] for one in lines] == ["hxxps://bad[.]example/a", "alice@mail.example"]
    assert [one["input"] for one in lines] == ["hxxps://bad[.]example/a", "alice@mail.example"]
    assert run(capsys, monkeypatch, "--text", given=b"nothing here")[0] == 1
    flood = "".join(f"https://a{n}.example/ " for n in range(30_000))
    code, lines = run(capsys, monkeypatch, "--text", given=flood.encode())
    assert (code, lines[-1]["reasons"][0]["code"]) == (1, "harmonise.not-all-read")


def test_an_entry_with_several_things_gives_a_line_for_each(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, lines = run(capsys, monkeypatch, "https://a.example/ et https://b.example/")
    assert [one["canonical"] for one in lines] == ["https://a.example/", "https://b.example/"]


@pytest.mark.parametrize("arguments", [("--region", "FRA", "x"), ("--language", "de", "x"), ("--no-such",)])
def test_wrong_use_is_said(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["target", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=60).filter(lambda one: one.strip() and b"\n" not in one), max_size=6))
def test_any_bytes_are_answered_line_by_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lines: list[bytes]
) -> None:
    code, answers = run(capsys, monkeypatch, given=b"\n".join(lines))
    told = list(dict.fromkeys(str(one["input"]) for one in answers))
    meant = [one.decode("utf-8", "surrogateescape").rstrip("\r\n") for one in lines]
    assert told == list(dict.fromkeys(one for one in meant if one.strip()))
    assert (code == 0) == all(one["kind"] != "unread" for one in answers)


def test_bytes_that_are_no_text_are_kept_and_no_name_is_shown_in_an_error(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"https://a.example/\xff\n")))
    cli.main(["target"])
    said = capfd.readouterr()
    assert json.loads(said.out)["input"] == "https://a.example/\udcff"
    assert said.err == ""


def test_a_stream_is_answered_as_it_comes() -> None:
    program = [sys.executable, "-m", "fanal", "target", "--flush"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        for number in range(3):
            started.stdin.write(f"https://a{number}.example/\n".encode())
            started.stdin.flush()
            assert json.loads(started.stdout.readline())["host"] == f"a{number}.example"
        started.stdin.close()
        assert started.wait(10) == 0


def test_it_starts_without_django_and_loads_numbers_only_where_they_are_wanted() -> None:
    program = (
        "import sys; from fanal.site.cli import main; main(['target', 'https://a.example/', '@a sur X']);"
        "print([name for name in ('django', 'psycopg', 'phonenumbers', 'tink', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_long_stream_is_not_kept() -> None:
    program = (
        "import io, resource, sys\n"
        "from fanal.site.cli import main\n"
        "class Lines(io.RawIOBase):\n"
        "    left = 60_000\n"
        "    def readable(self): return True\n"
        "    def readinto(self, into):\n"
        "        self.left -= 1\n"
        "        line = b'https://a%d.example/x\\n' % self.left if self.left > 0 else b''\n"
        "        into[:len(line)] = line\n"
        "        return len(line)\n"
        "sys.stdin = io.TextIOWrapper(io.BufferedReader(Lines()))\n"
        "sys.stdout = io.TextIOWrapper(open('/dev/null', 'wb'))\n"
        "main(['target', 'https://a.example/'])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "main(['target'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    # what grows is the memory of the last hosts, which is bounded
    assert int(done.stderr.split()[-1]) < 60_000


def test_ten_thousand_lines_take_a_moment(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join(f"https://a{n % 500}.example/x?y={n}" for n in range(10_000))
    started = time.process_time()
    code, answers = run(capsys, monkeypatch, given=lines.encode())
    assert (code, len(answers)) == (0, 10_000)
    assert time.process_time() - started < 5
