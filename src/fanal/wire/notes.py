"""Ed25519 keys for signed notes: made, read from files, and used to sign and to check.

The private key's file holds one line in the form of Go's sumdb/note, `PRIVATE+KEY+name+id+base64(kind ‖ seed)`; the
public one holds a C2SP vkey line. Any program of that family reads both.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fanal.core.errors import Broken
from fanal.core.ledger import note
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path

UNREADABLE = reason(
    "ledger.key.unreadable",
    en="The ledger's key file cannot be read, or is not one.",
    fr="Le fichier de clé du registre est illisible, ou n’en est pas un.",
)
_PREFIX = "PRIVATE+KEY+"
_MOST_BYTES = 4096


def new(name: str, *, private: Path, public: Path) -> note.Key:
    """Make a key named `name` (the log's origin) and write both files; refuse to replace a private one."""
    secret = Ed25519PrivateKey.generate()
    key = note.Key(name, secret.public_key().public_bytes_raw())
    kind_and_seed = base64.b64encode(bytes([note.ED25519]) + secret.private_bytes_raw()).decode()
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{_PREFIX}{name}+{key.id().hex()}+{kind_and_seed}\n")
    public.write_text(note.vkey(key) + "\n")
    return key


def read_signer(path: Path) -> note.Signer:
    """Read a private key's file; Broken where it is not one."""
    line = _line(path)
    name, _, rest = line.removeprefix(_PREFIX).partition("+")
    told, _, encoded = rest.partition("+")
    try:
        raw = note.unbase64(encoded)
        secret = Ed25519PrivateKey.from_private_bytes(raw[1:])
        key = note.Key(name, secret.public_key().public_bytes_raw())
    except (Broken, ValueError):
        raise Broken(UNREADABLE) from None
    if not line.startswith(_PREFIX) or raw[:1] != bytes([note.ED25519]) or key.id().hex() != told:
        raise Broken(UNREADABLE)
    return note.Signer(key, secret.sign)


def read_public(path: Path) -> note.Key:
    """Read a public key's file (one vkey line); Broken where it is not one."""
    return note.read_vkey(_line(path))


def check(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether `signature` (64 bytes) is by the key `public` (32 bytes) over `message` (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _line(path: Path) -> str:
    """Give the one line of a small text file."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode()
    except (OSError, UnicodeDecodeError):
        raise Broken(UNREADABLE) from None
    return text.removesuffix("\n")
