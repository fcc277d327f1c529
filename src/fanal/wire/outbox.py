"""The folder that letters are laid into: each whole or not at all, and once under its key."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fanal.core.errors import Full, Refused, Temporary
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fanal.core.connector import Part

NAME = reason(
    "outbox.name",
    en="The outbox takes plain names only: letters, digits, dot, dash and underscore, not beginning with a dot.",
    fr="La boîte d’envoi n’accepte que des noms simples\u00a0: lettres, chiffres, point, tiret et tiret bas, "
    "sans point au début.",
)

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}")
_LOCK = ".lock"
_LAYING = ".laying-"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_THERE = frozenset({errno.EEXIST, errno.ENOTEMPTY})


class Folder:
    """An outbox on disk: one folder a letter, named by its key. Several processes may lay into it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lay(self, key: str, parts: tuple[Part, ...]) -> bool:
        """Write the parts whole or not at all under `key`; False, and nothing touched, where that key lies there.

        A process killed at any point leaves the letter whole or no letter; what it left half-written is swept away by
        the next. The files are on the disk (fsync) when this returns. Refused: a key or a part with another name than
        a plain one. Raises Full where there is no room, Temporary where the folder cannot be written.
        """
        if not all(_NAME.fullmatch(name) for name in (key, *(part.name for part in parts))):
            raise Refused(NAME)
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._alone():
                return self._lay(key, parts)
        except OSError as failure:
            if failure.errno in _NO_ROOM:
                raise Full from None
            raise Temporary from None

    def _lay(self, key: str, parts: tuple[Part, ...]) -> bool:
        self._sweep()
        place, unfinished = self.path / key, self.path / f"{_LAYING}{key}"
        if place.exists():
            _sync(self.path)  # who laid it may have been killed before this
            return False
        unfinished.mkdir(mode=0o700)
        for part in parts:
            _write(unfinished / part.name, part.content)
        _sync(unfinished)
        try:
            unfinished.rename(place)
        except OSError as failure:
            if failure.errno in _THERE:
                return False
            raise
        _sync(self.path)
        return True

    def _sweep(self) -> None:
        """Remove what a killed process left. Only who holds the lock comes here, so that nobody is laying it now."""
        for stray in self.path.glob(f"{_LAYING}*"):
            shutil.rmtree(stray)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock; the system lets go of it when a process dies."""
        descriptor = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make a folder's entries durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
