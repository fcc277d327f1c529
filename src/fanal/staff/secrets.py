"""Secrets that are made for staff and machines: how they look and what is kept of them."""

from __future__ import annotations

import base64
import hashlib

from fanal.wire import clock

KEY_PREFIX = "fanal_"
KEY_BYTES = 32
PASSWORD_BYTES = 15
TOTP_BYTES = 20  # RFC 4226, section 4, R6: 160 bits are recommended


def new_key() -> str:
    """Make the secret of an API key: a prefix that leak scanners can look for, then 256 bits of chance."""
    return KEY_PREFIX + base64.b32encode(clock.new_bytes(KEY_BYTES)).decode().rstrip("=").lower()


def digest(secret: str) -> bytes:
    """Give what is kept of an API key's secret: its SHA-256. Chance of this size cannot be guessed, slow or not."""
    return hashlib.sha256(secret.encode()).digest()


def new_password() -> str:
    """Make a first password of 120 bits, in groups that can be read aloud."""
    text = base64.b32encode(clock.new_bytes(PASSWORD_BYTES)).decode().lower()
    return "-".join(text[at : at + 6] for at in range(0, len(text), 6))


def new_totp() -> str:
    """Make a TOTP secret (RFC 6238) in base32."""
    return base64.b32encode(clock.new_bytes(TOTP_BYTES)).decode()
