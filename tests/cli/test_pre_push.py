"""The hook of git that asks the guard: every text of every commit that leaves, and nothing leaves unasked."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HOOK = Path(__file__).parents[2] / "examples" / "publishing" / "pre-push"
GUARD = """#!/bin/sh
for draft; do :; done
case $(cat "$draft") in *lanterne*) exit 1 ;; *unreadable*) exit 2 ;; esac
"""  # stands in for `fanal guard check --form FORM FILE`, whose own answers test_guard.py holds

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A working copy whose remote is a folder, with the hook in its place."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "site"
        self._programs = folder / "bin"
        self._programs.mkdir()
        self._surroundings = {
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Lou", "GIT_AUTHOR_EMAIL": "lou@mail.example",
            "GIT_COMMITTER_NAME": "Lou", "GIT_COMMITTER_EMAIL": "lou@mail.example",
        }  # fmt: skip
        self.install(GUARD)
        self.here.mkdir()
        subprocess.run(["git", "init", "-q", "--bare", folder / "remote.git"], check=True, env=self._surroundings)
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(folder / "remote.git"))
        shutil.copy(HOOK, self.here / ".git" / "hooks" / "pre-push")

    def install(self, program: str) -> None:
        (self._programs / "fanal").write_text(program, encoding="utf-8")
        (self._programs / "fanal").chmod(0o755)

    def git(self, *what: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *what], cwd=self.here, env=self._surroundings, check=check, capture_output=True, encoding="utf-8"
        )

    def commit(self, name: str, text: str) -> None:
        (self.here / name).write_text(text, encoding="utf-8")
        self.git("add", name)
        self.git("commit", "-q", "-m", "Write")

    def push(self, *what: str) -> tuple[bool, str]:
        done = self.git("push", "-q", "origin", *(what or ("main",)), check=False)
        return done.returncode == 0, done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_what_is_clean_leaves_and_a_branch_may_go_away(site: Repository) -> None:
    site.commit("a b.md", "Thank you all.")
    site.commit("style.css", "/* lanterne: no draft */")
    assert site.push()[0]
    assert site.push("main:other")[0]
    assert site.push(":other")[0]


def test_a_finding_stays_even_where_a_later_commit_takes_it_away(site: Repository) -> None:
    site.commit("a.md", "Thank you all.")
    assert site.push()[0]
    site.commit("a.md", "Thanks for lanterne.")
    site.commit("a.md", "Thanks again.")
    left, said = site.push()
    assert not left
    assert "NOT pushed because of a.md" in said
    site.git("reset", "-q", "--soft", "HEAD~2")
    site.git("commit", "-q", "-m", "Write")
    assert site.push()[0]


@pytest.mark.parametrize("program", [GUARD, "#!/bin/sh\nexit 127\n", "#!/bin/sh\nkill -9 $$\n"])
def test_what_could_not_be_asked_about_stays(site: Repository, program: str) -> None:
    site.install(program)
    site.commit("a.html", "<p>unreadable</p>")
    assert not site.push()[0]
