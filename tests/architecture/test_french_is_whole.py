"""Every sentence of a face has its French, complete, compiled, and set as French is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import fanal

SOURCE = Path(fanal.__file__).parent
FACES = ("portal", "desk")
FRENCH = {face: polib.pofile(str(SOURCE / face / "locale/fr/LC_MESSAGES/django.po")) for face in FACES}
ENTRIES = [pytest.param(entry, id=f"{face}: {entry.msgid[:40]}") for face in FACES for entry in FRENCH[face]]
# What Django's own extraction makes of a template: calls whose arguments are the sentences.
CALL = re.compile(r"""\b(?:_|n?p?gettext)\(u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:,\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))?)""")  # fmt: skip  # noqa: E501
TEXT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


def sentences(template: Path) -> set[str]:
    """Give every sentence of a template that is to be translated, those of blocks too."""
    code = templatize(template.read_text(encoding="utf-8"))
    return {ast.literal_eval(text) for call in CALL.findall(code) for text in TEXT.findall(call)}


@pytest.mark.parametrize("face", FACES)
def test_every_sentence_of_the_templates_has_its_french(face: str) -> None:
    known = {text for entry in FRENCH[face] for text in (entry.msgid, entry.msgid_plural)}
    used = {text for template in (SOURCE / face / "templates").rglob("*.html") for text in sentences(template)}
    assert len(used) > 50
    assert used - {""} <= known


@pytest.mark.parametrize("face", FACES)
def test_every_sentence_of_the_code_has_its_french(face: str) -> None:
    known = {entry.msgid for entry in FRENCH[face]}
    for file in (SOURCE / face).rglob("*.py"):
        for call in re.findall(r'(?:\b_|gettext_noop)\(\s*((?:"[^"]*"\s*)+)\)', file.read_text(encoding="utf-8")):
            assert "".join(re.findall(r'"([^"]*)"', call)) in known


@pytest.mark.parametrize("entry", ENTRIES)
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


@pytest.mark.parametrize("face", FACES)
def test_the_compiled_french_is_the_written_one(face: str) -> None:
    compiled = polib.mofile(str(SOURCE / face / "locale/fr/LC_MESSAGES/django.mo"))
    assert {(one.msgid, one.msgctxt, one.msgstr, str(one.msgstr_plural)) for one in compiled} == {
        (one.msgid, one.msgctxt, one.msgstr, str(one.msgstr_plural)) for one in FRENCH[face]
    }
