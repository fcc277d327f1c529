"""The limit: a bare psycopg program that writes the rows that Fanal writes, and computes nothing."""

from __future__ import annotations

import os
import time
import uuid
from threading import Thread
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

TOGETHER = 500
Row = tuple[Any, ...]
# Each table with the columns that must be fresh in every copy, and the one by which it hangs on its report.
FRESH = {
    "store_report": ("id", "ref", "submission", "content", "code"),
    "store_item": ("id", "report_id"),
    "vault_sealed": ("id",),
    "store_event": ("id",),
    "store_eventbody": ("event_id",),
    "ledger_entry": ("id", "event_id"),
    "procrastinate_jobs": (),
}
LEFT_TO_THE_SERVER = ("id", "status", "attempts", "abort_requested", "scheduled_at", "queueing_lock", "lock")


class Bare:
    """One report's rows, as they stand in the tables, ready to be written again under fresh keys."""

    def __init__(self, admin_url: str) -> None:
        self._url = admin_url
        self._tables: list[tuple[str, sql.Composed, list[str], list[Row]]] = []
        with self._connect() as connection:
            for table in FRESH:
                columns = self._columns(connection, table)
                names = [name for name in columns if table != "procrastinate_jobs" or name not in LEFT_TO_THE_SERVER]
                self._tables.append((table, _insert(table, names), names, self._sample(connection, table, names)))

    def single(self, count: int, connections: int) -> float:
        """Write `count` reports, a transaction each, on as many connections as said; give reports a second."""
        share = count // connections
        work = [[self._report() for _ in range(share)] for _ in range(connections)]
        open_now = [self._connect() for _ in range(connections)]
        threads = [Thread(target=self._one_by_one, args=pair) for pair in zip(open_now, work, strict=True)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = time.perf_counter() - started
        for connection in open_now:
            connection.close()
        return share * connections / spent

    def batch(self, count: int) -> float:
        """Write `count` reports, 500 a transaction; give reports a second."""
        groups = [[self._report() for _ in range(TOGETHER)] for _ in range(count // TOGETHER)]
        with self._connect() as connection:
            started = time.perf_counter()
            for group in groups:
                with connection.transaction(), connection.cursor() as cursor:
                    for place, (_, statement, _, _) in enumerate(self._tables):
                        cursor.executemany(statement, [row for report in group for row in report[place]])
            return count / (time.perf_counter() - started)

    def _one_by_one(self, connection: psycopg.Connection, reports: list[list[list[Row]]]) -> None:
        for report in reports:
            with connection.transaction(), connection.cursor() as cursor:
                for (_, statement, _, _), rows in zip(self._tables, report, strict=True):
                    for row in rows:
                        cursor.execute(statement, row, prepare=True)

    def _report(self) -> list[list[Row]]:
        """Give one report's rows under fresh keys: the report, its items, seals, event, body, entry and job."""
        report, event = uuid.uuid4(), uuid.uuid4()
        known = {"report_id": report, "event_id": event}
        made: list[list[Row]] = []
        for table, _, names, sample in self._tables:
            rows = []
            for row in sample:
                values = dict(zip(names, row, strict=True))
                for name in FRESH[table]:
                    values[name] = known.get(name) or _fresh(table, name, values[name], report=report, event=event)
                rows.append(tuple(values.values()))
            made.append(rows)
        return made

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self._url, autocommit=True, options="-c search_path=public,vault")

    def _columns(self, connection: psycopg.Connection, table: str) -> list[str]:
        rows = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "ORDER BY attnum",
            [table],
        )
        return [name for (name,) in rows.fetchall()]

    def _sample(self, connection: psycopg.Connection, table: str, names: list[str]) -> list[Row]:
        """Read the rows of one report: as many of each table as one report has."""
        total = connection.execute("SELECT count(*) FROM store_report").fetchone()
        here = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        if not total or not here or not total[0]:
            raise RuntimeError("there is no report to copy")
        each = round(here[0] / total[0])
        question = sql.SQL("SELECT {} FROM {} LIMIT %s").format(
            sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table)
        )
        rows = connection.execute(question, [each]).fetchall()
        return [tuple(Jsonb(value) if isinstance(value, (dict, list)) else value for value in row) for row in rows]


def _insert(table: str, names: list[str]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([sql.Placeholder()] * len(names)),
    )


def _fresh(table: str, name: str, old: object, *, report: uuid.UUID, event: uuid.UUID) -> object:
    if name == "id" and table == "store_report":
        return report
    if name == "id" and table == "store_event":
        return event
    if isinstance(old, uuid.UUID):
        return uuid.uuid4()
    return os.urandom(16) if isinstance(old, bytes) else uuid.uuid4().hex[:24]
