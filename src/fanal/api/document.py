"""The OpenAPI 3.1 document: what ninja knows of the routes, and every answer that they can give."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from fanal.api import guard_shapes, problems, shapes
from fanal.api import sentences as say

DESCRIPTION: Final = """\
Report illegal online content to this desk, one report at a time or in batches, and ask what became of a report.

* Every request but `/health` and this document needs a key: `Authorization: Bearer fanal_…`. A key has rights
  (`report`, `batch`, `status`, `match`, `guard`) and a number of requests a minute.
* A report is acknowledged only when it is committed. An `Idempotency-Key` makes a repeat harmless: the same key with
  the same content gives the first answer again (`repeated`), with another content it is refused (409). Without one,
  sending twice makes two reports.
* Refusals are problem documents (RFC 9457) in English or French (`Accept-Language`). They never repeat what was sent.
* Follow-up codes never stand in an address: ask with `POST /api/v1/status`.
* Never send images, videos or files; a draft that the guard is to read is the one exception.
"""

_PREFIX: Final = "/api/v1"
_WITH_KEY: Final = (401, 403, 429)
_ANY: Final = (500, 503)
_SPOKEN: Final = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "examples": ["fr", "en"]},
    "description": "The language of the sentences in the answer: fr or en.",
}
_IDEMPOTENCY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "A name of your choice for this request, so that sending it again is harmless.",
}


class Face(NinjaAPI):
    """ninja's application, with the shapes of this face in its document."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Give the document: ninja's, with our components in it."""
        del path_prefix, path_params
        schema = OpenAPISchema(self, _PREFIX.strip("/"))
        schema["components"]["schemas"] = dict(shapes.SCHEMAS)
        schema["components"]["securitySchemes"] = {
            "Key": {"type": "http", "scheme": "bearer", "description": "A key of the desk: fanal_…"}
        }
        schema["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        del schema["servers"]
        for methods in schema["paths"].values():
            for operation in methods.values():
                if "security" in operation:
                    operation["security"] = [{"Key": []}]
        return schema


@cache
def text(api: Face) -> str:
    """Write the document as JSON, once."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False)


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _headers(status: int) -> dict[str, Any]:
    headers: dict[str, Any] = {"Content-Language": {"schema": {"type": "string", "enum": ["fr", "en"]}}}
    if status in {429, 503, 507}:
        headers["Retry-After"] = {
            "required": True,
            "schema": {"type": "integer", "minimum": 1},
            "description": "Seconds to wait.",
        }
    if status == 401:  # noqa: PLR2004 the number is the name here
        headers["WWW-Authenticate"] = {"required": True, "schema": {"type": "string"}}
    return headers


def _answer(said: str, name: str, *, status: int, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": said, "headers": _headers(status), "content": {media_type: {"schema": _ref(name)}}}


def _problems(*statuses: int) -> dict[int, Any]:
    return {
        status: _answer(say.TITLES[status].en, "Problem", status=status, media_type=problems.MEDIA_TYPE)
        for status in sorted(statuses)
    }


def _route(
    name: str,
    summary: str,
    *,
    said: str,
    good: dict[int, Any],
    bad: tuple[int, ...],
    parameters: tuple[Any, ...] = (),
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Make the keyword arguments of a ninja route, so that its document is complete."""
    extra: dict[str, Any] = {
        "responses": good | _problems(*bad),
        "parameters": [*parameters, _SPOKEN],
    }
    if body:
        extra["requestBody"] = {"required": True, "content": body}
    return {
        "operation_id": name,
        "summary": summary,
        "description": said,
        "response": dict.fromkeys(good),
        "openapi_extra": extra,
        "url_name": name,
    }


REPORT: Final = _route(
    "report",
    "Send one report",
    said="Takes one report, or one XARF v4 document as it is (known by its `xarf_version`). At most 4 MiB.",
    good={
        201: _answer("The report is committed.", "Received", status=201),
        200: _answer("This key and content were received before; the first answer again.", "Received", status=200),
    },
    bad=(400, *_WITH_KEY, 409, 413, 415, 422, *_ANY, 507),
    parameters=(_IDEMPOTENCY,),
    body={
        "application/json": {
            "schema": {"anyOf": [_ref("Report"), _ref("XarfReport")]},
            "examples": {"report": {"value": shapes.EXAMPLE}, "xarf": {"value": shapes.XARF_EXAMPLE}},
        }
    },
)

BATCH: Final = _route(
    "batch",
    "Send many reports",
    said="Takes one JSON object a line (`Report`, with an optional `idempotency_key` of the line's own, or "
    "`XarfReport`), at most 10,000 lines and 64 MiB. Each line is answered by itself, in order, as one JSON object a "
    "line (`BatchAnswer`): a bad line loses nobody else's. A line without its own key is named by the Idempotency-Key "
    "header and its number; without either, sending it twice makes two reports. Every 500 lines are committed "
    "together. Where the batch is cut, its complete lines are received and the cut one is said.",
    good={
        200: {
            "description": "One `BatchAnswer` a line.",
            "headers": _headers(200),
            "content": {
                "application/x-ndjson": {
                    "schema": {"type": "string", "description": "Lines of JSON, each a BatchAnswer."},
                    "example": '{"line":1,"status":"refused","ref":"","code":"","received_at":null,"urgent":[],'
                    '"elsewhere":[],"faults":[{"field":"items","code":"intake.nothing","message":"…"}]}\n',
                }
            },
        }
    },
    bad=(400, *_WITH_KEY, 413, 415, *_ANY, 507),
    parameters=(_IDEMPOTENCY,),
    body={
        "application/x-ndjson": {
            "schema": {"type": "string", "description": "Lines of JSON, each a Report or a XarfReport."},
            "example": json.dumps(shapes.EXAMPLE, ensure_ascii=False) + "\n",
        }
    },
)

STATUS: Final = _route(
    "status",
    "Ask what became of a report",
    said="Takes a follow-up code and says, in plain words, where its report stands. A wrong code and one that is too "
    "old get the same answer.",
    good={200: _answer("The news.", "News", status=200)},
    bad=(400, *_WITH_KEY, 404, 413, 415, 422, *_ANY),
    body={"application/json": {"schema": _ref("Question")}},
)

MATCH: Final = _route(
    "match",
    "Look fingerprints up",
    said="Takes up to 1,000 fingerprints (`md5`, `sha1`, `sha256`, `pdq`, `vpdq`) and says which entries of the desk's "
    "lists each matches, with the distance and the confidence in words. Answers come in order, and never repeat a "
    "value. A match is a lead for a person; no match proves nothing. Callers of Meta's "
    "hasher-matcher-actioner find `/m/lookup` and `/m/raw_lookup` beside it "
    "(docs/operations/fingerprint-lists.md says what differs).",
    good={200: _answer("The answers, in order.", "Matches", status=200)},
    bad=(400, *_WITH_KEY, 413, 415, 422, *_ANY),
    body={"application/json": {"schema": _ref("Hashes"), "examples": {"two": {"value": shapes.HASHES_EXAMPLE}}}},
)

_THEIR_SIGNAL: Final = {
    "name": "signal",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]+$", "examples": [shapes.HASHES_EXAMPLE["hashes"][0]["value"]]},
    "description": "The fingerprint. It stands in an address here, as the other program has it: keep such addresses "
    "out of your own logs, or use `/hashes/match`.",
}
_THEIR_KIND: Final = {
    "name": "signal_type",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "enum": ["pdq", "md5", "video_md5", "sha1", "sha256"]},
}
_THEIR_DISTANCE: Final = {"name": "include_distance", "in": "query", "required": False, "schema": {"type": "string"}}

LOOKUP: Final = _route(
    "lookup",
    "Look one fingerprint up, as hasher-matcher-actioner has it",
    said="Gives the names of the lists that one fingerprint matches, harmless ones left out.",
    good={200: _answer("Names of lists.", "ListNames", status=200)},
    bad=(*_WITH_KEY, 422, *_ANY),
    parameters=(_THEIR_SIGNAL, _THEIR_KIND),
)

RAW_LOOKUP: Final = _route(
    "raw_lookup",
    "Look one fingerprint up, and give entries",
    said="Gives numbers of entries, with their distances where `include_distance` is true.",
    good={200: _answer("Entries.", "RawMatches", status=200)},
    bad=(*_WITH_KEY, 422, *_ANY),
    parameters=(_THEIR_SIGNAL, _THEIR_KIND, _THEIR_DISTANCE),
)

GUARD: Final = _route(
    "guard",
    "Check a draft before it is published",
    said="Takes one whole draft (as JSON, as a form, or as its own bytes: text, Markdown, HTML, PDF, DOCX, ODT; at "
    "most 20 MB) and says whether it names anything that was reported, however it is written: where, why, how sure, "
    "whether that is still live, what to write instead, and a safe version of the whole. Text in pictures is not read. "
    "No answer is given on single names (422), nor to a key whose drafts look like questions after them (429, for an "
    "hour). Each asking is in the desk's ledger, without a word of the draft.",
    good={200: _answer("What the guard says.", "Review", status=200)},
    bad=(400, *_WITH_KEY, 413, 415, 422, *_ANY),
    body={
        "application/json": {"schema": _ref("Draft"), "examples": {"thanks": {"value": guard_shapes.EXAMPLE}}},
        "multipart/form-data": {"schema": _ref("DraftForm")},
        **{name: {"schema": {"type": "string", "format": "binary"}} for name in guard_shapes.BYTES},
    },
)

HEALTH: Final = _route(
    "health",
    "Is this face well?",
    said="Says whether this face and its database answer.",
    good={200: _answer("Yes.", "Health", status=200)},
    bad=_ANY,
)

OPENAPI: Final = _route(
    "openapi",
    "This document",
    said="Gives this document.",
    good={
        200: {
            "description": "OpenAPI 3.1.",
            "headers": _headers(200),
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
    bad=(500,),
)
