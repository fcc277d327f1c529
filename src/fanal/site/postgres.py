"""Our own PostgreSQL server: found, made, started, adopted and stopped; reached by one private socket only.

Never as root (PostgreSQL refuses it, rightly): a root operator's server runs as an account without rights, or, where
the folder lies in a home that such an account cannot enter, inside a user namespace. No folder above ours is touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psycopg

from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.site import postgres_program as program
from fanal.site.env import DATABASE, socket_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ADMIN = "postgres"
PATIENCE = 60.0  # seconds for a start or a stop; a crash recovery may take a while

# Statements and details of a failure would carry what people typed into the log (law 1): they are left out.
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "jit": "off",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

SOCKET_TAKEN = reason(
    "postgres.socket",
    en="The folder for the database’s socket belongs to somebody else. Use a shorter path for FANAL_DATA.",
    fr="Le dossier de la socket de la base appartient à quelqu’un d’autre. Raccourcissez FANAL_DATA.",
)
NOT_MADE = reason(
    "postgres.initdb",
    en="PostgreSQL could not make its folder. Is the disk full or read-only?",
    fr="PostgreSQL n’a pas pu créer son dossier. Le disque est-il plein ou en lecture seule ?",
)
NOT_UP = reason(
    "postgres.start",
    en="PostgreSQL did not start. Its own words are in the log, postgres.log.",
    fr="PostgreSQL n’a pas démarré. Voyez son journal, postgres.log.",
)


class Cluster:
    """One database folder and the server that runs on it. Many may call `start`: the first starts, the others adopt.

    `folder` is the database's own folder, `data` (its parent by default) names the socket's place, `log` takes the
    server's words. `durable=False` is for tests: it forgets on a power cut.
    """

    def __init__(
        self, folder: Path, *, data: Path | None = None, log: Path | None = None, durable: bool = True
    ) -> None:
        self.folder = folder.absolute()
        self.socket = socket_folder((data or self.folder.parent).absolute())
        self.log = log or self.folder.with_name("postgres.log")
        self._settings = CONFIGURATION | (DURABLE if durable else HASTY)
        self._durable = durable
        self._server: subprocess.Popen[bytes] | None = None
        self._adopted = False

    def url(self, role: str = ADMIN, database: str = DATABASE) -> str:
        """Give the URL by which `role` reaches `database` through the socket; no password is asked."""
        return f"postgresql://{role}@/{database}?{urlencode({'host': str(self.socket)})}"

    def ready(self) -> bool:
        """Say whether the server answers."""
        try:
            with psycopg.connect(self.url(database="postgres"), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def pid(self) -> int | None:
        """Give the process id of the server that runs on this folder, whoever started it; None where none does."""
        try:
            found = int((self.folder / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return found if _works_in(found, self.folder) else None

    def start(self) -> bool:
        """Make the folder if there is none, and start the server; True where we did, False where one was running."""
        make_data(self.folder.parent)
        with self._alone():
            self._adopted = self._adopt()
            if self._adopted:
                return False
            way = self._way
            if not (self.folder / "PG_VERSION").exists():
                self._make(way)
            self._forget_the_dead()
            self._private(self.socket, way)
            settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
            self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _private_file(self.log) as log:
                self._server = subprocess.Popen(  # noqa: S603 - our own binaries
                    program.leashed(way, "postgres", "-D", str(self.folder), "-k", str(self.socket), *settings),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    env=program.plain(),
                    start_new_session=True,  # Ctrl-C is for the supervisor, who stops the database last
                )
            self._wait()
            return True

    def _adopt(self) -> bool:
        """Wait until a server that runs already answers; False where none runs, or the one that did has ended."""
        deadline = time.monotonic() + PATIENCE
        while self.pid() is not None:
            if self.ready():
                return True
            if time.monotonic() > deadline:
                raise Broken(NOT_UP)
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """Stop the server if this object started it (fast: sessions are ended, everything committed is kept)."""
        server, self._server, self._adopted = self._server, None, False
        if server is None or server.poll() is not None:
            return
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)  # immediate: the next start recovers from the log
            server.wait(PATIENCE)

    def ended(self) -> bool:
        """Say whether the server that this object started or adopted is no more."""
        if self._server is None:
            return self._adopted and self.pid() is None
        return self._server.poll() is not None

    def client(self, name: str) -> Path:
        """Name one of the client programs (pg_dump, pg_restore, psql) that belong to this folder's server."""
        return self._way.binaries / name

    @cached_property
    def _way(self) -> program.Way:
        """Find binaries and a user with whom they run here."""
        return program.find(self.folder)

    def _make(self, way: program.Way) -> None:
        """Run initdb beside the place and move the whole folder in: a half-made one is never taken for a database."""
        draft = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        self._private(draft, way)
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8") if way.major >= 17 else ("--locale=C.UTF-8",)  # noqa: PLR2004
        flags = ("--auth=reject", "--auth-local=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions")
        hurry = () if self._durable else ("--no-sync",)
        done = subprocess.run(  # noqa: S603 - our own binaries
            program.leashed(way, "initdb", "-D", str(draft), "-U", ADMIN, *locale, *flags, *hurry),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=draft,
            env=program.plain(),
            check=False,
        )
        if done.returncode:
            with _private_file(self.log) as log:
                os.write(log, done.stdout + done.stderr)
            raise Broken(NOT_MADE)
        draft.rename(self.folder)

    def _private(self, folder: Path, way: program.Way) -> None:
        """Make `folder` for the server's eyes only; refuse one that somebody else laid there."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            there = folder.lstat()
            if folder.is_symlink() or there.st_uid not in (os.geteuid(), way.owner[0]):
                raise Broken(SOCKET_TAKEN) from None
        if os.geteuid() == 0:
            os.chown(folder, *way.owner, follow_symlinks=False)
        folder.chmod(0o700)

    def _forget_the_dead(self) -> None:
        """Remove the pid file of a killed server once none of its children is left; another program may have its pid.

        PostgreSQL refuses to start while any process of ours has the old pid: likely after a container's restart.
        """
        file = self.folder / "postmaster.pid"
        deadline = time.monotonic() + PATIENCE
        while file.exists() and any(_works_in(pid, self.folder) for pid in _processes()):
            if time.monotonic() > deadline:
                raise Broken(NOT_UP)
            time.sleep(0.05)
        file.unlink(missing_ok=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.ready():
            if self.ended() or time.monotonic() > deadline:
                raise Broken(NOT_UP)
            time.sleep(0.02)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one starter at a time look, make and start."""
        with _private_file(self.folder.with_name(self.folder.name + ".lock")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def make_data(folder: Path) -> None:
    """Make the data folder if it is not there; nobody else may look into it.

    Where we are root the server's account must pass through it to reach its own folder: it may pass, and see nothing.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _processes() -> Iterator[int]:
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            yield int(entry.name)


def _works_in(pid: int, folder: Path) -> bool:
    """Say whether the process is a PostgreSQL of `folder`: its servers and their children work in their data folder."""
    process = Path("/proc") / str(pid)
    try:
        return process.joinpath("cwd").samefile(folder)
    except OSError:
        pass
    try:  # a container may keep root from looking at another user's working folder
        return os.fsencode(folder) in process.joinpath("cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


@contextmanager
def _private_file(path: Path) -> Iterator[int]:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield file
    finally:
        os.close(file)
