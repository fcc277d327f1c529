"""What a custodian does on a machine of their own, never on the server: make the key, open what was unsealed.

fanal custodian new FILE             writes a private key (age) into FILE and prints the public one, for the server
fanal custodian open FILE --key K    opens a sealed box that the server handed out, with the private key in K
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
from pyrage import x25519

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason

if TYPE_CHECKING:
    import argparse

THERE = reason(
    "custodian.there",
    en="That file exists. A key is never replaced: choose another name.",
    fr="Ce fichier existe. Une clé n’est jamais remplacée : choisissez un autre nom.",
)
NO_KEY = reason(
    "custodian.key",
    en="The key file cannot be read, or holds no age private key (AGE-SECRET-KEY-1…).",
    fr="Le fichier de clé est illisible ou ne contient pas de clé privée age (AGE-SECRET-KEY-1…).",
)
NO_BOX = reason(
    "custodian.box",
    en="The sealed box does not open: it was sealed to another key, or changed on the way.",
    fr="Le pli scellé ne s’ouvre pas : il a été scellé pour une autre clé, ou modifié en chemin.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="new|open")
    new = acts.add_parser("new", help="make a custodian's key")
    new.add_argument("file", type=Path, metavar="FILE")
    opening = acts.add_parser("open", help="open a sealed box")
    opening.add_argument("file", type=Path, metavar="FILE")
    opening.add_argument("--key", type=Path, required=True, metavar="K", help="the custodian's private key")


def run(given: argparse.Namespace) -> int:
    """Make a key, or open a box."""
    if given.act == "new":
        print(make(given.file))
        print(
            "Put this line into vault.recipients on the server. Keep the file itself off the server, with a copy in a "
            "safe: without it, no identity can be unsealed.",
            file=sys.stderr,
        )
        return 0
    sys.stdout.buffer.write(unseal(given.file, key=given.key))
    return 0


def make(file: Path) -> str:
    """Write a new private key into `file` (0600, never over another) and give the public one."""
    identity = x25519.Identity.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(THERE) from None
    with os.fdopen(handle, "w") as out:
        out.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def unseal(file: Path, *, key: Path) -> bytes:
    """Give what the sealed box in `file` holds; Broken where the key is none, or does not open it."""
    try:
        lines = key.read_text(encoding="ascii").splitlines()
        identities = [x25519.Identity.from_str(one) for one in map(str.strip, lines) if one and one[0] != "#"]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        raise Broken(NO_KEY) from None
    if not identities:
        raise Broken(NO_KEY)
    sealed = file.read_bytes()
    try:
        return bytes(pyrage.decrypt(sealed, identities))
    except pyrage.DecryptError:
        raise Broken(NO_BOX) from None
