"""A published offence never changes unnoticed: it may end, and others may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fanal import law
from fanal.core.errors import Broken
from fanal.law import lock

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (law.FOLDER / "fr.toml").read_text(encoding="utf-8")
ANOTHER = GOOD[GOOD.index('[[offences]]\nid = "outrage"') : GOOD.index('[[offences]]\nid = "denonciation-calomnieuse"')]


def write(folder: Path, text: str) -> None:
    (folder / "fr.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    write(tmp_path, GOOD)
    lock.add(tmp_path)
    return tmp_path


def test_locking_names_every_offence_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert len(lock.add(tmp_path)) == 67
    assert lock.add(tmp_path) == ()


def test_the_same_text_gives_the_same_digest_in_any_order_of_fields(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('id = "usurpation"\nlaw = "CP"', 'law = "CP"\nid = "usurpation"'))
    assert law.load(tmp_path).offence("usurpation").digest == law.load().offence("usurpation").digest
    assert law.load(tmp_path).digest == law.load().digest


def test_one_edited_letter_is_refused_and_nothing_is_written(published: Path) -> None:
    before = (published / lock.NAME).read_bytes()
    write(published, GOOD.replace('en = "Identity theft"', 'en = "Identity Theft"'))
    with pytest.raises(Broken) as caught:
        lock.add(published)
    assert "fr/usurpation" in caught.value.reason.text.en
    assert (published / lock.NAME).read_bytes() == before


def test_an_offence_taken_away_is_refused(published: Path) -> None:
    write(published, GOOD.replace(ANOTHER, ""))
    with pytest.raises(Broken) as caught:
        lock.add(published)
    assert "fr/outrage" in caught.value.reason.text.en


def test_an_added_offence_must_be_locked_and_then_is(published: Path) -> None:
    write(published, GOOD + "\n" + ANOTHER.replace('id = "outrage"', 'id = "outrage-2"'))
    assert lock.unlocked(law.load(published), lock.read(published / lock.NAME)) == ("fr/outrage-2",)
    assert lock.add(published) == ("fr/outrage-2",)


def test_ending_an_offence_is_allowed(published: Path) -> None:
    ended = ANOTHER.replace("in_force_from = 2026-04-02", "in_force_from = 2026-04-02\nin_force_until = 2026-12-31")
    write(published, GOOD.replace(ANOTHER, ended))
    assert lock.add(published) == ()
    assert law.load(published).digest != law.load().digest


def test_a_spoilt_lock_is_refused(published: Path) -> None:
    with (published / lock.NAME).open("a", encoding="utf-8") as file:
        file.write("fr/outrage\n")
    with pytest.raises(Broken):
        lock.add(published)
