"""A machine that reports: one function a door, with its key."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse

if TYPE_CHECKING:
    from django.test import Client

REPORT = {
    "items": [{"typed": "https://video.example/w/4411"}],
    "category": "threats",
    "comment": "Ce compte menace une élève.",
    "language": "fr",
    "contact": {"name": "Lou Martin", "email": "lou.martin@mail.example"},
}

Send = Callable[..., HttpResponse]


def header_names(headers: dict[str, str]) -> dict[str, str]:
    return {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}


@pytest.fixture
def report() -> dict[str, Any]:
    return json.loads(json.dumps(REPORT))


@pytest.fixture
def send(api_key: str, api_client: Client) -> Send:
    """Send bytes or JSON to a path under /api/v1 with the test's key."""

    def sent(path: str, body: object, *, media_type: str = "application/json", **headers: str) -> HttpResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("authorization", f"Bearer {api_key}")
        return api_client.generic(
            "POST", f"/api/v1/{path}", raw, media_type, CONTENT_TYPE=media_type, **header_names(named)
        )

    return sent


@pytest.fixture
def batch(send: Send) -> Callable[..., list[dict[str, Any]]]:
    """Send lines as a batch; give the answers, one a line."""

    def sent(lines: list[object] | bytes, **headers: str) -> list[dict[str, Any]]:
        raw = lines if isinstance(lines, bytes) else b"".join(_line(one) for one in lines)
        answer = send("reports/batch", raw, media_type="application/x-ndjson", **headers)
        assert answer.status_code == 200, answer.content
        return [json.loads(line) for line in answer.content.splitlines()]

    return sent


def _line(one: object) -> bytes:
    return (one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n"
