"""Texts that are ready: they name nobody, hold no doubt, and say whom to call as the law's own file does."""

from __future__ import annotations

import re

import pytest

from fanal import law
from fanal.core import guard
from fanal.core.guard.draft import plain
from fanal.core.guard.ready import Ready, ready
from fanal.core.guard.review import Review
from fanal.core.text import Text
from fanal.matching import words

KIT = law.load().kit
READY = [pytest.param(one, id=one.id) for one in ready(KIT)]
LANGUAGES = ("en", "fr")


def read(said: str, language: str) -> Review:
    return guard.check(
        plain(said), find=lambda _: (), known=lambda _: {}, ordinary=words.ordinary, language=language
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", READY)
def test_the_guard_has_nothing_against_it(one: Ready, language: str) -> None:
    said = one.say.speak(language)
    assert read(said, language) == Review((), (), (), said)
    assert not re.search(r"[@#{}\[\]]|https?|www", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guard_has_nothing_against_the_kit(language: str) -> None:
    for text in (KIT.call, KIT.post, *(text for rule in KIT.rules for text in (rule.text, rule.why))):
        assert not read(text.speak(language), language).doubts, text


@pytest.mark.parametrize("one", READY)
def test_each_says_what_not_to_say_and_why(one: Ready) -> None:
    assert one.avoid
    for text in (one.when, *(text for no in one.avoid for text in (no.words, no.why))):
        assert text.en.strip()
        assert text.fr.strip()


def test_what_is_not_to_be_said_is_what_the_guard_would_point_at() -> None:
    every = {no.words.fr: no.words for one in ready(KIT) for no in one.avoid}
    assert read(every["Le prédateur de … (une ville)"].fr, "fr").doubts
    assert read(every["Tout sera supprimé ce soir."].fr, "fr").doubts
    assert read(every["Le prédateur de … (une ville)"].en, "en").doubts


def test_whom_to_call_is_the_law_file_s_own() -> None:
    kit = law.load().kit
    told = [one for one in ready(kit) if kit.call.fr in one.say.fr]
    assert len(told) > 3
    assert all(kit.call.en in one.say.en for one in told)
    other = Text(en="Ring the bell.", fr="Sonnez la cloche.")
    from dataclasses import replace

    for one in ready(replace(kit, call=other)):
        assert not re.search(r"\d", one.say.fr + one.say.en), "no number stands in the texts themselves"


@pytest.mark.parametrize("one", READY)
def test_french_is_set_as_french_is(one: Ready) -> None:
    for text in (one.when, one.say, *(text for no in one.avoid for text in (no.words, no.why))):
        assert not re.search(r" [?!;:»]|« |'", text.fr), text.fr
        assert not re.search(r"\b(?:tu|ton|toi)\b", text.fr)
