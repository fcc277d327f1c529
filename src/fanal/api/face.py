"""The routes of the API, /api/v1: report, batch, status. Each reads the request, calls one action or query, answers."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse

from fanal import __version__
from fanal.actions import intake
from fanal.api import body, document, guard, hashes, problems, reply, reports
from fanal.api import sentences as say
from fanal.api.access import KeyWith
from fanal.api.batch import Batch
from fanal.core.errors import NotFound, Refused
from fanal.core.report import Channel
from fanal.core.rights import KeyRight
from fanal.queries import reporter

api: Final = document.Face(
    title="Fanal",
    version=__version__,
    description=document.DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.post("/reports", auth=KeyWith(KeyRight.REPORT), **document.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Take in one report."""
    body.demand_type(request, "application/json")
    named = reports.idempotency(request.headers.get("Idempotency-Key"))
    sent = body.parse(body.whole(request, limit=say.MAX_REPORT_BYTES))
    key = reply.key(request)
    row = reports.incoming(
        sent,
        channel=Channel.API,
        origin=reports.origin(request),
        nonce=reports.nonce(key.id, named),
        source=key.id,
        today=reports.today(),
    )
    received = intake.receive(row.submission, row.identity, nonce=row.nonce, source=row.source, notes=row.notes)
    tongue = problems.language(request)
    return reply.plain(request, reports.told(received, tongue), status=200 if received.repeated else 201)


@api.post("/reports/batch", auth=KeyWith(KeyRight.BATCH), **document.BATCH)
def batch(request: HttpRequest) -> HttpResponse:
    """Take in many reports, one JSON object a line."""
    body.demand_type(request, "application/x-ndjson")
    taken = Batch(
        key_id=reply.key(request).id,
        origin=reports.origin(request),
        tongue=problems.language(request),
        header=reports.idempotency(request.headers.get("Idempotency-Key")),
        today=reports.today(),
    )
    lines = body.lines(request, limit=say.MAX_BATCH_BYTES, line_limit=say.MAX_REPORT_BYTES)
    answers = taken.take(lines)
    return reply.text(request, "".join(f"{line}\n" for line in answers), "application/x-ndjson", status=200)


@api.post("/status", auth=KeyWith(KeyRight.STATUS), **document.STATUS)
def status(request: HttpRequest) -> HttpResponse:
    """Say what became of a report. The code stands in the body, never in an address that a log would keep."""
    body.demand_type(request, "application/json")
    code = reports.code_in(body.parse(body.whole(request, limit=say.MAX_REPORT_BYTES)))
    news = reporter.news(code)
    if news is None:
        raise NotFound(say.CODE_UNKNOWN)
    tongue = problems.language(request)
    return reply.plain(
        request,
        {
            "received_at": reports.moment(news.received_at),
            "items": news.items,
            "headline": news.headline.speak(tongue),
            "detail": news.detail.speak(tongue),
            "answers": [{"at": reports.moment(one.at), "text": one.text} for one in news.answers],
        },
        status=200,
    )


@api.get("/health", **document.HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """Say whether this face and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return reply.plain(request, {"status": "ok"}, status=200)


@api.get("/openapi.json", **document.OPENAPI)
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI 3.1 document of this face."""
    return reply.text(request, document.text(api), "application/json", status=200)


api.post("/hashes/match", auth=KeyWith(KeyRight.MATCH), **document.MATCH)(hashes.match)
api.get("/m/lookup", auth=KeyWith(KeyRight.MATCH), **document.LOOKUP)(hashes.lookup)
api.get("/m/raw_lookup", auth=KeyWith(KeyRight.MATCH), **document.RAW_LOOKUP)(hashes.raw_lookup)
api.post("/guard/check", auth=KeyWith(KeyRight.GUARD), **document.GUARD)(guard.check)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where nothing is."""
    del exception
    return problems.answer(request, 404, say.NO_PAGE)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django could not take as a request."""
    del exception
    return problems.answer(request, 400, say.MALFORMED)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a failure outside the routes."""
    return problems.answer(request, 500, say.INTERNAL)


def not_this_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer a method that an address does not take."""
    refusal = problems.from_failure(request, Refused(say.METHOD))
    refusal["Allow"] = allowed
    return refusal


api.add_exception_handler(Exception, problems.from_any)
api.add_exception_handler(Http404, problems.from_any)
