"""A disclosure holds the least, in the recipient's language, and nothing live in plain sight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.route.test_plan import recipient

from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind
from fanal.core.errors import Refused
from fanal.core.route import disclosure

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TARGET = DisclosedTarget("C-1/1", "url", "hxxps://video[.]example/x")


def disclosed(*, grounds: str = " Because. ", targets: tuple[DisclosedTarget, ...] = (TARGET,)) -> Disclosure:
    return disclosure.disclose(
        dispatch_ref="D-1",
        case_ref="C-1",
        kind=DispatchKind.REFERRAL,
        recipient=recipient("pharos", DispatchKind.REFERRAL),
        sender="Fanal",
        made_at=AT,
        offence_title="Menace de mort",
        offence_article="CP 222-17",
        grounds=grounds,
        targets=targets,
        reports=3,
        first_seen_at=AT - timedelta(days=1),
        due_at=AT + timedelta(days=3),
    )


def test_it_speaks_the_recipients_language() -> None:
    found = disclosed()
    assert found.language == "fr"
    assert found.grounds == "Because."
    assert found.targets == (TARGET,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grounds": "see https://video.example/x"},
        {"grounds": "see WWW.video.example"},
        {"targets": (TARGET, DisclosedTarget("2", "url", "HTTPS://video.example/x"))},
    ],
)
def test_nothing_live_stands_in_plain_sight(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        disclosed(**wrong)  # type: ignore[arg-type]
    assert [why.code for why in refused.value.reasons] == ["disclosure.live"]


@given(st.lists(st.tuples(st.from_regex(r"C-[0-9]{1,4}/[0-9]{1,2}", fullmatch=True), st.text(min_size=1)), max_size=9))
def test_an_annex_has_one_line_a_target(rows: list[tuple[str, str]]) -> None:
    text = disclosure.annex_text(tuple(rows), dispatch_ref="D-1", case_ref="C-1").decode("utf-8", "surrogatepass")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line.split("\t")[0] for line in lines] == [ref for ref, _live in rows]


def test_an_annex_keeps_an_address_as_it_is() -> None:
    text = disclosure.annex_text(
        (("C-1/1", "https://vidéo.example/a?b=c#d"),), dispatch_ref="D-1", case_ref="C-1"
    ).decode()
    assert text.endswith("C-1/1\thttps://vidéo.example/a?b=c#d\n")
