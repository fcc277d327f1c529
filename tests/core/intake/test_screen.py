"""What cannot wait is seen at the door, and says why."""

from __future__ import annotations

import pytest

from fanal import law
from fanal.core.intake import screen
from fanal.core.report import Category, Channel, Item, Standing, Submission

CATALOGUE = law.load()


def screened(**fields: object) -> list[str]:
    whole: dict[str, object] = {"category": Category.SCAM} | fields
    submission = Submission(items=(Item("a"),), channel=Channel.PORTAL, language="fr", **whole)  # type: ignore[arg-type]
    return [one.code for one in screen.screen(submission, CATALOGUE).urgent]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"danger_now": True}, "screen.danger-now"),
        ({"category": Category.DANGER}, "screen.danger"),
        ({"minor": True, "standing": Standing.VICTIM}, "screen.minor-victim"),
        ({"minor": True, "category": Category.INTIMATE_IMAGES}, "screen.minor-threatened"),
    ],
)
def test_what_cannot_wait_says_why(fields: dict[str, object], code: str) -> None:
    assert screened(**fields) == [code]


def test_most_reports_take_their_turn() -> None:
    assert screened() == []
    assert screened(minor=True) == []
    assert screened(standing=Standing.VICTIM) == []


def test_a_dispute_is_told_where_to_go() -> None:
    submission = Submission((Item("a"),), Category.DISPUTE, Channel.PORTAL, "fr")
    found = screen.screen(submission, CATALOGUE)
    assert found.elsewhere
    assert all(one.advice.fr for one in found.elsewhere)
