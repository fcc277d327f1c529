"""Who may ask: the machine's key, the right that the route needs, and how often a key may ask."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Final

from ninja.security import HttpBearer

from fanal.api import sentences as say
from fanal.api.problems import Slow
from fanal.core.errors import NotAllowed, Refused
from fanal.queries import api_keys, world

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fanal.core.rights import KeyRight

MAX_SECRET: Final = 200


class Pace:
    """A bucket per key that fills `per_minute` times a minute; a request takes one. Each process keeps its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, key: str, *, per_minute: int, now: float) -> int:
        """Take one from the key's bucket; give the seconds to wait (0: go on). `now` is in seconds."""
        with self._lock:
            left, since = self._buckets.get(key, (float(per_minute), now))
            left = min(float(per_minute), left + max(0.0, now - since) * per_minute / 60)
            if left < 1:
                self._buckets[key] = (left, now)
                return max(1, math.ceil((1 - left) * 60 / per_minute)) if per_minute > 0 else 60
            self._buckets[key] = (left - 1, now)
            return 0


PACE: Final = Pace()


class KeyWith(HttpBearer):
    """A key in `Authorization: Bearer fanal_…` that has one right.

    Refused: no key or an unknown one (401), a key without the right (403), a key that asks too often (429).
    """

    def __init__(self, right: KeyRight) -> None:
        self.right = right
        super().__init__()

    def __call__(self, request: HttpRequest) -> api_keys.Key:
        """Find the key, or raise what stands in the way."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise Refused(say.KEY_MISSING)
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> api_keys.Key:
        """Check the secret, then the right, then the pace, in this order."""
        del request
        key = api_keys.find(token) if len(token) <= MAX_SECRET and token.isascii() and token.isprintable() else None
        if key is None:
            raise Refused(say.KEY_UNKNOWN)
        if self.right not in key.rights:
            raise NotAllowed(say.right_missing(self.right))
        seconds = PACE.wait(key.id, per_minute=key.per_minute, now=world.current().now().timestamp())
        if seconds:
            raise Slow(seconds)
        return key
