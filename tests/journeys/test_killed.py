"""Law 3 on a real house: whatever is killed with -9, nothing that was acknowledged is lost and nothing leaves twice."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

import pytest
from tests.journeys import desk
from tests.journeys.canaries import found
from tests.journeys.proof import proved

from fanal.core.errors import Refused
from fanal.site import replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.journeys.house import WholeHouse
    from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.process

WORKER, SEQUENCER, POSTMASTER = b"fanal.site.worker", b"fanal.site.sequencer", b"postgres\0-D\0"
PORTAL, API = b"fanal.site.settings.portal", b"fanal.site.settings.api"
REPORTS, LINES_A_CASE = 60, 3
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
AWAY = (OSError, HTTPException, Refused)


def kill(house: WholeHouse, mark: bytes) -> int:
    """Kill what bears this mark, as the kernel does when memory is out; give how many there were."""
    victims = house.pids(mark)
    for pid in victims:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(victims)


@contextmanager
def killing(house: WholeHouse, *marks: bytes, between: tuple[float, float], most: int = 0) -> Iterator[Counter[bytes]]:
    """Kill at random moments as long as the block runs (at most `most` times)."""
    chance, over, killed = random.Random(7), threading.Event(), Counter[bytes]()  # noqa: S311 - moments, no secrets

    def run() -> None:
        while not over.wait(chance.uniform(*between)) and (not most or killed.total() < most):
            mark = chance.choice(marks)
            killed[mark] += bool(kill(house, mark))

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def defer(house: WholeHouse, task: str) -> None:
    """Put a task of the calendar before its time."""
    house.ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', %s, %s) RETURNING id",
        task,
        '{"timestamp": 0}',
    )


def reports(house: WholeHouse, name: str, count: int) -> list[str]:
    """Send `count` reports in one batch, three to a page; give their codes."""
    lines = [
        {"items": [{"typed": f"https://{name}-{number // LINES_A_CASE}.partage.example/p"}], "category": "threats",
         "comment": f"numéro {number}"}
        for number in range(count)
    ]  # fmt: skip
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    answer = house.machine().ask("POST", "/api/v1/reports/batch", body, headers=LINES)
    told = [json.loads(line) for line in answer.content.splitlines()]
    assert [one["status"] for one in told] == ["received"] * count
    return [house.keep(one["code"]) for one in told]


def case_with(house: WholeHouse, code: str) -> str:
    """Find the case of one report by its code, through what the portal's own door and the tables say."""
    at = house.machine().ask("POST", "/api/v1/status", json.dumps({"code": code}).encode(), headers=JSON)
    moment = json.loads(at.content)["received_at"]
    ((ref,),) = house.ask(
        "SELECT c.ref FROM store_case c JOIN store_casereport l ON l.case_id = c.id JOIN store_report r "
        "ON r.id = l.report_id WHERE r.received_at = %s ORDER BY c.opened_at DESC LIMIT 1",
        moment,
    )
    return str(ref)


def test_a_worker_killed_in_mid_step_loses_nothing_and_sends_nothing_twice(
    whole_house: WholeHouse, tmp_path: Path
) -> None:
    house = whole_house
    camille, idris = house.desk("camille"), house.desk("idris")
    ready: list[str] = []
    for number in range(2):
        code = house.receive({"items": [{"typed": f"https://send-{number}.partage.example/"}], "category": "threats"})
        house.until(house.settled, "the report in a case")
        case = case_with(house, code)
        for who in (camille, idris):
            desk.take(who, case)
            desk.judge(who, case, "Les éléments sont là.")
        house.until(lambda case=case: desk.sendable(house, case), "dispatches proposed")  # type: ignore[misc]
        house.until(house.settled, "all proposed")
        ready += desk.sendable(house, case)
    ready = ready[:5]
    assert len(ready) >= 4
    for ref in ready:
        desk.prepare(camille, ref, "Cible 1 : les éléments sont réunis.")
    before = {path.name for path in (house.data / "outbox").iterdir()}
    with killing(house, WORKER, between=(0.3, 2.5)) as killed:
        codes = reports(house, "crowd", REPORTS)
        for ref in ready:
            desk.approve(idris, ref)
            time.sleep(0.5)
        house.until(lambda: killed[WORKER] >= 6, "six kills")
    house.until(house.settled, "every report in a case, every step done")
    # what was claimed and never noted is uncertain after five minutes; the clock is put forward, not waited for
    house.ask("UPDATE store_attempt SET claimed_at = claimed_at - interval '1 hour' WHERE noted_at IS NULL RETURNING 1")
    defer(house, "fanal.expire")
    house.until(lambda: desk.states(house, ready) <= {"sent", "uncertain"}, "every dispatch sent or uncertain")
    assert all(house.known(code) for code in codes)
    ((cases,),) = house.ask("SELECT count(*) FROM store_case WHERE report_count = %s", LINES_A_CASE)
    assert cases == REPORTS // LINES_A_CASE
    ((doubled,),) = house.ask(
        "SELECT count(*) FROM (SELECT 1 FROM store_casereport GROUP BY report_id, case_id HAVING count(*) > 1) d"
    )
    assert doubled == 0
    laid = {path.name for path in (house.data / "outbox").iterdir() if not path.name.startswith(".")} - before
    sent = {ref for ref in ready if desk.states(house, [ref]) == {"sent"}}
    assert sent <= laid <= set(ready)
    attempts = house.ask(
        "SELECT d.ref, count(*) FROM store_attempt a JOIN store_dispatch d ON d.id = a.dispatch_id "
        "WHERE d.ref = ANY(%s) GROUP BY d.ref",
        ready,
    )
    assert dict(attempts) == dict.fromkeys(ready, 1)
    claimed = house.ask(
        "SELECT subject, count(*) FROM store_event WHERE subject = ANY(%s) AND name = 'dispatch.sent' GROUP BY subject",
        ready,
    )
    assert dict(claimed) == dict.fromkeys(sent, 1)
    proved(house, tmp_path / "ledger")


def test_the_jobs_of_a_dead_worker_are_looked_for_every_few_seconds() -> None:
    """At every moment of an hour: a rescue that pauses for minutes would still pass above, if the kill is lucky."""
    from procrastinate.contrib.django import app

    import fanal.jobs.tasks

    (rescue,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task is fanal.jobs.tasks.rescue]
    due = rescue.croniter
    due.set_current(0)
    times = [due.get_next(float) for _ in range(720)]
    assert max(after - before for before, after in itertools.pairwise(times)) <= 10


class Sender:
    """One client that sends one report until it has a receipt, always under the same number."""

    def __init__(self, house: WholeHouse, number: int) -> None:
        self.house, self.number = house, number
        self.tries = 0

    def patiently(self, send: Callable[[], str]) -> str:
        deadline = time.monotonic() + 150
        while True:
            self.tries += 1
            try:
                return send()
            except AWAY:
                assert time.monotonic() < deadline, "never received"
                time.sleep(0.2)

    def by_form(self) -> str:
        one = self.house.reporter()
        typed = {"items": f"https://form-{self.number}.partage.example/", "category": "threats", "step": "review"}

        def filled() -> str:
            return one.submit(one.get("/report").text, "/report", typed, own=True, allowed=("form-",)).text

        review = self.patiently(filled)
        while 'value="send"' not in review:
            review = self.patiently(filled)
        code = self.patiently(lambda: replay.code_in(one.submit(review, "/report", {"step": "send"}, own=True).text))
        again = self.patiently(lambda: replay.code_in(one.submit(review, "/report", {"step": "send"}, own=True).text))
        assert again == code
        return self.house.keep(code)

    def by_api(self) -> str:
        body = {"items": [{"typed": f"https://api-{self.number}.partage.example/"}], "category": "threats"}
        headers = JSON | {"Idempotency-Key": f"{os.getpid()}-{self.number}"}

        def once() -> str:
            answer = self.house.machine().ask("POST", "/api/v1/reports", json.dumps(body).encode(), headers=headers)
            if answer.status not in (200, 201):
                raise OSError
            return str(json.loads(answer.content)["code"])

        code = self.patiently(once)
        assert self.patiently(once) == code
        return self.house.keep(code)


def sent(house: WholeHouse, count: int, start: int) -> list[str]:
    """Let eight clients send reports at once, half by the form, half through the API; give every code they saw."""
    with ThreadPoolExecutor(8) as clients:
        by = [Sender(house, start + number) for number in range(count)]
        return list(clients.map(lambda one: one.by_form() if one.number % 2 else one.by_api(), by))


def kept(house: WholeHouse, codes: list[str], before: int) -> None:
    """Every code that a client saw is found; there is one report for each."""
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not house.known(code)] == []
    for number, code in enumerate(codes[:6]):  # twenty tries in ten minutes are answered from one address
        page = house.reporter(**{"X-Forwarded-For": f"192.0.2.{number + 1}"})

        def told(page: Visitor = page, code: str = code) -> bool:
            return page.submit(page.get("/follow-up").text, "/follow-up", {"code": code}).status == 200

        house.until(told, "the code is known", 60)  # a pool finds its way back to the database within seconds
    ((now,),) = house.ask("SELECT count(*) FROM store_report")
    assert now - before == len(codes)


def count(house: WholeHouse) -> int:
    return int(house.ask("SELECT count(*) FROM store_report")[0][0])


def test_faces_killed_while_reports_come_in_lose_no_receipt(whole_house: WholeHouse, tmp_path: Path) -> None:
    before = count(whole_house)
    with killing(whole_house, PORTAL, API, between=(0.5, 2.0), most=6) as killed:
        codes = sent(whole_house, 24, 0)
        whole_house.until(lambda: killed[PORTAL] and killed[API], "both killed")
    whole_house.until(lambda: whole_house.reporter().get("/health").status == 200, "the portal is back")
    whole_house.until(lambda: whole_house.machine().get("/api/v1/health").status == 200, "the API is back")
    kept(whole_house, codes, before)
    whole_house.until(whole_house.settled, "every report in a case: its job was committed with it")
    proved(whole_house, tmp_path / "ledger")


def test_the_database_killed_outright_keeps_what_was_acknowledged(whole_house: WholeHouse, tmp_path: Path) -> None:
    before, since = count(whole_house), len(whole_house.said.read_text())
    with killing(whole_house, POSTMASTER, between=(0.5, 1.5), most=1) as killed:
        codes = sent(whole_house, 16, 1000)
        whole_house.until(lambda: killed[POSTMASTER], "killed")
    whole_house.wait_for("the database died", since)
    whole_house.until(lambda: whole_house.ask("SELECT 1"), "the database is back")
    kept(whole_house, codes, before)
    whole_house.until(whole_house.settled, "every report in a case")
    proved(whole_house, tmp_path / "ledger")


def test_the_sequencer_killed_again_and_again_puts_every_entry_in_the_tree_once(
    whole_house: WholeHouse, tmp_path: Path
) -> None:
    since = len(whole_house.said.read_text())
    with killing(whole_house, SEQUENCER, between=(0.4, 1.2)) as killed:
        codes = [code for number in range(4) for code in reports(whole_house, f"seq{number}", 15)]
        whole_house.until(lambda: killed[SEQUENCER] >= 4, "four kills")
    whole_house.wait_for("sequencer died", since)
    assert all(whole_house.known(code) for code in codes[::15])
    proved(whole_house, tmp_path / "ledger")
    ((leaves, entries),) = whole_house.ask(
        "SELECT (SELECT count(DISTINCT entry_id) FROM ledger_leaf), (SELECT count(*) FROM ledger_entry)"
    )
    assert leaves == entries


def test_the_logs_of_all_this_name_nothing(whole_house: WholeHouse) -> None:
    live = [".partage.example", *whole_house.codes]
    assert [one.what for one in whole_house.logs() if found(one.content, live)] == []
