"""Checkpoints (C2SP tlog-checkpoint): the signed statement of a log's name, size and root."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from fanal.core.errors import Broken
from fanal.core.ledger import note, tree
from fanal.core.reasons import reason

NO_CHECKPOINT = reason(
    "ledger.checkpoint.unread",
    en="This is not a checkpoint: name, size and root hash, one a line.",
    fr="Ce n’est pas un point de contrôle : nom, taille et empreinte racine, un par ligne.",
)
FOREIGN = reason(
    "ledger.checkpoint.foreign",
    en="This checkpoint speaks of another log than the key does.",
    fr="Ce point de contrôle parle d’un autre registre que celui de la clé.",
)
_LINES = 3
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, how many entries it holds, and the root over them."""

    origin: str
    size: int
    root: bytes


def encode(checkpoint: Checkpoint) -> str:
    """Write the text that is signed."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"


def decode(text: str) -> Checkpoint:
    """Read the text of a checkpoint; extension lines are passed over. Broken for anything else."""
    lines = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(lines) < _LINES or not all(lines):
        raise Broken(NO_CHECKPOINT)
    origin, size, root = lines[:_LINES]
    try:
        read = Checkpoint(origin, decimal(size), note.unbase64(root))
    except Broken:
        raise Broken(NO_CHECKPOINT) from None
    if len(read.root) != tree.HASH_BYTES:
        raise Broken(NO_CHECKPOINT)
    return read


def sign(checkpoint: Checkpoint, signer: note.Signer) -> str:
    """Write and sign a checkpoint. The log's name is the key's name."""
    if checkpoint.origin != signer.key.name:
        raise Broken(FOREIGN)
    return note.sign(encode(checkpoint), signer)


def verify(raw: bytes, key: note.Key, *, check: note.Check) -> Checkpoint:
    """Read a signed checkpoint of the log that `key` names; Broken unless everything in it holds."""
    read = decode(note.verify(note.read(raw), key, check=check))
    if read.origin != key.name:
        raise Broken(FOREIGN)
    return read


def decimal(text: str) -> int:
    """Read a decimal number in its one form: ASCII digits, no leading zero, below 2**63."""
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0") or len(text) > len(str(_MOST)):
        raise Broken(NO_CHECKPOINT)
    if int(text) > _MOST:
        raise Broken(NO_CHECKPOINT)
    return int(text)
