"""Law 6 and 7: two people, blind to each other; and a no is never final by one person."""

from __future__ import annotations

import dataclasses

import pytest
from tests import house

from fanal.actions import assess, follow_up
from fanal.core.case import Outcome
from fanal.core.catalogue import Tick
from fanal.core.errors import IllegalStep, NotAllowed, Refused
from fanal.core.report import Standing
from fanal.queries import cases
from fanal.store.models import Case, Dispatch

pytestmark = pytest.mark.django_db


def opened(*typed: str, **changes: object) -> str:
    received = house.receive(*typed, **changes)
    house.work()
    return house.case_of(received.ref)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_one_persons_word_decides_nothing(outcome: Outcome) -> None:
    ref = opened()
    house.judge(house.ALICE, ref, outcome)
    house.work()
    case = Case.objects.get(ref=ref)
    assert (case.state, case.outcome, case.decided_at) == ("second", "", None)
    assert Dispatch.objects.count() == 0


def test_nobody_gives_two_opinions_in_a_round() -> None:
    ref = opened()
    house.judge(house.ALICE, ref)
    with pytest.raises(Refused) as refusal:
        assess.take_case(house.ALICE, ref)
    assert "opinion.given" in {why.code for why in refusal.value.reasons}
    assert assess.take(house.ALICE) is None
    assert assess.take(house.BRUNO) == ref


def test_the_second_sees_nothing_of_the_first() -> None:
    ref = opened()
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL, grounds="MOTIF-DU-PREMIER-AVIS")
    page = cases.read(house.BRUNO, ref)
    assert page.role == "second"
    assert page.opinions == ()
    assert page.hidden_opinions
    assert "MOTIF-DU-PREMIER-AVIS" not in repr(page)
    assert page.outcome is None
    # The steps that the table allows are the same for every case in this state: they tell nothing.
    assert "not-illegal" not in repr(dataclasses.replace(page, steps=()))


def test_two_who_agree_decide() -> None:
    ref = opened()
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.NOT_ILLEGAL)
    assert Case.objects.get(ref=ref).state == "not-illegal"
    assert "case.decided" in house.events(ref)


def test_who_differ_ask_a_third() -> None:
    ref = opened()
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.ILLEGAL)
    assert Case.objects.get(ref=ref).state == "third"
    assert cases.read(house.CHLOE, ref).opinions == ()
    house.judge(house.CHLOE, ref, Outcome.ILLEGAL)
    assert Case.objects.get(ref=ref).state == "illegal"
    assert len(cases.read(house.CHLOE, ref).opinions) == 3


def test_an_illegal_outcome_needs_a_written_offence_whose_elements_hold() -> None:
    ref = opened()
    assess.take_case(house.ALICE, ref)
    offence, ticks = house.offence()
    for given in (
        {"offence": "", "ticks": {}},
        {"offence": "no-such", "ticks": {}},
        {"offence": offence, "ticks": {}},
        {"offence": offence, "ticks": dict.fromkeys(ticks, Tick.UNKNOWN)},
        {"offence": offence, "ticks": dict.fromkeys(ticks, Tick.NO)},
    ):
        with pytest.raises(Refused):
            assess.give(house.ALICE, ref, outcome=Outcome.ILLEGAL, grounds="motif", **given)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        assess.give(house.ALICE, ref, outcome=Outcome.ILLEGAL, offence=offence, ticks=ticks, grounds="  ")
    assert Case.objects.get(ref=ref).state == "waiting"


def test_a_case_is_worked_on_by_one_at_a_time() -> None:
    ref = opened()
    assert assess.take(house.ALICE) == ref
    assert assess.take(house.BRUNO) is None
    with pytest.raises(Refused):
        assess.take_case(house.BRUNO, ref)
    with pytest.raises(NotAllowed):
        assess.release(house.BRUNO, ref)
    assess.release(house.ALICE, ref)
    assert assess.take(house.BRUNO) == ref


def test_an_auditor_takes_and_reads_no_case() -> None:
    ref = opened()
    with pytest.raises(NotAllowed):
        assess.take(house.DRISS)
    with pytest.raises(NotAllowed):
        cases.read(house.DRISS, ref)


def test_every_reading_of_a_case_is_an_event() -> None:
    ref = opened()
    before = house.events(ref).count("case.visited")
    cases.read(house.BRUNO, ref)
    assert house.events(ref).count("case.visited") == before + 1


def refused_with_a_no(typed: str, **changes: object) -> str:
    ref = opened(typed, **changes)
    house.judge(house.ALICE, ref, Outcome.NOT_ILLEGAL)
    house.judge(house.BRUNO, ref, Outcome.NOT_ILLEGAL)
    house.work()
    return ref


def test_a_victims_second_report_reopens_a_no_for_people_who_have_not_seen_it() -> None:
    typed = "https://video.example/watch/2"
    ref = refused_with_a_no(typed, standing=Standing.VICTIM, minor=True)
    assert opened(typed, standing=Standing.VICTIM, minor=True) == ref
    case = Case.objects.get(ref=ref)
    assert (case.state, case.round) == ("waiting", 2)
    assert "case.reopened" in house.events(ref)
    for who in (house.ALICE, house.BRUNO):
        assert assess.take(who) is None
        with pytest.raises(Refused) as refusal:
            assess.take_case(who, ref)
        assert "case.seen" in {why.code for why in refusal.value.reasons}
    assert assess.take(house.CHLOE) == ref


def test_who_read_the_case_before_it_was_reopened_has_seen_it() -> None:
    typed = "https://video.example/watch/3"
    ref = refused_with_a_no(typed, standing=Standing.VICTIM)
    cases.read(house.CHLOE, ref)
    opened(typed, standing=Standing.VICTIM)
    assert assess.take(house.CHLOE) is None
    assert assess.take(house.SOFIA) == ref


def test_a_third_report_after_a_no_reopens_and_a_second_does_not() -> None:
    typed = "https://video.example/watch/4"
    ref = refused_with_a_no(typed)
    states = []
    for _ in range(3):
        opened(typed)
        states.append(Case.objects.get(ref=ref).state)
    assert states[0] == "not-illegal"
    assert states[-1] == "waiting"


def test_a_decided_case_takes_no_further_opinion() -> None:
    ref = refused_with_a_no("https://video.example/watch/5")
    with pytest.raises(Refused) as refusal:
        assess.take_case(house.CHLOE, ref)
    assert IllegalStep.default in refusal.value.reasons


def test_a_report_after_closing_reopens_what_was_illegal_for_whoever_is_free() -> None:
    typed = "https://video.example/watch/6"
    ref = house.decided(typed)
    follow_up.close(house.ALICE, ref)
    opened(typed)
    case = Case.objects.get(ref=ref)
    assert (case.state, case.round) == ("waiting", 2)
    assert assess.take(house.ALICE) == ref
