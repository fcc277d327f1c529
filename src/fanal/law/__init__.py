"""Legal catalogues: one TOML file a jurisdiction, read strictly; a bad file stops the start."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.reasons import Reason, reason
from fanal.core.text import Text
from fanal.law import build, check

if TYPE_CHECKING:
    from fanal.core.catalogue import Catalogue

FOLDER = Path(__file__).parent
JURISDICTION = "fr"


def load(folder: Path | None = None, *, jurisdiction: str = JURISDICTION) -> Catalogue:
    """Read the catalogue of one jurisdiction from `folder` (by default the one that is shipped).

    Broken where the file cannot be read or an entry is not as it must be: the reason names file, entry and fault.
    """
    return read((folder or FOLDER) / f"{jurisdiction}.toml")


def read(path: Path) -> Catalogue:
    """Read and check one catalogue file; Broken, with every fault in the reason's text, where it is not good."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Broken(_broken(Text(en=f"{path.name}: there is no such file.", fr=f"{path.name} : absent."))) from None
    except (OSError, UnicodeDecodeError):
        unread = Text(en=f"{path.name}: the file cannot be read.", fr=f"{path.name} : fichier illisible.")
        raise Broken(_broken(unread)) from None
    except tomllib.TOMLDecodeError as error:
        not_toml = Text(en=f"{path.name}: not TOML: {error}.", fr=f"{path.name} : ce n’est pas du TOML : {error}.")
        raise Broken(_broken(not_toml)) from None
    found = check.faults(document, path.name)
    if found:
        raise Broken(_broken(*found))
    if document["jurisdiction"] != path.stem:
        told = Text(
            en=f"{path.name}: its jurisdiction is another than the file’s name says.",
            fr=f"{path.name} : sa juridiction n’est pas celle que dit le nom du fichier.",
        )
        raise Broken(_broken(told))
    return build.catalogue(document)


def files(folder: Path | None = None) -> tuple[Path, ...]:
    """List every catalogue file of `folder`, sorted by name."""
    return tuple(sorted((folder or FOLDER).glob("*.toml")))


def _broken(*found: Text) -> Reason:
    return reason("law.broken", en="\n".join(one.en for one in found), fr="\n".join(one.fr for one in found))
