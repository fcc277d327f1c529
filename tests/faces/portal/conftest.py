"""A member of the public at the portal: fills in the form as a browser without scripts does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from fanal.core.intake import follow_up_code
from fanal.portal import throttle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

TYPED = {
    "items": "https://video.example/watch/4411",
    "category": "threats",
    "comment": "Ce compte menace une élève.",
}


@dataclass
class Visitor:
    """One browser."""

    client: Client

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(path, headers=headers)

    def nonce(self) -> str:
        return field(self.client.get("/report"), "nonce")

    def submit(self, step: str, nonce: str, **typed: str) -> HttpResponse:
        return self.client.post("/report", {**TYPED, "nonce": nonce, "step": step, **typed})

    def report(self, **typed: str) -> str:
        """Report all the way and give the code."""
        nonce = self.nonce()
        assert self.submit("review", nonce, **typed).status_code == 200
        sent = self.submit("send", nonce, **typed)
        assert (sent.status_code, sent["Location"]) == (303, "/receipt")
        return code(self.client.get("/receipt"))

    def ask(self, code: str, *, proof: bool = False, **extra: str) -> HttpResponse:
        wanted = {"proof": "yes"} if proof else {}
        return self.client.post("/follow-up", {"code": code} | wanted, **extra)


def text(answer: HttpResponse) -> str:
    """Give what stands on the page, entities read."""
    return unescape(answer.content.decode())


def field(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no hidden field {name}"
    return unescape(found.group(1))


def code(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    slip = re.search(r'<p class="slip-code[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)
    assert slip
    found = follow_up_code.parse(re.sub(r"<[^>]+>", "", slip.group(1)))
    assert found
    return found


@pytest.fixture
def visitor(portal_client: Client) -> Iterator[Visitor]:
    Path(settings.STATIC_ROOT or "").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is not
    throttle.forget()
    yield Visitor(portal_client)
    throttle.forget()
