"""`fanal receipt`: check a receipt file (C2SP tlog-proof) with nothing but the ledger's public key."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fanal.core.errors import Broken
from fanal.core.ledger import entry, proof
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SUMMARY = "Check offline that a receipt proves what it says (verify)."

FINE, REFUSED, WRONG_USE = 0, 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand."""
    what = parser.add_subparsers(dest="what", required=True, metavar="verify")
    verify = what.add_parser("verify", help="check a receipt file; needs no database")
    verify.add_argument("file", metavar="FILE", type=Path, help="the receipt (.tlog-proof)")
    verify.add_argument("--public-key", metavar="FILE", type=Path, required=True, help="the ledger's vkey line")
    verify.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 the receipt holds, 1 it is refused, 2 wrong use."""
    from fanal.wire import notes

    for file in (options.public_key, options.file):
        if not file.is_file():
            print(f"{_shown(str(file))}: there is no such file.", file=sys.stderr)
            return WRONG_USE
    subject: Path = options.public_key
    try:
        key = notes.read_public(subject)
        subject = options.file
        with subject.open("rb") as file:
            receipt = proof.decode(file.read(proof.MOST_BYTES + 1))
        signed = proof.verify(receipt, key, check=notes.check)
        said = entry.decode(receipt.extra)
    except Broken as broken:
        if options.json:
            told = {"holds": False, "code": broken.reason.code, "reason": broken.reason.text.en}
            print(json.dumps(told, ensure_ascii=False, indent=2))
        print(f"{_shown(str(subject))}: {broken.reason.text.en}", file=sys.stderr)
        return REFUSED
    except OSError:
        print(f"{_shown(str(subject))}: the file cannot be read.", file=sys.stderr)
        return WRONG_USE
    told = {
        "holds": True,
        "ledger": signed.origin,
        "size": signed.size,
        "index": receipt.index,
        "event": said.event,
        "event_id": str(said.event_id),
        "at": said.at.isoformat(),
        "commitment": said.commitment.hex(),
    }
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"Recorded at {told['at']}: {_shown(said.event)}, event {said.event_id}")
        print(f"It is entry {receipt.index} of {signed.size} in the ledger {_shown(signed.origin)}.")
        print("The receipt holds.")
    return FINE


def _shown(text: str) -> str:
    """Give a name that cannot play with the terminal."""
    return text.encode("unicode_escape").decode()
