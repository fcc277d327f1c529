"""A checked catalogue document becomes core records, each entry with the digest of its canonical form."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

from fanal.core.catalogue import (
    Catalogue,
    Clock,
    Element,
    Elsewhere,
    Emergency,
    Kit,
    Offence,
    Penalty,
    PlainCategory,
    Retention,
    Rule,
    Service,
)
from fanal.core.report import Category
from fanal.core.text import Text
from fanal.law import conditions


def digest(entry: object) -> str:
    """Give the SHA-256 (hexadecimal) of an entry's canonical form: JSON, keys sorted, no spaces, UTF-8, ISO dates."""
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_iso)
    return sha256(canonical.encode()).hexdigest()


def published(entry: dict[str, Any]) -> str:
    """Give the digest of an offence as it was published: all of it but its end, the one thing that may be added."""
    return digest({name: value for name, value in entry.items() if name != "in_force_until"})


def catalogue(document: dict[str, Any]) -> Catalogue:
    """Make the records of a document in which fanal.law.check found no fault."""
    return Catalogue(
        jurisdiction=document["jurisdiction"],
        country=document["country"],
        digest=digest(document),
        families={name: Text(**text) for name, text in document["families"].items()},
        offences=tuple(_offence(row) for row in document["offences"]),
        services=tuple(Service(**_texts(row, "for_what")) for row in document["services"]),
        emergencies=tuple(Emergency(**_texts(row, "text", "kit")) for row in document["emergencies"]),
        elsewhere=tuple(_elsewhere(row) for row in document["elsewhere"]),
        categories=tuple(_category(row) for row in document["categories"]),
        clocks=tuple(Clock(**_texts(row, "text")) for row in document["clocks"]),
        retention=tuple(Retention(**_texts(row, "text")) for row in document["retention"]),
        false_report=Text(en=document["false_report"]["en"], fr=document["false_report"]["fr"]),
        false_report_article=document["false_report"]["article"],
        kit=Kit(**_texts(document["kit"], "call", "post"), rules=tuple(_rule(row) for row in document["rules"])),
    )


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError


def _texts(row: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: Text(**value) if name in fields else value for name, value in row.items()}


def _offence(row: dict[str, Any]) -> Offence:
    elements = tuple(Element(one["id"], Text(en=one["en"], fr=one["fr"])) for one in row.get("elements", []))
    ready = {
        "in_force_until": None,
        **_texts(row, "title"),
        "base_penalty": Penalty(**row["base_penalty"]),
        "max_penalty": Penalty(**row["max_penalty"]),
        "competent": tuple(row["competent"]),
        "clocks": tuple(row["clocks"]),
        "elements": elements,
        "condition": conditions.parse(row.get("condition")),
    }
    return Offence(**ready, digest=published(row))


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(**{**_texts(row, "text", "why"), "offences": tuple(row.get("offences", []))})


def _elsewhere(row: dict[str, Any]) -> Elsewhere:
    categories = tuple(Category(name) for name in row.get("categories", []))
    return Elsewhere(**{**_texts(row, "text", "advice"), "categories": categories})


def _category(row: dict[str, Any]) -> PlainCategory:
    ready = _texts(row, "label", "hint")
    return PlainCategory(**{**ready, "category": Category(row["category"]), "families": tuple(row["families"])})
