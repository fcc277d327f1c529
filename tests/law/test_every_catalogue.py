"""The same questions put to every catalogue that is shipped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fanal import law
from fanal.core.assess import qualify
from fanal.core.catalogue import Catalogue, Tick
from fanal.core.report import Category
from fanal.law import conditions, lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.core.text import Text

FILES = law.files()
NARROW, WIDE = "\u202f", "\u00a0"
GUILTY_EN = re.compile(r"\b(offender|perpetrator|culprit)s?\b|\b(a|the) criminal\b|\bcriminals\b", re.IGNORECASE)
GUILTY_FR = re.compile(
    r"\b(coupable|délinquant|prédateur|pédocriminel)|\b(un|le|du) criminel\b|\bles criminels\b", re.IGNORECASE
)


@pytest.fixture(params=FILES, ids=lambda path: path.name, scope="module")
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return law.read(request.param)


def sentences(catalogue: Catalogue) -> Iterator[Text]:
    yield catalogue.false_report
    yield from catalogue.families.values()
    for offence in catalogue.offences:
        yield offence.title
        yield from (element.text for element in offence.elements)
    for service in catalogue.services:
        yield service.for_what
    for dated in (*catalogue.emergencies, *catalogue.clocks, *catalogue.retention):
        yield dated.text
    for plain in catalogue.categories:
        yield from (plain.label, plain.hint)
    for elsewhere in catalogue.elsewhere:
        yield from (elsewhere.text, elsewhere.advice)
    yield from (catalogue.kit.call, catalogue.kit.post)
    for rule in catalogue.kit.rules:
        yield from (rule.text, rule.why)
    yield from (one.kit for one in catalogue.emergencies if one.kit)


def test_at_least_one_is_shipped() -> None:
    assert FILES


def test_is_called_like_its_file() -> None:
    for path in FILES:
        assert law.read(path).jurisdiction == path.stem


def test_published_offences_are_as_they_were_locked(catalogue: Catalogue) -> None:
    locked = lock.read(law.FOLDER / lock.NAME)
    assert lock.changed(catalogue, locked) == ()


def test_every_offence_is_locked(catalogue: Catalogue) -> None:
    assert lock.unlocked(catalogue, lock.read(law.FOLDER / lock.NAME)) == ()


def test_every_family_that_has_offences_has_one_with_elements(catalogue: Catalogue) -> None:
    used = {offence.family for offence in catalogue.offences}
    assert used - {offence.family for offence in catalogue.offences if offence.written()} == set()


def test_a_written_offence_holds_can_fail_and_needs_answers(catalogue: Catalogue) -> None:
    for offence in catalogue.offences:
        if not offence.written():
            continue
        blank = qualify.weigh(offence, {})
        assert blank.holds is Tick.UNKNOWN, offence.id
        assert blank.missing == offence.elements, offence.id
        assert offence.condition is not None
        assert sorted(conditions.leaves(offence.condition)) == sorted(element.id for element in offence.elements)


def test_every_category_leads_to_an_offence_with_elements(catalogue: Catalogue) -> None:
    day = max(offence.in_force_from for offence in catalogue.offences)
    for category in Category:
        assert qualify.candidates(catalogue, category, on=day)[0].written(), category


def test_help_on_the_first_screen_was_checked_and_is_not_from_memory(catalogue: Catalogue) -> None:
    first = [one for one in catalogue.emergencies if one.first_screen]
    assert first
    assert [one.number for one in first if "memory" in one.source] == []


def test_what_the_public_is_told_rests_on_this_file_alone(catalogue: Catalogue) -> None:
    kit = catalogue.kit
    checked = {one.number for one in catalogue.emergencies if "memory" not in one.source}
    assert {one.number for one in catalogue.emergencies if one.kit} <= checked
    for text in (kit.call, kit.post, *(text for rule in kit.rules for text in (rule.text, rule.why))):
        for said in (text.en, text.fr):
            assert set(re.findall(r"\b\d{2,}\b", said)) <= checked, said
    for said in (kit.call.en, kit.call.fr):
        assert re.search(r"\d{2,}", said), "it says whom to call"
    for rule in kit.rules:
        assert rule.source
        for id in rule.offences:
            assert catalogue.offence(id).article.split()[0] in rule.source, (
                "an article that is told is one of this file"
            )


def test_the_post_is_taken_where_a_network_allows_280_signs(catalogue: Catalogue) -> None:
    assert max(len(catalogue.kit.post.en), len(catalogue.kit.post.fr)) <= 280


def test_french_is_typeset_as_french_is(catalogue: Catalogue) -> None:
    for text in sentences(catalogue):
        assert "'" not in text.fr, text.fr
        assert not re.search(rf"(?<!{NARROW})[;?!»]|«(?!{NARROW})", text.fr), text.fr
        assert not re.search(rf"(?<!{WIDE}):", text.fr), text.fr


def test_words_presume_innocence(catalogue: Catalogue) -> None:
    for text in sentences(catalogue):
        assert not re.search(
            r"\b(offender|perpetrator|culprit)s?\b|\b(a|the) criminal\b|\bcriminals\b", text.en, re.IGNORECASE
        ), text.en
        assert not re.search(
            r"\b(coupable|délinquant|prédateur|pédocriminel)|\b(un|le|du) criminel\b|\bles criminels\b",
            text.fr,
            re.IGNORECASE,
        ), text.fr


def test_no_address_stands_in_it() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert "@" not in text, path.name
        assert not re.search(r"https?://|www\.|\.onion", text), path.name


def test_every_kind_of_kept_data_has_its_period(catalogue: Catalogue) -> None:
    for what in ("reporter-identity", "reporter-ip", "source-token", "report", "analyst", "case"):
        assert catalogue.kept_days(what) > 0
