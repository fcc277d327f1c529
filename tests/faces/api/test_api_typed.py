"""Law 1: whatever a machine sends, wherever, no answer, header or log names it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faces.typed import FIXTURES, PHASES, headers, logged, named, typed

from .conftest import REPORT, Send

FIELDS = ("category", "comment", "language", "seen_where", "seen_on", "external_ref", "standing")


@settings(max_examples=8, deadline=None, phases=PHASES, suppress_health_check=FIXTURES)
@given(field=st.sampled_from(FIELDS), words=st.tuples(typed, typed, typed, typed))
def test_no_answer_header_or_log_names_it(send: Send, field: str, words: tuple[str, str, str, str]) -> None:
    item, value, name, key = words
    whole = REPORT | {"items": [{"typed": item}]}
    with logged() as log:
        answers = [
            send("reports", whole),
            send("reports", whole | {field: value}),
            send("reports", whole | {name: value}),
            send("reports", value.encode("utf-8", "surrogatepass")),
            send("status", {"code": value}),
            send("reports", whole, idempotency_key="".join(sign for sign in key if sign.isprintable())[:80]),
        ]
    for answer in answers:
        assert answer.status_code < 500
        assert named(answer.content.decode(), headers(answer)) == []
    assert named(log.getvalue()) == []
