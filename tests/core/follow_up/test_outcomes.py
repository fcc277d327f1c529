"""Every answer leads to a step that the table has, and is said in words."""

from __future__ import annotations

from fanal.core.follow_up import outcomes
from fanal.core.follow_up.outcomes import Answer
from fanal.core.lifecycle import DISPATCH, DispatchState, step


def test_every_answer_follows_from_sent() -> None:
    for answer in Answer:
        meaning = outcomes.meaning(answer)
        assert step(DISPATCH, DispatchState.SENT, meaning.step) == DispatchState.ANSWERED
        assert meaning.text.fr != meaning.text.en


def test_a_refusal_and_a_question_wait_for_a_person() -> None:
    assert {one for one in Answer if outcomes.meaning(one).a_person_acts} == {Answer.REFUSED, Answer.INFORMATION}


def test_gone_is_said_only_by_a_recipient() -> None:
    assert outcomes.gone([Answer.ACKNOWLEDGED, Answer.REMOVED])
    assert not outcomes.gone([Answer.ACKNOWLEDGED, Answer.REFUSED])
    assert not outcomes.gone([])
