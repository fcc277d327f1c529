"""Law 1: whatever a reporter types, wherever, no page leads to it, and no receipt, header or log names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.faces.typed import FIXTURES, FORMS, MAILBOX, PHASES, headers, led, logged, named, typed
from tests.journeys.canaries import HANDLE, HOST, URL

from fanal.portal import throttle

if TYPE_CHECKING:
    from .conftest import Visitor


def test_the_search_finds_what_it_is_for() -> None:
    assert named("voir c a n a r y n a m e 9 d", "sur canary-7f2c[.]partage[.]example")
    assert len([one for one in FORMS if named(one)]) > 0.7 * len(FORMS)


@settings(max_examples=12, deadline=None, phases=PHASES, suppress_health_check=FIXTURES)
@example(fields={"items": HANDLE, "platform": "Réseau-Inconnu", "comment": f"{HANDLE} {URL}"})
@example(fields={"items": "le groupe du lycée", "platform": HOST, "seen_where": HOST, "email": MAILBOX})
@given(fields=st.fixed_dictionaries(dict.fromkeys(("items", "comment", "seen_where", "platform", "email"), typed)))
def test_no_page_leads_to_it_and_no_receipt_header_or_log_names_it(
    visitor: Visitor, net: list[str], fields: dict[str, str]
) -> None:
    throttle.forget()
    item = fields["items"]
    with logged() as log:
        nonce = visitor.nonce()
        pages = [visitor.submit(step, nonce, **fields) for step in ("review", "edit", "send")]
        pages.append(visitor.ask(item))
        silent = [visitor.get("/receipt"), visitor.get("/" + "".join(sign for sign in item if sign.isalnum()))]
    for answer in (*pages, *silent):
        assert answer.status_code < 500
        assert led(answer) == []
        assert named(headers(answer)) == []
    assert named(*(answer.content.decode() for answer in silent), log.getvalue()) == []
    assert net == []
