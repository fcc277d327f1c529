"""Everything of Fanal that somebody outside can read, and what the guard asks of each: one table.

A test compares it with the code: whatever writes a file, sends, prints or answers is named here, or the build fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

OWN: Final = frozenset({"fanal.invalid"})  # stands in drafts where the operator's own mail program puts its domain
EXAMPLES: Final = frozenset({"name@example.org", "nom@example.org"})  # in sentences that say how something is written
LAW: Final = frozenset({"legifrance.gouv.fr", "eur-lex.europa.eu"})


class Asked(StrEnum):
    """What is asked of a text before somebody may read it."""

    PLAIN = "plain"  # it may name its target, defanged: no link, no live form (plain.py)
    NAMES = "names"  # it names nothing that was reported, however disguised (answer.py, over the index)
    LINES = "lines"  # constant words, counts, references and codes (lines.py)
    OWN = "own"  # what the reader typed or asked for, given back to that reader alone
    SEALED = "sealed"  # for one key, or for machines: no words in it


@dataclass(frozen=True, slots=True)
class Surface:
    """One thing that can be read outside: by whom, what is asked of it, where in production, and the files it is in.

    `where` names the function that asks; "" where the text is the same for everybody and the tests ask instead.
    """

    name: str
    reader: str
    asked: Asked
    where: str
    files: tuple[str, ...]


SURFACES: Final = ()
