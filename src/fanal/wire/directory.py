"""Read the operator's address book: who can be written to, which hosts they answer for, which hotlines stand abroad."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pyrage
from pyrage import x25519

from fanal.core.case import Directory, DispatchKind, Host, Recipient
from fanal.core.errors import Broken
from fanal.core.reasons import reason
from fanal.wire import cdn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9.-]*")
_LANGUAGES = ("en", "fr")

_PARTS = {"recipient", "host", "hotlines", "cdn"}
_RECIPIENT = ("id", "name", "kind", "connector", "language", "address", "age_recipient", "country")
_HOST = ("domain", "country", "recipient", "source")


def load(path: Path | None) -> Directory:
    """Read a TOML directory (examples/directory.toml shows one); no path gives an empty one.

    Strict: every field of every entry stands there, and no other. Broken lists all faults together, by the number of
    the entry and the name of its field, never by what stands in it.
    """
    if path is None:
        return Directory()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise _broken(["the file cannot be read"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _broken(["the file is not TOML in UTF-8"]) from None
    faults = [f"“{name}” is not a part of a directory" for name in document.keys() - _PARTS]
    recipients = _rows(document.get("recipient", []), "recipient", _RECIPIENT, _RECIPIENT_RULES, faults)
    hosts = _rows(document.get("host", []), "host", _HOST, _HOST_RULES, faults)
    hotlines = _hotlines(document.get("hotlines", {}), faults)
    cdns = cdn.rows(document.get("cdn", []), faults)
    known = {row["id"] for row in recipients if "id" in row}
    faults += _twice("recipient", "id", recipients) + _twice("host", "domain", hosts)
    faults += [
        f"host {number}: its recipient stands nowhere in the directory"
        for number, row in enumerate(hosts, 1)
        if row.get("recipient") and row["recipient"] not in known
    ]
    faults += [
        f"hotlines: the one of {country} stands nowhere in the directory"
        for country, one in hotlines
        if one not in known
    ]
    if faults:
        raise _broken(faults)
    return Directory(
        recipients=tuple(Recipient(**{**row, "kind": DispatchKind(row["kind"])}) for row in recipients),  # type: ignore[arg-type]
        hosts=tuple(Host(**row) for row in hosts),
        hotlines=hotlines,
        cdns=cdns,
    )


def _rows(
    value: object,
    what: str,
    fields: tuple[str, ...],
    rules: Mapping[str, Callable[[str], bool]],
    faults: list[str],
) -> list[dict[str, str]]:
    """Check a list of tables, each with exactly these fields; note every fault."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        faults.append(f"“{what}” must be a list of tables ([[{what}]])")
        return []
    for number, row in enumerate(value, 1):
        faults += [f"{what} {number}: “{name}” is missing" for name in fields if name not in row]
        faults += [f"{what} {number}: a field that is not known" for name in row if name not in fields]
        for name in fields:
            if name in row and not (isinstance(row[name], str) and rules[name](row[name])):
                faults.append(f"{what} {number}: “{name}” does not hold")
    return [{name: row[name] for name in fields if isinstance(row.get(name), str)} for row in value]


def _hotlines(value: object, faults: list[str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        faults.append("“hotlines” must be a table (country = recipient)")
        return ()
    found = []
    for number, (country, one) in enumerate(value.items(), 1):
        if not _COUNTRY.fullmatch(country) or not isinstance(one, str):
            faults.append(f"hotlines {number}: two capital letters for the country, and the id of a recipient")
        else:
            found.append((country, one))
    return tuple(found)


def _twice(what: str, name: str, rows: list[dict[str, str]]) -> list[str]:
    seen: set[str] = set()
    faults = []
    for number, row in enumerate(rows, 1):
        if row.get(name, "") in seen:
            faults.append(f"{what} {number}: another entry has the same “{name}”")
        seen.add(row.get(name, ""))
    return faults


def _age(text: str) -> bool:
    """Say whether this is a public age key (X25519), or nothing."""
    if not text:
        return True
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def _broken(faults: list[str]) -> Broken:
    listed = "".join(f"\n- {fault}" for fault in faults)
    return Broken(
        reason(
            "directory.faults",
            en=f"The directory (FANAL_DIRECTORY) does not hold:{listed}",
            fr=f"L’annuaire (FANAL_DIRECTORY) ne tient pas\u00a0:{listed}",
        )
    )


_RECIPIENT_RULES: dict[str, Callable[[str], bool]] = {
    "id": lambda text: bool(_ID.fullmatch(text)),
    "name": lambda text: bool(text.strip()),
    "kind": lambda text: text in set(DispatchKind),
    "connector": lambda text: not text or bool(_ID.fullmatch(text)),
    "language": lambda text: text in _LANGUAGES,
    "address": lambda text: bool(text.strip()),
    "age_recipient": _age,
    "country": lambda text: not text or bool(_COUNTRY.fullmatch(text)),
}
_HOST_RULES: dict[str, Callable[[str], bool]] = {
    "domain": lambda text: bool(_DOMAIN.fullmatch(text)),
    "country": lambda text: not text or bool(_COUNTRY.fullmatch(text)),
    "recipient": lambda text: not text or bool(_ID.fullmatch(text)),
    "source": lambda text: bool(text.strip()),
}
