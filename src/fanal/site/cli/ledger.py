"""Write the ledger out for the world, and check such a copy with nothing but its public key."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.core.errors import Broken, Refused
from fanal.core.ledger import audit, checkpoint, note
from fanal.core.text import Text
from fanal.site.cli import FAILED, FINE, FOUND, speaks

if TYPE_CHECKING:
    import argparse

SUMMARY = "export the ledger, or verify an exported copy with nothing but its public key"

_MOST_BYTES = 256 * (2**16 + 1)  # a full bundle of the longest entries: no file of a log is larger

NO_FOLDER = Text(en="There is no such folder.", fr="Ce dossier n’existe pas.")
NO_FILE = Text(en="There is no such file.", fr="Ce fichier n’existe pas.")
NO_DATABASE = Text(
    en="The database does not answer. Is Fanal running (“fanal up”)?",
    fr="La base de données ne répond pas. Fanal tourne-t-il (« fanal up ») ?",
)
WRITTEN = Text(en="{origin}: {size} entries written.", fr="{origin} : {size} inscriptions écrites.")
WRONG = Text(en="REFUSED {file}: {reason}", fr="REFUSÉ {file} : {reason}")
SEEN = Text(
    en="{origin}: {size} entries in {files} files, root {root}",
    fr="{origin} : {size} inscriptions dans {files} fichiers, racine {root}",
)
EXTENDS = Text(
    en="It extends the earlier checkpoint of {size} entries.",
    fr="Il prolonge le point de contrôle antérieur de {size} inscriptions.",
)
HOLDS = Text(en="The ledger holds.", fr="Le registre est intact.")


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
    # Only here: all this needs the settings, and verify must work where there are none.
    import django  # noqa: PLC0415

    from fanal.site import env  # noqa: PLC0415
    from fanal.wire import notes  # noqa: PLC0415

    key = notes.read_public(env.read(os.environ).keys / "ledger.vkey")
    django.setup()

    from django.db import Error  # noqa: PLC0415

    from fanal.ledger import export  # noqa: PLC0415

    try:
        signed = export.write(folder, vkey=note.vkey(key))
    except Error:  # its text may quote a row
        return _complain(NO_DATABASE.speak(speaks()), FAILED)
    print(WRITTEN.speak(speaks()).format(origin=_shown(signed.origin), size=signed.size))
    return FINE


def _verify(options: argparse.Namespace) -> int:
    from fanal.wire import notes  # noqa: PLC0415 - cryptography takes its time to load

    folder: Path = options.folder
    earlier: Path | None = options.against
    if not folder.is_dir():
        return _complain(f"{_shown(folder)}: {NO_FOLDER.speak(speaks())}", FAILED)
    for file in (options.public_key, earlier):
        if file is not None and not file.is_file():
            return _complain(f"{_shown(file)}: {NO_FILE.speak(speaks())}", FAILED)
    subject: Path = options.public_key
    try:
        key = notes.read_public(subject)
        against = None
        if earlier is not None:
            subject = earlier
            against = checkpoint.verify(_read(earlier) or b"", key, check=notes.check)
    except (Broken, Refused) as failure:
        return _complain(f"{_shown(subject)}: {failure.reason.text.speak(speaks())}", FOUND)
    names = [(Path(top) / name).relative_to(folder).as_posix() for top, _, files in os.walk(folder) for name in files]
    found = audit.audit(
        names=names, read=lambda name: _read(folder / name), key=key, check=notes.check, against=against
    )
    if options.json:
        print(json.dumps(_told(found), ensure_ascii=False, indent=2))
    else:
        _say(found, files=len(names), against=against)
    return FOUND if found.flaws else FINE


def _say(found: audit.Audit, *, files: int, against: checkpoint.Checkpoint | None) -> None:
    for flaw in found.flaws:
        print(WRONG.speak(speaks()).format(file=_shown(flaw.file), reason=flaw.reason.text.speak(speaks())))
    signed = found.checkpoint
    if found.flaws or signed is None:
        return
    origin, root = _shown(signed.origin), signed.root.hex()
    print(SEEN.speak(speaks()).format(origin=origin, size=signed.size, files=files, root=root))
    if against:
        print(EXTENDS.speak(speaks()).format(size=against.size))
    print(HOLDS.speak(speaks()))


def _told(found: audit.Audit) -> dict[str, object]:
    signed = found.checkpoint
    flaws = [
        {
            "file": flaw.file.encode("utf-8", "backslashreplace").decode(),
            "code": flaw.reason.code,
            "reason": {"en": flaw.reason.text.en, "fr": flaw.reason.text.fr},
        }
        for flaw in found.flaws
    ]
    return {
        "holds": not flaws,
        "origin": signed.origin if signed else None,
        "size": signed.size if signed else None,
        "root": signed.root.hex() if signed else None,
        "flaws": flaws,
    }


def _read(path: Path) -> bytes | None:
    """Read one file; None where it is not there or cannot be read. What is too long is cut, and so refused."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        return None


def _shown(name: str | Path) -> str:
    """Give a name that cannot play with the terminal."""
    return str(name).encode("unicode_escape").decode()


def _complain(text: str, code: int) -> int:
    print(f"fanal: {text}", file=sys.stderr)
    return code
