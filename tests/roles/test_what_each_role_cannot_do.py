"""The database refuses, not only the code: each role's rights, tried one by one."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from tests import house

pytestmark = pytest.mark.django_db

TABLES = (
    "store_report", "store_item", "store_target", "store_case", "store_casetarget", "store_casereport",
    "store_assessment", "store_dispatch", "store_attempt", "store_reporteranswer", "store_event", "store_eventbody",
    "ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint", "staff_member", "staff_apikey",
    "mfa_authenticator", "django_session", "procrastinate_jobs", "store_hosthint",
    "store_casemark", "store_reportmarks", "store_caselink", "store_move", "store_casetally", "store_casehour",
    "store_crowdnode", "store_itemtarget", "store_guardname", "store_guardasking",
)  # fmt: skip
# The ledger holds commitments and is published whole: the faces read it to hand out proofs.
CLOSED = [table for table in TABLES if not table.startswith("ledger_")]
NO = ("42501", "23001")  # insufficient privilege; restrict violation, as the append-only triggers say it
ROLES = ("fanal_portal", "fanal_api", "fanal_desk", "fanal_worker", "fanal_sequencer")


def refused(sql: str, values: list[object] | None = None) -> bool:
    """Say whether the database refuses this for lack of rights (or because rows are only ever added)."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") in NO
    return False


@pytest.mark.parametrize("table", [*CLOSED, "vault.vault_sealed"])
def test_the_portal_reads_nothing_but_the_ledger(as_role: house.Acting, table: str) -> None:
    with as_role("fanal_portal"):
        assert refused(f"SELECT * FROM {table} LIMIT 1")


@pytest.mark.parametrize("table", [table for table in CLOSED if table != "staff_apikey"] + ["vault.vault_sealed"])
def test_the_api_reads_nothing_but_keys_and_the_ledger(as_role: house.Acting, table: str) -> None:
    with as_role("fanal_api"):
        assert refused(f"SELECT * FROM {table} LIMIT 1")


@pytest.mark.parametrize("role", ["fanal_portal", "fanal_api"])
def test_the_vault_is_filled_and_never_read_changed_or_emptied(as_role: house.Acting, role: str) -> None:
    box = [uuid.uuid4(), "R-AAAA-AAAA", "source", b"sealed", dt.datetime.now(dt.UTC), dt.date(2030, 1, 1)]
    insert = "INSERT INTO vault.vault_sealed (id, report, what, box, sealed_at, erase_on) VALUES (%s,%s,%s,%s,%s,%s)"
    with as_role(role):
        assert not refused(insert, box)
        assert refused("SELECT box FROM vault.vault_sealed")
        assert refused("SELECT count(*) FROM vault.vault_sealed")
        assert refused(insert + " RETURNING id", [uuid.uuid4(), *box[1:]])
        assert refused("UPDATE vault.vault_sealed SET what = 'x'")
        assert refused("DELETE FROM vault.vault_sealed")
        assert refused("TRUNCATE vault.vault_sealed")
        assert refused("SELECT vault.forget('2100-01-01')")


@pytest.mark.parametrize("role", ["fanal_desk", "fanal_sequencer"])
def test_the_desk_and_the_sequencer_do_not_enter_the_vault(as_role: house.Acting, role: str) -> None:
    with as_role(role):
        for what in ("SELECT * FROM", "DELETE FROM", "TRUNCATE"):
            assert refused(f"{what} vault.vault_sealed")


def test_the_worker_erases_on_time_and_cannot_read(as_role: house.Acting) -> None:
    house.receive()
    with as_role("fanal_worker"):
        assert refused("SELECT * FROM vault.vault_sealed")
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault.forget('2020-01-01')")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT vault.forget('2100-01-01')")
            assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("role", [*ROLES, "fanal_owner"])
@pytest.mark.parametrize("table", ["store_event", "ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint"])
def test_events_and_ledger_are_only_ever_added_to(as_role: house.Acting, role: str, table: str) -> None:
    house.receive()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with as_role(role):
        assert refused(f"DELETE FROM {table}")
        assert refused(f"TRUNCATE {table} CASCADE")
        column = {"store_event": "subject", "ledger_entry": "leaf", "ledger_checkpoint": "note"}.get(table, "hash")
        assert refused(f"UPDATE {table} SET {column} = ''")


@pytest.mark.parametrize("role", [*ROLES, "fanal_owner"])
def test_no_role_of_the_house_is_above_the_law(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [role]
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "SELECT pg_has_role(%s, oid, 'MEMBER') FROM pg_roles WHERE rolname LIKE 'fanal%%' AND rolname <> %s",
            [role, role],
        )
        assert not any(member for (member,) in cursor.fetchall())


@pytest.mark.parametrize("role", ["fanal_desk", "fanal_worker", "fanal_sequencer"])
def test_only_the_faces_take_reports_in(as_role: house.Acting, role: str) -> None:
    with as_role(role):
        assert refused("INSERT INTO store_report (id) VALUES (%s)", [uuid.uuid4()])


@pytest.mark.parametrize("role", ["fanal_portal", "fanal_api", "fanal_desk"])
def test_jobs_are_deferred_and_not_read(as_role: house.Acting, role: str) -> None:
    with as_role(role):
        assert refused("SELECT * FROM procrastinate_jobs")
        assert refused("UPDATE procrastinate_jobs SET status = 'failed'")
        assert refused("DELETE FROM procrastinate_jobs")


def test_the_sequencer_touches_nothing_but_the_ledger(as_role: house.Acting) -> None:
    with as_role("fanal_sequencer"):
        for table in TABLES:
            if not table.startswith("ledger_"):
                assert refused(f"SELECT * FROM {table} LIMIT 1"), table


@pytest.mark.parametrize("role", ROLES)
def test_what_sources_say_of_a_host_is_written_by_the_worker_and_changed_by_nobody(
    as_role: house.Acting, role: str
) -> None:
    with as_role(role):
        assert refused("INSERT INTO store_hosthint (id) VALUES (%s)", [uuid.uuid4()]) is (role != "fanal_worker")
        assert refused("UPDATE store_hosthint SET country = 'FR'")
        assert refused("DELETE FROM store_hosthint")


def test_the_salt_of_a_day_is_made_at_the_door_and_erased_by_the_worker(as_role: house.Acting) -> None:
    insert = "INSERT INTO store_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    for role in ROLES:
        door, worker = role in ("fanal_portal", "fanal_api"), role == "fanal_worker"
        with as_role(role):
            assert refused(insert, [dt.date(2030, 1, 1), b"salt"]) is not door
            assert refused("SELECT salt FROM store_daysalt") is not (door or worker)
            assert refused("DELETE FROM store_daysalt") is not worker
            assert refused("UPDATE store_daysalt SET salt = ''")
            assert refused("TRUNCATE store_daysalt")


@pytest.mark.parametrize("role", ROLES)
def test_a_report_keeps_its_place_in_every_case_and_a_move_its_row(as_role: house.Acting, role: str) -> None:
    """What people move changes its case; nobody erases that it stood there, what was said of it, or that it moved."""
    with as_role(role):
        for table in ("casereport", "casetarget", "caselink", "move", "reportmarks", "case", "report"):
            assert refused(f"DELETE FROM store_{table}"), table
        assert refused("UPDATE store_reportmarks SET packed = ''")
        assert refused("UPDATE store_casereport SET past = '[]'") is (role != "fanal_desk")
        assert refused("INSERT INTO store_move (id) VALUES (%s)", [uuid.uuid4()]) is (role != "fanal_desk")
        assert refused("UPDATE store_move SET undone_by = ''") is (role != "fanal_desk")
