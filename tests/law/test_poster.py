"""The poster: one sheet, every rule and number of the law's own file, large enough, nothing beyond the edge."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from fanal import law
from fanal.core.text import Text
from fanal.law import poster

if TYPE_CHECKING:
    from fanal.core.catalogue import Catalogue

WIDTH, HEIGHT = 595.3, 841.9
AFAR = 22.0  # points: capitals of 5 mm, what is read from two metres


@pytest.fixture(scope="module", params=law.files(), ids=lambda path: path.name)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return law.read(request.param)


def drawn(catalogue: Catalogue, language: str, address: str = "") -> bytes:
    numbers = [one for one in catalogue.emergencies if one.kit]
    return poster.pdf(catalogue.kit, numbers, language=language, address=address)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def lines(sheet: bytes) -> dict[str, tuple[float, float, float]]:
    """Give each line with its size and the place where it begins."""
    found: dict[str, tuple[float, float, float]] = {}
    reader = PdfReader(BytesIO(sheet))
    assert len(reader.pages) == 1

    def note(text: str, _matrix: object, at: list[float], _font: object, size: float) -> None:
        if text.strip():
            found[plain(text).strip()] = (size, at[4], at[5])

    reader.pages[0].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_and_number_stands_on_one_sheet_and_is_read_from_afar(catalogue: Catalogue, language: str) -> None:
    found = lines(drawn(catalogue, language, "report.example"))
    for rule in catalogue.kit.rules:
        size, left, base = found[plain(rule.text.speak(language))]
        assert size >= AFAR, rule.id
        assert 0 < left < WIDTH / 2
        assert 0 < base < HEIGHT
    for one in catalogue.emergencies:
        assert (one.number in found) == (one.kit is not None)
        assert one.kit is None or found[one.number][0] >= AFAR
    assert found["report.example"][0] >= AFAR


def test_it_is_the_same_sheet_for_the_same_law(catalogue: Catalogue) -> None:
    assert drawn(catalogue, "fr") == drawn(catalogue, "fr")
    assert drawn(catalogue, "fr") != drawn(catalogue, "en")


def test_it_says_its_language_and_title_and_carries_its_font(catalogue: Catalogue) -> None:
    reader = PdfReader(BytesIO(drawn(catalogue, "fr")))
    assert str(reader.root_object["/Lang"]) == "fr"
    assert reader.metadata
    assert "Que faire, que ne pas faire" in str(reader.metadata.title)
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    embedded = [one for one in fonts if "AtkinsonHyperlegible" in str(one["/BaseFont"])]
    assert all("/FontFile2" in one["/FontDescriptor"] for one in embedded)
    assert embedded


def test_without_an_address_a_line_is_left_to_write_it_on(catalogue: Catalogue) -> None:
    assert "Report here:" in lines(drawn(catalogue, "en"))
    assert b"report.example" not in drawn(catalogue, "en")


def test_the_longest_words_that_a_catalogue_may_have_stay_on_the_sheet(catalogue: Catalogue) -> None:
    widest = Text(en="W" * 44, fr="W" * 44)
    rules = tuple(replace(rule, text=widest) for rule in catalogue.kit.rules)
    numbers = [replace(one, number="116 006", kit=Text(en="W" * 22, fr="W" * 22)) for one in catalogue.emergencies[:6]]
    sheet = poster.pdf(replace(catalogue.kit, rules=rules), numbers, language="en", address="w" * 90)
    for text, (size, left, _) in lines(sheet).items():
        assert left + len(text) * size * 0.5 < WIDTH, "half of its height is less than any of these letters is wide"
