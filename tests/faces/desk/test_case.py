"""One case on the desk: queue, reading, revealing, judging blind, deciding, answering; each beside who may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.faces.desk.conftest import Desk, outside

from fanal.core.case import Outcome
from fanal.core.rights import Role
from fanal.queries.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable

LIVE = "https://video.example/watch/canary-7q2m"
DEFANGED = "hxxps://video[.]example/watch/canary-7q2m"
MARK = "xylophone"  # a word that only the first reviewer writes


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def post(desk: Desk, path: str, **fields: str) -> object:
    return desk.client.post(path, fields, follow=True)


def answers(outcome: Outcome = Outcome.ILLEGAL, grounds: str = "The elements are there.") -> dict[str, str]:
    with outside():
        id, ticks = house.offence()
    if outcome is not Outcome.ILLEGAL:
        return {"outcome": outcome, "grounds": grounds}
    return {"outcome": outcome, "offence": id, "grounds": grounds, **{f"tick-{key}": one for key, one in ticks.items()}}


def test_the_queue_gives_reasons_and_no_score_and_the_next_case_is_taken(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        calm = made("https://calm.example/1")
        urgent = made("https://urgent.example/1", danger_now=True)
    client = desk.enter(house.ALICE)
    page = text(client.get("/"))
    assert page.index(urgent) < page.index(calm)
    assert "Somebody is said to be in danger now." in page
    assert "grade" not in page
    taken = client.post("/take-next")
    assert taken["Location"] == f"/cases/{urgent}"
    assert "second" not in taken["Location"]
    desk.enter(house.BRUNO)
    assert desk.client.post("/take-next")["Location"] == f"/cases/{calm}"
    desk.enter(house.CHLOE)
    assert "No case is left that you may judge" in text(post(desk, "/take-next"))


def test_an_empty_queue_says_what_waits_elsewhere(desk: Desk) -> None:
    assert "Nothing waits here" in text(desk.enter(house.ALICE).get("/"))
    assert "Nothing waits here" in text(desk.client.get("/dispatches"))
    assert "Nothing waits here" in text(desk.client.get("/?state=closed&page=99999999999"))


def test_an_auditor_reads_the_ledger_and_no_case(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.DRISS)
    assert client.get("/")["Location"] == "/ledger"
    assert client.get("/ledger").status_code == 200
    assert client.get("/figures").status_code == 200
    for path in (f"/cases/{ref}", "/dispatches"):
        assert client.get(path).status_code == 403
    for path in ("/take-next", f"/cases/{ref}/take", f"/cases/{ref}/items/C1/reveal", f"/cases/{ref}/items/C1/clear"):
        refused = client.post(path, {"why": "curious"})
        assert refused.status_code == 403
        assert LIVE not in text(refused)
        assert DEFANGED not in text(refused)


def test_a_case_is_veiled_until_somebody_says_why(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE, comment=f"See {LIVE} \u202ereversed")
    client = desk.enter(house.ALICE)
    page = text(client.get(f"/cases/{ref}"))
    assert "canary-7q2m" not in page.replace(DEFANGED, "")
    assert LIVE not in page
    assert "⟨U+202E⟩" in page
    assert "\u202e" not in page
    without = client.post(f"/cases/{ref}/items/C1/reveal", {"why": "  "})
    assert without.status_code == 409
    assert "Say why you need to see it" in text(without)
    assert '<span class="ident-shown"' not in text(without)
    assert client.post(f"/cases/{ref}/items/C1/reveal", {"why": "first opinion"}).status_code == 302
    page = text(client.get(f"/cases/{ref}"))
    shown = re.search(r'<span class="ident-shown"[^>]*>([^<]+)<', page)
    assert shown
    assert shown[1] == DEFANGED
    assert "first opinion" in page
    assert LIVE not in page
    assert "item.revealed" in house.events(ref)
    client.post(f"/cases/{ref}/items/C1/veil")
    assert '<span class="ident-shown"' not in text(client.get(f"/cases/{ref}"))


def test_a_reveal_is_only_for_who_asked_and_veils_itself(
    made: Callable[..., str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    import time_machine

    from fanal.wire import clock

    with outside():
        ref = made(LIVE, comment="")
    desk.enter(house.BRUNO).get(f"/cases/{ref}")
    client = desk.enter(house.ALICE)
    client.post(f"/cases/{ref}/items/C1/reveal", {"why": "first opinion"})
    assert "ident-shown" in text(client.get(f"/cases/{ref}"))
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert "ident-shown" not in text(client.get(f"/cases/{ref}"))
    assert "ident-shown" not in text(desk.enter(house.BRUNO).get(f"/cases/{ref}"))


def test_copying_in_clear_is_a_second_recorded_act_without_a_link(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.ALICE)
    assert client.post(f"/cases/{ref}/items/C1/clear").status_code == 409, "not before it was revealed with a reason"
    client.post(f"/cases/{ref}/items/C1/reveal", {"why": "to give it to the host by phone"})
    page = client.post(f"/cases/{ref}/items/C1/clear")
    assert LIVE in text(page)
    assert f'href="{LIVE}"' not in text(page)
    assert "canary-7q2m" not in re.search(r"<title>(.*?)</title>", text(page), re.DOTALL)[1]  # type: ignore[index]
    assert page["Cache-Control"] == "no-store"
    assert house.events(ref).count("item.revealed") == 2
    assert client.get(f"/cases/{ref}/items/C1/clear").status_code == 405


def test_nothing_typed_is_lost_and_nothing_is_ticked_beforehand(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.ALICE)
    client.post(f"/cases/{ref}/take")
    given = answers(grounds="My careful words")
    page = text(client.get(f"/cases/{ref}?offence={given['offence']}"))
    assert " checked" not in page
    del given["outcome"]
    refused = client.post(f"/cases/{ref}/opinion", given)
    assert refused.status_code == 409
    assert "Choose what you find" in text(refused)
    assert "My careful words" in text(refused)
    assert text(refused).count(" checked") == sum(name.startswith("tick-") for name in given)
    assert "<title>Error: " in text(refused).replace("\n", "")
    given["outcome"] = "illegal"
    dropped = next(name for name in given if name.startswith("tick-"))
    refused = client.post(f"/cases/{ref}/opinion", {key: value for key, value in given.items() if key != dropped})
    assert refused.status_code == 409
    assert "Answer every element" in text(refused)
    assert client.post(f"/cases/{ref}/opinion", {"outcome": "not-illegal", "grounds": " "}).status_code == 409
    assert client.post(f"/cases/{ref}/opinion", given).status_code == 302


def test_looking_at_elements_loses_nothing_that_was_typed(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.ALICE)
    client.post(f"/cases/{ref}/take")
    given = answers(grounds="My careful words")
    page = client.post(f"/cases/{ref}/opinion", {**given, "look": "1"})
    assert page.status_code == 200
    assert "My careful words" in text(page)
    assert text(page).count(" checked") == sum(name.startswith("tick-") for name in given) + 1
    assert "assessment.given" not in house.events(ref)
    assert client.get(f"/cases/{ref}/opinion").status_code == 405


def test_an_unwritten_offence_says_so(made: Callable[..., str], desk: Desk) -> None:
    from fanal.queries import world

    unwritten = next((one for one in world.current().catalogue.offences if not one.written()), None)
    if unwritten is None:
        pytest.skip("every offence of the catalogue is written")
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.ALICE)
    client.post(f"/cases/{ref}/take")
    page = text(client.get(f"/cases/{ref}?offence={unwritten.id}"))
    assert "The elements of this offence are not written yet." in page
    refused = client.post(f"/cases/{ref}/opinion", {"outcome": "illegal", "offence": unwritten.id, "grounds": "x"})
    assert refused.status_code == 409


def test_the_second_reviewer_sees_no_trace_of_the_first(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    desk.enter(house.ALICE)
    desk.client.post(f"/cases/{ref}/take")
    given = answers(grounds=f"Found so because of {MARK}.")
    desk.client.post(f"/cases/{ref}/opinion", given)
    desk.client.post(f"/cases/{ref}/answer", {"text": f"We found something, {MARK}."})
    own = text(desk.client.get(f"/cases/{ref}"))
    assert MARK in own, "one's own opinion stays readable"
    desk.enter(house.BRUNO)
    desk.client.post(f"/cases/{ref}/take")
    page = text(desk.client.get(f"/cases/{ref}"))
    assert "Somebody else has answered." in page
    assert MARK not in page, "neither in an opinion nor in an answer to the reporters"
    assert "Somebody else has written to the reporters." in page
    assert " checked" not in page
    assert "Established" not in page, "no element is shown before an offence is chosen"
    assert " selected" not in page
    assert re.search(r"1 (of|out of|sur) ", page) is None
    timeline = page[page.index('id="timeline"') :]
    assert "Apparent offence" not in timeline
    assert given["offence"] not in timeline
    refused = desk.client.post(f"/cases/{ref}/opinion", {"grounds": "x"})
    assert MARK not in text(refused)


def test_two_opinions_decide_and_then_both_are_open(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    for person in (house.ALICE, house.BRUNO):
        desk.enter(person)
        desk.client.post(f"/cases/{ref}/take")
        assert desk.client.post(f"/cases/{ref}/opinion", answers(grounds=f"{MARK} {person.id}")).status_code == 302
    page = text(desk.client.get(f"/cases/{ref}"))
    assert f"{MARK} {house.ALICE.id}" in page
    assert f"{MARK} {house.BRUNO.id}" in page
    assert "Decided by two people" in page


def test_nobody_judges_twice_nor_a_case_that_somebody_else_holds(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    desk.enter(house.ALICE)
    desk.client.post(f"/cases/{ref}/take")
    desk.enter(house.BRUNO)
    assert "Somebody else is working on this case." in text(post(desk, f"/cases/{ref}/take"))
    assert desk.client.post(f"/cases/{ref}/opinion", answers()).status_code == 409
    assert desk.client.post(f"/cases/{ref}/release").status_code == 403
    desk.enter(house.ALICE)
    desk.client.post(f"/cases/{ref}/opinion", answers())
    assert "another person’s is needed" in text(post(desk, f"/cases/{ref}/take"))


def test_a_case_is_handed_back_without_a_reason(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    desk.enter(house.ALICE)
    desk.client.post(f"/cases/{ref}/take")
    assert "Nobody is asked why" in text(post(desk, f"/cases/{ref}/release"))
    assert desk.enter(house.BRUNO).post("/take-next")["Location"] == f"/cases/{ref}"


def test_reporters_are_answered_and_never_led_back(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(house.ALICE)
    refused = client.post(f"/cases/{ref}/answer", {"text": f"It stood at {LIVE} still"})
    assert refused.status_code == 409
    assert "Reporters must not be led back" in text(refused)
    assert client.post(f"/cases/{ref}/answer", {"text": ""}).status_code == 409
    assert client.post(f"/cases/{ref}/answer", {"text": "We have looked at it."}).status_code == 302
    assert "We have looked at it." in text(client.get(f"/cases/{ref}"))
    assert "reporter.answered" in house.events(ref)


def test_a_step_that_does_not_follow_is_said_in_words(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    desk.enter(house.ALICE)
    assert "This step does not follow from the present state" in text(post(desk, f"/cases/{ref}/close"))


def test_every_reading_is_in_the_ledger(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    desk.enter(house.ALICE).get(f"/cases/{ref}")
    assert house.events(ref).count("case.visited") == 1


@pytest.mark.parametrize(
    "path", ["/cases/D-NONE-NONE", "/dispatches/T-NONE-NONE", "/nothing", "/cases/x/items/C1/clear"]
)
def test_what_is_not_there_is_said_in_words(desk: Desk, path: str) -> None:
    client = desk.enter(house.ALICE)
    answer = client.post(path) if path.endswith("clear") else client.get(path)
    assert answer.status_code in (404, 409)


def test_a_page_speaks_french_throughout(made: Callable[..., str], desk: Desk) -> None:
    with outside():
        ref = made(LIVE)
    client = desk.enter(Person("K-11", Role.ANALYST, "fr"))
    client.cookies["fanal_language"] = "fr"
    for path, words in {"/": "File de travail", f"/cases/{ref}": "Chronologie", "/dispatches": "Transmissions"}.items():
        page = text(client.get(path))
        assert words in page
        assert " translate " not in page


def test_a_whole_page_pasted_as_a_comment_is_shown_in_part_and_said_to_go_on(
    made: Callable[..., str], desk: Desk
) -> None:
    with outside():
        ref = made("https://video.example/1", comment="mot " * 5_000 + "et la suite")
    page = text(desk.enter(house.ALICE).get(f"/cases/{ref}"))
    assert "11 more characters are kept" in page
    assert "et la suite" not in page
