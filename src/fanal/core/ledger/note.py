"""Signed notes (C2SP signed-note): text, then lines that say who signed it. Signing itself is done by wire/notes.py."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from fanal.core.errors import Broken
from fanal.core.reasons import reason

ED25519 = 1
KEY_BYTES = 32
SIGNATURE_BYTES = 64
MOST_BYTES = 1_000_000  # far above the 16 signatures that the specification wants read
_ID_BYTES = 4
_DASH = "— "

Check = Callable[[bytes, bytes, bytes], bool]  # (public key, signature, message) → does it hold?

NO_NOTE = reason("ledger.note.unread", en="This is not a signed note.", fr="Ce n’est pas une note signée.")
NO_KEY = reason(
    "ledger.key.unread",
    en="This is not a public key line (name+id+key) of the Ed25519 kind.",
    fr="Ce n’est pas une ligne de clé publique (nom+identifiant+clé) de type Ed25519.",
)
UNSIGNED = reason(
    "ledger.note.unsigned",
    en="The note carries no signature by this key.",
    fr="La note ne porte aucune signature de cette clé.",
)
FORGED = reason(
    "ledger.note.forged",
    en="The signature does not hold: the note was changed, or another key signed it.",
    fr="La signature ne tient pas : la note a été modifiée, ou une autre clé l’a signée.",
)


@dataclass(frozen=True, slots=True)
class Key:
    """A log's public key: its name and the 32 bytes of Ed25519 (RFC 8032)."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _named(self.name) or len(self.public) != KEY_BYTES:
            raise Broken(NO_KEY)

    def id(self) -> bytes:
        """Give the 4 bytes that name this key in a signature line."""
        told = self.name.encode() + b"\n" + bytes([ED25519]) + self.public
        return hashlib.sha256(told).digest()[:_ID_BYTES]


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that can sign: `sign` turns the text's bytes into 64 bytes of signature."""

    key: Key
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who is said to have signed, and with what result."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read: its text (ends in a newline) and its signatures. Trust nothing in it before `verify`."""

    text: str
    signatures: tuple[Signature, ...]


def vkey(key: Key) -> str:
    """Write the public key line: name, id in hex, and base64 of the kind and the key, joined by +."""
    return f"{key.name}+{key.id().hex()}+{base64.b64encode(bytes([ED25519]) + key.public).decode()}"


def read_vkey(line: str) -> Key:
    """Read a public key line; Broken for another kind, a wrong id, or anything written in another way."""
    parts = line.split("+", 2)
    if len(parts) != 3:  # noqa: PLR2004 - name, id, key
        raise Broken(NO_KEY)
    name, told, encoded = parts
    try:
        raw = unbase64(encoded)
    except Broken:
        raise Broken(NO_KEY) from None
    if raw[:1] != bytes([ED25519]):
        raise Broken(NO_KEY)
    key = Key(name, raw[1:])
    if key.id().hex() != told:
        raise Broken(NO_KEY)
    return key


def sign(text: str, signer: Signer) -> str:
    """Give the note: `text` (ends in a newline), a blank line, and the signature line."""
    if not text.endswith("\n") or not _printable(text):
        raise Broken(NO_NOTE)
    signed = base64.b64encode(signer.key.id() + signer.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{signer.key.name} {signed}\n"


def read(raw: bytes) -> Note:
    """Read a note's shape; Broken for anything that is not exactly one."""
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Broken(NO_NOTE) from None
    text, gap, lines = whole.rpartition("\n\n")
    if len(raw) > MOST_BYTES or not gap or not lines.endswith("\n") or not _printable(whole):
        raise Broken(NO_NOTE)
    return Note(text + "\n", tuple(_signature(line) for line in lines[:-1].split("\n")))


def verify(note: Note, key: Key, *, check: Check) -> str:
    """Give the text once `key` is seen to have signed it. Other keys' lines are passed over, as the format wants."""
    ours = [one for one in note.signatures if one.name == key.name and one.key_id == key.id()]
    if not ours:
        raise Broken(UNSIGNED)
    if not all(
        len(one.signature) == SIGNATURE_BYTES and check(key.public, one.signature, note.text.encode()) for one in ours
    ):
        raise Broken(FORGED)
    return note.text


def unbase64(text: str) -> bytes:
    """Read base64 in its one canonical form, so that no bit of it can change unseen; Broken otherwise."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Broken(NO_NOTE) from None
    if base64.b64encode(raw).decode() != text:
        raise Broken(NO_NOTE)
    return raw


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _named(name):
        raise Broken(NO_NOTE)
    raw = unbase64(encoded)
    if len(raw) <= _ID_BYTES:
        raise Broken(NO_NOTE)
    return Signature(name, raw[:_ID_BYTES], raw[_ID_BYTES:])


def _named(name: str) -> bool:
    return bool(name) and "+" not in name and not any(symbol.isspace() for symbol in name) and _printable(name)


def _printable(text: str) -> bool:
    return all(symbol >= " " or symbol == "\n" for symbol in text)
