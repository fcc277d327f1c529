import os
import subprocess
import sys
from pathlib import Path

import pytest

from fanal.core.text import Text
from fanal.site import cli


def fanal(*arguments: str, **told: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FANAL_", "DATABASE_", "DJANGO_", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fanal", *arguments],
        env={**kept, "LANG": "C.UTF-8", **told},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_has_one_readable_line_for_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in cli.COMMANDS:
        assert sum(line.startswith(f"  {name} ") for line in lines) == 1
    assert all(len(line) <= 120 for line in lines)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_tells_about_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: fanal {name}")


def test_asking_for_help_loads_neither_django_nor_the_database() -> None:
    program = (
        "import sys; from fanal.site.cli import main; main(['--help']); main(['up', '--help']);"
        "print([name for name in ('django', 'psycopg', 'gunicorn', 'tink') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("up", "--no-such-option"),
        ("up", "--port-base", "many"),
        ("up", "--port-base", "70000"),
        ("custodian",),
        ("custodian", "open", "/nowhere", "--key", "/nowhere"),
        ("restore", "/nowhere"),
        ("backup",),
        ("\udcff",),
    ],
)
def test_wrong_use_is_said_without_a_traceback(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = fanal(*arguments, FANAL_DATA=str(tmp_path / "data"))
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stderr or done.stdout


def test_a_failure_speaks_the_language_of_the_terminal(tmp_path: Path) -> None:
    for language, word in (("fr_FR.UTF-8", "réglages"), ("en_GB.UTF-8", "settings")):
        done = fanal("doctor", FANAL_MODE="canary.example", FANAL_DATA=str(tmp_path), LANG=language)
        assert done.returncode == 2
        assert word in done.stderr
        assert "canary" not in done.stderr


def test_a_demonstration_is_refused_in_production(tmp_path: Path) -> None:
    done = fanal("up", "--demo", FANAL_MODE="production", FANAL_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "production" in done.stderr


def test_a_reader_that_goes_away_is_no_failure() -> None:
    command = f"{sys.executable} -m fanal --help | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_doctor_of_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    done = fanal("doctor", FANAL_DATA=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "fanal up" in done.stdout
    assert not (tmp_path / "none").exists()


def test_a_custodian_makes_a_key_once_and_opens_what_was_sealed_to_it(tmp_path: Path) -> None:
    from fanal.wire.keys import Keyring

    key, box = tmp_path / "key", tmp_path / "box"
    made = fanal("custodian", "new", str(key))
    assert made.returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert fanal("custodian", "new", str(key)).returncode == 1
    box.write_bytes(Keyring.seal_to(b"who it was", made.stdout.strip()))
    opened = fanal("custodian", "open", str(box), "--key", str(key))
    assert (opened.returncode, opened.stdout) == (0, "who it was")
    other = tmp_path / "other"
    fanal("custodian", "new", str(other))
    assert fanal("custodian", "open", str(box), "--key", str(other)).returncode == 2


def test_every_word_of_the_doctor_is_there_in_both_languages() -> None:
    from fanal.site import env, examine

    for finding in examine.machine(env.read({"FANAL_DATA": "/nowhere"})):
        assert isinstance(finding.what, Text)
        assert finding.state == "fine" or finding.do is not None
