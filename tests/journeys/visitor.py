"""A browser without scripts that keeps what it saw: each answer, whole, with who may see what in it."""

from __future__ import annotations

import http.client
import re
import threading
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.journeys.canaries import Sight, own_fields

from fanal.site import replay

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def header(self, name: str) -> str:
        return next((value for one, value in self.headers if one.lower() == name.lower()), "")


@dataclass
class Visitor:
    """One browser at one face; `saw` takes every answer, `allowed` says what this visitor may read on pages."""

    port: int
    saw: list[Sight] | None = None
    allowed: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 60.0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        headers: dict[str, str] | None = None,
        own: bool = False,
        allowed: tuple[str, ...] = (),
        hidden: bool = False,
    ) -> Answer:
        """Ask once. `own`: the page shows the reporter's own form again; `hidden`: the one recorded reveal."""
        sent = {"Accept-Language": "fr", **self.headers, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body, sent)
            came = connection.getresponse()
            answer = Answer(came.status, tuple(came.getheaders()), came.read())
        finally:
            connection.close()
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.cookies |= {one: morsel.value for one, morsel in SimpleCookie(value).items()}
        self._note(f"{method} {self.port} {path[:60]} -> {answer.status}", answer, own, allowed, hidden)
        return answer

    def get(self, path: str, **kind: object) -> Answer:
        return self.ask("GET", path, **kind)  # type: ignore[arg-type]

    def post(self, path: str, fields: dict[str, str], **kind: object) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields).encode(), headers=form, **kind)  # type: ignore[arg-type]

    def submit(self, page: str, action: str, fields: dict[str, str] | None = None, **kind: object) -> Answer:
        """Send the form of `page` that goes to `action`, with its hidden fields, and follow where it leads."""
        kept = {name: unescape(value) for name, value in replay._Visit.form(action, page).items()}
        answer = self.post(action, kept | (fields or {}), **kind)
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                break
            answer = self.get(re.sub(r"#.*", "", answer.header("Location")), **kind)
        return answer

    def _note(self, what: str, answer: Answer, own: bool, allowed: tuple[str, ...], hidden: bool) -> None:  # noqa: FBT001
        if self.saw is None:
            return
        told = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        content = answer.content
        if own:
            content = own_fields(content.decode()).encode()
        with _lock:
            self.saw.append(Sight(f"{what} (headers)", told.encode()))
            if not hidden:
                self.saw.append(Sight(what, content, (*self.allowed, *allowed)))
