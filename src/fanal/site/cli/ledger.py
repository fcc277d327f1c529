"""`fanal ledger`: write the ledger out for the world, and check such a copy with nothing but the public key."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from fanal.core.errors import Broken, FanalError
from fanal.core.ledger import audit, checkpoint, note
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SUMMARY = "Write the ledger to a folder (export), or check such a folder offline (verify)."

FINE, REFUSED, WRONG_USE = 0, 1, 2
_MOST_BYTES = 256 * (2**16 + 1)  # a full bundle of the longest entries: no file of a log is larger


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two subcommands."""
    what = parser.add_subparsers(dest="what", required=True, metavar="export|verify")
    export = what.add_parser("export", help="write tiles, entries, checkpoint and public key to a folder")
    export.add_argument("folder", metavar="DIR", type=Path, help="the folder to write or to refresh")
    verify = what.add_parser("verify", help="check an exported folder; needs no database")
    verify.add_argument("folder", metavar="DIR", type=Path, help="the exported folder")
    verify.add_argument("--public-key", metavar="FILE", type=Path, required=True, help="the ledger's vkey line")
    verify.add_argument("--against", metavar="FILE", type=Path, help="an earlier checkpoint that must still hold")
    verify.add_argument("--json", action="store_true", help="answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Do it: 0 fine, 1 refused, 2 wrong use or failure."""
    return _export(options.folder) if options.what == "export" else _verify(options)


def _export(folder: Path) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.site.settings.sequencer")
    # Only here: everything below needs the settings, and verify must work where there are none.
    import django

    from fanal.site import env
    from fanal.wire import notes

    try:
        key = notes.read_public(env.read(os.environ).keys / "ledger.vkey")
        django.setup()
    except FanalError as failure:
        return _complain(failure.reason.text.en)

    from django.db import Error

    from fanal.ledger import export

    try:
        signed = export.write(folder, vkey=note.vkey(key))
    except FanalError as failure:
        return _complain(failure.reason.text.en, REFUSED)
    except Error:
        return _complain("The database does not answer. Is it running? See “fanal doctor”.")
    except OSError:
        return _complain("The folder cannot be written: is there room, and the right to write?")
    print(f"{signed.origin}: {signed.size} entries written")
    return FINE


def _verify(options: argparse.Namespace) -> int:
    from fanal.wire import notes

    folder: Path = options.folder
    earlier: Path | None = options.against
    if not folder.is_dir():
        return _complain("There is no such folder to verify.")
    for file in (options.public_key, earlier):
        if file is not None and not file.is_file():
            return _complain(f"{_shown(str(file))}: there is no such file.")
    subject: Path = options.public_key
    try:
        key = notes.read_public(subject)
        against = None
        if earlier is not None:
            subject = earlier
            against = checkpoint.verify(_read(earlier) or b"", key, check=notes.check)
    except Broken as broken:
        return _complain(f"{_shown(str(subject))}: {broken.reason.text.en}", REFUSED)
    names = [(Path(top) / name).relative_to(folder).as_posix() for top, _, files in os.walk(folder) for name in files]
    found = audit.audit(
        names=names, read=lambda name: _read(folder / name), key=key, check=notes.check, against=against
    )
    if options.json:
        print(json.dumps(_told(found), ensure_ascii=False, indent=2))
    else:
        _say(found, files=len(names), against=against)
    return REFUSED if found.flaws else FINE


def _say(found: audit.Audit, *, files: int, against: checkpoint.Checkpoint | None) -> None:
    for flaw in found.flaws:
        print(f"REFUSED {_shown(flaw.file)}: {flaw.reason.text.en}")
    signed = found.checkpoint
    if found.flaws or signed is None:
        return
    print(f"{_shown(signed.origin)}: {signed.size} entries in {files} files")
    print(f"root {signed.root.hex()}")
    if against:
        print(f"It extends the earlier checkpoint of {against.size} entries.")
    print("The ledger holds.")


def _told(found: audit.Audit) -> dict[str, object]:
    signed = found.checkpoint
    return {
        "holds": not found.flaws,
        "origin": signed.origin if signed else None,
        "size": signed.size if signed else None,
        "root": signed.root.hex() if signed else None,
        "flaws": [
            {
                "file": flaw.file.encode("utf-8", "backslashreplace").decode(),
                "code": flaw.reason.code,
                "reason": {"en": flaw.reason.text.en, "fr": flaw.reason.text.fr},
            }
            for flaw in found.flaws
        ],
    }


def _read(path: Path) -> bytes | None:
    """Read one file; None where it is not there or cannot be read. What is too long is cut, and so refused."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        return None


def _shown(text: str) -> str:
    """Give a name that cannot play with the terminal."""
    return text.encode("unicode_escape").decode()


def _complain(text: str, code: int = WRONG_USE) -> int:
    print(text, file=sys.stderr)
    return code
