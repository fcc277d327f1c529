"""Two people decide, whoever answers first; one person never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.assess import agreement
from fanal.core.case import Opinion, Outcome
from fanal.core.errors import Refused
from fanal.core.lifecycle import CASE, CaseState

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
ILLEGAL, NO, ELSEWHERE = Outcome.ILLEGAL, Outcome.NOT_ILLEGAL, Outcome.OUT_OF_REMIT


def opinions(*findings: tuple[Outcome, str]) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(f"K-{number}", outcome, offence, (), START + timedelta(minutes=number))
        for number, (outcome, offence) in enumerate(findings)
    )


finding = st.sampled_from([(ILLEGAL, "hate"), (ILLEGAL, "threat"), (NO, ""), (ELSEWHERE, "")])


@pytest.mark.parametrize(
    ("given_", "step"),
    [
        ([(NO, "")], "opinion"),
        ([(NO, ""), (NO, "")], "agree-not-illegal"),
        ([(ELSEWHERE, ""), (ELSEWHERE, "")], "agree-out-of-remit"),
        ([(ILLEGAL, "hate"), (ILLEGAL, "hate")], "agree-illegal"),
        ([(ILLEGAL, "hate"), (ILLEGAL, "threat")], "differ"),
        ([(ILLEGAL, "hate"), (NO, "")], "differ"),
        ([(ILLEGAL, "hate"), (NO, ""), (ELSEWHERE, "")], "differ"),
        ([(ILLEGAL, "hate"), (NO, ""), (ILLEGAL, "hate")], "agree-illegal"),
    ],
)
def test_what_follows(given_: list[tuple[Outcome, str]], step: str) -> None:
    assert agreement.settle(opinions(*given_)).step == step


def test_the_offence_travels_with_the_verdict() -> None:
    verdict = agreement.settle(opinions((ILLEGAL, "hate"), (ILLEGAL, "hate")))
    assert (verdict.outcome, verdict.offence) == (ILLEGAL, "hate")


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ((), "agreement.nobody"),
        (opinions((NO, "")) * 2, "agreement.twice"),
        (opinions((ILLEGAL, "")), "agreement.offence-missing"),
    ],
)
def test_what_is_refused(given_: tuple[Opinion, ...], code: str) -> None:
    with pytest.raises(Refused) as refused:
        agreement.settle(given_)
    assert refused.value.reason.code == code


@given(st.lists(finding, min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_answers_decides_nothing(findings: list[tuple[Outcome, str]], chance: object) -> None:
    straight = opinions(*findings)
    mixed = list(findings)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    shuffled = list(straight)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert agreement.settle(straight) == agreement.settle(tuple(shuffled))
    assert (agreement.settle(straight).outcome is None) == (agreement.settle(opinions(*mixed)).outcome is None)


@given(st.lists(finding, min_size=1, max_size=6))
def test_nothing_is_settled_on_one_persons_word(findings: list[tuple[Outcome, str]]) -> None:
    verdict = agreement.settle(opinions(*findings))
    if verdict.outcome is not None:
        assert findings.count((verdict.outcome, verdict.offence)) >= 2
    else:
        assert len(findings) == len(set(findings))


@given(st.lists(finding, min_size=1, max_size=4, unique=True))
def test_an_open_verdict_tells_nothing_to_the_next_person(findings: list[tuple[Outcome, str]]) -> None:
    verdict = agreement.settle(opinions(*findings))
    said = " ".join(why.text.en for why in verdict.reasons)
    assert verdict.offence == ""
    assert not any(word in said for word in ("offence", "illegal", "remit", "hate", "threat"))


@given(st.lists(finding, min_size=1, max_size=5))
def test_every_step_stands_in_the_table(findings: list[tuple[Outcome, str]]) -> None:
    state: str = CaseState.WAITING
    for count in range(1, len(findings) + 1):
        verdict = agreement.settle(opinions(*findings[:count]))
        state = CASE[state, verdict.step]
        if verdict.outcome is not None:
            return
