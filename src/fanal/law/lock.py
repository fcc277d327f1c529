"""The lock: one digest for each published offence, so that a text in use never changes unnoticed.

`python -m fanal.law.lock` adds a line for each new entry. It changes no line and takes none away: an offence that
must change is ended (`in_force_until`, which the digest leaves out) and another follows it under another id.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from fanal import law
from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fanal.core.catalogue import Catalogue

NAME = "catalogue.lock"
LINE = re.compile(r"(?P<name>[a-z]+/\S+) (?P<digest>[0-9a-f]{64})")
HEAD = (
    "# SHA-256 of the canonical form of each published offence: jurisdiction/id digest.\n"
    "# Lines are only ever added, by: python -m fanal.law.lock\n"
)


def read(path: Path) -> dict[str, str]:
    """Read a lock: "jurisdiction/id" → digest; {} where there is no file. Broken where a line is not one."""
    if not path.exists():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [LINE.fullmatch(line) for line in lines]
    locked = {row["name"]: row["digest"] for row in rows if row is not None}
    if len(locked) < len(lines):
        told = f"{path.name}: not a list of names and digests, each once."
        raise Broken(reason("law.lock", en=told, fr=f"{path.name} : ce n’est pas une liste de noms et d’empreintes."))
    return locked


def changed(catalogue: Catalogue, locked: Mapping[str, str]) -> tuple[Text, ...]:
    """Say which published offences of a catalogue were edited, or taken away, since they were locked."""
    there = digests(catalogue)
    mine = {name: digest for name, digest in locked.items() if name.startswith(f"{catalogue.jurisdiction}/")}
    return tuple(
        _edited(name) if name in there else _gone(name)
        for name, digest in sorted(mine.items())
        if there.get(name) != digest
    )


def unlocked(catalogue: Catalogue, locked: Mapping[str, str]) -> tuple[str, ...]:
    """List the offences of a catalogue that are not in the lock yet."""
    return tuple(name for name in digests(catalogue) if name not in locked)


def add(folder: Path) -> tuple[str, ...]:
    """Lock every offence in `folder` that is not locked yet, and list them.

    Broken, and nothing written, where a locked offence was edited or taken away.
    """
    path = folder / NAME
    locked = read(path)
    catalogues = [law.read(file) for file in law.files(folder)]
    faults = [fault for catalogue in catalogues for fault in changed(catalogue, locked)]
    if faults:
        told = Text(en="\n".join(one.en for one in faults), fr="\n".join(one.fr for one in faults))
        raise Broken(reason("law.lock", en=told.en, fr=told.fr))
    new = {name: digest for one in catalogues for name, digest in digests(one).items() if name in unlocked(one, locked)}
    rows = sorted({**locked, **new}.items())
    path.write_text(HEAD + "".join(f"{name} {digest}\n" for name, digest in rows), encoding="utf-8")
    return tuple(new)


def digests(catalogue: Catalogue) -> dict[str, str]:
    """Give the digest of every offence of a catalogue by its name in the lock, "jurisdiction/id"."""
    return {f"{catalogue.jurisdiction}/{one.id}": one.digest for one in catalogue.offences}


def _edited(name: str) -> Text:
    return Text(
        en=f"{name}: this published offence was edited. End it (in_force_until) and add another under another id.",
        fr=f"{name} : cette infraction publiée a été modifiée. Terminez-la (in_force_until) et ajoutez-en une autre.",
    )


def _gone(name: str) -> Text:
    return Text(
        en=f"{name}: this published offence is gone. Put it back, and end it (in_force_until).",
        fr=f"{name} : cette infraction publiée a disparu. Remettez-la, et terminez-la (in_force_until).",
    )


def main() -> int:
    """Lock what is new in the folder that is shipped; 0 when that is done, 1 when it is refused."""
    try:
        new = add(law.FOLDER)
    except Broken as refusal:
        sys.stderr.write(refusal.reason.text.en + "\n")
        return 1
    sys.stdout.write("".join(f"locked {name}\n" for name in new) or "nothing new\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
