"""What “fanal doctor” looks at inside the database: version, clock, roles and their rights, tables, ledger."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg

from fanal.core.errors import Broken
from fanal.site import env as environment
from fanal.site import examine_guard, setup
from fanal.site.examine import NOTE, Finding, fault, fine
from fanal.site.roles import APPLICATIONS, OWNER
from fanal.wire import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.site.env import Env

OLDEST, NEWEST = 150000, 190000  # PostgreSQL 15 up to, and without, 19
SKEW = 2.0  # seconds between our clock and the database's
LATE = 30.0  # seconds that an entry may wait for its place in the ledger while the sequencer runs

# Who may do what to which tables is granted by the migrations. These are the rules that no grant may break; each query
# lists the breaches as (role, right, table).
_VAULT = """
SELECT r.rolname, p.verb, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'vault',
       unnest(%s::text[]) AS r(rolname), unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) AS p(verb)
 WHERE c.relkind = 'r'
   AND NOT (p.verb = 'INSERT' AND r.rolname IN ('fanal_portal', 'fanal_api'))
   AND (has_table_privilege(r.rolname, c.oid, p.verb)
        OR (p.verb IN ('SELECT','INSERT','UPDATE') AND has_any_column_privilege(r.rolname, c.oid, p.verb)))
"""
_APPEND_ONLY = """
SELECT r.rolname, p.verb, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public',
       unnest(%s::text[]) AS r(rolname), unnest(array['UPDATE','DELETE','TRUNCATE']) AS p(verb)
 WHERE c.relname IN ('store_event', 'ledger_entry', 'ledger_leaf', 'ledger_node', 'ledger_checkpoint')
   AND (has_table_privilege(r.rolname, c.oid, p.verb)
        OR (p.verb = 'UPDATE' AND has_any_column_privilege(r.rolname, c.oid, p.verb)))
"""
_BLIND_FACES = """
SELECT r.rolname, 'SELECT', c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public',
       unnest(array['fanal_portal', 'fanal_api', 'fanal_sequencer']) AS r(rolname)
 WHERE c.relkind = 'r' AND c.relname LIKE 'store\\_%%' AND has_any_column_privilege(r.rolname, c.oid, 'SELECT')
   AND NOT (c.relname = 'store_daysalt' AND r.rolname <> 'fanal_sequencer') -- tokens of sources
   AND NOT (r.rolname = 'fanal_api' AND CASE c.relname -- the guard's keyed bits, and not what they lead to
            WHEN 'store_guardname' THEN NOT has_column_privilege(r.rolname, c.oid, 'target_id', 'SELECT') END IS TRUE)
   AND cardinality(%s::text[]) > 0
"""
_ABOVE = """
SELECT r.rolname, 'CREATE', n.nspname FROM unnest(%s::text[]) AS r(rolname), pg_namespace n
 WHERE n.nspname IN ('public', 'vault') AND has_schema_privilege(r.rolname, n.oid, 'CREATE')
"""
_UNGUARDED = """
SELECT c.relname FROM pg_class c
 WHERE c.relname IN ('store_event', 'ledger_entry', 'ledger_leaf', 'ledger_node', 'ledger_checkpoint')
   AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
                     AND (t.tgtype & 24) <> 0)
"""  # tgtype: 8 = DELETE, 16 = UPDATE (pg_trigger.h)


def database(env: Env) -> Iterator[Finding]:
    """Look into the database; our own server is started for the look where it does not run, and stopped again."""
    if not env.database_url and not (env.data / "postgres" / "PG_VERSION").exists():
        do = ("run “fanal up”: it sets everything up", "lancez « fanal up », qui prépare tout")
        yield fault("database", ("there is no database yet", "il n’y a pas encore de base"), do)
        return
    try:
        cluster = setup.start_database(env)
    except Broken as broken:
        yield Finding("database", "fault", broken.reason.text)
        return
    try:
        with psycopg.connect(environment.database_for(env, OWNER), autocommit=True, connect_timeout=10) as owner:
            yield from _version(owner)
            yield from _clock(owner)
            yield from _roles(owner)
            yield from _tables(env)
            yield from _rights(owner)
            yield from _ledger(owner)
            yield from examine_guard.names(owner)
    except Broken as broken:
        yield Finding("database", "fault", broken.reason.text)
    except psycopg.Error:
        do = ("is the server of DATABASE_URL up? else run “fanal up”", "le serveur de DATABASE_URL tourne-t-il ?")
        yield fault("database", ("the database does not answer", "la base ne répond pas"), do)
    finally:
        if cluster:
            cluster.stop()


def _version(owner: psycopg.Connection) -> Iterator[Finding]:
    number = owner.info.server_version
    if OLDEST <= number < NEWEST:
        yield fine("database", f"PostgreSQL {number // 10000} answers", f"PostgreSQL {number // 10000} répond")
    else:
        do = ("use PostgreSQL 15 to 18", "utilisez PostgreSQL 15 à 18")
        yield fault("database", (f"PostgreSQL {number // 10000}", f"PostgreSQL {number // 10000}"), do, state=NOTE)


def _clock(owner: psycopg.Connection) -> Iterator[Finding]:
    row = owner.execute("SELECT clock_timestamp()").fetchone()
    apart = abs((clock.now() - row[0]).total_seconds()) if row else 0.0
    if apart > SKEW:
        do = ("set both by NTP", "réglez les deux par NTP")
        what = (f"the database’s clock and ours are {apart:.0f} s apart", f"{apart:.0f} s entre les deux horloges")
        yield fault("clock", what, do)


def _roles(owner: psycopg.Connection) -> Iterator[Finding]:
    rows = owner.execute(
        "SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls,"
        " EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)"
        " FROM pg_roles r WHERE rolname = ANY(%s)",
        [[OWNER, *APPLICATIONS]],
    ).fetchall()
    missing = sorted({OWNER, *APPLICATIONS} - {name for name, *_ in rows})
    strong = sorted(name for name, above, member in rows if above or member)
    if missing:
        names = ", ".join(missing)
        do = ("run “fanal up”: it makes them", "lancez « fanal up », qui les crée")
        yield fault("roles", (f"missing: {names}", f"manquent : {names}"), do)
    if strong:
        names = ", ".join(strong)
        do = ("take these rights away from them (ALTER ROLE, REVOKE)", "retirez-leur ces droits (ALTER ROLE, REVOKE)")
        yield fault("roles", (f"superuser, creator or member of another: {names}", f"droits en trop : {names}"), do)
    if not (missing or strong):
        yield fine(
            "roles", f"{len(rows)} roles, none above the others", f"{len(rows)} rôles, aucun au-dessus des autres"
        )


def _rights(owner: psycopg.Connection) -> Iterator[Finding]:
    breaches = sorted(
        f"{role} {right} {table}"
        for rule in (_VAULT, _APPEND_ONLY, _BLIND_FACES, _ABOVE)
        for role, right, table in owner.execute(rule, [APPLICATIONS]).fetchall()
    )
    unguarded = sorted(name for (name,) in owner.execute(_UNGUARDED).fetchall())
    for breach in breaches:
        do = ("REVOKE it; then find out who granted it", "retirez-le (REVOKE), puis cherchez qui l’a accordé")
        yield fault("rights", (f"may not be: {breach}", f"interdit : {breach}"), do)
    for table in unguarded:
        do = ("its trigger was switched off: somebody may have changed the past", "son déclencheur a été coupé")
        yield fault("rights", (f"{table} is not append-only", f"{table} n’est pas en ajout seul"), do)
    if not (breaches or unguarded):
        yield fine(
            "rights",
            "the vault is insert-only, the desk cannot read it, the ledger is append-only",
            "coffre en insertion seule, illisible du bureau ; registre en ajout seul",
        )


def _tables(env: Env) -> Iterator[Finding]:
    """Ask Django whether every migration was applied."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--check"],
        env=environment.environ_for(env, OWNER) | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.owner"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        do = ("run “fanal up”: it brings the tables up to date", "lancez « fanal up », qui met les tables à jour")
        yield fault("tables", ("migrations are missing", "des migrations manquent"), do)
    else:
        yield fine("tables", "every migration is applied", "toutes les migrations sont appliquées")


def _ledger(owner: psycopg.Connection) -> Iterator[Finding]:
    try:
        row = owner.execute(
            "SELECT (SELECT max(at) FROM ledger_checkpoint),"
            " (SELECT min(e.at) FROM ledger_pending p JOIN ledger_entry e ON e.id = p.entry_id),"
            " (SELECT max(size) FROM ledger_checkpoint)"
        ).fetchone()
    except psycopg.errors.UndefinedTable:
        return  # `tables` has said so
    signed, waiting, size = row or (None, None, None)
    now = clock.now()
    if waiting is not None and (now - waiting).total_seconds() > LATE:
        late = int((now - waiting).total_seconds())
        do = ("is the sequencer running? see logs/sequencer.log", "le séquenceur tourne-t-il ? voir logs/sequencer.log")
        yield fault("ledger", (f"an entry has waited {late} s for its place", f"une entrée attend depuis {late} s"), do)
    elif signed is None:
        yield fine("ledger", "empty", "vide")
    else:
        age = int((now - signed).total_seconds())
        en = f"{size} entries; last checkpoint {age} s ago, nothing waits"
        yield fine("ledger", en, f"{size} entrées ; dernier point il y a {age} s, rien n’attend")
