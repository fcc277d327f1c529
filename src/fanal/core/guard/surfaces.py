"""Everything of Fanal that somebody outside can read, and what the guard asks of each: one table.

A test compares it with the code: whatever answers, writes a file, prints or sends stands here, or the build fails.
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

    PLAIN = "plain"  # it may name its target, defanged: no link out of the house, no live form (plain.py, page.py)
    NAMES = "names"  # it names nothing that was reported, however disguised (answer.py over the index; public.py)
    LINES = "lines"  # constant words, counts, references and codes (lines.py)
    FIXED = "fixed"  # the same for everybody: sentences of the code and of the law; the tests look, not the house
    OWN = "own"  # given back to whoever typed it or holds the keys of the machine, and to nobody else
    SEALED = "sealed"  # no words: keys, proofs, fingerprints, what is encrypted
    TOLD = "told"  # the live name itself, to the one party that an operator has switched on for it


@dataclass(frozen=True, slots=True)
class Surface:
    """One thing that can be read outside: who reads it, what is asked of it, which function asks, which files make it.

    `by` is empty where nothing is left to ask when the house runs.
    """

    name: str
    reader: str
    asked: Asked
    by: str
    files: tuple[str, ...]


SURFACES: Final = (
    Surface("pages of the portal", "anyone", Asked.PLAIN, "fanal.site.last_look.LastLook", ("portal/*",)),
    Surface("pages of the desk", "staff", Asked.PLAIN, "fanal.site.last_look.LastLook", ("desk/*",)),
    Surface("answers of the API", "who holds a key", Asked.FIXED, "", ("api/*",)),
    Surface(
        "letters, e-mails, and what any connector builds",
        "recipients",
        Asked.PLAIN,
        "fanal.actions.outgoing.faults",
        ("connectors/*", "wire/outbox.py"),
    ),
    Surface(
        "answers to reporters",
        "everybody who reported a case",
        Asked.NAMES,
        "fanal.core.guard.clearance.clear_text",
        ("actions/follow_up.py",),
    ),
    Surface("published files", "anyone", Asked.NAMES, "fanal.core.guard.clearance.clear_files", ("publish/build.py",)),
    Surface("logs", "operators", Asked.LINES, "fanal.site.logs.References", ("site/logs.py", "site/children.py")),
    Surface(
        "the command line, and what it writes beside its own files",
        "who holds the keys of the machine",
        Asked.OWN,
        "",
        ("site/cli/*", "law/lock.py", "matching/scan.py"),
    ),
    Surface("a demonstration’s words", "who tries it", Asked.FIXED, "", ("site/demo*.py", "site/replay.py")),
    Surface("exported lists", "peers", Asked.SEALED, "", ("matching/lists.py",)),
    Surface("the exported ledger", "auditors", Asked.SEALED, "", ("ledger/export.py",)),
    Surface(
        "keys, backups, the database’s own files",
        "operators",
        Asked.SEALED,
        "",
        ("wire/keys.py", "wire/notes.py", "site/setup.py", "site/roles.py", "site/dump.py", "site/postgres.py"),
    ),
    Surface("questions to the operator’s resolver", "that resolver", Asked.TOLD, "", ("wire/resolver.py",)),
    Surface(
        "what passes between processes of one machine, and numbers of hosts read from a file",
        "nobody",
        Asked.OWN,
        "",
        ("site/up.py", "site/leash.py", "matching/video.py", "wire/drafts/pdf_reader.py", "wire/places.py"),
    ),
)
