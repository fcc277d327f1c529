"""How one variable of the environment is read: each fault is noted by the variable's name, never by its value."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, its default as a reader of the documents sees it, its meaning in one line.

    A `secret` may also be given as the name of a file that holds it, in the variable with `_FILE` added.
    """

    name: str
    default: str
    meaning: str
    secret: bool = False


def value(environ: Mapping[str, str], setting: Setting, faults: list[Reason]) -> str:
    """Give a variable's value, from its file where it is a secret and a file is named."""
    direct = environ.get(setting.name, "").strip()
    named = environ.get(f"{setting.name}_FILE", "") if setting.secret else ""
    if direct and named:
        faults.append(fault(setting.name, en="is given twice: as itself and as a file", fr="est donné deux fois"))
    if not named:
        return direct
    try:
        return Path(named).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        faults.append(fault(f"{setting.name}_FILE", en="names no readable file", fr="ne désigne aucun fichier lisible"))
        return ""


def names(text: str) -> tuple[str, ...]:
    """Read words with commas between them."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def servers(given: Mapping[str, str], name: str, faults: list[Reason]) -> tuple[tuple[str, int], ...]:
    """Read IP addresses with ports: 192.0.2.53, 192.0.2.53:5353, 2001:db8::53, [2001:db8::53]:5353."""
    found = []
    for text in names(given[name]):
        host, port = text, "53"
        if text.startswith("["):
            host, _, rest = text[1:].partition("]")
            port = rest.removeprefix(":") if rest else port
        elif text.count(":") == 1:
            host, _, port = text.partition(":")
        number = int(port) if port.isascii() and port.isdecimal() and len(port) < len("100000") else 0
        if not _is_ip(host) or not 1 <= number <= 65535:  # noqa: PLR2004 - the ports there are
            en = "holds IP addresses, each with a port or none, with commas"
            faults.append(fault(name, en=en, fr="contient des adresses IP, avec ou sans port"))
            return ()
        found.append((host, number))
    return tuple(found)


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def number(given: Mapping[str, str], name: str, default: int, bounds: tuple[int, int], faults: list[Reason]) -> int:
    """Read a whole number within its bounds, `default` where none is given."""
    text, (least, most) = given[name], bounds
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < len("1000000") and least <= int(text) <= most:
        return int(text)
    faults.append(fault(name, en=f"must be a number from {least} to {most}", fr=f"est un nombre de {least} à {most}"))
    return default


def yes(given: Mapping[str, str], name: str, default: bool, faults: list[Reason]) -> bool:  # noqa: FBT001 - a default is no flag
    """Read yes or no, `default` where nothing is given."""
    text = given[name].lower()
    if text in ("", "yes", "true", "1", "no", "false", "0"):
        return default if not text else text in ("yes", "true", "1")
    faults.append(fault(name, en="must be yes or no", fr="vaut yes ou no"))
    return default


def fault(name: str, *, en: str, fr: str) -> Reason:
    """Say what is wrong with one variable."""
    return reason("settings.fault", en=f"{name} {en}.", fr=f"{name} {fr}.")
