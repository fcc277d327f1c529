"""Drafts that name something live in every disguise we could think of, and drafts that only look like it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.guard import evasion
from tests.guard.reported import NOISE, Reported, keys, reported

from fanal.core.guard import check
from fanal.matching.words import ordinary
from fanal.wire import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.guard.evasion import Entry, Outcome

    from fanal.core.guard.draft import Draft, Form
    from fanal.core.guard.review import Review

REACH = 0.98
FLOOR = 0.85  # of each trick: of seven drafts, one


def read(text: str, form: Form) -> Draft:
    return drafts.read(text.encode(), form=form)


@pytest.fixture(scope="module")
def index() -> Reported:
    return reported()


@pytest.fixture(scope="module")
def ask(index: Reported) -> Callable[[str, Form, str], tuple[Draft, Review]]:
    def asked(text: str, form: Form, language: str) -> tuple[Draft, Review]:
        draft = read(text, form)
        return draft, check(
            draft,
            find=index.index.find,
            known=index.known,
            ordinary=ordinary,
            language=language,
            again=lambda source: read(source, form),
        )

    return asked


@pytest.fixture(scope="module")
def outcomes(ask: Callable[[str, Form, str], tuple[Draft, Review]]) -> list[Outcome]:
    return [evasion.weigh(entry, *ask(entry.text, entry.form, entry.language)) for entry in evasion.entries()]


def test_the_corpus_is_what_it_says() -> None:
    every = evasion.entries()
    known = keys()
    assert len(every) >= 440
    assert len({" ".join(one.text.split()) for one in every}) == len(every)
    languages = Counter(one.language for one in every)
    assert languages.keys() == {"fr", "en"}
    assert min(languages.values()) > 0.45 * len(every)
    assert 0.55 < sum(1 for one in every if one.names) / len(every) < 0.65
    assert all(passage in one.text for one in every for passage in one.passages)
    assert max(len(one.text) for one in every) <= 1_500
    assert {key for one in every for key in one.names} == known
    assert {one.trick for one in every} == evasion.tricks().keys()


def test_the_index_is_full_of_other_names(index: Reported) -> None:
    assert index.targets > 0.95 * NOISE
    assert ordinary("maison")


def test_what_is_named_is_found_and_nothing_else(
    outcomes: list[Outcome], record_property: Callable[[str, object], None]
) -> None:
    record_property("table", evasion.table(outcomes))
    faults = [fault for one in outcomes for fault in one.faults]
    overall = evasion.score(outcomes)
    low = {
        trick: (one.recall, one.precision)
        for trick, one in evasion.by_trick(outcomes).items()
        if min(one.recall, one.precision) < FLOOR
    }
    assert overall.recall >= REACH, faults
    assert overall.precision >= REACH, faults
    assert not low, faults


def test_the_safe_version_names_nothing_and_says_the_rest(
    outcomes: list[Outcome], ask: Callable[[str, Form, str], tuple[Draft, Review]]
) -> None:
    faults = []
    for one in outcomes:
        entry, safe = one.entry, one.review.safe
        if one.review.clean:
            faults += [f"{entry}: changed though nothing was found"] * (safe != entry.text)
            continue
        faults += [f"{entry}: the safe version has findings"] * (not ask(safe, entry.form, entry.language)[1].clean)
        faults += [f"{entry}: {passage!r} still stands" for passage in one.found if passage in safe]
        gone = _gone(entry, safe)
        faults += [f"{entry}: words are gone: {gone}"] * bool(gone)
    assert faults == []


def _gone(entry: Entry, safe: str) -> list[str]:
    """Give the words lost beside what was named, where they are more than a few."""
    around = evasion.words_around(entry)
    lost = [word for word in around if word not in safe]
    return lost if len(lost) > max(2, len(around) // 10) else []


def test_what_a_person_should_weigh_is_pointed_at(outcomes: list[Outcome]) -> None:
    silent = [str(one.entry) for one in outcomes if one.entry.doubt and not one.review.doubts]
    expected = sum(1 for one in outcomes if one.entry.doubt)
    assert expected >= 20
    assert len(silent) <= expected * (1 - REACH), silent
