"""`fanal guard check`: exit codes that a hook can rely on, places without words, JSON lines, the safe version."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests import house

from fanal.site import cli, examine_guard
from fanal.store.models import GuardName, Target

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

HANDLE = "lanterne_bleue"
THANKS = f"Bonjour,\n\nmerci à celles et ceux qui ont signalé le compte @{HANDLE} cette semaine.\n"
CLEAN = "Bonjour,\n\nmerci à celles et ceux qui nous ont écrit cette semaine, nous lisons tout.\n"


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Report an account, and lay drafts into the folder where the command is called."""
    house.receive(f"https://x.com/{HANDLE}")
    house.work()
    (tmp_path / "merci.txt").write_text(THANKS)
    (tmp_path / "propre.txt").write_text(CLEAN)
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "nom.txt").write_text(f"@{HANDLE}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["propre.txt"], 0),
        (["merci.txt"], 1),
        (["propre.txt", "merci.txt"], 1),
        (["image.png"], 2),
        (["nom.txt"], 2),
        (["absent.txt"], 2),
        ([f"{HANDLE}.txt"], 2),
        (["."], 2),
        (["merci.txt", "absent.txt", "propre.txt"], 2),
    ],
)
def test_the_exit_code_says_whether_it_may_be_published(drafts: Path, files: list[str], code: int) -> None:
    assert cli.main(["guard", "check", *files]) == code
    assert cli.main(["guard", "check", "--json", *files]) == code


def test_a_person_reads_where_and_why_and_what_to_write_and_not_the_words(
    drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["guard", "check", "merci.txt", "propre.txt"])
    told = capsys.readouterr()
    line = told.out.splitlines()[0]
    assert line.startswith("merci.txt: ligne 3, colonne ")
    assert "À la place" in line
    assert told.out.splitlines()[-1] == "propre.txt: rien trouvé"
    assert HANDLE not in told.out + told.err
    cli.main(["guard", "check", "--language", "en", "merci.txt"])
    assert capsys.readouterr().out.startswith("merci.txt: line 3, column ")


def test_programs_read_one_line_a_draft(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["guard", "check", "--json", "--rewrite", "merci.txt", "image.png", "propre.txt"])
    told = capsys.readouterr()
    first, second, third = map(json.loads, told.out.splitlines())
    assert (first["file"], first["clean"], first["findings"][0]["line"]) == ("merci.txt", False, 3)
    assert (second["file"], second["error"]["code"]) == ("image.png", "draft.picture")
    assert (third["clean"], third["safe"]) == (True, CLEAN)
    assert HANDLE not in told.out + told.err


def test_the_safe_version_alone_stands_on_standard_output(drafts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["guard", "check", "--rewrite", "merci.txt"]) == 1
    told = capfd.readouterr()
    assert told.out.startswith("Bonjour,\n\nmerci à celles et ceux")
    assert HANDLE not in told.out + told.err
    assert "ligne 3" in told.err
    (drafts / "sure.txt").write_text(told.out)
    assert cli.main(["guard", "check", "sure.txt"]) == 0
    assert cli.main(["guard", "check", "--rewrite", "propre.txt"]) == 0
    assert capfd.readouterr().out.endswith(CLEAN)
    assert cli.main(["guard", "check", "--rewrite", "merci.txt", "propre.txt"]) == 2


def test_the_doctor_says_what_the_guard_does_not_know_yet(drafts: Path) -> None:
    def told() -> tuple[str, str]:
        (one,) = examine_guard.names(connection.connection)
        return one.state, one.what.en

    names = GuardName.objects.count()
    assert told() == ("fine", f"{names} names of 1 targets")
    GuardName.objects.all().delete()
    Target.objects.update(named=None)
    assert told()[0] == "note"
    assert "1 of 1" in told()[1]


@pytest.mark.django_db(transaction=True)
def test_another_process_is_answered_from_the_same_house(drafts: Path) -> None:
    def fanal(*arguments: str, text: str, **told: str) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        return subprocess.run(
            [sys.executable, "-m", "fanal", "guard", "check", *arguments],
            env={**kept, **told},
            input=text.encode(),
            capture_output=True,
            check=False,
        )

    done = fanal("-", text=THANKS)
    assert (done.returncode, done.stdout[:17], done.stderr) == (1, b"-: ligne 3, colon", b"")
    done = fanal("-", "--form", "markdown", text=CLEAN)
    assert (done.returncode, done.stderr) == (0, b"")
    done = fanal("-", text=CLEAN, FANAL_DATA=str(drafts / "nothing-here"))
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
