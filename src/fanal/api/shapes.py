"""The JSON Schemas (2020-12) of what this face takes and gives; core/intake/read.py is what is enforced."""

from __future__ import annotations

from typing import Any, Final

from fanal.api import guard_shapes
from fanal.core.intake import read
from fanal.core.report import Category, Standing

Schema = dict[str, Any]


def _text(limit: int, said: str, **more: object) -> Schema:
    """Describe a text that may also be left out, null or empty; NUL cannot be kept."""
    pattern = "^[^\\u0000]*$"
    return {"type": ["string", "null"], "maxLength": limit, "description": said, "pattern": pattern} | more


def _moment(said: str) -> Schema:
    return {"type": "string", "format": "date-time", "description": said}


def _object(said: str, properties: Schema, *, required: list[str], **more: object) -> Schema:
    return {
        "type": "object",
        "description": said,
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    } | more


EXAMPLE: Final[Schema] = {
    "items": [{"typed": "https://video.example/w/4411"}, {"typed": "@lanterne_bleue", "platform": "x"}],
    "category": "threats",
    "comment": "Ce compte menace une élève de mon lycée depuis hier soir.",
    "seen_on": "2026-11-21",
    "seen_where": "Dans un groupe public",
    "standing": "witness",
    "minor": False,
    "danger_now": False,
    "language": "fr",
    "contact": {"name": "Lou Martin", "email": "lou.martin@mail.example"},
}

XARF_EXAMPLE: Final[Schema] = {
    "xarf_version": "4.2.0",
    "report_id": "5f1c2a6e-3d0b-4c53-9a52-1f4f3f1f0a11",
    "timestamp": "2026-11-21T08:30:00Z",
    "reporter": {"org": "Hotline", "contact": "desk@hotline.example", "domain": "hotline.example"},
    "sender": {"org": "Hotline", "contact": "desk@hotline.example", "domain": "hotline.example"},
    "source_identifier": "198.51.100.42",
    "category": "content",
    "type": "phishing",
    "url": "https://login.example/account",
}

_ITEM: Final = {
    "type": "object",
    "additionalProperties": False,
    "description": "One thing reported, exactly as it was seen. A live or a defanged form will do.",
    "properties": {
        "typed": _text(read.MAX_ITEM, "An address, an account name, a domain, or words that name it."),
        "platform": _text(read.MAX_PLATFORM, "The platform, where “typed” does not say it (needed for a bare @name)."),
    },
}

_CONTACT: Final[Schema] = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "description": "Who reports, if they wish. It is sealed on arrival to a key that is not on the server.",
    "properties": {
        "name": _text(read.MAX_NAME, "A name."),
        "email": _text(
            read.MAX_EMAIL,
            "An e-mail address.",
            pattern='^([^\\s@<>()\\[\\],;:"\\u0000]+@[^\\s@<>()\\[\\],;:"\\u0000]+\\.[^\\s@<>()\\[\\],;:".\\u0000]+)?$',
        ),
        "phone": _text(read.MAX_PHONE, "A telephone number."),
    },
}

REPORT: Final = _object(
    "One report. Pictures are never wanted: a report that holds one is refused, and told what to do instead.",
    {
        "items": {
            "type": "array",
            "minItems": 1,
            "items": _ITEM,
            "contains": {
                "type": "object",
                "required": ["typed"],
                "properties": {"typed": {"type": "string", "pattern": "[^\\s\\u0000-\\u001f\\u0085]"}},
            },
            "description": "What is reported; at least one entry is not blank. Of more than "
            f"{read.MAX_ITEMS}, the first are read one by one, and all are kept in the report's text; a note says so.",
        },
        "category": {
            "type": "string",
            "enum": [one.value for one in Category],
            "description": "What the reporter thinks it is. The desk qualifies it in law.",
        },
        "comment": _text(read.MAX_COMMENT, "What happened, in the reporter's words."),
        "seen_on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The day on which it was seen, from 1990 to today.",
        },
        "seen_where": _text(read.MAX_WHERE, "Where it was seen."),
        "standing": {
            "type": ["string", "null"],
            "enum": [*(one.value for one in Standing), "", None],
            "description": "Who reports: a witness (where nothing is said), a victim, a professional.",
        },
        "minor": {"type": ["boolean", "null"], "description": "The person it is about is, or seems to be, a minor."},
        "danger_now": {"type": ["boolean", "null"], "description": "Somebody is in danger at this moment."},
        "language": {
            "type": ["string", "null"],
            "pattern": "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4})?$",
            "description": "The reporter's language (BCP 47).",
        },
        "contact": _CONTACT,
        "external_ref": _text(read.MAX_REFERENCE, "The report's reference in your own house."),
    },
    required=["items", "category"],
    examples=[EXAMPLE],
)

XARF: Final[Schema] = {
    "type": "object",
    "description": "A report in XARF v4 (https://xarf.org), as it is. It is checked against the official schema of its "
    "category and type; evidence is never kept.",
    "required": ["xarf_version"],
    "properties": {"xarf_version": {"type": "string", "pattern": "^4\\."}},
    "examples": [XARF_EXAMPLE],
}

QUESTION: Final = _object(
    "A question about one report.",
    {
        "code": {
            "type": "string",
            "maxLength": 100,
            "description": "The follow-up code; spaces and dashes do not matter.",
        }
    },
    required=["code"],
    examples=[{"code": "7KQM 4T2X 9HFD R3WP K2M7"}],
)

_FAULT: Final = _object(
    "One thing that is wrong, and what to do about it.",
    {
        "field": {"type": "string", "description": "The field, as in “items[2].typed”; empty for the whole."},
        "code": {"type": "string", "description": "A stable code."},
        "message": {"type": "string", "description": "A sentence in the language asked for. It never repeats a value."},
    },
    required=["field", "code", "message"],
)

PROBLEM: Final = _object(
    "Why a request was refused (RFC 9457).",
    {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "A stable code."},
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
    required=["type", "title", "status", "detail", "code", "faults"],
)

_SCREENING: Final[Schema] = {
    "notes": {
        "type": "array",
        "description": "What was set aside or kept otherwise than sent. The report was taken in.",
        "items": _object(
            "One note.", {"code": {"type": "string"}, "text": {"type": "string"}}, required=["code", "text"]
        ),
    },
    "urgent": {
        "type": "array",
        "description": "What cannot wait for us, and whom to call. Show it to the reporter at once.",
        "items": _object(
            "One reason.", {"code": {"type": "string"}, "text": {"type": "string"}}, required=["code", "text"]
        ),
    },
    "elsewhere": {
        "type": "array",
        "description": "What is for somebody else, and for whom. The report was kept all the same.",
        "items": _object(
            "One place.",
            {"id": {"type": "string"}, "text": {"type": "string"}, "advice": {"type": "string"}},
            required=["id", "text", "advice"],
        ),
    },
}

RECEIVED: Final = _object(
    "The report is committed: row, event, ledger entry and job. Only then is this said.",
    {
        "ref": {"type": "string", "description": "The desk's reference; it may be written anywhere."},
        "code": {"type": "string", "description": "The follow-up code. Only its holder can read the report's status."},
        "received_at": _moment("When it was received."),
        "repeated": {"type": "boolean", "description": "True where this key and content were received before."},
        **_SCREENING,
    },
    required=["ref", "code", "received_at", "repeated", "notes", "urgent", "elsewhere"],
)

LINE: Final = _object(
    "The answer to one line of a batch.",
    {
        "line": {"type": "integer", "minimum": 1},
        "status": {"type": "string", "enum": ["received", "repeated", "refused"]},
        "ref": {"type": "string", "description": "Empty where it was refused."},
        "code": {"type": "string", "description": "Empty where it was refused."},
        "received_at": {"type": ["string", "null"], "format": "date-time"},
        **_SCREENING,
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
    required=["line", "status", "ref", "code", "received_at", "notes", "urgent", "elsewhere", "faults"],
)

NEWS: Final = _object(
    "What became of a report, in plain words.",
    {
        "received_at": _moment("When the report was received."),
        "items": {"type": "integer", "minimum": 0, "description": "How many things it reported."},
        "headline": {"type": "string"},
        "detail": {"type": "string"},
        "answers": {
            "type": "array",
            "items": _object(
                "An answer of the desk.",
                {"at": _moment("When it was written."), "text": {"type": "string"}},
                required=["at", "text"],
            ),
        },
    },
    required=["received_at", "items", "headline", "detail", "answers"],
)

HASHES_EXAMPLE: Final[Schema] = {
    "hashes": [
        {"signal": "pdq", "value": "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"},
        {"signal": "md5", "value": "900150983cd24fb0d6963f7d28e17f72"},
    ]
}
HASHES: Final = _object(
    "Fingerprints to look up.",
    {
        "hashes": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
                "type": "object",
                "properties": {"signal": {"type": "string"}, "value": {"type": "string"}},
                "required": ["signal", "value"],
            },
        },
        "lists": {"type": "array", "items": {"type": "string"}, "description": "Only in these lists; else in all."},
    },
    required=["hashes"],
    examples=[HASHES_EXAMPLE],
)

_MATCH: Final = _object(
    "One entry that matches.",
    {
        "list": {"type": "string"},
        "ref": {"type": "string", "description": "The list's own reference of the entry."},
        "classification": {"type": "string", "description": "In the list's own words."},
        "labels": {"type": "array", "items": {"type": "string"}},
        "distance": {"type": ["integer", "null"], "description": "Bits that differ; null where only equal ones match."},
        "orientation": {"type": "integer", "minimum": 0, "maximum": 7, "description": "0: as it is, else turned."},
        "harmless": {"type": "boolean", "description": "The list holds what is known to be harmless."},
        "opinions": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "reasons": {
            "type": "array",
            "items": _object(
                "The confidence in words.",
                {"code": {"type": "string"}, "text": {"type": "string"}},
                required=["code", "text"],
            ),
        },
    },
    required=["list", "ref", "classification", "distance", "orientation", "harmless", "reasons"],
)

MATCHES: Final = _object(
    "What the lists say of each fingerprint, in the order asked.",
    {
        "answers": {
            "type": "array",
            "items": _object(
                "The answer on one fingerprint.",
                {
                    "hash": {"type": "integer", "minimum": 0, "description": "Its place in the question, from 0."},
                    "matches": {"type": "array", "items": _MATCH},
                    "fault": {
                        "type": ["object", "null"],
                        "description": "Why it could not be looked up.",
                        "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                    },
                },
                required=["hash", "matches", "fault"],
            ),
        }
    },
    required=["answers"],
)

LIST_NAMES: Final[Schema] = {"type": "array", "items": {"type": "string"}, "description": "Names of lists."}
RAW_MATCHES: Final = _object(
    "Entries that match.",
    {
        "matches": {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "integer", "minimum": 0},
                    _object(
                        "An entry with its distance.",
                        {"content_id": {"type": "integer", "minimum": 0}, "distance": {"type": "string"}},
                        required=["content_id", "distance"],
                    ),
                ]
            },
        }
    },
    required=["matches"],
)

WELL: Final = _object("All is well.", {"status": {"const": "ok"}}, required=["status"])

SCHEMAS: Final[dict[str, Schema]] = {
    **guard_shapes.SCHEMAS,
    "Report": REPORT,
    "XarfReport": XARF,
    "Question": QUESTION,
    "Received": RECEIVED,
    "BatchAnswer": LINE,
    "News": NEWS,
    "Hashes": HASHES,
    "Matches": MATCHES,
    "ListNames": LIST_NAMES,
    "RawMatches": RAW_MATCHES,
    "Health": WELL,
    "Problem": PROBLEM,
    "Fault": _FAULT,
}
