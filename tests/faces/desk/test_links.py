"""The links of a case over HTTP: drawing and table agree, judging, merging, splitting, undoing, and who may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.faces.desk import linked
from tests.faces.desk.conftest import Desk, outside
from tests.faces.desk.test_case import post, text

from fanal.store.models import Case, CaseLink, Move

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "xylophone"  # a word that only one person writes
GROUNDS = f"Read side by side, {MARK}."


@pytest.fixture
def several(desk: Desk) -> tuple[str, tuple[str, ...]]:
    """A case of three targets and four cases that have something in common with it; ALICE is at the desk."""
    with outside():
        found = linked.several()
    desk.enter(house.ALICE)
    return found


def link(a: str, b: str) -> str:
    with outside():
        return str(CaseLink.objects.get(low__ref__in=(a, b), high__ref__in=(a, b)).ref)


def state(ref: str) -> str:
    with outside():
        return str(Case.objects.get(ref=ref).state)


def ends(page: str, name: str) -> list[tuple[str, str]]:
    """Read the lines of one drawing: from where, to which case."""
    svg = page.partition(f'class="ties ties-{name}"')[2].partition("</svg>")[0]
    return sorted(re.findall(r'class="ties-word"[^>]*aria-label="[^"]*?, (\S+) – (\S+), ', svg))


def rows(page: str) -> list[tuple[str, str]]:
    """Read the rows of the table."""
    return sorted(re.findall(r'<tr id="tie-(C[0-9]+|D-.{9})-(D-.{9})"', page))


def test_both_drawings_and_the_table_hold_the_same_links(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    whole, others = several
    page = text(desk.client.get(f"/cases/{whole}/links"))
    assert rows(page) == ends(page, "wide") == ends(page, "tall")
    assert {b for _, b in rows(page)} == set(others)
    assert {a for a, _ in rows(page)} == {whole, "C1", "C2"}
    for row in re.findall(r'class="ties-word" href="#([^"]+)"', page):
        assert page.count(f'id="{row}"') == 1
    for sentence in ("The same wallet is named on both sides.", "Both are pages of one site"):
        assert sentence in page
    assert "4 links wait for a judgement" in page
    assert "style=" not in page
    assert f'href="/cases/{whole}/links"' in text(desk.client.get(f"/cases/{whole}"))


def test_no_page_of_links_says_what_is_linked(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    page = text(desk.client.get(f"/cases/{several[0]}/links"))
    for live in ("canary", "carnet", "recits", linked.CONTACT, "corbeau77", linked.WALLET, "http:", "https:"):
        assert live not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_numbers_in_the_drawing_are_numbers_in_french_too(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    desk.client.cookies["fanal_language"] = "fr"
    page = text(desk.client.get(f"/cases/{several[0]}/links"))
    assert 'lang="fr"' in page
    found = re.findall(r' (?:x|y|cx|cy|width|height|viewBox)="([^"]*)"', page)
    assert len(found) > 50
    assert all(re.fullmatch(r"[0-9. -]+", one) for one in found if one != "device-width, initial-scale=1")


def test_who_judges_says_what_and_why_and_can_think_again(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    whole, others = several
    ref = link(whole, others[1])
    path = f"/cases/{whole}/links/{ref}/judge"
    for fields, code in (
        ({"grounds": GROUNDS}, "Choose what you find"),
        ({"judgement": "proposed", "grounds": GROUNDS}, "Choose what you find"),
        ({"judgement": "different", "grounds": " "}, "Write why"),
    ):
        refused = desk.client.post(path, fields)
        assert refused.status_code == 409
        assert code in text(refused)
        assert f">{fields['grounds']}</textarea>" in text(refused)
        assert ('value="different" checked' in text(refused)) == (fields.get("judgement") == "different")
    page = text(post(desk, path, judgement="different", grounds=GROUNDS))
    assert "No rule joins the two again." in page
    assert "Said to be different" in page
    assert GROUNDS in page
    desk.enter(house.BRUNO)
    page = text(desk.client.get(f"/cases/{whole}/links"))
    assert MARK not in page
    assert "The grounds are kept, not shown" in page
    assert "3 links wait for a judgement" in page
    page = text(post(desk, path, judgement="same", grounds="On second thoughts."))
    assert "Nothing is merged by that alone." in page
    assert state(whole) == state(others[1]) == "waiting"


def test_different_stays_different_when_more_comes_and_forbids_merging(
    desk: Desk, several: tuple[str, tuple[str, ...]]
) -> None:
    whole, others = several
    post(desk, f"/cases/{whole}/links/{link(whole, others[0])}/judge", judgement="different", grounds=GROUNDS)
    with outside():
        linked.case("https://carnet.example/pages/canary-1", comment="Encore.", source=60)
        linked.case("https://carnet.example/pages/canary-9", comment="Encore.", source=61)
    page = text(desk.client.get(f"/cases/{whole}/links"))
    assert page.count("Said to be different") > 1
    assert state(others[0]) == state(whole) == "waiting"
    refused = desk.client.post(f"/cases/{whole}/merge-into/{others[0]}", {"grounds": GROUNDS})
    assert refused.status_code == 409
    assert "called these two different" in text(refused)
    assert f">{GROUNDS}</textarea>" in text(refused)


def test_a_merge_leads_from_the_one_to_the_other_and_back(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    whole, others = several
    path = f"/cases/{others[3]}/merge-into/{whole}"
    assert desk.client.post(path, {"grounds": ""}).status_code == 409
    assert state(others[3]) == "waiting"
    done = desk.client.post(path, {"grounds": GROUNDS})
    assert done["Location"] == f"/cases/{whole}/links"
    assert "is merged into this case" in text(desk.client.get(done["Location"]))
    for where in (f"/cases/{others[3]}", f"/cases/{others[3]}/links"):
        page = text(desk.client.get(where))
        assert "A person merged this case into another." in page
        assert f'href="/cases/{whole}"' in page
    page = text(desk.client.get(f"/cases/{whole}/links"))
    assert page.count(f"({others[3]})") > 1  # two links lead to one case now: each says which part it was proposed for
    assert rows(page) == ends(page, "wide") == ends(page, "tall")
    with outside():
        move = Move.objects.get().ref
    undo = f"/cases/{whole}/moves/{move}/undo"
    refused = desk.client.post(undo, {"grounds": ""})
    assert refused.status_code == 409
    assert "Write why" in text(refused)
    desk.enter(house.BRUNO)
    page = text(post(desk, undo, grounds="Not the same after all."))
    assert "what had moved is back in its place" in page
    assert f"Undone by {house.BRUNO.id}" in page
    assert MARK not in page
    assert state(others[3]) == "waiting"
    again = desk.client.post(undo, {"grounds": "Once more."})
    assert again.status_code == 409
    assert "This was undone already." in text(again)


def test_what_is_chosen_is_split_off_and_comes_back(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    whole, _ = several
    path = f"/cases/{whole}/split"
    for items, grounds, why in (
        ([], GROUNDS, "Choose at least one target"),
        (["C1", "C2", "C3"], GROUNDS, "at least one must stay"),
        (["C2"], "", "Write why"),
        (["C9"], GROUNDS, "does not stand in this case"),
    ):
        refused = desk.client.post(path, {"items": items, "grounds": grounds})
        assert refused.status_code == 409
        assert why in text(refused)
        assert text(refused).count(" checked") == len(set(items) & {"C1", "C2", "C3"})
    page = text(desk.client.post(path, {"items": ["C2"], "grounds": GROUNDS}, follow=True))
    assert "2 targets of this case" in page
    with outside():
        row = Move.objects.select_related("into").get()
        move, part = row.ref, row.into.ref
    assert f'href="/cases/{part}/links"' in page
    assert "Said to be different" in text(desk.client.get(f"/cases/{part}/links"))
    page = text(post(desk, f"/cases/{whole}/moves/{move}/undo", grounds="They belong together."))
    assert "3 targets of this case" in page


def test_a_case_without_links_says_so(desk: Desk, made: Callable[..., str]) -> None:
    with outside():
        ref = made("https://seul.example/")
    desk.enter(house.ALICE)
    page = text(desk.client.get(f"/cases/{ref}/links"))
    assert "No link to another case" in page
    assert '<svg class="ties' not in page
    assert "One target alone cannot be split off." in page


def test_reach_is_said_on_both_pages(desk: Desk) -> None:
    with outside():
        ref = linked.crowd()
    desk.enter(house.ALICE)
    for path in (f"/cases/{ref}", f"/cases/{ref}/links"):
        page = text(desk.client.get(path))
        assert re.search(r"12 reports, about \d+ independent accounts? of it, 9 copies of one text\.", page)
        assert "12 of them came within" in page


def test_an_auditor_reads_no_links_and_moves_nothing(desk: Desk, several: tuple[str, tuple[str, ...]]) -> None:
    whole, others = several
    ref = link(whole, others[0])
    client = desk.enter(house.DRISS)
    assert client.get(f"/cases/{whole}/links").status_code == 403
    for path in (f"links/{ref}/judge", f"merge-into/{others[0]}", "split"):
        given = {"judgement": "same", "items": "C1", "grounds": GROUNDS}
        assert client.post(f"/cases/{whole}/{path}", given).status_code == 403
    client = desk.enter(house.ALICE)
    assert client.get("/cases/D-0000-0000/links").status_code == 404
    assert client.post("/cases/D-0000-0000/merge-into/D-0000-0001", {"grounds": GROUNDS}).status_code == 404
