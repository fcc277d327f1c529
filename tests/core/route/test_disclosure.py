"""A disclosure holds the least, in the recipient's language, and nothing live in plain sight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.route.test_plan import OFFENCE, recipient

from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind
from fanal.core.errors import Refused
from fanal.core.route import disclosure

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TARGET = DisclosedTarget("C-1/1", "url", "hxxps://video[.]example/x")


def disclosed(
    *, grounds: str = " Because. ", targets: tuple[DisclosedTarget, ...] = (TARGET,), hours: int = 24
) -> Disclosure:
    return disclosure.disclose(
        dispatch_ref="D-1",
        case_ref="C-1",
        kind=DispatchKind.REFERRAL,
        recipient=recipient("pharos", DispatchKind.REFERRAL),
        sender="Fanal",
        made_at=AT,
        offence=OFFENCE,
        grounds=grounds,
        targets=targets,
        reports=3,
        first_seen_at=AT - timedelta(days=1),
        due_hours=hours,
    )


def test_it_speaks_the_recipients_language() -> None:
    found = disclosed()
    assert found.offence_title == "Menace de mort"
    assert found.offence_article == "CP 222-17"
    assert found.due_at == AT + timedelta(hours=24)
    assert found.grounds == "Because."
    assert disclosed(hours=0).due_at is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"grounds": "see https://video.example/x"}, "disclosure.live"),
        ({"grounds": "see WWW.video.example"}, "disclosure.live"),
        ({"targets": (DisclosedTarget("1", "url", "https://video.example/x"),)}, "disclosure.live"),
        ({"targets": ()}, "disclosure.nothing"),
        ({"grounds": "  "}, "disclosure.no-grounds"),
    ],
)
def test_what_is_refused(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        disclosed(**wrong)  # type: ignore[arg-type]
    assert [why.code for why in refused.value.reasons] == [code]


def test_all_obstacles_come_together() -> None:
    with pytest.raises(Refused) as refused:
        disclosed(grounds="", targets=())
    assert len(refused.value.reasons) == 2


@given(st.lists(st.tuples(st.from_regex(r"C-[0-9]{1,4}/[0-9]{1,2}", fullmatch=True), st.text(min_size=1)), max_size=9))
def test_an_annex_has_one_line_a_target(rows: list[tuple[str, str]]) -> None:
    text = disclosure.annex_text(tuple(rows), dispatch_ref="D-1").decode("utf-8", "surrogatepass")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line.split("\t")[0] for line in lines] == [ref for ref, _live in rows]


def test_an_annex_keeps_an_address_as_it_is() -> None:
    text = disclosure.annex_text((("C-1/1", "https://vidéo.example/a?b=c#d"),), dispatch_ref="D-1").decode()
    assert text.endswith("C-1/1\thttps://vidéo.example/a?b=c#d\n")
