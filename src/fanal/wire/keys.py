"""The keys of one process: content at rest, blind indexes, receipts, and the public half of the vault's seal.

A process is given only the files that its work needs. Nothing here is logged, cached by value or shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyrage
import tink
from pyrage import x25519
from tink import aead, json_proto_keyset_format, prf, secret_key_access

from fanal.core.errors import Broken
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

aead.register()
prf.register()

INDEX_BYTES = 16

UNREADABLE = reason(
    "key.unreadable",
    en="Something stored cannot be decrypted with the present keyset. Run “fanal doctor”.",
    fr="Une donnée ne peut être déchiffrée avec le jeu de clés présent. Lancez « fanal doctor ».",
)
ABSENT = reason(
    "key.absent",
    en="This process was not given the key for this. Run “fanal doctor”.",
    fr="Ce processus n’a pas reçu la clé nécessaire. Lancez « fanal doctor ».",
)


class Keyring:
    """What one process can encrypt, find, derive and seal with. A part that was not given raises Broken when used."""

    def __init__(
        self,
        *,
        content: tink.KeysetHandle | None = None,
        index: tink.KeysetHandle | None = None,
        receipts: tink.KeysetHandle | None = None,
        vault: tuple[x25519.Recipient, ...] = (),
    ) -> None:
        self._content = content.primitive(aead.Aead) if content else None
        self._index = index.primitive(prf.PrfSet) if index else None
        self._receipts = receipts.primitive(prf.PrfSet) if receipts else None
        self._vault = vault

    def close(self, plain: bytes, *, row: UUID | str, field: str) -> bytes:
        """Encrypt `plain` (AES-256-GCM) so that it opens only as this field of this row."""
        if self._content is None:
            raise Broken(ABSENT)
        return bytes(self._content.encrypt(plain, f"{field}|{row}".encode()))

    def open(self, closed: bytes | memoryview, *, row: UUID | str, field: str) -> bytes:
        """Decrypt what `close` made for this field of this row; Broken for anything else."""
        if self._content is None:
            raise Broken(ABSENT)
        try:
            return bytes(self._content.decrypt(bytes(closed), f"{field}|{row}".encode()))
        except tink.TinkError:
            raise Broken(UNREADABLE) from None

    def index(self, value: str, *, kind: str) -> bytes:
        """Give the blind index (HMAC-SHA-256, 16 bytes) of `value` under the present key; `kind` keeps uses apart."""
        if self._index is None:
            raise Broken(ABSENT)
        return bytes(self._index.primary().compute(f"{kind}|{value}".encode(), INDEX_BYTES))

    def indexes(self, value: str, *, kind: str) -> tuple[bytes, ...]:
        """Give the blind indexes of `value` under every key of the set: what a search looks for during a rotation."""
        if self._index is None:
            raise Broken(ABSENT)
        message = f"{kind}|{value}".encode()
        return tuple(bytes(one.compute(message, INDEX_BYTES)) for one in self._index.all().values())

    def receipt(self, nonce: bytes) -> bytes:
        """Derive 32 bytes for a follow-up code from a one-time nonce: the same submit gives the same code."""
        if self._receipts is None:
            raise Broken(ABSENT)
        return bytes(self._receipts.primary().compute(nonce, 32))

    def seal(self, plain: bytes) -> bytes:
        """Encrypt to the custodians' public keys (age, X25519). No key of this process opens it again."""
        if not self._vault:
            raise Broken(ABSENT)
        return bytes(pyrage.encrypt(plain, list(self._vault)))

    @staticmethod
    def seal_to(plain: bytes, age_recipient: str) -> bytes:
        """Encrypt to one recipient's public age key, for the sealed annex of a dispatch."""
        try:
            return bytes(pyrage.encrypt(plain, [x25519.Recipient.from_str(age_recipient)]))
        except pyrage.RecipientError:
            raise Broken(ABSENT) from None


def new_content() -> tink.KeysetHandle:
    """Make a keyset for content at rest."""
    return tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)


def new_index() -> tink.KeysetHandle:
    """Make a keyset for blind indexes, or for receipts."""
    return tink.new_keyset_handle(prf.prf_key_templates.HMAC_SHA256)


def write(handle: tink.KeysetHandle, path: Path) -> None:
    """Write a keyset to a new file that only its owner reads; refuse to replace one."""
    text = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text)


def read(path: Path) -> tink.KeysetHandle:
    """Read a keyset; Broken where the file is not one."""
    try:
        return json_proto_keyset_format.parse(path.read_text(), secret_key_access.TOKEN)
    except (OSError, tink.TinkError, ValueError):
        raise Broken(ABSENT) from None


def read_vault(path: Path) -> tuple[x25519.Recipient, ...]:
    """Read the custodians' public keys, one `age1…` a line; lines that begin with # say whose they are."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        return tuple(x25519.Recipient.from_str(line) for line in lines if line and not line.startswith("#"))
    except (OSError, pyrage.RecipientError):
        raise Broken(ABSENT) from None


def load(folder: Path, *, parts: frozenset[str]) -> Keyring:
    """Load the named `parts` (content, index, receipts, vault) from a folder of key files."""
    return Keyring(
        content=read(folder / "content.json") if "content" in parts else None,
        index=read(folder / "index.json") if "index" in parts else None,
        receipts=read(folder / "receipts.json") if "receipts" in parts else None,
        vault=read_vault(folder / "vault.recipients") if "vault" in parts else (),
    )
