"""One report with a canary in every field, all the way through a real house: nobody sees one who must not."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.journeys import canaries
from tests.journeys.canaries import DESK, LIVE, NAMING, SAID, WHO, Sight
from tests.journeys.way import secrets

from fanal.site.postgres import Cluster

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.way import Journey

pytestmark = pytest.mark.process


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


def test_the_failures_that_were_provoked_stand_in_the_logs(journey: Journey) -> None:
    """The searches below would find nothing in empty logs."""
    logs = {one.what: one.content for one in journey.house.logs()}
    assert b"portal.failure status=503" in logs["log portal.log"]
    assert b"api lost the database" in logs["log api.log"]
    assert b"page failed INC-" in logs["log desk.log"]


def test_nobody_sees_a_live_identifier(journey: Journey) -> None:
    """Law 1: pages, titles, headers, errors, logs, letters, figures, the command line."""
    every = [*sights(journey), *letters(journey)]
    leaks = canaries.leaks(every, LIVE) or canaries.named(every, live=True)
    assert not leaks, leaks


def test_who_reports_is_seen_nowhere_in_any_form(journey: Journey) -> None:
    """Law 4."""
    leaks = canaries.leaks([*sights(journey), *letters(journey)], WHO, encoded=True)
    assert not leaks, leaks


def test_tokens_of_sources_and_their_salts_are_seen_nowhere(journey: Journey) -> None:
    """Law 4: what tells voices apart stays in its tables, and out of events, ledger, logs, figures and pages."""
    salts = [bytes(salt) for (salt,) in journey.house.ask("SELECT salt FROM store_daysalt")]
    packed = [bytes(one) for (one,) in journey.house.ask("SELECT sources FROM store_report WHERE sources <> ''")]
    tokens = {one[at : at + 8] for one in packed for at in range(0, len(one), 8)}
    assert salts
    assert len(tokens) >= 3  # mailbox, telephone, address
    bodies = journey.house.ask("SELECT body FROM store_eventbody UNION ALL SELECT leaf FROM ledger_entry")
    said = b"\n".join([*(one.content for one in sights(journey)), *(bytes(body) for (body,) in bodies)])
    for secret in (*salts, *tokens):
        number = str(int.from_bytes(secret[:8], "big", signed=True)).encode()
        assert not any(form in said for form in (secret, secret.hex().encode(), number))


def test_what_was_said_and_named_stays_with_who_works_on_it(journey: Journey) -> None:
    seen = sights(journey)
    leaks = canaries.leaks(seen, (*NAMING, *SAID, *DESK)) or canaries.named(seen)
    assert not leaks, leaks
    leaks = canaries.leaks(letters(journey), (*SAID, "canaryanswer-6e"))
    assert not leaks, leaks


def test_no_page_had_to_be_mended_on_its_way_out(journey: Journey) -> None:
    """The net under the pages would hide a view's fault from the searches above: it says so in the log."""
    assert [one.what for one in journey.house.logs() if b"page held something live" in one.content] == []


def test_the_guard_knows_the_canaries_in_disguise() -> None:
    """The searches above would find nothing with a guard that is blind."""
    disguised = {
        "Voir c a n a r y n a m e 9 d sur le site": canaries.NAME_THERE,
        "le compte сanаryname9d": canaries.NAME_THERE,
        "canary-7f2c point partage point example": NAMING[-1],
        "<!doctype html><p>x<!-- canary%2D7f2c.partage.example --></p>": NAMING[-1],
        "<!doctype html><p>@canary<b>name</b>9d</p>": canaries.NAME_THERE,
        "canary_grounds_0f": DESK[0],
    }
    for text, canary in disguised.items():
        sight = Sight("disguised", text.encode())
        assert canary in canaries.named([sight]), text
        assert not canaries.leaks([sight], LIVE), text
        assert not canaries.named([Sight("allowed", text.encode(), (*NAMING, *SAID, *DESK))])
    for text in ("voir @canaryname9d", "X.com/CanaryName9d", "http://CANARY-7F2C.partage.example/x"):
        assert canaries.named([Sight("live", text.encode(), NAMING)], live=True), text
    defanged = Sight("defanged", b"hxxps://canary-7f2c[.]partage[.]example/canarypath-91ab, [at]canaryname9d", NAMING)
    assert not canaries.named([defanged], live=True)


def test_recipients_read_the_defanged_form(journey: Journey) -> None:
    """The search above would find nothing in letters that cannot be read."""
    words = [one.content for one in letters(journey) if one.what == "letter.pdf"]
    assert len(words) >= 2 * len(journey.sent)  # once as itself, once within the e-mail
    assert all(b"canary-7f2c[.]partage[.]example" in re.sub(rb"\s", b"", one) for one in words)


def test_no_address_leads_to_a_reported_thing(journey: Journey) -> None:
    pages = [one for one in journey.house.saw if b"<html" in one.content]
    assert len(pages) > 50
    spoken = {
        text
        for one in pages
        for text in (*canaries.links(one.content.decode()), *re.findall(r"<title>(.*?)</title>", one.content.decode()))
    }
    leaks = canaries.named([Sight("a link or a title", text.encode()) for text in sorted(spoken)])
    assert not leaks, leaks
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
