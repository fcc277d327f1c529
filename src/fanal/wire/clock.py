"""The only sources of time and chance."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from uuid import UUID


def now() -> datetime:
    """Give the present moment, in UTC."""
    return datetime.now(UTC)


def new_bytes(size: int) -> bytes:
    """Give `size` unpredictable bytes."""
    return os.urandom(size)


def new_id() -> UUID:
    """Make a UUID version 7 (RFC 9562): ordered by time, so that new rows land beside each other in an index."""
    milliseconds = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (tail >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | (tail & ((1 << 62) - 1))
    return UUID(int=value)
