"""What “fanal doctor” looks at outside the database: folders, keys, law, directory, connectors, disk, clock."""

from __future__ import annotations

import ctypes
import shutil
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal import connectors, law
from fanal.core.errors import Broken
from fanal.core.text import Text
from fanal.site import setup
from fanal.wire import directory, keys, notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fanal.site.env import Env

FINE, NOTE, FAULT = "fine", "note", "fault"

LITTLE_ROOM, TIGHT_ROOM = 5 << 30, 1 << 30
TIME_ERROR = 5  # ntp_adjtime(3): the kernel's clock is not synchronised
TIMEX_BYTES = 512  # larger than struct timex on every Linux
PRIVATE_AGE = b"AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: which part, how it stands (fine, note, fault), what was seen, what to do about it."""

    part: str
    state: str
    what: Text
    do: Text | None = None


def machine(env: Env) -> Iterator[Finding]:
    """Look at everything that needs no database."""
    yield from _folders(env)
    yield from _keys(env)
    yield from _custodian(env)
    yield from _law()
    yield from _directory(env)
    yield from _connectors(env)
    yield from _disk(env)
    yield from _clock()


def fine(part: str, en: str, fr: str) -> Finding:
    """Say that a part is as it should be."""
    return Finding(part, FINE, Text(en=en, fr=fr))


def fault(part: str, what: tuple[str, str], do: tuple[str, str], *, state: str = FAULT) -> Finding:
    """Say what is wrong with a part and what to do, each as (English, French)."""
    return Finding(part, state, Text(*what), Text(*do))


def _folders(env: Env) -> Iterator[Finding]:
    if not env.data.is_dir():
        yield fault(
            "folders",
            ("the data folder is not there", "le dossier de données n’existe pas"),
            ("run “fanal up”, or name another with FANAL_DATA", "lancez « fanal up » ou changez FANAL_DATA"),
        )
        return
    open_ones = [one.name for one in (env.keys, *(env.data / name for name in setup.FOLDERS)) if _open_to_others(one)]
    if stat.S_IMODE(env.data.stat().st_mode) & 0o066:
        open_ones.append("FANAL_DATA")
    if open_ones:
        names = ", ".join(open_ones)
        yield fault(
            "folders",
            (f"others on this machine can look into: {names}", f"d’autres sur cette machine peuvent lire : {names}"),
            ("chmod 700 on each of them", "chmod 700 sur chacun"),
        )
    else:
        yield fine(
            "folders", "the folders are for their owner only", "les dossiers ne sont lisibles que du propriétaire"
        )


def _keys(env: Env) -> Iterator[Finding]:
    readers: dict[str, Callable[[Path], object]] = {
        "content.json": keys.read,
        "index.json": keys.read,
        "receipts.json": keys.read,
        "vault.recipients": _recipients,
        "ledger.key": lambda path: _same_key(path, env.keys / "ledger.vkey"),
        "web.key": _long_enough,
    }
    bad = False
    for name, read in readers.items():
        file = env.keys / name
        if not file.exists():
            do = ("bring it back from where your keys are kept", "remettez-le depuis votre sauvegarde de clés")
            yield fault("keys", (f"{name} is missing", f"{name} manque"), do)
            bad = True
            continue
        if name != "vault.recipients" and _open_to_others(file):
            do = (f"chmod 600 {name}", f"chmod 600 {name}")
            yield fault("keys", (f"others may read {name}", f"d’autres peuvent lire {name}"), do)
            bad = True
        try:
            read(file)
        except (Broken, OSError, UnicodeDecodeError):
            do = (
                "bring the right one back: a changed key opens nothing",
                "remettez le bon : une clé changée n’ouvre rien",
            )
            yield fault("keys", (f"{name} does not open", f"{name} ne s’ouvre pas"), do)
            bad = True
    if not bad:
        yield fine("keys", f"{len(readers)} key files open", f"{len(readers)} fichiers de clés s’ouvrent")


def _custodian(env: Env) -> Iterator[Finding]:
    """Look for private age keys where only the server's own things may be."""
    places = (env.keys, env.data / "custodian", env.data, env.data / "secrets")
    found = any(_holds_private_age(file) for place in places if place.is_dir() for file in place.iterdir())
    if not found:
        yield fine("custodian", "no custodian’s private key on this server", "aucune clé privée de dépositaire ici")
        return
    yield fault(
        "custodian",
        ("a custodian’s private key lies on this server", "une clé privée de dépositaire se trouve sur ce serveur"),
        (
            "in production this defeats the seal: make a new pair elsewhere (“fanal custodian new”); in play, leave it",
            "en production le scellé ne vaut plus rien : créez une paire ailleurs ; en essai, laissez-la",
        ),
        state=FAULT if env.production() else NOTE,
    )


def _law() -> Iterator[Finding]:
    try:
        catalogue = law.load()
    except Broken as broken:
        do = Text(en="put the file back as it was released", fr="remettez le fichier tel qu’il a été publié")
        yield Finding("law", FAULT, broken.reason.text, do)
        return
    written = sum(offence.written() for offence in catalogue.offences)
    count = len(catalogue.offences)
    en = f"{catalogue.jurisdiction}: {count} offences, {written} with elements to tick"
    yield fine("law", en, f"{catalogue.jurisdiction} : {count} infractions, {written} avec éléments à cocher")


def _directory(env: Env) -> Iterator[Finding]:
    try:
        known = directory.load(env.directory)
    except Broken as broken:
        do = Text(en="correct FANAL_DIRECTORY’s file", fr="corrigez le fichier de FANAL_DIRECTORY")
        yield Finding("directory", FAULT, broken.reason.text, do)
        return
    keyless = sum(not one.age_recipient for one in known.recipients)
    if not known.recipients:
        yield fault(
            "directory",
            ("nobody can be written to: there is no directory", "personne à qui écrire : pas de répertoire"),
            ("name one with FANAL_DIRECTORY (examples/directory.toml)", "indiquez FANAL_DIRECTORY"),
            state=NOTE,
        )
    elif keyless:
        yield fault(
            "directory",
            (f"{keyless} recipients have no age key", f"{keyless} destinataires sans clé age"),
            ("ask them for one: without it they get no annex", "demandez-la : sans elle, pas d’annexe"),
            state=NOTE,
        )
    else:
        count = len(known.recipients)
        yield fine("directory", f"{count} recipients, each with a key", f"{count} destinataires, chacun avec une clé")


def _connectors(env: Env) -> Iterator[Finding]:
    known = connectors.discover()
    missing = sorted(env.connectors_on - known.keys())
    outward = sorted(name for name in env.connectors_on & known.keys() if not known[name].only_demo_safe)
    if missing:
        names = ", ".join(missing)
        do = ("correct FANAL_CONNECTORS", "corrigez FANAL_CONNECTORS")
        yield fault("connectors", (f"switched on, but not there: {names}", f"activés mais absents : {names}"), do)
    if outward and not env.production():
        names = ", ".join(outward)
        do = ("switch it off: only production may send", "désactivez-le : seule la production envoie")
        yield fault("connectors", (f"reaches outside in play: {names}", f"sort de la machine en essai : {names}"), do)
    elif not missing:
        names = ", ".join(sorted(env.connectors_on)) or "-"
        yield fine("connectors", f"on: {names}", f"actifs : {names}")


def _disk(env: Env) -> Iterator[Finding]:
    if not env.data.is_dir():
        return
    free = shutil.disk_usage(env.data).free
    what = (f"{free >> 20:,} MB are free", f"{free >> 20} Mo sont libres")
    if free < LITTLE_ROOM:
        do = (
            "make room: when it ends, reports are refused",
            "faites de la place, sinon les signalements seront refusés",
        )
        yield fault("disk", what, do, state=FAULT if free < TIGHT_ROOM else NOTE)
    else:
        yield fine("disk", *what)


def _clock() -> Iterator[Finding]:
    """Ask the kernel whether something keeps its clock right; that it is wrong would spoil every receipt."""
    try:
        state = ctypes.CDLL(None).ntp_adjtime(ctypes.create_string_buffer(TIMEX_BYTES))
    except (AttributeError, OSError):
        state = -1
    if state == TIME_ERROR:
        yield fault(
            "clock",
            ("nothing keeps this machine’s clock right", "rien ne règle l’horloge de cette machine"),
            ("switch on NTP (timedatectl set-ntp true), here or on the host", "activez NTP (timedatectl set-ntp true)"),
            state=NOTE,
        )
    else:
        yield fine("clock", "the clock is kept right", "l’horloge est réglée")


def _open_to_others(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _recipients(path: Path) -> None:
    if not keys.read_vault(path):
        raise Broken


def _same_key(private: Path, public: Path) -> None:
    if notes.read_signer(private).key != notes.read_public(public):
        raise Broken


def _long_enough(path: Path) -> None:
    if len(path.read_text(encoding="ascii").strip()) < len("x" * 43):
        raise Broken


def _holds_private_age(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return PRIVATE_AGE in opened.read(4096)
    except OSError:
        return False
