"""Set everything up that has to be there before the first process starts; running it again changes nothing.

Keys are invented once. A folder of data that has lost a key is not given a new one: that would hide the loss.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from pyrage import x25519

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason
from fanal.site import env as environment
from fanal.site import postgres, roles
from fanal.site.children import appended, leashed
from fanal.site.postgres import Cluster
from fanal.wire import keys, notes

if TYPE_CHECKING:
    from pathlib import Path

    from fanal.site.env import Env

Say = Callable[[str], None]

NO_CUSTODIAN = reason(
    "custodian.none",
    en="There is no public key to seal identities to (vault.recipients in FANAL_KEYS). On the custodian’s own machine "
    "run “fanal custodian new FILE”, and put the line age1… that it prints into vault.recipients here.",
    fr="Il n’y a pas de clé publique pour sceller les identités (vault.recipients dans FANAL_KEYS). Sur la machine du "
    "dépositaire, lancez « fanal custodian new FICHIER », puis placez ici la ligne age1… dans vault.recipients.",
)
LOST = reason(
    "key.lost",
    en="A key file that was here is missing. No new one is made, since stored data would stay closed for ever: bring "
    "the file back from where your keys are kept. “fanal doctor” names it.",
    fr="Un fichier de clé a disparu. Aucun autre n’est créé, car les données resteraient fermées à jamais : remettez "
    "le fichier depuis votre sauvegarde de clés. « fanal doctor » le nomme.",
)
MIXED = reason(
    "mode.mixed",
    en="This data folder was begun in demo or development: its custodian’s private key was on this machine. Production "
    "begins with an empty folder.",
    fr="Ce dossier de données a commencé en démonstration ou en développement : la clé privée du dépositaire était "
    "sur cette machine. La production commence avec un dossier vide.",
)
NOT_MIGRATED = reason(
    "setup.django",
    en="The database’s tables or the faces’ files could not be set up. The words of the failure are in logs/setup.log.",
    fr="Les tables ou les fichiers des interfaces n’ont pu être préparés. Voyez logs/setup.log.",
)
LOUD = (
    "ATTENTION: the custodian’s private key was made on this machine, for development only:\n"
    "  {0}\n"
    "  Whoever has it reads the sealed identities. Never use this data folder for real reports."
)
FOLDERS = ("logs", "secrets", "static")
KEY_FILES = ("content.json", "index.json", "receipts.json", "web.key", "ledger.key", "ledger.vkey")


def prepare(env: Env, *, say: Say = print) -> Cluster | None:
    """Make folders, keys, database, roles and tables; give our own running server, or None with DATABASE_URL.

    `say` takes the few words an operator must read. Raises Broken or Refused with what to do.
    """
    folders(env)
    keep_to_mode(env)
    make_keys(env, say=say)
    cluster = start_database(env)
    try:
        roles.prepare(env, cluster)
        make_tables(env)
    except BaseException:
        if cluster:
            cluster.stop()
        raise
    return cluster


def folders(env: Env) -> None:
    """Make the folders, each for its owner's eyes only; what is published may be read by a web server."""
    postgres.make_data(env.data)
    for folder in (*(env.data / name for name in FOLDERS), env.keys, env.outbox):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    env.public.mkdir(mode=0o755, parents=True, exist_ok=True)


def start_database(env: Env) -> Cluster | None:
    """Start (or adopt) our own server; None where DATABASE_URL names another."""
    if env.database_url:
        return None
    cluster = Cluster(env.data / "postgres", log=env.data / "logs" / "postgres.log")
    cluster.start()
    return cluster


def make_keys(env: Env, *, say: Say = print) -> None:
    """Make the key files that are missing, each whole or not at all, unless this folder had them all before."""
    complete = env.data / "keys.made"
    if complete.exists():
        if any(not (env.keys / name).exists() for name in (*KEY_FILES, "vault.recipients")):
            raise Broken(LOST)
        return
    origin = f"{env.portal_hosts[0].strip('[]')}/ledger"
    makers: dict[str, Callable[[Path], object]] = {
        "content.json": lambda path: keys.write(keys.new_content(), path),
        "index.json": lambda path: keys.write(keys.new_index(), path),
        "receipts.json": lambda path: keys.write(keys.new_index(), path),
        "web.key": lambda path: _write(path, secrets.token_urlsafe(48) + "\n"),
        "ledger.key": lambda path: notes.new(origin, private=path, public=_fresh(env.keys / "ledger.vkey")),
    }
    for name, make in makers.items():
        if not (env.keys / name).exists():
            draft = env.keys / f"{name}.new"
            draft.unlink(missing_ok=True)
            make(draft)
            draft.rename(env.keys / name)
    if not (env.keys / "vault.recipients").exists():
        if env.production():
            raise Refused(NO_CUSTODIAN)
        say(LOUD.format(_invent_custodian(env)))
    keys.read_vault(env.keys / "vault.recipients")
    complete.touch(mode=0o600)


def make_tables(env: Env) -> None:
    """Bring the tables to the present form, as the owner, and gather the static files of the faces that have pages."""
    under_way = [
        _django(env, "owner", "migrate", "--no-input"),
        _django(env, "portal", "collectstatic", "--no-input", "--verbosity=0"),
        _django(env, "desk", "collectstatic", "--no-input", "--verbosity=0"),
    ]
    codes = [one.wait() for one in under_way]
    if any(codes):
        raise Broken(NOT_MIGRATED)


def _django(env: Env, face: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of Django's commands with the settings and the login of `face`; its words go to logs/setup.log."""
    surroundings = environment.environ_for(env, f"fanal_{face}")
    with appended(env.data / "logs" / "setup.log") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            leashed((sys.executable, "-m", "django", *arguments)),
            env=surroundings | {"DJANGO_SETTINGS_MODULE": f"fanal.site.settings.{face}"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def keep_to_mode(env: Env) -> None:
    """Refuse production on a folder that was begun in play."""
    mark = env.data / "mode"
    with suppress(FileExistsError):
        _write(mark, env.mode + "\n")
    if env.production() and mark.read_text(encoding="ascii").strip() != "production":
        raise Refused(MIXED)


def _invent_custodian(env: Env) -> Path:
    """Make a custodian's pair for play: the private half beside the data, the public half among the keys."""
    home = env.data / "custodian"
    home.mkdir(mode=0o700, exist_ok=True)
    private = home / "custodian.key"
    identity = x25519.Identity.generate()
    private.unlink(missing_ok=True)
    _write(private, f"{identity}\n")
    draft = env.keys / "vault.recipients.new"
    draft.unlink(missing_ok=True)
    _write(draft, f"# invented on this machine, for {env.mode} only\n{identity.to_public()}\n")
    draft.rename(env.keys / "vault.recipients")
    return private


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
