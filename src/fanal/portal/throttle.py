"""Slows down who guesses follow-up codes: a fixed window per connection, in memory, with no address kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time

WINDOW_SECONDS = 600
MOST_TRIES = 20
MOST_KEYS = 50_000

_salt = secrets.token_bytes(32)  # a new one at each start: what stands in memory cannot be tied to an address
_lock = threading.Lock()
_tries: dict[bytes, int] = {}
_window = 0


def admit(address: str) -> bool:
    """Count one try from `address` and say whether it is within the 20 that ten minutes allow.

    A window that was tried from 50,000 addresses is full: it admits nobody new until the next, rather than forget.
    """
    global _window  # noqa: PLW0603  # one window per process is the whole point
    key = hmac.digest(_salt, address.encode(), hashlib.sha256)[:16]
    window = int(time.monotonic()) // WINDOW_SECONDS
    with _lock:
        if window != _window:
            _tries.clear()
            _window = window
        if key not in _tries and len(_tries) >= MOST_KEYS:
            return False
        _tries[key] = _tries.get(key, 0) + 1
        return _tries[key] <= MOST_TRIES


def forget() -> None:
    """Forget every count, as a restart does."""
    with _lock:
        _tries.clear()
