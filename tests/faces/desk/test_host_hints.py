"""On the case's page: what sources say of a host, in the reader's language, with no address beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import house
from tests.actions.test_hosts import FRANCE, NETHERLANDS, PUBLIC, Told, ask
from tests.faces.desk.conftest import Desk, outside

from fanal.wire.resolver import Answer, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("the sources differ", "machine behind it is not known", "because of it alone.")),
        ("fr", ("les sources diffèrent", "machine derrière lui n’est pas connu", "pour cette seule raison.")),
    ],
)
def test_a_case_says_what_is_known_of_its_hosts(
    made: Callable[..., str], desk: Desk, settings: Settings, language: str, words: tuple[str, ...]
) -> None:
    with outside():
        ask(settings, FRANCE, NETHERLANDS, resolver=Told(Answer(Outcome.FOUND, (), ("lamp.zz", "a.b-cdn.net"))))
        ref = made(PUBLIC, "https://x.b-cdn.net/1", "https://video.example/2")
    client = desk.enter(house.ALICE)
    client.cookies["fanal_language"] = language
    page = client.get(f"/cases/{ref}").content.decode()
    assert [word for word in words if word not in page] == []
    assert "CDN (bunny.net, 2026-09)" in page
    assert page.count('class="host"') == 2
    for live in ("192.88.99", "b-cdn", "video.example"):
        assert live not in page
