"""Fingerprints on the desk: leads on a case, whether a list is right, our own list by two people; never the digits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import house
from tests.actions.test_fingerprints import bring, pdq, value
from tests.faces.desk.conftest import Desk, outside

from fanal.core.report import Category
from fanal.matching.lists import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

MARK = "xylophone"  # a word that only the first person writes


@pytest.fixture
def shelf(tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """A folder of lists of this test's own (after `desk`, whose settings bring a world of their own)."""
    from fanal.queries import fingerprints, world

    here = replace(world.current(), lists_folder=str(tmp_path))
    settings.FANAL_WORLD = lambda: here
    monkeypatch.setattr(fingerprints, "REPORTED", fingerprints.Reported())
    return tmp_path


def read(client: Client, path: str, *, status: int = 200) -> str:
    """Read a page, which holds no run of digits that could be of a fingerprint."""
    answer = client.get(path)
    assert answer.status_code == status
    return clean(answer)


def clean(answer: object) -> str:
    page: str = answer.content.decode()  # type: ignore[attr-defined]
    shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    assert not re.search(r"[0-9a-f]{8}", shown.lower()), "digits of a fingerprint"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def decided(*typed: str) -> str:
    with outside():
        return house.decided(*typed)


def entry(page: str) -> str:
    found = re.search(r"B-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert found
    return found[0]


def test_leads_are_told_in_words_and_nobody_is_called_anything(
    shelf: Path, made: Callable[..., str], desk: Desk
) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="5a5a5a5a5a"), category="child-sexual", flood=1)
    bring(shelf, "calm", Entry("pdq", value(pdq(9))), negative=True)
    with outside():
        made(pdq(*range(60, 90)), category=Category.OTHER)  # thirty from the list's entry, by which they are one case
        ref = made(pdq(1, 2, 3), category=Category.OTHER)
    client = desk.enter(house.ALICE)
    page = read(client, f"/cases/{ref}")
    assert "leads. A match is a lead: a person compares." in page
    assert "List known, which says “A1” of it" in page
    assert "3 bits of 256 differ." in page
    assert "The fingerprints hardly differ" in page
    assert "Listed as harmless" in page
    assert "This list holds what is known to be harmless." in page
    assert "offender" not in page
    assert page.count("Set aside") == 1, "one find a day was allowed, the nearer picture was the second"


def test_a_picture_that_was_reported_before_is_named_by_its_case(
    shelf: Path, made: Callable[..., str], desk: Desk
) -> None:
    from fanal.store import models

    del shelf
    with outside():
        other = made(pdq(), category=Category.OTHER)
        ref = made(pdq(1), category=Category.OTHER)
    assert ref == other, "near each other, they are one case"
    page = read(desk.enter(house.ALICE), f"/cases/{ref}")
    assert "Near C1 of this case" in page
    with outside():
        third = made("https://video.example/w/3")
        place = models.CaseTarget.objects.get(case__ref=ref, position=1)
        place.case, place.position = models.Case.objects.get(ref=third), 7
        place.save()
    page = read(desk.enter(house.ALICE), f"/cases/{ref}")
    assert f"Reported before: Case {third}" in page


def test_many_matches_are_bounded_and_asked_for_once(shelf: Path, made: Callable[..., str], desk: Desk) -> None:
    bring(shelf, "known", *(Entry("pdq", value(pdq(n)), ref=f"n{n}") for n in range(23)))
    with outside():
        one = made(pdq(), category=Category.OTHER)
        many = made(*(pdq(seed=seed) for seed in (0x5A, 0x11, 0x24)), "sha256:" + "ab" * 32, category=Category.HATE)
    client = desk.enter(house.ALICE)
    page = read(client, f"/cases/{one}")
    assert page.count("List known") == 20
    assert "further matches, no nearer than these, are not shown." in page
    asked = []
    for ref in (one, many):
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/cases/{ref}")
        asked.append(sum("store_hashmatch" in one["sql"] for one in seen))
    assert asked[0] == asked[1] == 1


def test_an_opinion_of_a_list_is_counted_and_kept_from_the_second_reviewer(
    shelf: Path, made: Callable[..., str], desk: Desk
) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"))
    with outside():
        ref = made(pdq())
    client = desk.enter(house.ALICE)
    refused = client.post(f"/cases/{ref}/items/C1/lists", {"opinion": "", "grounds": "My careful words"})
    assert refused.status_code == 409
    assert "Choose what you find: the list is right" in clean(refused)
    assert "My careful words" in clean(refused)
    given = {"opinion": "disputed", "grounds": f"Because of {MARK}."}
    assert client.post(f"/cases/{ref}/items/C1/lists", given).status_code == 302
    assert "Our own people say: Disputed (1)" in read(client, f"/cases/{ref}")
    page = read(desk.enter(house.BRUNO), f"/cases/{ref}")
    assert "What others say of it opens once the case is decided." in page
    assert "Disputed (1)" not in page
    assert MARK not in page
    with outside():
        house.judge(house.ALICE, ref)
        house.judge(house.BRUNO, ref)
    assert "Our own people say: Disputed (1)" in read(client, f"/cases/{ref}")
    assert desk.enter(house.DRISS).post(f"/cases/{ref}/items/C1/lists", given).status_code == 403


def test_two_people_put_a_fingerprint_into_our_list_and_one_takes_it_out(shelf: Path, desk: Desk) -> None:
    ref = decided(pdq())
    client = desk.enter(house.ALICE)
    refused = client.post(f"/cases/{ref}/items/C1/propose", {"grounds": " "})
    assert refused.status_code == 409
    assert "Say why" in clean(refused)
    client.post(f"/cases/{ref}/items/C1/propose", {"grounds": f"It is {MARK}, seen at https://video.example/w/1"})
    page = read(client, "/fingerprints")
    name = entry(page)
    assert "You put this forward, so you do not decide on it." in page
    assert f"Case {ref}" in page
    assert MARK in page, "one's own grounds stay readable"
    alone = client.post(f"/fingerprints/{name}/publish", follow=True)
    assert "You put this entry forward: another person has to decide on it." in clean(alone)
    assert not list(shelf.iterdir())
    client = desk.enter(house.BRUNO)
    page = read(client, "/fingerprints")
    assert MARK not in page, "the second person decides without the first's grounds"
    assert "The grounds are under seal until you have decided" in page
    desk.enter(house.CHLOE)
    assert "Look at its case first" in read(desk.client, "/fingerprints")
    unseen = desk.client.post(f"/fingerprints/{name}/publish", follow=True)
    assert "whoever publishes an entry has seen what it stands for" in clean(unseen)
    assert "Put forward: a second person decides 1" in clean(unseen)
    desk.client.get(f"/cases/{ref}")
    assert "Look at its case first" not in read(desk.client, "/fingerprints")
    client = desk.enter(house.BRUNO)
    assert client.post(f"/fingerprints/{name}/publish").status_code == 302
    with outside():
        house.work()
    page = read(client, "/fingerprints?state=published")
    assert MARK in page
    assert "hxxps://video[.]example" in page
    assert "https://video.example" not in page
    assert "own-bank" in page[page.index("Lists on this machine") :]
    refused = client.post(f"/fingerprints/{name}/withdraw", {"grounds": ""})
    assert refused.status_code == 409
    assert "Say why" in clean(refused)
    client.post(f"/fingerprints/{name}/withdraw", {"grounds": "It was something else."})
    page = read(client, "/fingerprints?state=withdrawn")
    assert "It was something else." in page
    assert client.post(f"/fingerprints/{name}/withdraw", {"grounds": "Again."}).status_code == 409
    assert f"{name} Withdrawn" in read(client, f"/cases/{ref}")


def test_a_second_person_keeps_an_entry_out(shelf: Path, desk: Desk) -> None:
    del shelf
    ref = decided(pdq())
    desk.enter(house.ALICE).post(f"/cases/{ref}/items/C1/propose", {"grounds": "Seen."})
    client = desk.enter(house.BRUNO)
    name = entry(read(client, "/fingerprints"))
    refused = client.post(f"/cases/{ref}/items/C1/propose", {"grounds": "My careful words"})
    assert refused.status_code == 409
    assert "in our list already, or was put forward" in clean(refused)
    assert "My careful words" in clean(refused)
    client.post(f"/fingerprints/{name}/refuse")
    assert f"kept out by {house.BRUNO.id}" in read(client, "/fingerprints?state=refused")


def test_what_two_people_did_not_find_illegal_is_not_offered(shelf: Path, made: Callable[..., str], desk: Desk) -> None:
    del shelf
    with outside():
        ref = made(pdq())
    client = desk.enter(house.ALICE)
    assert "Put forward for our list" not in read(client, f"/cases/{ref}")
    refused = client.post(f"/cases/{ref}/items/C1/propose", {"grounds": "Seen."})
    assert refused.status_code == 409
    assert "Two people have to find the case illegal" in clean(refused)


def test_the_page_is_of_use_without_any_list_and_closed_to_who_has_no_right(shelf: Path, desk: Desk) -> None:
    client = desk.enter(house.SOFIA)
    page = read(client, "/fingerprints?state=nonsense&page=9999999")
    assert "There is no list here yet." in page
    assert "fanal lists import --help" in page
    assert "Nothing waits for a second person." in page
    bring(shelf, "known", Entry("md5", b"\x5a" * 16, ref="n7"), category="terrorism")
    (shelf / "broken").mkdir()
    (shelf / "broken" / "list.toml").write_text("version = [")
    (shelf / "known" / "v000001" / "offsets").rename(shelf / "known" / "offsets")
    assert read(client, "/fingerprints").count("It cannot be read, and nothing is matched with it.") == 2
    (shelf / "known" / "offsets").rename(shelf / "known" / "v000001" / "offsets")
    page = read(client, "/fingerprints")
    assert "Desk of nowhere" in page
    assert "for trying" in page
    assert page.count("It cannot be read") == 1
    client = desk.enter(house.DRISS)
    assert client.get("/fingerprints").status_code == 403
    assert 'href="/fingerprints"' not in client.get("/ledger").content.decode()
    for what in ("publish", "refuse", "withdraw"):
        assert client.post(f"/fingerprints/B-NONE/{what}", {"grounds": "x"}).status_code == 403


def test_the_pages_of_our_list_are_bounded(shelf: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from fanal.queries import bank

    del shelf
    monkeypatch.setattr(bank, "PAGE", 1)
    ref = decided(pdq(), "sha256:" + "ab" * 32)
    client = desk.enter(house.ALICE)
    for item in ("C1", "C2"):
        client.post(f"/cases/{ref}/items/{item}/propose", {"grounds": "Seen."})
    assert "Put forward as" in read(client, "/fingerprints")
    first, second = read(client, "/fingerprints"), read(client, "/fingerprints?page=2")
    assert entry(first) != entry(second)
    assert "Page 2 of 2." in second


def test_the_pages_speak_french(shelf: Path, desk: Desk) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"))
    ref = decided(pdq())
    client = desk.enter(house.ALICE)
    client.post(f"/cases/{ref}/items/C1/propose", {"grounds": "Vu."})
    client.cookies["fanal_language"] = "fr"
    page = client.get(f"/cases/{ref}").content.decode()
    assert "<b>1 piste.</b> Une correspondance est une piste" in page
    assert "qui en dit «\u00a0A1\u00a0»" in page
    assert "Proposée\u00a0: une deuxième personne décide" in page
    assert "Notre propre liste" in read(client, "/fingerprints")
