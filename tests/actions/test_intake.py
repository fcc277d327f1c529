"""Law 3 and 4: nothing is acknowledged that is not committed whole; a repeat harms nobody; identities are sealed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from pyrage import decrypt, x25519
from tests import house

from fanal.actions import intake
from fanal.core.errors import Full, Refused
from fanal.core.report import Identity
from fanal.core.sealing import envelope
from fanal.ledger.models import Entry
from fanal.queries import reporter
from fanal.store.models import Event, EventBody, Item, Report
from fanal.vault.models import Sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

WHO = Identity(name="Odile Invent", email="odile@mail.example", phone="+33 1 99 00 00 00", ip="192.0.2.9")


def custodian() -> x25519.Identity:
    """Give the custodian's private key: the tests hold it, the house does not."""
    text = (Path(os.environ["FANAL_DATA"]) / "custodian" / "custodian.key").read_text(encoding="ascii")
    return x25519.Identity.from_str(text.split()[-1])


@contextmanager
def failing(table: str, sqlstate: str) -> Iterator[None]:
    """Make every insert into `table` fail as the server would: with this SQLSTATE (53100 is a full disk)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{sqlstate}'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER fail BEFORE INSERT ON {table} EXECUTE FUNCTION pg_temp.fail()")
    yield


def committed() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        row = cursor.fetchone()
    return {
        "reports": Report.objects.count(),
        "items": Item.objects.count(),
        "events": Event.objects.count(),
        "bodies": EventBody.objects.count(),
        "entries": Entry.objects.count(),
        "seals": Sealed.objects.count(),
        "jobs": row[0] if row else 0,
    }


def test_a_report_is_row_event_entry_seal_and_job_together(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        intake.receive(house.submission("https://a.example/", "https://b.example/"), WHO, nonce=house.nonce())
    assert committed() == {
        "reports": 1, "items": 2, "events": 1, "bodies": 1, "entries": 1, "seals": 2, "jobs": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "table",
    ["store_item", "vault.vault_sealed", "store_event", "store_eventbody", "ledger_entry", "procrastinate_jobs"],
)
def test_where_one_part_fails_nothing_is_there_and_nothing_is_acknowledged(as_role: house.Acting, table: str) -> None:
    before = committed()
    with failing(table, "53100"), as_role("fanal_portal"), pytest.raises(Full):
        house.receive(identity=WHO)
    assert committed() == before


def test_the_same_submit_gives_the_same_receipt(as_role: house.Acting) -> None:
    nonce = house.nonce()
    with as_role("fanal_portal"):
        first = intake.receive(house.submission(), WHO, nonce=nonce)
        again = intake.receive(house.submission(), WHO, nonce=nonce)
        shown = reporter.received(nonce)
    assert (again.ref, again.code, again.received_at) == (first.ref, first.code, first.received_at)
    assert (first.repeated, again.repeated) == (False, True)
    assert shown
    assert shown.code == first.code
    assert committed()["reports"] == 1


def test_other_content_under_a_used_nonce_is_refused_and_loses_nothing(as_role: house.Acting) -> None:
    nonce = house.nonce()
    with as_role("fanal_portal"):
        intake.receive(house.submission(), WHO, nonce=nonce)
        with pytest.raises(Refused, match=r"submit\.differs"):
            intake.receive(house.submission(comment="autre chose"), WHO, nonce=nonce)
    assert committed()["reports"] == 1


def test_a_nonce_without_a_committed_report_shows_no_receipt(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        assert reporter.received(house.nonce()) is None


@pytest.mark.parametrize("size", [3, 40])
def test_in_a_batch_one_bad_line_loses_nobody_elses(as_role: house.Acting, size: int) -> None:
    used = house.nonce()
    with as_role("fanal_api"):
        intake.receive(house.submission(), WHO, nonce=used)
        rows = [intake.Incoming(house.submission(f"https://site{n}.example/"), WHO, house.nonce()) for n in range(size)]
        rows[1] = intake.Incoming(house.submission(comment="autre chose"), WHO, used)
        twin = intake.Incoming(rows[0].submission, WHO, rows[0].nonce)
        answers = intake.receive_many([*rows, twin])
    assert isinstance(answers[1], Refused)
    good = [one for place, one in enumerate(answers) if place != 1]
    assert all(isinstance(one, intake.Received) for one in good)
    assert [one.repeated for one in good if isinstance(one, intake.Received)] == [False] * (size - 1) + [True]
    assert committed()["reports"] == size
    codes = {one.code for one in good if isinstance(one, intake.Received)}
    assert len(codes) == size - 1


def test_an_identity_opens_with_the_custodians_key_and_no_other(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        received = house.receive(identity=WHO)
    boxes = {row.what: bytes(row.box) for row in Sealed.objects.filter(report=received.ref)}
    assert set(boxes) == {"identity", "source"}
    person = envelope.unwrap(decrypt(boxes["identity"], [custodian()]))
    origin = envelope.unwrap(decrypt(boxes["source"], [custodian()]))
    assert (person.name, person.email, person.phone, person.ip) == (WHO.name, WHO.email, WHO.phone, "")
    assert (origin.ip, origin.name) == (WHO.ip, "")
    with pytest.raises(Exception, match="No matching keys"):
        decrypt(boxes["identity"], [x25519.Identity.generate()])


def test_a_box_does_not_tell_by_its_length_who_is_inside(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        house.receive(identity=Identity(email="a@b.example"))
        house.receive(identity=Identity(name="Marguerite-Antoinette de l’Invention", email="longer@mail.example"))
    # age itself adds a stanza of random length now and then: what counts is what was put into it.
    assert len({len(decrypt(bytes(row.box), [custodian()])) for row in Sealed.objects.all()}) == 1


def test_without_a_contact_no_identity_is_kept(as_role: house.Acting) -> None:
    with as_role("fanal_portal"):
        house.receive(identity=Identity())
    assert committed()["seals"] == 0


def test_what_was_typed_is_kept_to_the_letter(as_role: house.Acting) -> None:
    from fanal.queries import reading, world

    odd = "hxxp://vidéo[.]example/\u202e\u200b?q=%00 \ud800 fin"
    with as_role("fanal_portal"):
        house.receive(odd)
    assert reading.item(world.current().keys, Item.objects.get()).typed == odd


def test_a_record_outside_the_acts_transaction_is_refused() -> None:
    from fanal.core.events import Event as Name
    from fanal.queries import world
    from fanal.queries.record import Happening, record

    connection.in_atomic_block, was = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError):
            record(Happening(Name.CASE_VISITED, subject="D-1", at=world.current().now()))
    finally:
        connection.in_atomic_block = was


def test_a_job_is_in_the_acts_transaction_inside_a_worker_too() -> None:
    """A worker replaces the connector of procrastinate's app: what is deferred there must not go its own way."""
    from procrastinate.contrib.django import app

    before = committed()
    strange = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(strange), pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - the act
        house.receive()
        assert committed()["jobs"] == before["jobs"] + 1
        raise ZeroDivisionError
    assert committed() == before
