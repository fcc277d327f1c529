"""Fingerprints that a platform looks up: /hashes/match, and the two routes of Meta's hasher-matcher-actioner beside it.

A match is a lead for the platform's own people. What is asked is not kept; that it was asked, how often, is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse  # noqa: TC002 - ninja reads them

from fanal.actions import fingerprints
from fanal.api import body, problems, reply
from fanal.api import sentences as say
from fanal.core.errors import Refused

if TYPE_CHECKING:
    from fanal.actions.fingerprints import Asked
    from fanal.core.reasons import Reason
    from fanal.core.text import Text
    from fanal.matching.match import Found

MAX_BYTES: Final = 1024 * 1024
MAX_HASHES: Final = 1_000
_THEIRS: Final = {"video_md5": "md5"}
_YES: Final = frozenset({"1", "true", "yes", "on"})


def match(request: HttpRequest) -> HttpResponse:
    """Look up to a thousand fingerprints up, in all lists or in those named; answers come in order, values never do."""
    body.demand_type(request, "application/json")
    sent = body.parse(body.whole(request, limit=MAX_BYTES))
    tongue = problems.language(request)
    found = fingerprints.ask(reply.key(request), _questions(sent), names=_names(sent))
    told = [_told(place, one, tongue) for place, one in enumerate(found)]
    return reply.plain(request, {"answers": told}, status=200)


def lookup(request: HttpRequest) -> HttpResponse:
    """Answer as the other program's /m/lookup does: the names of the lists that one fingerprint matches."""
    one = _theirs(request)
    names = dict.fromkeys(found.list for found in one.found if not found.negative)
    return reply.plain(request, list(names), status=200)


def raw_lookup(request: HttpRequest) -> HttpResponse:
    """Answer as the other program's /m/raw_lookup does: numbers of entries, with distances where they are wanted."""
    one = _theirs(request)
    ids = [(number(found), found.distance or 0) for found in one.found if not found.negative]
    if request.GET.get("include_distance", "").lower() in _YES:
        entries = [{"content_id": id, "distance": str(far)} for id, far in ids]
        return reply.plain(request, {"matches": entries}, status=200)
    return reply.plain(request, {"matches": [id for id, _ in ids]}, status=200)


def number(found: Found) -> int:
    """Give an entry a number of its own that stays the same: 48 bits of BLAKE2b over list and reference."""
    name = f"{found.list}\0{found.entry.ref or found.id}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=6).digest(), "big")


def _theirs(request: HttpRequest) -> Asked:
    """Take the question of the other program's callers."""
    if "url" in request.GET:
        raise Refused(say.NO_FILES)
    kind = request.GET.get("signal_type", "")
    (one,) = fingerprints.ask(reply.key(request), [(_THEIRS.get(kind, kind), request.GET.get("signal", ""))])
    if one.fault:
        raise Refused(one.fault)
    return one


def _questions(sent: object) -> list[tuple[str, str]]:
    given = sent.get("hashes") if isinstance(sent, Mapping) else None
    if not isinstance(given, list) or not given:
        raise Refused(say.NO_HASHES)
    if len(given) > MAX_HASHES:
        raise Refused(say.MANY_HASHES)
    return [_question(one) for one in given]


def _question(one: object) -> tuple[str, str]:
    if not isinstance(one, Mapping):
        return "", ""
    signal, value = one.get("signal"), one.get("value")
    return (signal, value) if isinstance(signal, str) and isinstance(value, str) else ("", "")


def _names(sent: object) -> tuple[str, ...]:
    given = sent.get("lists") if isinstance(sent, Mapping) else None
    return tuple(one for one in given if isinstance(one, str)) if isinstance(given, list) else ()


def _told(place: int, one: Asked, tongue: str) -> dict[str, Any]:
    fault = None if one.fault is None else {"code": one.fault.code, "message": one.fault.text.speak(tongue)}
    return {"hash": place, "matches": [_found(found, tongue) for found in one.found], "fault": fault}


def _found(found: Found, tongue: str) -> dict[str, Any]:
    said = found.entry.opinions
    return {
        "list": found.list,
        "ref": found.entry.ref,
        "classification": found.classification,
        "labels": list(found.entry.labels),
        "distance": found.distance,
        "orientation": found.orientation,
        "harmless": found.negative,
        "opinions": {"seen": said.seen, "disputed": said.disputed, "false_positive": said.false_positive},
        "reasons": [_reason(why, tongue) for why in found.reasons],
    }


def _reason(why: Reason, tongue: str) -> dict[str, str]:
    text: Text = why.text
    return {"code": why.code, "text": text.speak(tongue)}
