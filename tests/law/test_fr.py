"""French law: everything that the reference data say is there, as they say it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests import shared_data

from fanal import law

if TYPE_CHECKING:
    from fanal.core.catalogue import Catalogue, Offence, Penalty

LIFE = 99


@pytest.fixture(scope="module")
def french() -> Catalogue:
    return law.load()


@pytest.fixture(scope="module")
def reference() -> list[dict[str, Any]]:
    path = shared_data.folder("fr-law") / "offences-catalogue.json"
    return json.loads(path.read_text(encoding="utf-8"))["offences"]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return json.loads((shared_data.folder("fr-law") / "services.json").read_text(encoding="utf-8"))


def plain(title: str) -> str:
    """A title without French typography."""
    return "".join(title.replace("’", "'").split())


def months(penalty: Penalty) -> int:
    return penalty.years * 12 + penalty.months


def stated_months(penalty: dict[str, Any]) -> int:
    return LIFE * 12 if penalty["years"] is None else round(penalty["years"] * 12)


def test_all_entries_and_no_other(french: Catalogue, reference: list[dict[str, Any]]) -> None:
    # The order is ours: within a family the analyst reads the commonest first.
    assert sorted(one.id for one in french.offences) == sorted(row["id"] for row in reference)
    assert len(french.offences) == 67


def test_titles_articles_and_status_are_equal(french: Catalogue, reference: list[dict[str, Any]]) -> None:
    for row in reference:
        one = french.offence(row["id"])
        assert (plain(one.title.fr), plain(one.title.en)) == (plain(row["title_fr"]), plain(row["title_en"]))
        assert (one.law, one.article, one.nature, one.minors, one.verified) == tuple(
            row[name] for name in ("law", "article", "nature", "minors", "verified")
        )
        assert one.dsa_category == (row["dsa_category"] or "")
        assert one.dsa_keyword == (row["dsa_keyword"] or "")
        assert plain(one.note).startswith(plain(row.get("note", "")))


def test_penalties_are_equal(french: Catalogue, reference: list[dict[str, Any]]) -> None:
    for row in reference:
        one = french.offence(row["id"])
        for mine, theirs in ((one.base_penalty, row["base_penalty"]), (one.max_penalty, row["max_penalty"])):
            assert mine is not None
            assert months(mine) == stated_months(theirs), one.id
            assert mine.fine_eur == (theirs["fine_eur"] or 0), one.id
            assert mine.when == theirs.get("when", "").strip("-"), one.id


def test_one_family_here_for_each_family_there(french: Catalogue, reference: list[dict[str, Any]]) -> None:
    pairs = {(row["pharos_family"], french.offence(row["id"]).family) for row in reference}
    assert len(pairs) == len({theirs for theirs, _ in pairs}) == len({mine for _, mine in pairs})


def test_the_removal_clock_runs_where_the_reference_says(french: Catalogue, reference: list[dict[str, Any]]) -> None:
    for row in reference:
        assert ("lcen-6-1" in french.offence(row["id"]).clocks) is row["lcen_6_1"], row["id"]


def test_services_keep_their_status(french: Catalogue, services: dict[str, Any]) -> None:
    for row in services["services"]:
        mine = french.service(row["id"])
        assert plain(mine.name) == plain(row["name"])
        assert mine.status == row["status"]
        assert mine.source == row.get("source", "")


def test_what_was_from_memory_says_so(french: Catalogue, services: dict[str, Any]) -> None:
    numbers = {one.number: one for one in french.emergencies}
    for row in services["numbers"]:
        mine = numbers.get(row["n"])
        if mine is not None and row["status"] == "memory":
            assert "memory" in mine.source or "read on" in mine.source, mine.number


def test_enough_is_written(french: Catalogue) -> None:
    written: list[Offence] = [one for one in french.offences if one.written()]
    assert len(written) >= 20


def test_the_urgent_numbers_come_first(french: Catalogue) -> None:
    first = [one.number for one in french.emergencies if one.first_screen]
    assert first[:5] == ["17", "112", "114", "119", "3018"]


def test_the_deadlines_of_law(french: Catalogue) -> None:
    assert french.clock("lcen-6-1").hours == 24
    assert french.clock("tco-removal").hours == 1
    assert french.clock("house-second-opinion").source == "house"


def test_the_warning_names_article_and_maximum(french: Catalogue) -> None:
    assert french.false_report_article.endswith("226-10")
    assert "45,000" in french.false_report.en
    assert "45\u202f000" in french.false_report.fr
