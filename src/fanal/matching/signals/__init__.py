"""The kinds of fingerprints, one file each: drop one in and it is there."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING, Final

from fanal.core.errors import Refused
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from fanal.matching.signal import Signal

UNKNOWN: Final = reason(
    "signal.unknown",
    en="There is no such kind of fingerprint here.",
    fr="Ce type d’empreinte n’existe pas ici.",
)


@functools.cache
def every() -> tuple[Signal, ...]:
    """Give every kind, in the order of their names."""
    found = [importlib.import_module(f"{__name__}.{one.name}").SIGNAL for one in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda signal: signal.name))


def find(name: str) -> Signal:
    """Give the kind of that name, in capitals or not, with or without a hyphen; Refused where there is none."""
    wanted = name.strip().lower().replace("-", "").replace("_", "")
    for signal in every():
        if signal.name == wanted:
            return signal
    raise Refused(UNKNOWN)


def guess(text: str) -> Signal | None:
    """Say which kind a written fingerprint is: by the name in front, else by its length where only one kind has it.

    64 hexadecimal digits may be a SHA-256 or a PDQ: they are not guessed at.
    """
    head, colon, _ = text.strip().partition(":")
    if colon:
        try:
            return find(head)
        except Refused:
            return None
    fits = []
    for signal in every():
        try:
            signal.read(text)
        except Refused:
            continue
        fits.append(signal)
    return fits[0] if len(fits) == 1 else None
