"""The French of the portal is whole and well set; the style sheet says its night twice, and the same."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

import fanal

SOURCE = Path(fanal.__file__).parent
PORTAL = SOURCE / "portal"
FRENCH = polib.pofile(str(PORTAL / "locale/fr/LC_MESSAGES/django.po"))


def test_every_sentence_of_the_templates_has_its_french() -> None:
    known = {entry.msgid for entry in FRENCH}
    used = set()
    for template in (PORTAL / "templates").rglob("*.html"):
        used |= set(re.findall(r"""\{% translate (?:"([^"]*)"|'[^']*')""", template.read_text(encoding="utf-8")))
    assert used
    assert used - {""} <= known


def test_every_sentence_of_the_code_has_its_french() -> None:
    known = {entry.msgid for entry in FRENCH}
    for file in PORTAL.glob("*.py"):
        for call in re.findall(r'(?:\b_|gettext_noop)\(\s*((?:"[^"]*"\s*)+)\)', file.read_text(encoding="utf-8")):
            assert "".join(re.findall(r'"([^"]*)"', call)) in known


@pytest.mark.parametrize("entry", FRENCH, ids=lambda entry: entry.msgid[:40])
def test_an_entry_is_complete_and_set_as_french_is(entry: polib.POEntry) -> None:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    assert all(said)
    assert not entry.fuzzy
    for sentence in said:
        assert not re.search(r" [?!;:»]|« |'", sentence)
        assert not re.search(r"\b(?:tu|ton|toi)\b", sentence)
        assert set(re.findall(r"%\(\w+\)s", sentence)) <= set(
            re.findall(r"%\(\w+\)s", entry.msgid + entry.msgid_plural)
        )


def test_the_compiled_french_is_the_written_one() -> None:
    compiled = polib.mofile(str(PORTAL / "locale/fr/LC_MESSAGES/django.mo"))
    assert {(one.msgid, one.msgctxt, one.msgstr, str(one.msgstr_plural)) for one in compiled} == {
        (one.msgid, one.msgctxt, one.msgstr, str(one.msgstr_plural)) for one in FRENCH
    }


def test_night_is_the_same_by_choice_and_by_preference() -> None:
    sheet = (SOURCE / "site/static/fanal/fanal.css").read_text(encoding="utf-8")
    chosen = re.search(r':root\[data-theme="dark"\], \.night \{(.*?)\}', sheet, re.DOTALL)
    preferred = re.search(r":root:not\(\[data-theme\]\) \{(.*?)\}", sheet, re.DOTALL)
    assert chosen
    assert preferred
    assert chosen.group(1).split() == preferred.group(1).split()
