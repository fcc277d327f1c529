"""Receipts as files (C2SP tlog-proof): an entry, its place, the hashes that lead to the root, the signed checkpoint."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from fanal.core.errors import Broken
from fanal.core.ledger import checkpoint, note, tree
from fanal.core.reasons import reason

HEADER = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
MOST_BYTES = 1_000_000

NO_RECEIPT = reason(
    "ledger.receipt.unread",
    en="This is not a receipt file (c2sp.org/tlog-proof@v1).",
    fr="Ce n’est pas un fichier de récépissé (c2sp.org/tlog-proof@v1).",
)
NO_ENTRY = reason(
    "ledger.receipt.no-entry",
    en="This receipt does not carry the entry that it is about.",
    fr="Ce récépissé ne contient pas l’inscription dont il parle.",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt as read. `extra` is the entry's canonical bytes: the proof itself authenticates them, not the file."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def encode(proof: Proof) -> bytes:
    """Write a receipt file."""
    lines = [HEADER]
    if proof.extra:
        lines.append(f"extra {base64.b64encode(proof.extra).decode()}")
    lines.append(f"index {proof.index}")
    lines += [base64.b64encode(one).decode() for one in proof.hashes]
    return ("\n".join(lines) + "\n\n" + proof.checkpoint).encode()


def decode(raw: bytes) -> Proof:
    """Read a receipt file's shape; Broken for anything that is not exactly one. Nothing in it is verified yet."""
    if len(raw) > MOST_BYTES:
        raise Broken(NO_RECEIPT)
    try:
        head, gap, signed = raw.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        raise Broken(NO_RECEIPT) from None
    header, *lines = head.split("\n")
    if header != HEADER or not gap:
        raise Broken(NO_RECEIPT)
    extra = lines.pop(0).removeprefix("extra ") if lines and lines[0].startswith("extra ") else ""
    if not lines or not lines[0].startswith("index "):
        raise Broken(NO_RECEIPT)
    try:
        return Proof(
            index=checkpoint.decimal(lines[0].removeprefix("index ")),
            hashes=tuple(note.unbase64(line) for line in lines[1:]),
            checkpoint=signed,
            extra=note.unbase64(extra),
        )
    except Broken:
        raise Broken(NO_RECEIPT) from None


def verify(proof: Proof, key: note.Key, *, check: note.Check) -> checkpoint.Checkpoint:
    """Give the checkpoint, once `key` signed it and the entry in `extra` is proved to stand at `index` under it."""
    if not proof.extra:
        raise Broken(NO_ENTRY)
    signed = checkpoint.verify(proof.checkpoint.encode(), key, check=check)
    tree.check_inclusion(
        leaf_hash=tree.leaf(proof.extra),
        index=proof.index,
        size=signed.size,
        proof=proof.hashes,
        root_hash=signed.root,
    )
    return signed
