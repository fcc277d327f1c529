"""Watches a browser: every byte that it sends to us, and the search for a picture in whatever it leaves behind."""

from __future__ import annotations

import base64
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTH = 16  # so many bytes in a row are no chance: a picture of noise has none twice
HEAD = 8


class Tap:
    """Stands between a browser and a face, hands everything on, and keeps what the browser sent."""

    def __init__(self, port: int) -> None:
        self.sent = bytearray()
        self._port = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                browser, _ = self._door.accept()
                threading.Thread(target=self._between, args=(browser,), daemon=True).start()

    def _between(self, browser: socket.socket) -> None:
        with browser, socket.create_connection(("127.0.0.1", self._port)) as face:
            back = threading.Thread(target=self._pass, args=(face, browser, None), daemon=True)
            back.start()
            self._pass(browser, face, self.sent)
            back.join()

    @staticmethod
    def _pass(of: socket.socket, to: socket.socket, kept: bytearray | None) -> None:
        with suppress(OSError):
            while part := of.recv(65_536):
                if kept is not None:
                    kept += part
                to.sendall(part)
        with suppress(OSError):
            to.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # else the thread that waits there keeps it open
        self._door.close()


@contextmanager
def tapped(address: str) -> Iterator[Tap]:
    """Give another address of the same face, at which everything that is sent is kept."""
    tap = Tap(int(address.rsplit(":", 1)[1]))
    yield tap
    tap.close()


class Secret:
    """What must not be seen anywhere: in no 16 bytes of it, plain or as text of a common kind."""

    def __init__(self, *parts: bytes) -> None:
        self._forms = b"\0\0".join(form for part in parts for form in _forms(part))
        windows = np.lib.stride_tricks.sliding_window_view(np.frombuffer(self._forms, np.uint8), HEAD)
        self._heads = np.sort(np.ascontiguousarray(windows).view(np.uint64).ravel())

    def within(self, seen: bytes) -> bytes:
        """Give 16 bytes of the secret that stand in `seen`, or nothing.

        Wherever 16 bytes stand, they hold one whole block of eight at a multiple of eight: these are looked up first.
        """
        blocks = np.frombuffer(seen[: len(seen) // HEAD * HEAD], np.uint64)
        places = np.searchsorted(self._heads, blocks).clip(max=len(self._heads) - 1)
        for block in np.flatnonzero(self._heads[places] == blocks):
            around = range(max(0, int(block) * HEAD - HEAD), int(block) * HEAD + 1)
            for start in around:
                window = seen[start : start + WIDTH]
                if len(window) == WIDTH and len(set(window)) > HEAD // 2 and window in self._forms:
                    return window
        return b""

    def in_folder(self, folder: Path) -> list[str]:
        """List the files under `folder` that hold some of it."""
        files = [one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()]
        return [one.name for one in files if self.within(one.read_bytes())]


def _forms(part: bytes) -> list[bytes]:
    """Give the bytes as they are, as hexadecimal, as text of a byte a character, and the three ways of base64."""
    forms = [part, part.hex().encode(), part.hex().upper().encode(), part.decode("latin-1").encode()]
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + part)[4:-4]
        forms += [text, text.replace(b"+", b"-").replace(b"/", b"_")]
    return forms
