"""Where lists come from, one file a shape: each reads a file, and where there is a service, fetches from it."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from fanal.core.errors import Refused
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fanal.matching.lists import Entry, Gone

UNKNOWN: Final = reason(
    "source.unknown",
    en="There is no such shape of list. “fanal lists import --help” names those that are read.",
    fr="Cette forme de liste n’existe pas. « fanal lists import --help » nomme celles qui sont lues.",
)
NOT_THIS_SHAPE: Final = reason(
    "source.shape",
    en="This file does not have the shape that was named: nothing was imported.",
    fr="Ce fichier n’a pas la forme annoncée : rien n’a été importé.",
)
NO_CLIENT: Final = reason(
    "source.no-client",
    en="Reading this list needs the package threatexchange: install Fanal with the extra “exchange”.",
    fr="Lire cette liste demande le paquet threatexchange : installez Fanal avec l’extra « exchange ».",
)
NO_ANSWER: Final = reason(
    "source.no-answer",
    en="The service did not answer, or not as it should: nothing was changed. Look at its address and at your access.",
    fr="Le service n’a pas répondu, ou pas comme il devrait : rien n’a changé. Vérifiez son adresse et vos accès.",
)
NO_SERVICE: Final = reason(
    "source.no-service",
    en="Lists of this shape are not fetched: import a file.",
    fr="Les listes de cette forme ne sont pas téléchargées : importez un fichier.",
)
OTHER_KIND: Final = reason(
    "source.kind",
    en="A fingerprint of a kind that is not read here; the rest of the entry was taken.",
    fr="Une empreinte d’un type qui n’est pas lu ici ; le reste de l’élément a été pris.",
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A line, or an entry by its place, that could not be taken, and why. It stops nothing."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Service:
    """Where a list is fetched from: the address ("" for the service's own), and two words that open it."""

    at: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """One shape of lists. `whole` says whether a file of it holds everything, or what changed.

    `fetch`, where there is a service, gives what changed between two moments (seconds since 1970); the later one may
    be kept as how far it was read only once everything came.
    """

    name: str
    title: str
    whole: bool
    read: Callable[[BinaryIO], Iterator[Entry | Gone | Bad]]
    fetch: Callable[[Service, int, int], Iterator[Entry | Gone | Bad]] | None = None


@functools.cache
def every() -> dict[str, Source]:
    """Give every shape, by name."""
    found = [importlib.import_module(f"{__name__}.{one.name}").SOURCE for one in pkgutil.iter_modules(__path__)]
    return {one.name: one for one in found}


def find(name: str) -> Source:
    """Give the shape of that name; Refused where there is none."""
    try:
        return every()[name]
    except KeyError:
        raise Refused(UNKNOWN) from None
