"""Fill a database with reports that were crosschecked: random marks, and shared ones under the house's real key."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql

from fanal.core import harmonise
from fanal.core.crosscheck import trace
from fanal.core.crosscheck.trace import Kind
from fanal.core.report import Item, Target
from fanal.wire import keys

if TYPE_CHECKING:
    from pathlib import Path

CROWD = 500  # reports in the replay's first episode
POOL = 240
# In how many cases a shared value stands: few, the limit and one more, and far over the limit.
OFTEN = (0, 1, 2, 3, 8, 30, 64, 65, 300, 2_000)
WORDS = (
    *("vendeur", "compte", "photo", "message", "groupe", "argent", "virement", "menace", "lien", "adresse", "colis"),
    *("promesse", "faux", "profil", "annonce", "hier", "soir", "matin", "contact", "invite", "quartier", "école"),
    *("amie", "voisin", "plusieurs", "fois", "copie", "encore", "demande", "répond", "jamais", "efface", "revient"),
    *("autre", "nom", "même", "voix", "écran", "lettre", "nuit", "semaine", "dit", "montre", "cache", "appelle"),
)


def address(number: int, page: str) -> str:
    """Give an address on the shared host of this number."""
    return f"https://hote-partage-{number % POOL}.example/rubrique-{number % 40}/lire/{page}"


def words(number: int, own: str = "") -> str:
    """Give words that are shared, with a shared contact, and `own` words after them."""
    said = [WORDS[(number * 7 + place * (number % 11 + 1)) % len(WORDS)] for place in range(24)]
    return f"{' '.join(said)} partage{number % POOL}@poste.example {own}"


def shared(folder: Path) -> list[tuple[int, int, int, int, bool]]:
    """Give the shared marks: of which shared value, in how many cases it stands, kind, key, own."""
    ring = keys.load(folder, parts=frozenset({"index"}))
    key = ring.index("marks", kind="derived")
    found: list[tuple[int, int, int, int, bool]] = []
    for number in range(POOL):
        target = harmonise.item(Item(address(number, "1")))
        if not isinstance(target, Target):
            raise TypeError(number)
        found += [
            (number, OFTEN[number % len(OFTEN)], int(mark.kind), mark.key, mark.own)
            for mark in trace.of([("00", target)], words(number), key=key)
            if not mark.target or mark.kind in (Kind.SITE, Kind.TEMPLATE)
        ]
    return found


def fill(url: str, reports: int, folder: Path) -> float:
    """Fill one database; give the seconds that it took."""
    started = time.perf_counter()
    values = {"reports": reports, "cases": reports * 2 // 5, "shared": json.dumps(shared(folder))}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # what hangs on what is right by construction
        connection.execute("SET synchronous_commit = off")
        rebuilt = connection.execute(_INDEXES).fetchall()
        for drop, _ in rebuilt:
            connection.execute(drop)
        for statement in _FILL:
            said = {name: sql.Literal(value) for name, value in values.items()}
            connection.execute(sql.SQL(statement).format(**said))
        for _, make in rebuilt:
            connection.execute(make)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    return time.perf_counter() - started


# Indexes of the largest table are built once over all rows instead of row by row.
_INDEXES: LiteralString = """
SELECT format('ALTER TABLE store_casemark DROP CONSTRAINT %I', conname),
       format('ALTER TABLE store_casemark ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = 'store_casemark'::regclass AND contype = 'u'
UNION ALL
SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
WHERE tablename = 'store_casemark' AND indexname NOT IN (
    SELECT conname FROM pg_constraint WHERE conrelid = 'store_casemark'::regclass)
"""
_FILL: tuple[LiteralString, ...] = (
    """CREATE FUNCTION pg_temp.id(kind integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$""",
    """CREATE FUNCTION pg_temp.bytes(n bigint, salt bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
        SELECT int8send(hashint8extended(n, salt)) || int8send(hashint8extended(n, salt + 1)) $$""",
    """INSERT INTO store_case (id, ref, state, round, grade, reasons, category, opened_at, report_count, target_count,
        numbered, unread_count, independent, copies, taken_by, outcome, offence, law_digest)
    SELECT pg_temp.id(1, n), 'D-' || n, 'waiting', 1, 4, '[]', 'threats', now() - n * interval '20 seconds',
        2, 1, 1, 0, 2, 1, '', '', '', '' FROM generate_series(1::bigint, {cases}) n""",
    """INSERT INTO store_target (id, index, era, kind, platform, identity, first_seen_at, last_seen_at)
    SELECT pg_temp.id(2, n), pg_temp.bytes(n, 1), 1, 'url', '', decode(repeat('5a', 400), 'hex'), now(), now()
    FROM generate_series(1::bigint, {cases}) n""",
    """INSERT INTO store_casetarget (target_id, case_id, position, since)
    SELECT pg_temp.id(2, n), pg_temp.id(1, n), 1, now() FROM generate_series(1::bigint, {cases}) n""",
    """INSERT INTO store_report (id, ref, submission, content, code, received_at, channel, source, category, standing,
        minor, danger_now, language, body, sources, state)
    SELECT pg_temp.id(3, n), 'R-' || n, pg_temp.bytes(n, 3), pg_temp.bytes(n, 5), pg_temp.bytes(n, 7),
        now() - n * interval '8 seconds', 'portal', '', 'threats', 'witness', false, false, 'fr',
        decode(repeat('5a', 250), 'hex'), pg_temp.bytes(n, 9), 'linked' FROM generate_series(1::bigint, {reports}) n""",
    """INSERT INTO store_item (id, report_id, position, typed, target_id, unread)
    SELECT pg_temp.id(4, n), pg_temp.id(3, n), 0, decode(repeat('5a', 120), 'hex'),
        pg_temp.id(2, 1 + n % {cases}), '[]' FROM generate_series(1::bigint, {reports}) n""",
    """INSERT INTO store_casereport (id, case_id, report_id, reasons, joined_at, past)
    SELECT pg_temp.id(5, n), pg_temp.id(1, 1 + n % {cases}), pg_temp.id(3, n), '[]', now(), '[]'
    FROM generate_series(1::bigint, {reports}) n""",
    """INSERT INTO store_reportmarks (report_id, packed)
    SELECT pg_temp.id(3, n), decode(repeat('5a', 150), 'hex') FROM generate_series(1::bigint, {reports}) n""",
    """INSERT INTO store_casetally (case_id, category, standing, minor, danger_now, since, times, last_at)
    SELECT pg_temp.id(1, n), 'threats', 'witness', false, false, NULL, 2, now()
    FROM generate_series(1::bigint, {cases}) n""",
    """INSERT INTO store_casehour (case_id, hour, times)
    SELECT pg_temp.id(1, n), date_trunc('hour', now()), 2 FROM generate_series(1::bigint, {cases}) n""",
    """INSERT INTO store_crowdnode (case_id, node, root, source, times, until)
    SELECT pg_temp.id(1, n), hashint8extended(n, 20 + one), hashint8extended(n, 21), one < 3, 1,
        CASE WHEN one < 3 THEN current_date + 7 END
    FROM generate_series(1::bigint, {cases}) n, generate_series(1, 6) one""",
    """INSERT INTO store_casemark (case_id, target_id, kind, key, own, first_at, last_at, times)
    SELECT pg_temp.id(1, n), CASE WHEN kind NOT IN (8, 9) THEN pg_temp.id(2, n) END, kind,
        hashint8extended(n / wide, 100 * kind + part), kind IN (1, 2, 7), now(), now(), 1
    FROM generate_series(1::bigint, {cases}) n, (
        SELECT 1 AS kind, 1 AS part, 1 AS wide, 10 AS share UNION ALL SELECT 2, 1, 1, 9 UNION ALL SELECT 4, 1, 3, 3
        UNION ALL SELECT 5, 1, 3, 8 UNION ALL SELECT 6, 1, 100, 5 UNION ALL SELECT 7, 1, 2, 2
        UNION ALL SELECT 7, 2, 2, 2 UNION ALL SELECT 8, part, 1, 8 FROM generate_series(1, 8) part
        UNION ALL SELECT 9, 1, 2, 2
    ) AS made WHERE n % 10 < share""",
    """INSERT INTO store_casemark (case_id, target_id, kind, key, own, first_at, last_at, times)
    SELECT DISTINCT pg_temp.id(1, c), CASE WHEN (one ->> 2)::integer IN (5, 6) THEN pg_temp.id(2, c) END,
        (one ->> 2)::smallint, (one ->> 3)::bigint, (one ->> 4)::boolean, now(), now(), 1
    FROM jsonb_array_elements({shared}::jsonb) one,
        generate_series(1, LEAST((one ->> 1)::bigint, {cases} / 3)) j,
        LATERAL (SELECT 1 + (j * 7919 + (one ->> 0)::bigint * 104729) % {cases} AS c) stands""",
)
