"""The safe version speaks the language of the draft."""

from __future__ import annotations

import pytest

from fanal.core.guard.draft import Draft, Form, Part, Place, plain
from fanal.core.guard.tongue import tongue


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Merci à tous pour vos signalements, le compte est examiné.", "fr"),
        ("Thank you all for your reports: the account is being examined.", "en"),
        ("N’allez pas voir ce que « the best of » vous montre, et parlez-en avec les enfants.", "fr"),
        ("The town of Le Havre thanks those who have written to the police.", "en"),
    ],
)
def test_small_words_tell_the_language(text: str, language: str) -> None:
    assert tongue(plain(text), "xx") == language


@pytest.mark.parametrize("text", ["", "@badname!", "OK", "the le", "Die Polizei dankt allen herzlich."])
def test_what_does_not_tell_is_left_to_the_reader(text: str) -> None:
    assert tongue(plain(text), "en") == "en"
    assert tongue(plain(text), "fr") == "fr"


def test_only_what_is_read_tells() -> None:
    parts = (Part("Merci à vous et à tous pour le message."), Part("the is of and with", Place.HIDDEN))
    assert tongue(Draft(Form.HTML, "", parts), "en") == "fr"
