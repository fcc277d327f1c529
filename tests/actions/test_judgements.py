"""“Different” wins for ever, a no is not judged again by who gave it, and a reporter hears of no other case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.actions.test_links import WALLET, WHY, case, codes, linked, row, words

from fanal.actions import assess, follow_up, links
from fanal.core.case import Outcome
from fanal.core.crosscheck import graph
from fanal.core.errors import IllegalStep, NotAllowed, NotFound, Refused
from fanal.core.lifecycle import LinkState
from fanal.core.report import Standing
from fanal.queries import cases, reporter
from fanal.queries import links as reading
from fanal.store import models

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


# --- judge


def test_different_stands_against_ten_more_reports_that_match() -> None:
    one, two = linked()
    link = models.CaseLink.objects.get()
    links.judge(house.ALICE, link.ref, LinkState.DIFFERENT, grounds="Deux personnes, un même escroc.")
    before = models.CaseLink.objects.values().get()
    for number in range(10):
        house.receive(
            "https://un.example/a", "https://deux.example/b", WALLET, comment=f"{words(40 + number)} {WALLET}"
        )
        house.work()
    assert models.CaseLink.objects.values().get() == before
    assert models.Case.objects.count() == 2
    assert {place.case.ref for place in models.CaseTarget.objects.filter(target__kind="url")} == {one, two}
    with pytest.raises(Refused) as refused:
        links.merge(house.BRUNO, one, two, grounds=WHY)
    assert codes(refused) == ["judge.different"]
    assert house.events(one).count("link.proposed") + house.events(two).count("link.proposed") == 1
    links.judge(house.BRUNO, link.ref, LinkState.SAME, grounds="Vérifié : un seul compte.")
    links.merge(house.BRUNO, one, two, grounds=WHY)


def test_different_holds_for_what_a_case_was_merged_into() -> None:
    one, two = linked()
    three = case("https://trois.example/c", start=7)
    links.judge(house.ALICE, models.CaseLink.objects.get().ref, LinkState.DIFFERENT, grounds=WHY)
    links.merge(house.ALICE, two, three, grounds=WHY)
    with pytest.raises(Refused) as refused:
        links.merge(house.ALICE, one, three, grounds=WHY)
    assert codes(refused) == ["judge.different"]
    for number in range(5):
        house.receive("https://trois.example/c", comment=f"{words(60 + number)} {WALLET}")
        house.work()
    page = reading.read(house.BRUNO, one)
    assert [(one.other, one.state) for one in page.proposals] == [(three, "different")]


def test_what_was_said_of_a_part_is_said_of_what_comes_home_from_it() -> None:
    """The undo of a split brings a target home; the part lives on by what joined it, and keeps its word too."""
    one, other = case("https://un.example/a", "https://deux.example/b"), case("https://trois.example/c", start=5)
    part, move = links.split(house.ALICE, one, ["C2"], grounds=WHY)
    house.receive("https://deux.example/b", "https://quatre.example/d", comment=words(21))
    house.work()
    said = links.merge(house.ALICE, other, part, grounds=WHY)
    links.undo(house.ALICE, said, grounds=WHY)  # the two have a link now
    link = models.CaseLink.objects.get(low__ref__in=(part, other), high__ref__in=(part, other))
    links.judge(house.ALICE, link.ref, LinkState.DIFFERENT, grounds=WHY)
    links.undo(house.ALICE, move, grounds=WHY)
    assert {place.case.ref for place in models.CaseTarget.objects.all()} == {one, part, other}
    for pair in ((other, one), (other, part)):
        with pytest.raises(Refused) as refused:
            links.merge(house.BRUNO, *pair, grounds=WHY)
        assert codes(refused) == ["judge.different"]


def test_who_judges_gives_grounds_and_has_the_right() -> None:
    linked()
    ref = models.CaseLink.objects.get().ref
    with pytest.raises(NotAllowed):
        links.judge(house.DRISS, ref, LinkState.SAME, grounds=WHY)
    with pytest.raises(Refused) as refused:
        links.judge(house.ALICE, ref, LinkState.SAME, grounds="  ")
    assert codes(refused) == ["link.no-grounds"]
    with pytest.raises(IllegalStep):
        links.judge(house.ALICE, ref, LinkState.PROPOSED, grounds=WHY)
    with pytest.raises(NotFound):
        links.judge(house.ALICE, "L-0000-0000", LinkState.SAME, grounds=WHY)
    links.judge(house.SOFIA, ref, LinkState.UNSURE, grounds=WHY)
    link = models.CaseLink.objects.get()
    assert (link.state, link.judged_by) == ("unsure", house.SOFIA.id)
    assert WHY.encode() not in bytes(link.grounds)


# --- law 7: a no is looked at again by people who have not seen it, wherever it went


def came_back(typed: str) -> str:
    ref = case(typed, standing=Standing.VICTIM)
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.NOT_ILLEGAL)
    case(typed, start=5, standing=Standing.VICTIM)
    assert (row(ref).state, row(ref).round) == ("waiting", 2)
    return ref


def test_who_said_no_does_not_judge_what_it_was_merged_into() -> None:
    again, fresh = came_back("https://un.example/a"), case("https://deux.example/b", start=9)
    move = links.merge(house.CHLOE, again, fresh, grounds=WHY)
    with pytest.raises(Refused) as refused:
        assess.take_case(house.ALICE, fresh)
    assert codes(refused) == ["case.seen"]
    assess.take_case(house.CHLOE, fresh)
    assess.release(house.CHLOE, fresh)
    links.undo(house.CHLOE, move, grounds=WHY)
    assess.take_case(house.ALICE, fresh)


def test_who_said_no_does_not_judge_what_was_split_off() -> None:
    again = came_back("https://un.example/a")
    house.receive("https://un.example/a", "https://deux.example/b", comment=words(50))
    house.work()
    part, _ = links.split(house.CHLOE, again, ["C2"], grounds=WHY)
    assert row(part).round == 2
    with pytest.raises(Refused) as refused:
        assess.take_case(house.BRUNO, part)
    assert codes(refused) == ["case.seen"]


# --- law 6: the second is told what the first has not judged


def test_what_came_after_the_first_opinion_is_said_to_the_second() -> None:
    one, two = case("https://un.example/a"), case("https://deux.example/b", start=3)
    house.judge(house.ALICE, one)
    assert "case.came-later" not in [why.code for why in cases.read(house.BRUNO, one).rank.reasons]
    links.merge(house.CHLOE, two, one, grounds=WHY)
    (said,) = [why for why in cases.read(house.BRUNO, one).rank.reasons if why.code == "case.came-later"]
    assert "C2" in said.text.en


# --- reporters


def test_a_reporter_follows_the_report_and_hears_nothing_of_the_other_case(as_role: house.Acting) -> None:
    """The case that takes the report in was answered with a no, sent on, and written to: none of it is theirs."""
    mine = house.receive("https://un.example/a", comment=words(1))
    house.work()
    one = house.case_of(mine.ref)
    follow_up.answer_reporters(house.ALICE, one, text="Merci, nous lisons.")
    two = came_back("https://deux.example/b")
    follow_up.answer_reporters(house.CHLOE, two, text="Ceci est pour les autres.")
    theirs = house.receive("https://deux.example/b", comment=words(2), standing=Standing.VICTIM)
    house.work()

    def heard(code: str) -> tuple[str, list[str]]:
        with as_role("fanal_portal"):
            news = reporter.news(code)
        assert news is not None
        return news.headline.en, [one.text for one in news.answers]

    assert "read again" in heard(theirs.code)[0]
    before = heard(mine.code)
    assert before == ("Your report is with us.", ["Merci, nous lisons."])
    move = links.merge(house.CHLOE, one, two, grounds=WHY)
    assert heard(mine.code) == before
    follow_up.answer_reporters(house.CHLOE, two, text="Pour tous.")
    assert heard(mine.code)[1] == ["Merci, nous lisons.", "Pour tous."]
    assert heard(theirs.code)[1] == ["Ceci est pour les autres.", "Pour tous."]
    house.judge(house.CHLOE, two)
    assert heard(mine.code)[0] == "Your report is being read."
    with pytest.raises(Refused):
        follow_up.answer_reporters(house.CHLOE, one, text="À personne.")
    links.undo(house.CHLOE, move, grounds=WHY)
    assert heard(mine.code) == before


# --- reading


def test_the_page_of_links_says_why_and_what_may_be_done() -> None:
    one, two = linked()
    page = reading.read(house.ALICE, one)
    assert "case.visited" in house.events(one)
    (link,) = page.proposals
    assert (link.other, link.state, link.merge) == (two, "proposed", ())
    assert {why.code for tie in page.edges for why in tie.reasons} == {why.code for why in link.reasons}
    assert {node.ref for node in page.nodes} == {one, "C1", "C2", two}
    drawing = graph.lay(page.ref, [node.ref for node in page.nodes if node.role == "target"], page.edges)
    assert {node.ref for node in drawing.nodes} == {node.ref for node in page.nodes}
    assert page.may == {"judge", "merge", "split", "undo"}
    links.judge(house.ALICE, link.ref, LinkState.SAME, grounds="Voir https://un.example/a")
    (mine,), (hers,) = reading.read(house.ALICE, one).proposals, reading.read(house.BRUNO, two).proposals
    assert mine.grounds
    assert "https://un.example" not in mine.grounds
    assert hers.grounds == ""
    links.merge(house.ALICE, one, two, grounds=WHY)
    page = reading.read(house.BRUNO, one)
    assert (page.state, page.merged_into) == ("merged", two)
    assert cases.read(house.BRUNO, one).merged_into == two
    (move,) = reading.read(house.BRUNO, two).moves
    assert (move.what, move.targets, move.obstacles) == ("merge", 2, ())


def test_an_auditor_reads_no_links() -> None:
    one, _ = linked()
    with pytest.raises(NotAllowed):
        reading.read(house.DRISS, one)


def test_the_desk_can_do_all_of_it_with_its_own_rights(as_role: Callable[[str], object]) -> None:
    one, two = linked()
    link = models.CaseLink.objects.get().ref
    with as_role("fanal_desk"):
        links.judge(house.ALICE, link, LinkState.SAME, grounds=WHY)
        move = links.merge(house.ALICE, two, one, grounds=WHY)
        links.undo(house.ALICE, move, grounds=WHY)
        _, move = links.split(house.ALICE, one, ["C2"], grounds=WHY)
        reading.read(house.ALICE, one)
        links.undo(house.ALICE, move, grounds=WHY)
