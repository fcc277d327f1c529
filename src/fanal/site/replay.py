"""Plays an episode (NDJSON) through the real doors over HTTP: the portal's form, the API, batches. Loopback only."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from itertools import groupby
from typing import TYPE_CHECKING, Final, Self, cast
from urllib.parse import urlencode, urlsplit

from fanal.core.errors import Broken, Refused
from fanal.core.intake import follow_up_code
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
VIAS: Final = frozenset({"portal", "api", "batch", "desk"})
LINES_A_BATCH: Final = 500
TIMEOUT: Final = 120.0
_REDIRECTS: Final = frozenset({302, 303})
_OFFSET: Final = re.compile(r"\+([0-9]{2,4}):([0-5][0-9]):([0-5][0-9])")
_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?: ?[0-9A-HJKMNP-TV-Z]{4}){4}")

NOT_HERE = reason(
    "replay.not-here",
    en="Episodes are played on this machine only: the address must be 127.0.0.1, ::1 or localhost.",
    fr="Les épisodes ne se jouent que sur cette machine : l’adresse doit être 127.0.0.1, ::1 ou localhost.",
)
NO_RECEIPT = reason(
    "replay.no-receipt",
    en="A report of this episode was not taken in: the other side gave no receipt.",
    fr="Un signalement de cet épisode n’a pas été reçu : aucun récépissé n’est revenu.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an episode: seconds after its start, the door, and the report (or, for the desk, the decision)."""

    at: int
    via: str
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back: the follow-up code of a report that was committed, and the door that it took."""

    via: str
    code: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the faces listen (`http://127.0.0.1:8000`) and the API key; Refused for a host that is not this machine."""

    portal: str
    api: str
    key: str = field(repr=False)

    def __post_init__(self) -> None:
        for url in (self.portal, self.api):
            parts = urlsplit(url)
            if parts.scheme != "http" or parts.hostname not in HERE:
                raise Refused(NOT_HERE)


def read(path: Path) -> tuple[Step, ...]:
    """Read an episode; Broken, naming file and line, where a line is no step or out of the order of time."""
    steps: list[Step] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        step = _step(line)
        if step is None or (steps and step.at < steps[-1].at):
            raise Broken(_bad_line(path.name, number))
        steps.append(step)
    return tuple(steps)


def play(
    steps: Iterable[Step], doors: Doors, *, decide: Callable[[Mapping[str, object], str], None], last: str = ""
) -> Iterator[Receipt]:
    """Send every report through its door, in order and without waiting; give one receipt a step.

    Reports by batch that follow each other go together. `decide` is called for a decision of the desk, with the code of
    the last report before it (`last`, where the steps begin with it); its receipt names that code again. Refused where
    a report is not received: an episode stops there.
    """
    for via, group in groupby(steps, key=lambda step: step.via):
        said = [step.said for step in group]
        if via == "desk":
            for decision in said:
                decide(decision, last)
                yield Receipt(via, last)
            continue
        for start in range(0, len(said), LINES_A_BATCH):
            for code in _send(via, said[start : start + LINES_A_BATCH], doors):
                last = code
                yield Receipt(via, code)


def _send(via: str, reports: list[Mapping[str, object]], doors: Doors) -> Iterator[str]:
    if via == "batch":
        yield from _by_batch(reports, doors)
    elif via == "api":
        yield from (_by_api(report, doors) for report in reports)
    else:
        yield from (by_portal(report, doors.portal) for report in reports)


def _step(line: str) -> Step | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("via") not in VIAS:
        return None
    body = said.get("decision" if said["via"] == "desk" else "report")
    offset = _OFFSET.fullmatch(str(said.get("at")))
    if offset is None or not isinstance(body, dict) or len(said) != len(("at", "via", "report")):
        return None
    hours, minutes, seconds = (int(part) for part in offset.groups())
    return Step(hours * 3600 + minutes * 60 + seconds, said["via"], body)


def _by_api(report: Mapping[str, object], doors: Doors) -> str:
    with _Visit(doors.api) as visit:
        status, text = visit.post(
            "/api/v1/reports", json.dumps(report).encode(), "application/json", authorization=f"Bearer {doors.key}"
        )
    if status not in {200, 201}:
        raise Refused(NO_RECEIPT)
    return str(json.loads(text)["code"])


def _by_batch(reports: list[Mapping[str, object]], doors: Doors) -> list[str]:
    body = "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports).encode()
    with _Visit(doors.api) as visit:
        status, text = visit.post(
            "/api/v1/reports/batch", body, "application/x-ndjson", authorization=f"Bearer {doors.key}"
        )
    answers = [json.loads(line) for line in text.splitlines()] if status == http.HTTPStatus.OK else []
    codes = [str(answer["code"]) for answer in answers if answer["status"] != "refused"]
    if len(codes) != len(reports):
        raise Refused(NO_RECEIPT)
    return codes


def by_portal(report: Mapping[str, object], portal: str) -> str:
    """Fill in the public form as a browser without scripts does: form, review, send, receipt; give the code shown.

    A new visit each time, so that nothing of one reporter is carried on to the next.
    """
    with _Visit(portal) as visit:
        form = visit.form("/report", visit.get("/report"))
        review = visit.form("/report", visit.submit("/report", form | _typed(report) | {"step": "review"}))
        receipt = visit.submit("/report", review | {"step": "send"})
    return code_in(receipt)


def code_in(page: str) -> str:
    """Find the follow-up code on a receipt; Refused where the page shows none that checks."""
    words = _Words()
    words.feed(page)
    for found in _CODE.finditer(" ".join(" ".join(words.words).split())):
        code = follow_up_code.parse(found.group())
        if code:
            return code
    raise Refused(NO_RECEIPT)


def _typed(report: Mapping[str, object]) -> dict[str, str]:
    """Write a report as the fields of the form: one item a line, one platform."""
    items = cast("list[Mapping[str, str]]", report.get("items", []))
    contact = cast("Mapping[str, str]", report.get("contact", {}))
    names = ("category", "comment", "seen_on", "seen_where", "standing")
    fields = {name: str(report[name]) for name in names if report.get(name)}
    fields |= {name: "yes" for name in ("minor", "danger_now") if report.get(name)}
    fields |= {name: contact[name] for name in ("name", "email", "phone") if contact.get(name)}
    fields["items"] = "\n".join(one["typed"] for one in items)
    fields["platform"] = next((one["platform"] for one in items if one.get("platform")), "")
    return fields


class _Visit:
    """One reporter's visit: a connection and its cookies, and nothing kept after it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=TIMEOUT)
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str) -> str:
        status, text = self._ask("GET", path, None, {})
        if status != http.HTTPStatus.OK:
            raise Refused(NO_RECEIPT)
        return text

    def post(self, path: str, body: bytes, media_type: str, **headers: str) -> tuple[int, str]:
        return self._ask("POST", path, body, {"Content-Type": media_type, **headers})

    def submit(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form and follow the redirect; Refused where the page that comes back is a refusal."""
        status, text = self.post(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        if status in _REDIRECTS:
            return self.get(text)
        if status != http.HTTPStatus.OK:
            raise Refused(NO_RECEIPT)
        return text

    @staticmethod
    def form(action: str, page: str) -> dict[str, str]:
        """Give the hidden fields of the form on `page` that posts to `action`."""
        parser = _Form(action)
        parser.feed(page)
        return parser.fields

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers |= {"Accept-Language": "fr", "User-Agent": "fanal-replay"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        if answer.status in _REDIRECTS:
            return answer.status, urlsplit(answer.headers.get("Location", "/")).path
        return answer.status, text


class _Form(HTMLParser):
    """Reads the hidden fields of the form with one action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action = action
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._within = (
                said.get("action") in {self._action, None, ""} and (said.get("method") or "").lower() == "post"
            )
        elif tag == "input" and self._within and said.get("type") == "hidden" and said.get("name"):
            self.fields[str(said["name"])] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._within = False


class _Words(HTMLParser):
    """Gathers what a page says, without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _bad_line(name: str, number: int) -> Reason:
    return reason(
        "replay.line",
        en=f"Line {number} of {name} is not a step of an episode, or not in order of time.",
        fr=f"La ligne {number} de {name} n’est pas une étape d’un épisode, ou n’est pas dans l’ordre du temps.",
    )
