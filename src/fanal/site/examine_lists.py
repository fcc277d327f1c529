"""What “fanal doctor” looks at of lists of fingerprints: which there are, and whether each is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.core.bank import OWN_LIST
from fanal.core.errors import FanalError
from fanal.site.examine import NOTE, Finding, fault, fine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fanal.site.env import Env


def lists(env: Env) -> Iterator[Finding]:
    """Open each list and count its entries; a damaged one is left out of every look-up until it is imported again."""
    folder = env.data / "lists"
    found = sorted(one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    if not found:
        yield fine(
            "lists",
            "no list of fingerprints: reported ones are compared with each other",
            "aucune liste d’empreintes\u202f: celles qui sont signalées sont comparées entre elles",
        )
    for one in found:
        yield _list(one)


def _list(folder: Path) -> Finding:
    from fanal.matching.lists import HashList  # noqa: PLC0415 - numpy and numba take their time

    name = folder.name
    try:
        opened = HashList.open(folder)
        kinds = [path.stem for path in sorted((folder / f"v{opened.card.version:06d}").glob("*.index"))]
        for kind in kinds:
            opened.index(kind)
    except (FanalError, OSError):
        return fault(
            "lists",
            (f"the list {name} is damaged, and matches nothing", f"la liste {name} est abîmée, et ne trouve rien"),
            ("import it again: fanal lists import --help", "importez-la de nouveau\u202f: fanal lists import --help"),
        )
    if not (opened.card.category or opened.card.negative or folder.name == OWN_LIST):
        return fault(
            "lists",
            (
                f"the list {name} says no category of ours: what matches it is not ranked by it",
                f"la liste {name} ne dit aucune de nos catégories\u202f: ce qui y correspond n’est pas classé par elle",
            ),
            (
                "import it again with --category, as child-sexual",
                "importez-la de nouveau avec --category, comme child-sexual",
            ),
            state=NOTE,
        )
    return fine(
        "lists",
        f"{name}, version {opened.card.version}: {len(opened)} entries, {', '.join(kinds)}",
        f"{name}, version {opened.card.version}\u202f: {len(opened)} éléments, {', '.join(kinds)}",
    )
