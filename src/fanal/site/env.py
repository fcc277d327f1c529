"""The environment as one frozen record: every variable that Fanal reads is declared here, once."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit, urlunsplit

from fanal.core.errors import Broken
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text
from fanal.site import variables
from fanal.site.variables import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

MODES = ("development", "demo", "production")
ROLES = ("fanal_owner", "fanal_portal", "fanal_api", "fanal_desk", "fanal_worker", "fanal_sequencer")
DATABASE = "fanal"
LONGEST_SOCKET = 107  # bytes of sun_path (unix(7)) without its closing zero


SETTINGS: tuple[Setting, ...] = (
    Setting("FANAL_MODE", "development", "development, demo (nothing can leave) or production (nothing is invented)."),
    Setting("FANAL_DATA", "./var", "The folder that holds everything Fanal writes; made with mode 0700."),
    Setting("FANAL_KEYS", "FANAL_DATA/keys", "The folder of key files; in production on another volume than backups."),
    Setting(
        "DATABASE_URL",
        "",
        "A PostgreSQL 15 to 18 server, as a login that may create roles; empty: our own server in FANAL_DATA.",
        secret=True,
    ),
    Setting(
        "FANAL_DATABASE_URL",
        "",
        "The one login of this one process; “fanal up” sets it, and the process then has no other.",
        secret=True,
    ),
    Setting("FANAL_BIND", "127.0.0.1", "The address on which the faces listen; a reverse proxy stands before them."),
    Setting("FANAL_PORT_BASE", "8000", "The portal’s port; the desk has the next, the API the one after."),
    Setting("FANAL_PORTAL_PORT", "FANAL_PORT_BASE", "The portal’s port, where it does not follow from the base."),
    Setting("FANAL_DESK_PORT", "FANAL_PORT_BASE + 1", "The desk’s port, where it does not follow from the base."),
    Setting("FANAL_API_PORT", "FANAL_PORT_BASE + 2", "The API’s port, where it does not follow from the base."),
    Setting("FANAL_PORTAL_HOSTS", "this machine", "Host names of the portal, with commas; needed in production."),
    Setting("FANAL_DESK_HOSTS", "this machine", "Host names of the desk, with commas; needed in production."),
    Setting("FANAL_API_HOSTS", "this machine", "Host names of the API, with commas; needed in production."),
    Setting("FANAL_HTTPS", "yes in production", "Whether the public reaches the faces through HTTPS (yes or no)."),
    Setting(
        "FANAL_PROXIES", "0", "How many of your own proxies stand before the faces: whose word on the address counts."
    ),
    Setting("FANAL_DIRECTORY", "", "The address book of recipients (TOML); empty: nobody can be written to."),
    Setting(
        "FANAL_CONNECTORS",
        "letter, but in production none",
        "The connectors that are switched on, with commas; in demo none that reaches outside can be.",
    ),
    Setting("FANAL_SENDER", "Fanal", "The house’s name on letters; needed in production."),
    Setting("FANAL_OUTBOX", "FANAL_DATA/outbox", "The folder that letters are laid into."),
    Setting("FANAL_PUBLIC", "FANAL_DATA/public", "The folder of what is published: figures and the ledger’s tiles."),
    Setting(
        "FANAL_RESOLVER",
        "",
        "The resolvers (IP address or IP:port) that may be asked where reported hosts are; empty: nobody is asked.",
    ),
    Setting(
        "FANAL_GEO_MMDB", "", "A MaxMind DB file of countries that you bring; empty: the lists of this machine alone."
    ),
    Setting("FANAL_WORKERS", "2", "How many processes serve the portal, and as many the API; the desk is always one."),
    Setting("FANAL_THREADS", "8", "How many requests one such process serves at once."),
)

# What a child keeps of its parent's own surroundings; everything else stays behind.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "CI")

_HERE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Env:
    """What the operator decided. Read once per process, by `read`; nothing else looks at the environment."""

    mode: str
    data: Path
    keys: Path
    database_url: str
    role_url: str
    bind: str
    portal_port: int
    desk_port: int
    api_port: int
    portal_hosts: tuple[str, ...]
    desk_hosts: tuple[str, ...]
    api_hosts: tuple[str, ...]
    https: bool
    proxies: int
    directory: Path | None
    connectors_on: frozenset[str]
    sender: str
    outbox: Path
    public: Path
    resolver: tuple[tuple[str, int], ...]
    geo_mmdb: Path | None
    workers: int
    threads: int

    def demo(self) -> bool:
        """Say whether this is a demonstration, which can send nothing."""
        return self.mode == "demo"

    def production(self) -> bool:
        """Say whether this is the real thing."""
        return self.mode == "production"


def read(environ: Mapping[str, str]) -> Env:
    """Read the environment. Every fault is reported in one Broken, which names variables and never their values."""
    faults: list[Reason] = []
    given = {one.name: variables.value(environ, one, faults) for one in SETTINGS}

    mode = given["FANAL_MODE"] or "development"
    if mode not in MODES:
        faults.append(
            variables.fault("FANAL_MODE", en="must be one of " + ", ".join(MODES), fr="vaut " + ", ".join(MODES))
        )
    real = mode == "production"
    needed = ("FANAL_PORTAL_HOSTS", "FANAL_DESK_HOSTS", "FANAL_API_HOSTS", "FANAL_SENDER") if real else ()
    faults.extend(
        variables.fault(name, en="is needed in production", fr="est nécessaire en production")
        for name in needed
        if not given[name]
    )

    data = Path(given["FANAL_DATA"] or "var").absolute()
    base = variables.number(given, "FANAL_PORT_BASE", 8000, (1, 65533), faults)
    directory = Path(given["FANAL_DIRECTORY"]).absolute() if given["FANAL_DIRECTORY"] else None
    if directory is not None and not directory.is_file():
        faults.append(variables.fault("FANAL_DIRECTORY", en="names no file", fr="ne désigne aucun fichier"))
    geo_mmdb = Path(given["FANAL_GEO_MMDB"]).absolute() if given["FANAL_GEO_MMDB"] else None
    if geo_mmdb is not None and not geo_mmdb.is_file():
        faults.append(variables.fault("FANAL_GEO_MMDB", en="names no file", fr="ne désigne aucun fichier"))
    if mode == "demo" and given["FANAL_RESOLVER"]:
        faults.append(
            variables.fault(
                "FANAL_RESOLVER", en="cannot be set in demo: nothing leaves", fr="est exclu en demo\u00a0: rien ne sort"
            )
        )
    faults.extend(
        variables.fault(
            name, en="must begin with postgresql:// (nothing else will do)", fr="commence par postgresql://"
        )
        for name in ("DATABASE_URL", "FANAL_DATABASE_URL")
        if given[name] and urlsplit(given[name]).scheme not in ("postgresql", "postgres")
    )

    env = Env(
        mode=mode,
        data=data,
        keys=Path(given["FANAL_KEYS"]).absolute() if given["FANAL_KEYS"] else data / "keys",
        database_url=given["DATABASE_URL"],
        role_url=given["FANAL_DATABASE_URL"],
        bind=given["FANAL_BIND"] or "127.0.0.1",
        portal_port=variables.number(given, "FANAL_PORTAL_PORT", base, (1, 65535), faults),
        desk_port=variables.number(given, "FANAL_DESK_PORT", base + 1, (1, 65535), faults),
        api_port=variables.number(given, "FANAL_API_PORT", base + 2, (1, 65535), faults),
        portal_hosts=variables.names(given["FANAL_PORTAL_HOSTS"]) or _HERE,
        desk_hosts=variables.names(given["FANAL_DESK_HOSTS"]) or _HERE,
        api_hosts=variables.names(given["FANAL_API_HOSTS"]) or _HERE,
        https=variables.yes(given, "FANAL_HTTPS", real, faults),
        proxies=variables.number(given, "FANAL_PROXIES", 0, (0, 9), faults),
        directory=directory,
        connectors_on=frozenset(variables.names(given["FANAL_CONNECTORS"]) or (() if real else ("letter",))),
        sender=given["FANAL_SENDER"] or "Fanal",
        outbox=Path(given["FANAL_OUTBOX"]).absolute() if given["FANAL_OUTBOX"] else data / "outbox",
        public=Path(given["FANAL_PUBLIC"]).absolute() if given["FANAL_PUBLIC"] else data / "public",
        resolver=variables.servers(given, "FANAL_RESOLVER", faults),
        geo_mmdb=geo_mmdb,
        workers=variables.number(given, "FANAL_WORKERS", 2, (1, 256), faults),
        threads=variables.number(given, "FANAL_THREADS", 8, (1, 256), faults),
    )
    if len({env.portal_port, env.desk_port, env.api_port}) < len(("portal", "desk", "api")):
        faults.append(
            variables.fault("FANAL_PORT_BASE", en="and its like give one port twice", fr="donne deux fois le même port")
        )
    if faults:
        raise Broken(_together(faults))
    return env


def socket_folder(data: Path) -> Path:
    """Name the folder of our own server's socket: in `data`, or a private one in /tmp where that path is too long."""
    near = data / "socket"
    if len(os.fsencode(near / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return near
    return Path("/tmp") / f"fanal-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"  # noqa: S108 - made 0700 and its owner checked


def secret_file(env: Env, role: str) -> Path:
    """Name the file that holds the password of `role` on a server of the operator's."""
    return env.data / "secrets" / role


def database_for(env: Env, role: str) -> str:
    """Give the URL by which `role` (one of ROLES) reaches the database; Broken where this process may not."""
    if role not in ROLES:
        raise ValueError("no such role")
    if env.role_url:
        if urlsplit(env.role_url).username != role:
            raise Broken(
                reason(
                    "database.role",
                    en="This process was given the database login of another role.",
                    fr="Ce processus a reçu l’accès à la base d’un autre rôle.",
                )
            )
        return env.role_url
    if not env.database_url:
        return f"postgresql://{role}@/{DATABASE}?{urlencode({'host': str(socket_folder(env.data))})}"
    try:
        password = secret_file(env, role).read_text().strip()
    except OSError:
        raise Broken(
            reason(
                "database.secret",
                en="The password of a database role is missing from FANAL_DATA/secrets. Run “fanal up”.",
                fr="Le mot de passe d’un rôle manque dans FANAL_DATA/secrets. Lancez « fanal up ».",
            )
        ) from None
    return log_in(env.database_url, user=role, password=password, database=database_name(env))


def environ_for(env: Env, role: str) -> dict[str, str]:
    """Give the environment of a process that works as `role`: every setting said out, and no login but its own."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    told = {
        "FANAL_MODE": env.mode,
        "FANAL_DATA": env.data,
        "FANAL_KEYS": env.keys,
        "FANAL_DATABASE_URL": database_for(env, role),
        "FANAL_BIND": env.bind,
        "FANAL_PORTAL_PORT": env.portal_port,
        "FANAL_DESK_PORT": env.desk_port,
        "FANAL_API_PORT": env.api_port,
        "FANAL_PORTAL_HOSTS": ",".join(env.portal_hosts),
        "FANAL_DESK_HOSTS": ",".join(env.desk_hosts),
        "FANAL_API_HOSTS": ",".join(env.api_hosts),
        "FANAL_HTTPS": "yes" if env.https else "no",
        "FANAL_PROXIES": env.proxies,
        "FANAL_DIRECTORY": env.directory or "",
        "FANAL_CONNECTORS": ",".join(sorted(env.connectors_on)),
        "FANAL_SENDER": env.sender,
        "FANAL_OUTBOX": env.outbox,
        "FANAL_PUBLIC": env.public,
        "FANAL_RESOLVER": ",".join(
            f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in env.resolver
        ),
        "FANAL_GEO_MMDB": env.geo_mmdb or "",
        "FANAL_WORKERS": env.workers,
        "FANAL_THREADS": env.threads,
    }
    return kept | {name: str(value) for name, value in told.items()}


def web_key(env: Env) -> str:
    """Read the key that signs the faces' cookies and forms; Broken where set-up has not made it."""
    try:
        key = (env.keys / "web.key").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if len(key) < 43:  # noqa: PLR2004 - 32 bytes in base64
        raise Broken(
            reason(
                "key.web",
                en="The file web.key is missing from the folder of keys, or too short. Run “fanal doctor”.",
                fr="Le fichier web.key manque dans le dossier des clés, ou il est trop court. Lancez « fanal doctor ».",
            )
        )
    return key


def database_name(env: Env) -> str:
    """Give the name of the database: the one that DATABASE_URL names, else `fanal`."""
    named = unquote(urlsplit(env.database_url).path.lstrip("/"))
    return named if named not in ("", "postgres") else DATABASE


def log_in(url: str, *, user: str, password: str, database: str) -> str:
    """Give `url` with another login and database; host, port and options stay."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}" if password else quote(user, safe="")
    return urlunsplit((parts.scheme, f"{login}@{where}", f"/{quote(database, safe='')}", parts.query, ""))


def django_database(url: str) -> dict[str, Any]:
    """Give what Django's DATABASES wants to know of a postgresql:// URL; query parameters become OPTIONS."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(options.pop("port", parts.port or "")),
        "OPTIONS": dict(options),
    }


def _together(faults: list[Reason]) -> Reason:
    text = Text(
        en="\n".join(["The settings do not hold:", *(f"  - {one.text.en}" for one in faults)]),
        fr="\n".join(["Les réglages ne conviennent pas :", *(f"  - {one.text.fr}" for one in faults)]),
    )
    return Reason("settings.faults", text)
