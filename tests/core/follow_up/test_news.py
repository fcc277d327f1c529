"""The reporter's news: every state has its sentence, and none of them tips anyone off."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.case import Outcome
from fanal.core.follow_up import news
from fanal.core.follow_up.news import Stage
from fanal.core.lifecycle import CaseState, ReportState


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ({"state": None}, Stage.RECEIVED),
        ({"state": ReportState.HARMONISED}, Stage.RECEIVED),
        ({"state": CaseState.WAITING}, Stage.RECEIVED),
        ({"state": CaseState.SECOND}, Stage.BEING_READ),
        ({"state": CaseState.THIRD}, Stage.BEING_READ),
        ({"state": CaseState.WAITING, "outcome": Outcome.NOT_ILLEGAL}, Stage.READ_AGAIN),
        ({"state": CaseState.ILLEGAL, "outcome": Outcome.ILLEGAL}, Stage.UPHELD),
        ({"state": CaseState.ROUTED, "outcome": Outcome.ILLEGAL, "passed_on": True}, Stage.PASSED_ON),
        ({"state": CaseState.NOT_ILLEGAL, "outcome": Outcome.NOT_ILLEGAL}, Stage.NO_OFFENCE),
        ({"state": CaseState.OUT_OF_REMIT, "outcome": Outcome.OUT_OF_REMIT}, Stage.NOT_FOR_US),
        ({"state": CaseState.CLOSED, "outcome": Outcome.NOT_ILLEGAL}, Stage.NO_OFFENCE),
        ({"state": CaseState.CLOSED, "outcome": Outcome.OUT_OF_REMIT}, Stage.NOT_FOR_US),
        ({"state": CaseState.CLOSED, "outcome": Outcome.ILLEGAL, "passed_on": True}, Stage.CLOSED),
        ({"state": CaseState.ROUTED, "outcome": Outcome.ILLEGAL, "passed_on": True, "gone": True}, Stage.GONE),
    ],
)
def test_where_a_report_stands(told: dict[str, str], stage: Stage) -> None:
    assert news.headline(**told).stage is stage  # type: ignore[arg-type]


@given(
    st.sampled_from([None, "", *ReportState, *CaseState]) | st.text(),
    st.sampled_from([None, "", *Outcome]),
    st.booleans(),
    st.booleans(),
)
def test_every_state_has_its_sentence(state: str | None, outcome: str | None, passed_on: bool, gone: bool) -> None:  # noqa: FBT001
    said = news.headline(state=state, outcome=outcome, passed_on=passed_on, gone=gone)
    assert said.headline.en != said.detail.en


RECIPIENTS = re.compile(r"police|pharos|prosecutor|procureur|interpol|host|hébergeur|platform", re.IGNORECASE)
OFFENCES_AND_TIMES = re.compile(r"\d{1,2}\s?h\b|\d{4}|article|offender|auteur", re.IGNORECASE)


def test_no_sentence_names_a_recipient_an_offence_or_a_time() -> None:
    for said in news._SAID.values():
        for words in (said.headline.en, said.headline.fr, said.detail.en, said.detail.fr):
            assert not RECIPIENTS.search(words)
            assert not OFFENCES_AND_TIMES.search(words)


def test_every_stage_can_be_reached() -> None:
    states = [None, *CaseState]
    reached = {
        news.headline(state=state, outcome=outcome, passed_on=sent, gone=gone).stage
        for state, outcome, sent, gone in itertools.product(states, ["", *Outcome], [True, False], [True, False])
    }
    assert reached == set(Stage)


def test_french_punctuation_keeps_its_spaces() -> None:
    for said in news._SAID.values():
        for words in (said.headline.fr, said.detail.fr):
            assert not re.search(r"[^\u202f\u00a0][;?!»]|[^\u00a0]:|«[^\u202f]|'", words)
