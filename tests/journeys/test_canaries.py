"""One report with a canary in every field, all the way through a real house: nobody sees one who must not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.journeys import canaries, desk
from tests.journeys.canaries import DESK, HANDLE, LIVE, NAMING, SAID, UNREAD, URL, WHO, Sight

from fanal.site.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.journeys.conftest import WholeHouse

pytestmark = pytest.mark.process

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


@pytest.fixture(scope="module")
def journey(whole_house: WholeHouse) -> Journey:
    one = Journey(whole_house)
    received(one)
    provoked(whole_house)
    with failing(whole_house), ThreadPoolExecutor(4) as together:
        list(together.map(lambda ask: ask(), without_database(whole_house)))
    decided(one)
    answered(one)
    return one


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
    item = next(
        ref
        for ref in ("C1", "C2")
        if "canary-7f2c[.]partage"
        in camille.submit(
            camille.get(where).text, f"{where}/items/{ref}/reveal", {"why": f"Pour qualifier {URL} {HANDLE}"}
        ).text
    )
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


# --- what anyone could see


def sights(one: Journey) -> list[Sight]:
    seen = [*one.house.saw, *one.house.logs()]
    public = [path for path in (one.house.data / "public").rglob("*") if path.is_file()]
    seen += [Sight(f"published {path.name}", path.read_bytes()) for path in public]
    return seen


def letters(one: Journey) -> list[Sight]:
    files = [path for path in (one.house.data / "outbox").rglob("*") if path.is_file() and path.suffix != ".age"]
    return [sight for path in files for sight in canaries.letter(path.name, path.read_bytes())]


def test_the_whole_way_was_gone(journey: Journey) -> None:
    assert len(journey.codes) == 6
    assert len(journey.sent) >= 2
    assert {path.name for path in (journey.house.data / "outbox").iterdir() if path.is_dir()} >= set(journey.sent)
    for ref in journey.sent:
        names = {path.name for path in (journey.house.data / "outbox" / ref).iterdir()}
        assert names == {"letter.pdf", "letter.eml", "annex.age"}


def test_nobody_sees_a_live_identifier(journey: Journey) -> None:
    """Law 1: pages, titles, headers, errors, logs, letters, figures, the command line."""
    leaks = canaries.leaks([*sights(journey), *letters(journey)], LIVE)
    assert not leaks, leaks


def test_who_reports_is_seen_nowhere_in_any_form(journey: Journey) -> None:
    """Law 4."""
    leaks = canaries.leaks([*sights(journey), *letters(journey)], WHO, encoded=True)
    assert not leaks, leaks


def test_what_was_said_and_named_stays_with_who_works_on_it(journey: Journey) -> None:
    leaks = canaries.leaks(sights(journey), (*NAMING, *SAID, *DESK))
    assert not leaks, leaks
    leaks = canaries.leaks(letters(journey), (*SAID, "canaryanswer-6e"))
    assert not leaks, leaks


def test_recipients_read_the_defanged_form(journey: Journey) -> None:
    """The search above would find nothing in letters that cannot be read."""
    words = [one.content for one in letters(journey) if one.what == "letter.pdf"]
    assert len(words) >= 2 * len(journey.sent)  # once as itself, once within the e-mail
    assert all(b"canary-7f2c[.]partage[.]example" in re.sub(rb"\s", b"", one) for one in words)


def test_no_address_leads_to_a_reported_thing(journey: Journey) -> None:
    pages = [one for one in journey.house.saw if b"<html" in one.content]
    assert len(pages) > 50
    for one in pages:
        page = one.content.decode()
        for address in canaries.links(page):
            assert not canaries.found(address.encode(), (*LIVE, *NAMING, *SAID, *WHO), encoded=True), one.what
            assert not re.match(r"(?:https?:)?//", address), (one.what, address)
        (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        assert not canaries.found(title.encode(), (*LIVE, *NAMING, *SAID, *WHO)), one.what


def test_a_follow_up_code_stands_in_its_receipt_and_nowhere_else(journey: Journey) -> None:
    codes = [form for code in journey.codes for form in (code, " ".join(re.findall("....", code)))]
    receipts = ("/receipt", "/api/v1/reports")
    leaks = canaries.leaks([*sights(journey), *letters(journey)], codes, encoded=True, but=receipts)
    assert not leaks, leaks


def test_the_reveal_in_clear_is_in_the_ledger(journey: Journey) -> None:
    revealed = journey.house.ask(
        "SELECT convert_from(b.body, 'UTF8') FROM store_event e JOIN store_eventbody b ON b.event_id = e.id "
        "JOIN ledger_entry l ON l.event_id = e.id WHERE e.name = 'item.revealed' ORDER BY e.at"
    )
    told = [json.loads(body)["details"] for (body,) in revealed]
    assert [one["live"] for one in told][-1:] == [True]
    assert any(not one["live"] for one in told)
    assert all(one["why"] for one in told)


# --- what stands on the disk


def secrets(one: Journey) -> list[str]:
    return [*LIVE, *NAMING, *SAID, *WHO, *DESK, *one.codes]


def test_a_dump_of_the_database_holds_no_canary_in_any_encoding(journey: Journey, tmp_path: Path) -> None:
    """Law 10."""
    house = journey.house
    cluster = Cluster(house.data / "postgres", data=house.data)
    dump = subprocess.run(
        [cluster.client("pg_dump"), "--dbname", cluster.url()], capture_output=True, check=True
    ).stdout
    assert journey.case.encode() in dump  # it is this database
    assert dump.count(b"\n") > 1000
    leaks = canaries.leaks([Sight("dump", dump)], secrets(journey), encoded=True)
    assert not leaks, leaks
    file = tmp_path / "fanal.backup"
    assert house.fanal("backup", str(file)).returncode == 0
    restored = subprocess.run([cluster.client("pg_restore"), "-f", "-", str(file)], capture_output=True, check=True)
    assert journey.case.encode() in restored.stdout
    leaks = canaries.leaks([Sight("backup", restored.stdout)], secrets(journey), encoded=True)
    assert not leaks, leaks


def test_no_file_of_the_data_folder_holds_a_canary(journey: Journey) -> None:
    """The tables, their log (WAL), the job queue, the sessions, the statistics: every byte but letters and keys."""
    house = journey.house
    with psycopg.connect(Cluster(house.data / "postgres", data=house.data).url(), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
    kept = {house.data / "outbox", house.data / "keys"}
    looked, leaks = 0, ""
    for path in house.data.rglob("*"):
        if not path.is_file() or kept & set(path.parents):
            continue
        content = path.read_bytes()
        looked += len(content)
        if set(content) == {0}:
            continue
        leaks += canaries.leaks([Sight(str(path.relative_to(house.data)), content)], secrets(journey))
    assert looked > 20_000_000
    assert not leaks, leaks


# --- the proof


@pytest.fixture(scope="module")
def exported(journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "export"
    house = journey.house
    house.until(
        lambda: (
            house.ask("SELECT (SELECT count(*) FROM ledger_entry) = (SELECT max(size) FROM ledger_checkpoint)")
            == [(True,)]
        ),
        "every entry under a checkpoint",
    )
    folder.mkdir()
    done = house.fanal("ledger", "export", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as anyone would: no data folder, no database, no setting."""
    plain = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ} | {"LANG": "C"}
    command = [sys.executable, "-m", "fanal", *words]
    return subprocess.run(command, env=plain, cwd="/", capture_output=True, text=True, check=False)


def verify(folder: Path, key: Path) -> subprocess.CompletedProcess[str]:
    """Verify an exported ledger with nothing but the public key."""
    return offline("ledger", "verify", str(folder), "--public-key", str(key))


def flipped(content: bytes) -> bytes:
    """Flip one bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_the_exported_ledger_verifies_offline_and_holds_no_canary(journey: Journey, exported: Path) -> None:
    done = verify(exported, journey.house.data / "keys" / "ledger.vkey")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    for path in exported.rglob("*"):
        if path.is_file():
            assert canaries.found(path.read_bytes(), secrets(journey), encoded=True) == [], path.name


def test_every_event_has_one_entry_and_every_entry_one_leaf(journey: Journey, exported: Path) -> None:
    assert agrees(journey.house) == []
    ((entries,),) = journey.house.ask("SELECT count(*) FROM ledger_entry")
    assert entries > 30


@pytest.mark.parametrize(
    "table", ["store_event", "store_assessment", "ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint"]
)
def test_not_even_the_owner_changes_what_was_recorded(journey: Journey, table: str) -> None:
    assert journey.house.ask(f"SELECT count(*) FROM {table}") > [(0,)]
    ((column,),) = journey.house.ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", table
    )
    for act in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with journey.house.database() as owner, pytest.raises(psycopg.Error) as refused:
            owner.execute(act)
        assert refused.value.sqlstate in ("42501", "23001")  # as the triggers say it


def agrees(house: WholeHouse) -> list[str]:
    """List what does not agree between events, ledger entries and leaves."""
    wrong = {
        "events without an entry": "SELECT e.id FROM store_event e LEFT JOIN ledger_entry l ON l.event_id = e.id "
        "WHERE l.id IS NULL",
        "entries without an event": "SELECT l.id FROM ledger_entry l LEFT JOIN store_event e ON l.event_id = e.id "
        "WHERE e.id IS NULL",
        "events with two entries": "SELECT event_id FROM ledger_entry GROUP BY event_id HAVING count(*) > 1",
    }
    return [what for what, question in wrong.items() if house.ask(question)]


def test_a_reporters_proof_verifies_offline_and_one_flipped_bit_refuses_it(journey: Journey, tmp_path: Path) -> None:
    one = journey.house.reporter()
    fields = {"code": journey.codes[0], "proof": "yes"}
    answer = one.submit(one.get("/follow-up").text, "/follow-up", fields)
    assert answer.header("Content-Type") == "application/octet-stream"
    assert canaries.found(answer.content, secrets(journey), encoded=True) == []
    key, file = journey.house.data / "keys" / "ledger.vkey", tmp_path / "fanal.tlog-proof"
    for content, code in ((answer.content, 0), (flipped(answer.content), 1)):
        file.write_bytes(content)
        done = offline("receipt", "verify", str(file), "--public-key", str(key))
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("which", ["checkpoint", "tile/0", "tile/entries", "vkey"])
def test_one_flipped_bit_is_found_and_its_file_named(
    journey: Journey, exported: Path, tmp_path: Path, which: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(exported, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    victim = next(path for path in files if path.relative_to(copy).as_posix().startswith(which))
    victim.write_bytes(flipped(victim.read_bytes()))
    done = verify(copy, journey.house.data / "keys" / "ledger.vkey")
    assert done.returncode == 1
    assert victim.relative_to(copy).as_posix() in done.stdout
    assert "Traceback" not in done.stderr
