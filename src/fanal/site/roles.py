"""The database and its six logins: one owner who migrates, five that may do only what migrations grant them.

Everything here may be run again at any time, and puts right what had changed.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.site import env as environment
from fanal.site.env import DATABASE, ROLES, Env
from fanal.site.postgres import ADMIN, Cluster

if TYPE_CHECKING:
    from pathlib import Path

OWNER, *APPLICATIONS = ROLES
VAULT_USERS = ("fanal_portal", "fanal_api", "fanal_worker")  # insert, insert, erase what is past its time
MEEK = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

TOO_WEAK = reason(
    "roles.weak",
    en="The login in DATABASE_URL may not set up the database. Give it CREATEROLE and CREATEDB for the set-up, or let "
    "an administrator create the database and give it to that login.",
    fr="Le compte de DATABASE_URL ne peut pas préparer la base. Accordez-lui CREATEROLE et CREATEDB le temps de "
    "l’installation, ou faites créer la base et confiez-la à ce compte.",
)
TOO_STRONG = reason(
    "roles.strong",
    en="A database role of Fanal has more rights than it may have (superuser, or creating roles or databases). "
    "Ask an administrator to take them away.",
    fr="Un rôle de Fanal a dans la base plus de droits qu’il ne doit (super-utilisateur, création de rôles ou de "
    "bases). Faites-les retirer par un administrateur.",
)
UNREACHABLE = reason(
    "database.unreachable",
    en="The database in DATABASE_URL does not answer, or refuses the login.",
    fr="La base de DATABASE_URL ne répond pas ou refuse le compte.",
)


def create(admin_url: str, *, database: str = DATABASE, passwords: dict[str, str] | None = None) -> None:
    """Make the roles and the database by the login `admin_url`, with these passwords (none on our own server).

    Raises Broken where the server does not answer or that login may not do it.
    """
    try:
        with _admin(admin_url) as admin:
            for role in ROLES:
                _role(admin, role, (passwords or {}).get(role, ""))
            _database(admin, database)
        owner = environment.log_in(admin_url, user=OWNER, password=(passwords or {}).get(OWNER, ""), database=database)
        furnish(owner)
    except psycopg.errors.InsufficientPrivilege:
        raise Broken(TOO_WEAK) from None
    except psycopg.OperationalError:
        raise Broken(UNREACHABLE) from None


def furnish(owner_url: str) -> None:
    """Set who may enter which schema of one database; `owner_url` is its owner's login. Tests call it for theirs."""
    applications = sql.SQL(", ").join(map(sql.Identifier, APPLICATIONS))
    vault_users = sql.SQL(", ").join(map(sql.Identifier, VAULT_USERS))
    with psycopg.connect(owner_url) as owner:
        name = sql.Identifier(owner.info.dbname)
        for statement in (
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, applications),
            sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(applications),
            sql.SQL("CREATE SCHEMA IF NOT EXISTS vault"),
            sql.SQL("REVOKE ALL ON SCHEMA vault FROM PUBLIC"),
            sql.SQL("GRANT USAGE ON SCHEMA vault TO {}").format(vault_users),
        ):
            owner.execute(statement)


def url_for(cluster: Cluster, role: str, database: str = DATABASE) -> str:
    """Give the URL by which `role` reaches `database` on our own server; tests act as each role through it."""
    return cluster.url(role, database)


def prepare(env: Env, cluster: Cluster | None) -> None:
    """Make roles and database on our own server, or on the operator's with passwords kept in FANAL_DATA/secrets."""
    if cluster is not None:
        create(cluster.url(ADMIN, "postgres"))
        return
    passwords = {role: _password(environment.secret_file(env, role)) for role in ROLES}
    create(env.database_url, database=environment.database_name(env), passwords=passwords)


def _admin(url: str) -> psycopg.Connection:
    """Connect to the database that the URL names or, while that one is not made yet, to the server's first."""
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        parts = urlsplit(url)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        first = environment.log_in(url, user=user, password=password, database="postgres")
        return psycopg.connect(first, autocommit=True)


def _password(file: Path) -> str:
    """Read a role's password, or make one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(32))
    return file.read_text(encoding="ascii")


def _role(admin: psycopg.Connection, role: str, password: str) -> None:
    name = sql.Identifier(role)
    rights = admin.execute(
        "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls FROM pg_roles"
        " WHERE rolname = %s",
        [role],
    ).fetchone()
    if rights is None:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    elif rights[0]:
        if not _superuser(admin):
            raise Broken(TOO_STRONG)
        admin.execute(sql.SQL("ALTER ROLE {} " + MEEK).format(name))
    if password:  # only its SCRAM verifier travels: the server's log may hold statements
        verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(verifier)))
    admin.execute(sql.SQL("ALTER ROLE {} SET search_path = public, vault").format(name))
    admin.execute(sql.SQL("ALTER ROLE {} SET timezone = 'UTC'").format(name))


def _database(admin: psycopg.Connection, database: str) -> None:
    """Make the database, or give it to the owner; a login that is no superuser must be the owner for that moment."""
    there = admin.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]).fetchone()
    if there is not None and there[0] == OWNER:
        return
    owner, me = sql.Identifier(OWNER), sql.Identifier(admin.info.user)
    borrowed = not _superuser(admin)
    if borrowed:
        admin.execute(sql.SQL("GRANT {} TO {}").format(owner, me))
    try:
        verb = "ALTER DATABASE {} OWNER TO {}" if there else "CREATE DATABASE {} OWNER {}"
        admin.execute(sql.SQL(verb).format(sql.Identifier(database), owner))
    finally:
        if borrowed:
            admin.execute(sql.SQL("REVOKE {} FROM {}").format(owner, me))


def _superuser(admin: psycopg.Connection) -> bool:
    found = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(found and found[0])
