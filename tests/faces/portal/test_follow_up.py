"""Following a report: the code never stands in an address, and every wrong code has one answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests import house

from fanal.core.intake import follow_up_code
from fanal.portal import throttle, views

from .conftest import Visitor, text

if TYPE_CHECKING:
    from django.test import RequestFactory


OTHER = follow_up_code.make(bytes(range(12)))


def body(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_a_code_shows_where_the_report_stands(visitor: Visitor) -> None:
    code = visitor.report()
    answer = visitor.ask(follow_up_code.show(code).lower().replace("0", "o").replace("1", "l"))
    assert answer.status_code == 200
    assert "video" not in text(answer)
    assert code not in text(answer)


@pytest.mark.parametrize("given", [OTHER, OTHER[:-1], "", "x" * 10_000, "7KQM-4T2X", "\0\0", "été"])
def test_every_wrong_code_has_the_same_answer(visitor: Visitor, given: str) -> None:
    visitor.report()
    first, other = visitor.ask(OTHER), visitor.ask(given)
    assert first.status_code == other.status_code == 404
    assert body(text(first)) == body(text(other))


@pytest.mark.parametrize("given", [OTHER, "7KQM-4T2X"])
def test_every_wrong_code_costs_the_same_questions(
    visitor: Visitor, given: str, django_assert_num_queries: object
) -> None:
    code = visitor.report()
    with django_assert_num_queries(2):  # type: ignore[operator]
        visitor.ask(code)
    with django_assert_num_queries(2):  # type: ignore[operator]
        visitor.ask(given)


def test_a_code_is_never_read_from_an_address(visitor: Visitor) -> None:
    code = visitor.report()
    assert body(text(visitor.get(f"/follow-up?code={code}"))) == body(text(visitor.get("/follow-up")))


def test_guessing_is_slowed_down_with_the_same_answer(visitor: Visitor) -> None:
    code = visitor.report()
    throttle.forget()
    wrong = body(text(visitor.ask(OTHER)))
    for _ in range(throttle.MOST_TRIES - 1):
        visitor.ask(OTHER)
    late = visitor.ask(code)
    assert late.status_code == 404
    assert body(text(late)) == wrong
    assert visitor.ask(code, REMOTE_ADDR="192.0.2.99").status_code == 200


def test_who_is_counted_is_not_kept(visitor: Visitor) -> None:
    visitor.ask(OTHER, REMOTE_ADDR="192.0.2.44")
    assert throttle._tries
    assert all(b"192.0.2.44" not in key for key in throttle._tries)


@pytest.mark.parametrize(
    ("proxies", "said", "counted"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "198.51.100.9, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.9, 192.0.2.1, 192.0.2.2", "192.0.2.1"),
        (2, "192.0.2.2", "192.0.2.2"),
        (1, " , ", "127.0.0.1"),
    ],
)
def test_a_proxy_is_believed_only_as_far_as_the_operator_says(
    rf: RequestFactory, settings: object, proxies: int, said: str, counted: str
) -> None:
    settings.FANAL_PROXIES = proxies  # type: ignore[attr-defined]
    assert views._address(rf.get("/", headers={"x-forwarded-for": said})) == counted


@pytest.mark.parametrize("given", [OTHER, "", "7KQM-4T2X"])
def test_a_wrong_code_asks_in_vain_for_a_proof(visitor: Visitor, given: str) -> None:
    visitor.report()
    plain, proof = visitor.ask(OTHER), visitor.ask(given, proof=True)
    assert plain.status_code == proof.status_code == 404
    assert body(text(plain)) == body(text(proof))


def test_a_proof_is_a_file_once_the_report_stands_in_the_ledger(visitor: Visitor, as_role: house.Acting) -> None:
    code = visitor.report()
    early = visitor.ask(code, proof=True)
    assert early.status_code == 200
    assert "in a few seconds" in text(early)
    with as_role("fanal_sequencer"):
        house.integrate()
    answer = visitor.ask(code, proof=True)
    assert answer["Content-Disposition"] == 'attachment; filename="fanal.tlog-proof"'
    assert answer.content.startswith(b"c2sp.org/tlog-proof@v1\n")
    assert b"video" not in answer.content
    assert code.encode() not in answer.content
