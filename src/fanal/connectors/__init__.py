"""Every way out, one module or folder each: drop one in and it is found, checked and tested."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from fanal.core.case import Disclosure
from fanal.core.connector import Connector
from fanal.core.errors import Broken
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from types import ModuleType


@cache
def discover(*packages: str) -> dict[str, Connector]:
    """Find the connectors of this folder (or of the packages named), sorted by name.

    Broken, with a code of its own, for a module without CONNECTOR, one whose name is not its file's, one without
    SAMPLES, and a name that two packages have. Being found is not being used: FANAL_CONNECTORS switches each on.
    """
    found: dict[str, Connector] = {}
    for package in packages or (__name__,):
        for name, module in _modules(package):
            connector = getattr(module, "CONNECTOR", None)
            if not isinstance(connector, Connector):
                raise Broken(_fault("without", name))
            if connector.name != name:
                raise Broken(_fault("misnamed", name))
            if name in found:
                raise Broken(_fault("twice", name))
            if not samples(module):
                raise Broken(_fault("without-samples", name))
            found[name] = connector
    return dict(sorted(found.items()))


def samples(module: ModuleType) -> tuple[Disclosure, ...]:
    """Give the invented disclosures that a connector is tried on; nothing where it has none, or other things."""
    given = getattr(module, "SAMPLES", ())
    if not isinstance(given, tuple) or not all(isinstance(one, Disclosure) for one in given):
        return ()
    return given


def _modules(package: str) -> list[tuple[str, ModuleType]]:
    folder = importlib.import_module(package)
    names = sorted(entry.name for entry in pkgutil.iter_modules(folder.__path__))
    return [(name, importlib.import_module(f"{package}.{name}")) for name in names]


def _fault(what: str, name: str) -> Reason:
    """Say what is wrong with a connector's file; its name is ours, not a value from outside."""
    english, french = _FAULTS[what]
    return reason(f"connector.{what}", en=english.format(name=name), fr=french.format(name=name))


_FAULTS = {
    "without": (
        "The connector file “{name}” has no CONNECTOR. Every file in this folder is a connector.",
        "Le fichier de connecteur «\u202f{name}\u202f» n’a pas de CONNECTOR. Chaque fichier de ce dossier en est un.",
    ),
    "misnamed": (
        "The connector in the file “{name}” has another name. A connector is named as its file.",
        "Le connecteur du fichier «\u202f{name}\u202f» porte un autre nom. Un connecteur se nomme comme son fichier.",
    ),
    "twice": (
        "There are two connectors named “{name}”.",
        "Deux connecteurs se nomment «\u202f{name}\u202f».",
    ),
    "without-samples": (
        "The connector “{name}” has no SAMPLES to be tried on.",
        "Le connecteur «\u202f{name}\u202f» n’a pas de SAMPLES pour l’éprouver.",
    ),
}
