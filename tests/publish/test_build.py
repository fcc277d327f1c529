"""Publishing: only what was cleared, whole files, and no small count in any of them."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from fanal.core.errors import Full, Refused
from fanal.core.events import Event
from fanal.core.figures import counts
from fanal.core.guard import clearance
from fanal.core.guard.draft import Draft, Place, plain
from fanal.core.guard.review import Finding, Review, Standing, Sure
from fanal.core.text import Text
from fanal.publish import build, page

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = {"figures.csv", "figures.en.html", "figures.fr.html", "figures.json"}


def figures() -> counts.Figures:
    events = [(Event.REPORT_RECEIVED, AT - timedelta(days=40))] * 1203
    events += [(Event.REPORT_RECEIVED, AT)] * 3 + [(Event.CASE_OPENED, AT)] * 2 + [(Event.DISPATCH_SENT, AT)] * 7
    return counts.count(events, spans=[("answer", AT, AT + timedelta(hours=7))] * 6)


def found(content: str, passage: str = "") -> tuple[Draft, Review]:
    """Give what the guard says of a file in which one passage names something."""
    draft = plain(content)
    at = content.find(passage) if passage else -1
    wording = Text(en="[reported account]", fr="[compte signalé]")
    one = Finding(0, at, at + len(passage), Place.TEXT, Sure.CERTAIN, Standing.REPORTED, (), wording)
    return draft, Review((one,) if at >= 0 else (), (), (), content)


def nothing(_: str, content: str) -> tuple[Draft, Review]:
    return found(content)


def test_the_files_lie_there_and_nothing_else(tmp_path: Path) -> None:
    assert set(build.publish(tmp_path / "public", figures(), at=AT, look=nothing)) == NAMES
    assert {path.name for path in (tmp_path / "public").iterdir()} == NAMES
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (tmp_path / "public").iterdir())


def test_the_same_figures_give_the_same_files(tmp_path: Path) -> None:
    build.publish(tmp_path / "a", figures(), at=AT, look=nothing)
    build.publish(tmp_path / "b", figures(), at=AT, look=nothing)
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    "wrong", [figures(), {"figures.csv": "x"}, clearance.clear(figures()), clearance.clear(figures()).content, None]
)
def test_what_is_not_cleared_is_refused(tmp_path: Path, wrong: object) -> None:
    """Figures whose small numbers are hidden are not enough: the files themselves pass the guard."""
    with pytest.raises(Refused):
        build.write(tmp_path / "public", wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "public").exists()


def test_a_file_that_names_anything_keeps_all_from_being_written(tmp_path: Path) -> None:
    asked: list[str] = []

    def look(name: str, content: str) -> tuple[Draft, Review]:
        asked.append(name)
        return found(content, "1\u202f206" if name == "figures.fr.html" else "")

    with pytest.raises(Refused, match=r"public\.names"):
        build.publish(tmp_path / "public", figures(), at=AT, look=look)
    assert not (tmp_path / "public").exists()
    assert set(asked) <= NAMES


def test_our_own_words_may_be_somebodys_name(tmp_path: Path) -> None:
    """Who reports an account named as a word of the page must not keep the house from publishing."""
    look = lambda name, content: found(content, "Published" if name.endswith("en.html") else "figures")  # noqa: E731
    assert set(build.publish(tmp_path / "public", figures(), at=AT, look=look)) == NAMES


def test_every_file_is_looked_at_and_the_rules_are_said(tmp_path: Path) -> None:
    asked: dict[str, str] = {}

    def look(name: str, content: str) -> tuple[Draft, Review]:
        asked[name] = content
        return found(content)

    build.publish(tmp_path, figures(), at=AT, look=look)
    assert asked == {path.name: path.read_bytes().decode() for path in tmp_path.iterdir()}


def test_machines_read_what_people_read(tmp_path: Path) -> None:
    build.publish(tmp_path, figures(), at=AT, look=nothing)
    document = json.loads((tmp_path / "figures.json").read_text())
    shown = {one["name"]: one["shown"] for one in document["counts"]}
    assert shown["sent"] == {"value": 7, "text": {"en": "7", "fr": "7"}}
    assert shown["cases"] == {"value": None, "text": {"en": "fewer than 5", "fr": "moins de 5"}}
    assert document["rules"] == clearance.RULES
    rows = list(csv.DictReader(io.StringIO((tmp_path / "figures.csv").read_text())))
    assert {row["figure"]: row["value"] for row in rows if not row["month"]}["sent"] == "7"
    assert [row["shown_en"] for row in rows if row["month"]] == ["not shown", "fewer than 5"]
    assert next(row for row in rows if row["figure"] == "median-hours-answer")["value"] == "7"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_needs_nothing_else_and_is_well_formed(language: str) -> None:
    text = page.html(clearance.clear(figures()).content, language=language, at=AT)
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:|\son\w+=", text)
    ET.fromstring(re.sub(r"<(meta[^>]*)>", r"<\1/>", text.replace("<!doctype html>", "")))  # noqa: S314 (our own page)
    assert f'<html lang="{language}">' in text
    assert ("fewer than 5" if language == "en" else "moins de 5") in text
    assert text.count("<h1>") == 1


def test_a_page_without_any_event_still_stands() -> None:
    text = page.html(clearance.clear(counts.count([])).content, language="fr", at=AT)
    assert "Ce que vos signalements sont devenus" in text
    assert "<svg" not in text


def test_an_old_file_stays_whole_when_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.publish(tmp_path, figures(), at=AT, look=nothing)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(build.os, "fsync", full)
    with pytest.raises(Full):
        build.publish(tmp_path, counts.count([]), at=AT, look=nothing)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
