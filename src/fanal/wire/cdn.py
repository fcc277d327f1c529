"""Read the table of networks that answer in other people's place: the one that is shipped, and the operator's own."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from fanal.core.case import Cdn

SHIPPED = Path(__file__).with_suffix(".toml")
LONGEST_NAME = 32  # what the column of store/models/host_hint.py holds

_FIELDS = ("name", "dated", "source", "names", "ranges")
_ENDING = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z0-9-]{2,}")


def table(own: tuple[Cdn, ...] = ()) -> tuple[Cdn, ...]:
    """Give the networks known, those of the operator's directory first; of two with one name, the operator's counts."""
    faults: list[str] = []
    shipped = rows(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["cdn"], faults)
    if faults:
        raise ValueError(faults)
    names = {one.name for one in own}
    return (*own, *(one for one in shipped if one.name not in names))


def rows(value: object, faults: list[str]) -> tuple[Cdn, ...]:
    """Read [[cdn]] entries, each with exactly the fields of `cdn.toml`; note every fault by number, never by value."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        faults.append("“cdn” must be a list of tables ([[cdn]])")
        return ()
    found = []
    for number, row in enumerate(value, 1):
        wrong = [f"cdn {number}: “{name}” is missing" for name in _FIELDS if name not in row]
        wrong += [f"cdn {number}: a field that is not known" for name in row if name not in _FIELDS]
        one = None if wrong else _entry(row)
        if one is None and not wrong:
            wrong.append(f"cdn {number}: a field does not hold")
        if one:
            found.append(one)
        faults += wrong
    return tuple(found)


def _entry(row: dict[str, object]) -> Cdn | None:
    name, dated, source = row["name"], row["dated"], row["source"]
    names, ranges = _texts(row["names"]), _networks(_texts(row["ranges"]))
    if not (isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_NAME and isinstance(source, str) and source):
        return None
    if not isinstance(dated, date) or isinstance(dated, datetime) or names is None or ranges is None:
        return None
    if not all(_ENDING.fullmatch(one) for one in names):
        return None
    return Cdn(name=name, dated=dated, source=source, names=names, ranges=ranges)


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return tuple(value)


def _networks(texts: tuple[str, ...] | None) -> tuple[IPv4Network | IPv6Network, ...] | None:
    try:
        return None if texts is None else tuple(ip_network(one) for one in texts)
    except ValueError:
        return None
