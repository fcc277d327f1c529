"""Four hundred lines are refused, and so are words that stand where something is missing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 400
LOOSE = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b|#.*\bXX[X]\b|NotImplemented[E]rror|\b[Ff]or no[w]\b")
MACHINE = re.compile(r"/root/|/home/\w+/|--(?:index-url|find-links)|https?://\S+/simple\b")


def files(*suffixes: str) -> list[Path]:
    """List the files of the project that are in git or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found = [ROOT / line for line in listed.stdout.splitlines()]
    return [file for file in found if file.suffix in suffixes and file.exists()]


def test_no_python_file_passes_400_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in files(".py")
        if "migrations" not in file.parts and (lines := len(file.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert long == {}


def test_nothing_says_that_it_is_unfinished() -> None:
    loose = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files(".py", ".html", ".js", ".md", ".toml", ".css")
        if file.parts[-2] != "architecture"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if LOOSE.search(line)
    ]
    assert loose == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files(".py", ".html", ".js", ".md", ".toml", ".css", ".txt", ".in", ".sh", "")
        if file.parts[-2] != "architecture"
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert named == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    drawers = [
        str(file.relative_to(ROOT))
        for file in files(".py")
        if {"utils", "helpers", "common"} & {*file.parts, file.stem}
    ]
    assert drawers == []
