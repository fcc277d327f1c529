"""The JSON Schemas of what the guard takes and gives at this face."""

from __future__ import annotations

from typing import Any, Final

from fanal.core.guard.draft import Form, Place
from fanal.core.guard.review import Standing, Sure

Schema = dict[str, Any]

EXAMPLE: Final[Schema] = {
    "text": "Merci à toutes celles et ceux qui ont signalé le compte @lanterne_bleue : grâce à vous, il a été fermé.",
    "form": "text",
    "language": "fr",
}

BYTES: Final[dict[str, Form]] = {
    "text/plain": Form.TEXT,
    "text/markdown": Form.MARKDOWN,
    "text/html": Form.HTML,
    "application/pdf": Form.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Form.DOCX,
    "application/vnd.oasis.opendocument.text": Form.ODT,
}
"""The media types of a draft that is sent as its own bytes."""

_FORM: Final[Schema] = {
    "type": "string",
    "enum": [one.value for one in Form],
    "description": "What the draft is written in; left out: as it looks.",
}
_LANGUAGE: Final[Schema] = {
    "type": "string",
    "enum": ["en", "fr"],
    "description": "Of the sentences in the answer and of the safe version's wording; left out: Accept-Language.",
}
DRAFT: Final[Schema] = {
    "type": "object",
    "description": "A whole draft.",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "description": "The draft as it stands, with its markup. At most 20 MB."},
        "form": _FORM,
        "language": _LANGUAGE,
    },
    "examples": [EXAMPLE],
}
FILE: Final[Schema] = {
    "type": "object",
    "description": "A draft as a form sends it: a file, or a text.",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "text": {"type": "string"},
        "form": _FORM,
        "language": _LANGUAGE,
    },
}

_REASONS: Final[Schema] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"code": {"type": "string"}, "text": {"type": "string"}},
        "required": ["code", "text"],
        "additionalProperties": False,
    },
}
_WHERE: Final[Schema] = {
    "place": {"type": "string", "enum": [one.value for one in Place]},
    "line": {"type": ["integer", "null"], "minimum": 1, "description": "In the source; null where it has no lines."},
    "column": {"type": ["integer", "null"], "minimum": 1},
    "part": {"type": "integer", "minimum": 1, "description": "Which text of the draft, in reading order."},
    "start": {"type": "integer", "minimum": 0, "description": "In characters of that text."},
    "end": {"type": "integer", "minimum": 0},
}
_SAID: Final[Schema] = {
    "reasons": _REASONS,
    "wording": {"type": "string", "description": "What may stand there instead."},
}


def _passage(said: str, more: Schema) -> Schema:
    properties = {**_WHERE, **more, **_SAID}
    return {
        "type": "object",
        "description": said,
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


_FINDING: Final = _passage(
    "A passage that must go. The words themselves are not repeated.",
    {
        "sure": {"type": "string", "enum": [one.value for one in Sure]},
        "standing": {"type": "string", "enum": [one.value for one in Standing]},
        "live": {"type": "boolean", "description": "Whether the reported thing is taken to be there still."},
    },
)
REVIEW: Final[Schema] = {
    "type": "object",
    "description": "What the guard says of a draft.",
    "additionalProperties": False,
    "required": ["form", "clean", "findings", "doubts", "notes", "safe"],
    "properties": {
        "form": {"type": "string", "enum": [one.value for one in Form]},
        "clean": {"type": "boolean", "description": "Nothing was found. There may be doubts, which block nothing."},
        "findings": {"type": "array", "items": _FINDING},
        "doubts": {"type": "array", "items": _passage("A passage that a person should weigh.", {})},
        "notes": _REASONS,
        "safe": {"type": "string", "description": "The whole draft rewritten, itself without findings."},
    },
}

SCHEMAS: Final[dict[str, Schema]] = {"Draft": DRAFT, "DraftForm": FILE, "Review": REVIEW}
