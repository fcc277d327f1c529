"""The whole database in one file and back: encrypted columns stay encrypted, and no key is ever in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

import psycopg

from fanal.core.errors import Broken, Full, Refused
from fanal.core.reasons import reason
from fanal.site import env as environment
from fanal.site import roles, setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fanal.site.env import Env
    from fanal.site.postgres import Cluster

LEAST_ROOM = 1 << 20

THERE = reason(
    "backup.there",
    en="That file exists, and a backup is never written over another. Choose another name.",
    fr="Ce fichier existe, et une sauvegarde n’en remplace jamais une autre. Choisissez un autre nom.",
)
NOTHING = reason(
    "backup.nothing",
    en="There is no database in this data folder. Say which one with FANAL_DATA.",
    fr="Il n’y a pas de base dans ce dossier de données. Indiquez-le par FANAL_DATA.",
)
NOT_WRITTEN = reason(
    "backup.failed",
    en="The backup was not written: pg_dump failed (is it as new as the server?). Nothing was left behind.",
    fr="La sauvegarde n’a pas été écrite : pg_dump a échoué (est-il aussi récent que le serveur ?). Rien n’est resté.",
)
NO_PROGRAM = reason(
    "backup.program",
    en="PostgreSQL’s own programs pg_dump and pg_restore are not on the PATH. Install your system’s postgresql-client.",
    fr="Les programmes pg_dump et pg_restore ne sont pas dans le PATH. Installez postgresql-client.",
)
NOT_EMPTY = reason(
    "restore.not-empty",
    en="A backup is brought back only into an empty data folder (its folder keys may be there already), and an empty "
    "database. Choose another with FANAL_DATA; nothing was touched.",
    fr="Une sauvegarde ne se restaure que dans un dossier de données vide (le dossier keys peut y être) et une base "
    "vide. Choisissez-en un autre par FANAL_DATA ; rien n’a été touché.",
)
NO_KEYS = reason(
    "restore.keys",
    en="Put the key files into FANAL_KEYS first, from where you keep them: without them the backup stays closed.",
    fr="Placez d’abord les fichiers de clés dans FANAL_KEYS : sans eux, la sauvegarde reste fermée.",
)
NO_BACKUP = reason(
    "restore.file",
    en="This file is not a whole backup of Fanal, or it could not be brought back. The data folder is empty as before.",
    fr="Ce fichier n’est pas une sauvegarde entière de Fanal, ou n’a pu être restauré. Le dossier est resté vide.",
)


def write(env: Env, file: Path) -> int:
    """Write a backup into the new `file` (0600, whole or not at all) and give its size in bytes."""
    if file.exists():
        raise Refused(THERE)
    draft = file.with_name(file.name + ".new")
    try:
        with _server(env) as cluster:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                arguments = ("--format=custom", "--no-owner", "--lock-wait-timeout=60s")
                whole = _run(env, cluster, "pg_dump", arguments, stdout=out)
                os.fsync(out.fileno())
            _must_be_whole(draft, whole=whole and _readable(cluster, draft))
        os.link(draft, file)  # unlike a rename, this never replaces
    except FileExistsError:
        raise Refused(THERE) from None
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def bring_back(env: Env, file: Path) -> None:
    """Fill an empty data folder (and database) from `file`; whole or not at all."""
    if env.data.exists() and any(one != env.keys for one in env.data.iterdir()):
        raise Refused(NOT_EMPTY)
    if any(not (env.keys / name).is_file() for name in (*setup.KEY_FILES, "vault.recipients")):
        raise Refused(NO_KEYS)
    with file.open("rb") as opened:
        if opened.read(5) != b"PGDMP":
            raise Broken(NO_BACKUP)
    before = set(env.data.iterdir()) if env.data.exists() else set()
    cluster = None
    try:
        setup.folders(env)
        setup.make_keys(env)
        cluster = setup.start_database(env)
        roles.prepare(env, cluster)
        _must_be_empty(env)
        arguments = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction", str(file))
        _must_be_back(back=_run(env, cluster, "pg_restore", arguments))
        setup.keep_to_mode(env)
        setup.make_tables(env)
    except BaseException:
        if cluster:
            cluster.stop()
        for one in set(env.data.iterdir()) - before - {env.keys} if env.data.exists() else ():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        raise
    if cluster:
        cluster.stop()


@contextmanager
def _server(env: Env) -> Iterator[Cluster | None]:
    """Give our own server, running; one that we start for this is stopped after it. None with DATABASE_URL."""
    if not env.database_url and not (env.data / "postgres" / "PG_VERSION").exists():
        raise Refused(NOTHING)
    cluster = setup.start_database(env)
    try:
        yield cluster
    finally:
        if cluster:
            cluster.stop()


def _must_be_whole(draft: Path, *, whole: bool) -> None:
    if not whole:
        room = shutil.disk_usage(draft.parent).free
        raise Full if room < LEAST_ROOM else Broken(NOT_WRITTEN)


def _must_be_back(*, back: bool) -> None:
    if not back:
        raise Broken(NO_BACKUP)


def _must_be_empty(env: Env) -> None:
    with psycopg.connect(environment.database_for(env, roles.OWNER)) as owner:
        found = owner.execute("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'vault')").fetchone()
    if found and found[0]:
        raise Refused(NOT_EMPTY)


def _program(cluster: Cluster | None, name: str) -> str:
    """Find one of PostgreSQL's client programs."""
    found = str(cluster.client(name)) if cluster else shutil.which(name)
    if not found:
        raise Broken(NO_PROGRAM)
    return found


def _run(
    env: Env,
    cluster: Cluster | None,
    name: str,
    arguments: tuple[str, ...],
    *,
    stdout: BinaryIO | int = subprocess.DEVNULL,
) -> bool:
    """Run a client program as the owner and say whether it did its work; the password is not among its arguments."""
    url = environment.database_for(env, roles.OWNER)
    parts = urlsplit(url)
    login = environment.log_in(url, user=roles.OWNER, password="", database=unquote(parts.path[1:]))
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [_program(cluster, name), "--dbname", login, *arguments],
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"} | secret,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,  # its words may quote rows
        check=False,
    )
    return done.returncode == 0


def _readable(cluster: Cluster | None, file: Path) -> bool:
    """Say whether pg_restore can read the table of contents."""
    command = [_program(cluster, "pg_restore"), "--list", str(file)]
    return not subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode  # noqa: S603 - as above
