"""The French of the desk is whole and well set."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

import fanal

DESK = Path(fanal.__file__).parent / "desk"
FRENCH = polib.pofile(str(DESK / "locale/fr/LC_MESSAGES/django.po"))


def test_every_sentence_of_the_templates_has_its_french() -> None:
    known = {entry.msgid for entry in FRENCH}
    used = set()
    for template in (DESK / "templates").rglob("*.html"):
        told = re.findall(r"""\{% translate (?:"([^"]*)"|'([^']*)')""", template.read_text(encoding="utf-8"))
        used |= {double or single for double, single in told}
    assert used
    assert used - {""} <= known


def test_every_sentence_of_the_code_has_its_french() -> None:
    known = {entry.msgid for entry in FRENCH}
    for file in DESK.rglob("*.py"):
        for call in re.findall(r'\b_\(\s*((?:"[^"]*"\s*)+)\)', file.read_text(encoding="utf-8")):
            assert "".join(re.findall(r'"([^"]*)"', call)) in known


@pytest.mark.parametrize("entry", FRENCH, ids=lambda entry: entry.msgid[:40])
def test_an_entry_is_complete_and_set_as_french_is(entry: polib.POEntry) -> None:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    assert all(said)
    assert not entry.fuzzy
    for sentence in said:
        assert not re.search(r" [?!;:»]|« |'", sentence)


def test_every_code_of_the_core_has_a_word() -> None:
    from fanal.core.case import DispatchKind, Outcome
    from fanal.core.catalogue import Tick
    from fanal.core.events import Event
    from fanal.core.follow_up.outcomes import Answer
    from fanal.core.lifecycle import CaseState, DispatchState
    from fanal.core.report import Standing, TargetKind
    from fanal.core.rights import Role
    from fanal.desk import words

    codes = {
        "state": CaseState,
        "dispatch": DispatchState,
        "role": Role,
        "outcome": Outcome,
        "tick": Tick,
        "standing": Standing,
        "answer": Answer,
        "event": Event,
        "kind": [*DispatchKind, *TargetKind],
    }
    for kind, values in codes.items():
        assert {str(value) for value in values} <= set(words.WORDS[kind]), kind
