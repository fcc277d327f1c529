"""Reads a XARF v4 document (https://xarf.org) as a report. Its schemas are checked at the edge: wire/xarf.py.

Evidence payloads are not kept: only what they are, what they are said to show, and their hashes (law 2 of the house).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from fanal.core.intake import faults
from fanal.core.intake.read import Read
from fanal.core.intake.read import read as read_fields
from fanal.core.reasons import Fault, Reason, reason
from fanal.core.report import Category, Channel, Identity, Standing

NOT_XARF: Final = reason(
    "xarf.not-xarf",
    en="This is not a XARF document of version 4: “xarf_version” must begin with 4.",
    fr="Ce n’est pas un document XARF de version 4 : « xarf_version » doit commencer par 4.",
)
NO_SOURCE: Final = reason(
    "xarf.no-source",
    en="The document names nothing to look at: give “url”, “domain” or “source_identifier”.",
    fr="Le document ne désigne rien à examiner : indiquez « url », « domain » ou « source_identifier ».",
)
PAYLOAD_DROPPED: Final = reason(
    "xarf.payload-dropped",
    en="The payloads of the evidence were not kept; what they are, their descriptions and their hashes were.",
    fr="Les contenus des preuves n’ont pas été conservés ; leur nature, leur description et leur empreinte l’ont été.",
)
MEDIA_DROPPED: Final = reason(
    "xarf.media-dropped",
    en="The evidence held an image or a film. It was not kept. Do not send it: a description and a hash are enough.",
    fr="Les preuves contenaient une image ou une vidéo. Elle n’a pas été conservée. Ne l’envoyez pas : une description "
    "et une empreinte suffisent.",
)

_TYPES: Final[Mapping[tuple[str, str], Category]] = {
    ("content", "csam"): Category.CHILD_SEXUAL,
    ("content", "csem"): Category.CHILD_SEXUAL,
    ("content", "fraud"): Category.SCAM,
    ("content", "phishing"): Category.SCAM,
    ("content", "suspicious_registration"): Category.SCAM,
    ("content", "malware"): Category.INTRUSION,
    ("content", "remote_compromise"): Category.INTRUSION,
}
_CATEGORIES: Final[Mapping[str, Category]] = {
    "connection": Category.INTRUSION,
    "infrastructure": Category.INTRUSION,
}
# What is looked at: the first of these that is there. A shared host or domain is not the content itself, and would
# bring unrelated reports together; where there is a URL, domain and source stay in the comment.
_THINGS: Final = ("url", "infringing_url", "target_url", "domain", "source_identifier")
_TOLD: Final = (
    *("description", "classification", "media_type", "detection_method", "exploitation_type", "platform"),
    *("fraud_type", "claimed_entity", "lure_type", "malware_family", "subject", "evidence_source", "work_title"),
)
_HASHES: Final = ("hash_values", "file_hashes")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T)")
_EARLIEST: Final = date(1990, 1, 1)


def read(document: object, *, today: date | None = None) -> Read:
    """Read a parsed XARF v4 document; any value is answered, none raises.

    Type becomes the category; the first of url, infringing_url, target_url, domain, source_identifier becomes the item;
    the reporter's contact goes to the identity; the rest that people need (description, hashes, what the
    evidence is) becomes the comment. A time after `today` is told in the comment only. Faults name XARF's fields.
    """
    if not isinstance(document, Mapping):
        return Read(None, Identity(), (Fault("", faults.NOT_A_REPORT),))
    if not _text(document, "xarf_version").startswith("4."):
        return Read(None, Identity(), (Fault("xarf_version", NOT_XARF),))
    thing = next((name for name in _THINGS if _text(document, name).strip()), "")
    if not thing:
        return Read(None, Identity(), (Fault("source_identifier", NO_SOURCE),))
    fields = {
        "items": [{"typed": _text(document, thing), "platform": _text(document, "platform")[:200]}],
        "category": _category(document).value,
        "comment": "\n".join(_comment(document, thing)),
        "seen_on": _day(document, today),
        "standing": Standing.PROFESSIONAL.value,
        "language": "en",
        "contact": _contact(document),
        "external_ref": _text(document, "report_id"),
    }
    names = {"items[0].typed": thing, "comment": "description", "external_ref": "report_id"}
    found = read_fields(fields, channel=Channel.XARF, today=today or date.max)
    told = tuple(
        Fault(names.get(one.field, one.field.replace("contact.", "reporter.")), one.reason) for one in found.faults
    )
    return replace(found, faults=told, notes=(*found.notes, *_notes(document)))


def _text(document: Mapping[str, object], name: str) -> str:
    given = document.get(name)
    return given if isinstance(given, str) else ""


def _parts(document: Mapping[str, object], name: str) -> tuple[Mapping[str, object], ...]:
    given = document.get(name)
    if isinstance(given, Mapping):
        return (given,)
    return tuple(one for one in given if isinstance(one, Mapping)) if isinstance(given, list) else ()


def _category(document: Mapping[str, object]) -> Category:
    category, type_ = _text(document, "category"), _text(document, "type").replace("-", "_")
    return _TYPES.get((category, type_), _CATEGORIES.get(category, Category.OTHER))


def _contact(document: Mapping[str, object]) -> dict[str, str]:
    """Give the reporter as an identity to be sealed; what is not an e-mail address stands beside the name."""
    for reporter in _parts(document, "reporter"):
        org, contact = _text(reporter, "org"), _text(reporter, "contact")
        if "@" in contact:
            return {"name": org, "email": contact}
        return {"name": f"{org} ({contact})" if contact else org}
    return {}


def _day(document: Mapping[str, object], today: date | None) -> str:
    found = _DAY.match(_text(document, "timestamp"))
    if found is None:
        return ""
    try:
        day = date.fromisoformat(found.group())
    except ValueError:
        return ""
    return found.group() if _EARLIEST <= day <= (today or date.max) else ""


def _comment(document: Mapping[str, object], thing: str) -> Iterator[str]:
    """Tell in lines what a person needs and no other field holds."""
    yield f"XARF {_text(document, 'category')}/{_text(document, 'type')} {_text(document, 'timestamp')}".strip()
    for name in (*_THINGS, *_TOLD):
        if name != thing and _text(document, name):
            yield f"{name}: {_text(document, name)}"
    for name in _HASHES:
        for hashes in _parts(document, name):
            yield from (f"{kind}:{value}" for kind, value in hashes.items() if isinstance(value, str))
    for evidence in _parts(document, "evidence"):
        words = (_text(evidence, "content_type"), _text(evidence, "description"), _text(evidence, "hash"))
        yield "evidence: " + ", ".join(word for word in words if word)
    tags = document.get("tags")
    if isinstance(tags, list):
        yield "tags: " + ", ".join(tag for tag in tags if isinstance(tag, str))


def _notes(document: Mapping[str, object]) -> tuple[Reason, ...]:
    notes = []
    held = [one for one in _parts(document, "evidence") if one.get("payload")]
    if held:
        notes.append(PAYLOAD_DROPPED)
    if any(_text(one, "content_type").lower().startswith(("image/", "video/")) for one in held):
        notes.append(MEDIA_DROPPED)
    return tuple(notes)
