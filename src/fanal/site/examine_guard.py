"""What “fanal doctor” looks at of the guard: whether it knows the names of everything that was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from fanal.site.examine import NOTE, Finding, fault, fine

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTS = """
SELECT (SELECT count(*) FROM store_guardname), count(*), count(*) FILTER (WHERE named IS NULL) FROM store_target
"""


def names(owner: psycopg.Connection) -> Iterator[Finding]:
    """Count names, and the targets that have none: what the guard does not know, it lets pass."""
    try:
        row = owner.execute(_COUNTS).fetchone()
    except psycopg.errors.UndefinedTable:
        return  # `tables` has said so
    known, targets, waiting = row or (0, 0, 0)
    if waiting:
        yield fault(
            "guard",
            (
                f"{waiting} of {targets} targets are not known to the guard yet: drafts that name them pass",
                f"{waiting} des {targets} cibles sont encore inconnues de la garde\u202f: ce qui les nomme passe",
            ),
            (
                "the worker names them within minutes; is it running? see logs/worker.log",
                "l’exécutant les nomme en quelques minutes\u202f; tourne-t-il\u202f? voir logs/worker.log",
            ),
            state=NOTE,
        )
    else:
        yield fine("guard", f"{known} names of {targets} targets", f"{known} noms de {targets} cibles")
