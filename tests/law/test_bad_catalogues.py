"""A bad catalogue stops the start, and the refusal names file, entry and fault in both languages."""

from __future__ import annotations

import copy
import re
import tomllib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal import law
from fanal.core.errors import Broken
from fanal.law import build, check

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (law.FOLDER / "fr.toml").read_text(encoding="utf-8")

# what is replaced (once), by what, and the words that the refusal must hold
BAD = {
    "unknown field": ('id = "usurpation"', 'id = "usurpation"\nseverity = 9', ("“usurpation”", "severity")),
    "missing field": (
        'id = "usurpation"\nlaw = "CP"',
        'id = "usurpation"',
        ("“usurpation”", "“law” is missing"),
    ),
    "one language": (
        'title = { en = "Identity theft", fr = "Usurpation d’identité" }',
        'title = { en = "Identity theft" }',
        ("“usurpation”", "title"),
    ),
    "empty text": (
        'title = { en = "Identity theft"',
        'title = { en = " "',
        ("“usurpation”", "title"),
    ),
    "unknown service": (
        'competent = ["pharos", "pnlh"]',
        'competent = ["pharos", "nobody"]',
        ("“cyberharcelement”", "“nobody”"),
    ),
    "unknown family": ('family = "cyber"', 'family = "cybr"', ("“stad”", "“cybr”")),
    "unknown clock": (
        'clocks = ["lcen-6-1", "tco-removal", "tco-first-order"]',
        'clocks = ["lcen-6-9"]',
        ("“apologie-terrorisme”", "“lcen-6-9”"),
    ),
    "duplicate id": ('id = "usurpation"', 'id = "escroquerie"', ("“escroquerie”", "two entries")),
    "condition of another shape": (
        'condition = { all = ["threat", "order"] }',
        'condition = { most = ["threat", "order"] }',
        ("“menace-condition”", "condition"),
    ),
    "empty branch": (
        'condition = { all = ["threat", "order"] }',
        "condition = { all = [] }",
        ("“menace-condition”", "condition"),
    ),
    "unknown element": (
        'condition = { all = ["threat", "order"] }',
        'condition = { all = ["threat", "orders"] }',
        ("“menace-condition”", "“orders”"),
    ),
    "element twice": (
        'condition = { all = ["threat", "order"] }',
        'condition = { all = ["threat", { any = ["threat", "order"] }] }',
        ("“menace-condition”", "“threat” more than once"),
    ),
    "element left out": (
        'condition = { all = ["threat", "order"] }',
        'condition = "threat"',
        ("“menace-condition”", "“order” is not in the condition"),
    ),
    "elements without a condition": (
        'condition = { all = ["threat", "order"] }\n',
        "",
        ("“menace-condition”", "together"),
    ),
    "two elements of one name": (
        '{ id = "order", en = "The threat',
        '{ id = "threat", en = "The threat',
        ("“menace-condition”", "two elements"),
    ),
    "a date that is none": (
        'in_force_from = 2026-04-02\nnote = "to be shown',
        'in_force_from = "soon"\nnote = "to be shown',
        ("“denonciation-calomnieuse”", "in_force_from", "a date"),
    ),
    "a moment instead of a date": (
        'in_force_from = 2026-04-02\nnote = "to be shown',
        'in_force_from = 2026-04-02T10:00:00Z\nnote = "to be shown',
        ("“denonciation-calomnieuse”", "in_force_from", "a date"),
    ),
    "an end before the beginning": (
        'in_force_from = 2026-04-02\nnote = "to be shown',
        'in_force_from = 2026-04-02\nin_force_until = 2026-04-01\nnote = "to be shown',
        ("“denonciation-calomnieuse”", "before it begins"),
    ),
    "a negative penalty": (
        "base_penalty = { years = 1, fine_eur = 45000 }",
        "base_penalty = { years = -1, fine_eur = 45000 }",
        ("base_penalty",),
    ),
    "a category that reports do not know": (
        'category = "scam"',
        'category = "scams"',
        ("“scams”", "no such category"),
    ),
    "a rule on no side": ('side = "not"', 'side = "maybe"', ("“share”", "side")),
    "a rule that is too long for a poster": (
        'en = "Talk to somebody"',
        'en = "Talk to somebody whom you trust, today or tomorrow"',
        ("“talk”", "44 signs"),
    ),
    "a rule on an offence that is not there": (
        'offences = ["sextorsion"]',
        'offences = ["chantage"]',
        ("“pay”", "“chantage”"),
    ),
    "a sixth rule on one side": (
        'id = "share"\nside = "not"',
        'id = "share"\nside = "do"',
        ("rules", "from 1 to 5"),
    ),
    "a seventh number": (
        'number = "3114"\n',
        'number = "3114"\nkit = { en = "Suicide", fr = "Suicide" }\n',
        ("numbers", "from 1 to 6"),
    ),
    "a post that no network takes": ('post = { en = "', 'post = { en = "' + 60 * "Look. ", ("kit", "280 signs")),
    "no words on whom to call": ("call = { en", "calls = { en", ("kit", "whom to call")),
    "a category missing": ('category = "scam"', 'category = "scams"', ("“scam”", "missing")),
    "another jurisdiction": ('jurisdiction = "fr"', 'jurisdiction = "be"', ("jurisdiction",)),
    "a section missing": ("[[retention]]", "[[retentions]]", ("retention",)),
}


def refusal(folder: Path, text: str) -> Broken:
    (folder / "fr.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Broken) as caught:
        law.load(folder)
    return caught.value


def test_the_good_one_is_read_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text(GOOD, encoding="utf-8")
    assert law.load(tmp_path) == law.load()


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_refused_and_named(name: str, tmp_path: Path) -> None:
    old, new, words = BAD[name]
    assert old in GOOD
    told = refusal(tmp_path, GOOD.replace(old, new) if name == "a section missing" else GOOD.replace(old, new, 1))
    for language in (told.reason.text.en, told.reason.text.fr):
        assert language.startswith("fr.toml")
    for word in words:
        assert word in told.reason.text.en


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('family = "cyber"', 'family = "cybr"').replace('id = "usurpation"', 'id = "escroquerie"')
    told = refusal(tmp_path, text).reason.text
    assert len(told.en.splitlines()) == len(told.fr.splitlines()) == 2


def test_what_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert re.search(r"fr\.toml: not TOML: .*line 1", refusal(tmp_path, "jurisdiction fr").reason.text.en)


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Broken):
        law.load(tmp_path)


def test_an_absent_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken) as caught:
        law.load(tmp_path)
    assert caught.value.reason.code == "law.broken"


def small() -> dict[str, Any]:
    document = tomllib.loads(GOOD)
    return {**document, "offences": document["offences"][:3]}


def places(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document, as the keys that lead to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([here] if here else []), *(place for key, one in inside for place in places(one, (*here, key)))]


STRANGE = st.sampled_from(
    [
        *(0, -1, 1.5, True, "", " ", "x", date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)),
        *([], ["x"], [1], [{}], [[{}]], {}, {"en": "a"}, {"en": "a", "fr": "b"}, {"all": ["x"]}, {"not": []}),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(places(small())), STRANGE)
def test_whatever_stands_anywhere_is_refused_with_words_or_read(place: tuple[str | int, ...], value: object) -> None:
    document: Any = copy.deepcopy(small())
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    found = check.faults(document, "fr.toml")
    assert all(fault.en.startswith("fr.toml") for fault in found)
    if not found:
        assert build.catalogue(document).offences
