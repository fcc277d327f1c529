"""Check a receipt file (C2SP tlog-proof) with nothing but the ledger's public key."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.ledger import entry, proof
from fanal.core.text import Text
from fanal.site.cli import FAILED, FINE, FOUND, speaks

if TYPE_CHECKING:
    import argparse

    from fanal.core.reasons import Reason

SUMMARY = "verify a reporter's proof that a report was received and when"

NO_FILE = Text(en="There is no such file.", fr="Ce fichier n’existe pas.")
SEEN = Text(
    en="Recorded at {at}: {event}, event {id}\nIt is entry {index} of {size} in the ledger {origin}.\n"
    "The receipt holds.",
    fr="Inscrit le {at} : {event}, événement {id}\nC’est l’inscription {index} sur {size} du registre {origin}.\n"
    "Le récépissé est authentique.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommand."""
    what = parser.add_subparsers(dest="what", required=True, metavar="verify")
    verify = what.add_parser("verify", help="check a receipt file; needs no database")
    verify.add_argument("file", metavar="FILE", type=Path, help="the receipt (.tlog-proof)")
    verify.add_argument("--public-key", metavar="FILE", type=Path, required=True, help="the ledger's vkey line")
    verify.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 the receipt holds, 1 it is refused, 2 wrong use or failure."""
    from fanal.wire import notes  # noqa: PLC0415 - cryptography takes its time to load

    for path in (options.public_key, options.file):
        if not path.is_file():
            print(f"fanal: {_shown(path)}: {NO_FILE.speak(speaks())}", file=sys.stderr)
            return FAILED
    subject: Path = options.public_key
    try:
        key = notes.read_public(subject)
        subject = options.file
        with subject.open("rb") as file:
            receipt = proof.decode(file.read(proof.MOST_BYTES + 1))
        signed = proof.verify(receipt, key, check=notes.check)
        said = entry.decode(receipt.extra)
    except Broken as broken:
        return _refuse(subject, broken.reason, as_json=options.json)
    if options.json:
        told = {
            "holds": True,
            "origin": signed.origin,
            "size": signed.size,
            "index": receipt.index,
            "event": said.event,
            "event_id": str(said.event_id),
            "at": said.at.isoformat(),
            "commitment": said.commitment.hex(),
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(
            SEEN.speak(speaks()).format(
                at=said.at.isoformat(),
                event=_shown(said.event),
                id=said.event_id,
                index=receipt.index,
                size=signed.size,
                origin=_shown(signed.origin),
            )
        )
    return FINE


def _refuse(subject: Path, why: Reason, *, as_json: bool) -> int:
    if as_json:
        told = {"holds": False, "code": why.code, "reason": {"en": why.text.en, "fr": why.text.fr}}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    print(f"fanal: {_shown(subject)}: {why.text.speak(speaks())}", file=sys.stderr)
    return FOUND


def _shown(name: str | Path) -> str:
    """Give a name that cannot play with the terminal."""
    return str(name).encode("unicode_escape").decode()
