"""The whole way of one report with a canary in every field, through a real house, and all that is refused beside it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
from tests.journeys import canaries, desk
from tests.journeys.canaries import HANDLE, NAMING, SAID, UNREAD, URL, WHO

from fanal.site.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.house import WholeHouse

JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
FORM = {
    "items": f"{URL}\n{UNREAD}",
    "category": "threats",
    "comment": canaries.COMMENT,
    "seen_where": canaries.PLACE,
    **canaries.CONTACT,
}


@dataclass
class Journey:
    """What happened on the way."""

    house: WholeHouse
    codes: list[str] = field(default_factory=list)
    case: str = ""
    sent: list[str] = field(default_factory=list)


def received(one: Journey) -> None:
    """Come in through every door, all of them about the same thing."""
    house = one.house
    one.codes.append(house.receive_by_form(FORM, **canaries.ORIGIN))
    one.codes.append(house.receive_by_form(FORM | {"items": HANDLE, "platform": "x"}, **canaries.ORIGIN))
    one.codes.append(house.receive(canaries.report(), **canaries.ORIGIN))
    one.codes.append(house.receive(canaries.xarf(), **canaries.ORIGIN))
    lines = [canaries.report(external_ref="canaryref-77b"), canaries.xarf(), {"items": [{"typed": URL}]}]
    batch = "".join(json.dumps(line) + "\n" for line in lines).encode()
    answer = house.machine(**canaries.ORIGIN).ask("POST", "/api/v1/reports/batch", batch, headers=LINES)
    told = [json.loads(line) for line in answer.content.splitlines()]
    assert [line["status"] for line in told] == ["received", "received", "refused"]
    one.codes += [house.keep(line["code"]) for line in told[:2]]
    house.until(house.settled, "every report in a case")


def provoked(house: WholeHouse) -> None:
    """Make every face refuse and fail on something that holds a canary."""
    machine, stranger = house.machine(**canaries.ORIGIN), house.reporter(**canaries.ORIGIN)
    whole = json.dumps(canaries.report())
    bad = (
        whole[:-2],
        whole.replace('"threats"', f'"{UNREAD}"'),
        whole.replace('"fr"', f'"{HANDLE}"'),
        json.dumps(canaries.report(**{UNREAD: URL})),
        json.dumps(canaries.report(seen_on=URL)),
        json.dumps(canaries.report(contact={"email": WHO[0]})),
        json.dumps(canaries.report(comment=f"{canaries.COMMENT}\0")),
        json.dumps(canaries.report(comment=f"{URL} data:image/png;base64,iVBORw0KGgo=")),
        json.dumps(canaries.xarf() | {"category": URL}),
        json.dumps(canaries.xarf() | {"source_identifier": None, "url": [URL], UNREAD: URL}),
        json.dumps(canaries.report(comment=URL * 100_000)),
        json.dumps([URL]),
    )
    for body in bad:
        refused = machine.ask("POST", "/api/v1/reports", body.encode(), headers=JSON)
        assert 400 <= refused.status < 500, refused.text
    for kind in ({"Content-Type": f"text/{UNREAD.split()[0]}"}, JSON | {"Idempotency-Key": f"{URL} {UNREAD}"}):
        assert 400 <= machine.ask("POST", "/api/v1/reports", whole.encode(), headers=kind).status < 500
    twice = JSON | {"Idempotency-Key": "twice"}
    first, other = (json.dumps(canaries.report(comment=said)).encode() for said in ("canarysaid-c0", f"non {URL}"))
    assert machine.ask("POST", "/api/v1/reports", first, headers=twice).status == 201
    assert machine.ask("POST", "/api/v1/reports", other, headers=twice).status == 409
    assert machine.ask("POST", "/api/v1/status", json.dumps({"code": URL}).encode(), headers=JSON).status == 404
    assert machine.ask("DELETE", "/api/v1/reports", whole.encode(), headers=JSON).status == 405
    lost = f"/{canaries.PATH}/{canaries.HOST}?q={canaries.HOST}&n={HANDLE}"
    for visitor in (stranger, machine, house.desk("camille")):
        assert visitor.get(lost).status == 404
        assert visitor.get(f"/api/v1/{canaries.HOST}").status in (401, 404)
        assert visitor.ask("POST", "/health", URL.encode()).status in (403, 405)
        assert visitor.get("/health", allowed=()).status == 200
        visitor.ask("GET", "/", headers={"Host": canaries.HOST, "Referer": URL, "X-Canary": HANDLE})
        visitor.ask("GET", f"/%00{canaries.PATH}%ff{canaries.HOST}")
        visitor.ask("GET", f"/{canaries.HOST}/" + "a" * 9000)
    page = stranger.get("/report").text
    assert stranger.submit(page, "/report", FORM | {"category": "", "step": "review"}, own=True).status == 422
    assert stranger.submit(page, "/report", FORM | {"seen_on": URL, "step": "send"}, own=True).status == 422
    image = {"comment": f"{URL} data:image/png;base64,iVBORw0KGgo=", "step": "review"}
    assert stranger.submit(page, "/report", FORM | image, own=True).status == 422
    assert house.reporter().post("/report", FORM | {"step": "send", "nonce": URL}, own=True).status == 403
    assert stranger.submit(page, "/report", FORM | {"comment": URL * 100_000, "step": "send"}, own=True).status == 413
    assert stranger.submit(stranger.get("/follow-up").text, "/follow-up", {"code": URL}).status == 404
    assert house.desk("idris").get(f"/cases/{canaries.HOST}").status == 404


@contextmanager
def failing(house: WholeHouse) -> Iterator[None]:
    """Let nobody into the database for a while."""
    admin = Cluster(house.data / "postgres", data=house.data).url(database="postgres")
    with psycopg.connect(admin, autocommit=True) as owner:
        owner.execute("ALTER DATABASE fanal ALLOW_CONNECTIONS false")
        try:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'fanal'")
            yield
        finally:
            owner.execute("ALTER DATABASE fanal ALLOW_CONNECTIONS true")


def without_database(house: WholeHouse) -> list[object]:
    """Give what is asked of each face while its database is away."""
    stranger = house.reporter(**canaries.ORIGIN)
    page = stranger.get("/report").text

    def form() -> None:
        answer = stranger.submit(page, "/report", FORM | {"step": "send"}, own=True)
        assert answer.status == 503
        assert canaries.PLACE in answer.text  # nothing typed is lost

    def one() -> None:
        body = json.dumps(canaries.report()).encode()
        assert house.machine(**canaries.ORIGIN).ask("POST", "/api/v1/reports", body, headers=JSON).status == 503

    def many() -> None:
        body = json.dumps(canaries.report()).encode() + b"\n"
        assert house.machine(**canaries.ORIGIN).ask("POST", "/api/v1/reports/batch", body, headers=LINES).status == 503

    def desk_page() -> None:
        assert house.desk("camille").get(f"/cases/{canaries.HOST}").status == 503

    house.desk("camille")
    return [form, one, many, desk_page]


def decided(one: Journey) -> None:
    """Let two people find it illegal, the second blind; see one item defanged and once in clear."""
    house = one.house
    house.until(lambda: house.desk("camille").get("/").status == 200, "the desk answers again")
    house.until(house.settled, "every report in a case")
    ((one.case,),) = house.ask("SELECT c.ref FROM store_case c ORDER BY c.report_count DESC, c.opened_at LIMIT 1")
    where = f"/cases/{one.case}"
    camille, idris = house.desk("camille"), house.desk("idris")
    desk.take(camille, one.case)
    # The worker decides by its own order which target of the case is C1: the page is meant here, not the account.
    ((item,),) = house.ask(
        "SELECT 'C' || p.position FROM store_casetarget p JOIN store_target t ON t.id = p.target_id "
        "JOIN store_case c ON c.id = p.case_id WHERE c.ref = %s AND t.kind = 'url'",
        one.case,
    )
    why = {"why": f"Pour qualifier {URL} {HANDLE}"}
    shown = camille.submit(camille.get(where).text, f"{where}/items/{item}/reveal", why)
    assert "canary-7f2c[.]partage" in shown.text
    clear = camille.submit(camille.get(where).text, f"{where}/items/{item}/clear", hidden=True)
    assert URL in clear.text  # the one recorded reveal
    desk.judge(camille, one.case, f"canarygrounds-0f de Camille : {URL} {HANDLE}")
    blind = idris.get(where)
    assert "de Camille" not in blind.text
    desk.take(idris, one.case)
    assert "de Camille" not in idris.get(where).text
    desk.judge(idris, one.case, f"canarygrounds-0f d’Idris : {URL} {HANDLE}")
    assert "de Camille" in idris.get(where).text  # decided: the seal is open
    house.until(
        lambda: house.ask(
            "SELECT 1 FROM store_dispatch d JOIN store_case c ON c.id = d.case_id "
            "WHERE c.ref = %s AND d.obstacles = '[]'",
            one.case,
        ),
        "dispatches proposed",
    )


def answered(one: Journey) -> None:
    """Send by two people, record the answer, write to the reporters, read as they do; see what is published."""
    house = one.house
    camille, idris = house.desk("camille"), house.desk("idris")
    one.sent = desk.sendable(house, one.case)
    for ref in one.sent:
        where = f"/dispatches/{ref}"
        live = {"grounds": f"canarygrounds-0f {URL}"}
        assert camille.submit(camille.get(where).text, f"{where}/prepare", live, own=True).status == 409
        desk.prepare(camille, ref, "canarygrounds-0f : les éléments sont réunis pour la cible 1.")
        assert "/approve" not in camille.get(where).text  # who put it forward sees no such button
        desk.approve(idris, ref)
    house.until(lambda: desk.states(house, one.sent) == {"sent"}, "every dispatch sent")
    said = {"answer": "removed", "text": f"canaryanswer-6e : {URL} retiré"}
    where = f"/dispatches/{one.sent[0]}"
    assert camille.submit(camille.get(where).text, f"{where}/answer", said).status == 200
    where = f"/cases/{one.case}"
    live = {"text": f"Voyez {URL}"}
    assert camille.submit(camille.get(where).text, f"{where}/answer", live, own=True).status == 409
    kind = {"text": "Ce que vous avez signalé n’est plus en ligne."}
    assert camille.submit(camille.get(where).text, f"{where}/answer", kind).status == 200
    news = house.reporter()
    page = news.submit(news.get("/follow-up").text, "/follow-up", {"code": one.codes[0]}).text
    assert "n’est plus en ligne" in page
    for path in ("/", "/dispatches", "/ledger", "/figures", "/?state=open", "/?state=decided"):
        assert camille.get(path).status == 200
    house.ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES ('default', 'fanal.publish', '{\"timestamp\": 0}') RETURNING id"
    )
    house.until(lambda: list((house.data / "public").rglob("*.csv")), "figures published")
    assert house.reporter().get("/figures").status == 200
    for path in ("/", "/report", "/privacy", "/follow-up", "/receipt"):
        house.reporter().get(path)
    for path in ("/api/v1/openapi.json", "/api/v1/health"):
        house.machine().get(path)
    assert house.fanal("doctor", "--json").returncode in (0, 1)


def gone(house: WholeHouse) -> Journey:
    """Go the whole way once."""
    one = Journey(house)
    received(one)
    provoked(house)
    with failing(house), ThreadPoolExecutor(4) as together:
        list(together.map(lambda ask: ask(), without_database(house)))
    decided(one)
    answered(one)
    return one


def secrets(one: Journey) -> list[str]:
    """List everything that must not stand on the disk."""
    return [*canaries.LIVE, *NAMING, *SAID, *WHO, *canaries.DESK, *one.codes]
