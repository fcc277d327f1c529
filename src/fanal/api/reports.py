"""One JSON document of a machine → one incoming report, and a committed report → the answer about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from fanal.actions.intake import Incoming, Received
from fanal.api import sentences as say
from fanal.api.problems import Invalid
from fanal.core.errors import Refused
from fanal.core.intake import faults, read, xarf
from fanal.core.reasons import Fault
from fanal.core.report import Channel, Identity
from fanal.queries import world
from fanal.queries import xarf as xarf_schemas

if TYPE_CHECKING:
    from django.http import HttpRequest

MAX_IDEMPOTENCY: Final = 255
MAX_AGENT: Final = 512
FURTHEST_EAST: Final = timedelta(hours=14)
_FLAGS: Final = ("minor", "danger_now")


def origin(request: HttpRequest) -> Identity:
    """Say from where a request comes; the contact that a report gives joins it on the way into the seal."""
    ip = request.META.get("REMOTE_ADDR", "")
    proxies = int(getattr(settings, "FANAL_PROXIES", getattr(settings, "FANAL_TRUSTED_PROXY", 0)))
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < proxies <= len(passed):  # only what our own proxies wrote: anyone could have written what stands before
        ip = passed[-proxies] or ip
    return Identity(ip=ip, user_agent=request.headers.get("User-Agent", "")[:MAX_AGENT])


def incoming(
    document: object, *, channel: Channel, origin: Identity, nonce: bytes, source: str, today: date
) -> Incoming:
    """Read one report, ours or XARF v4 (known by its `xarf_version`). Raises Invalid with every fault found.

    The words of a form ("yes", "on") are not taken for true here: JSON has true and false.
    """
    if not isinstance(document, dict):
        raise Refused(say.NOT_OBJECT)
    if "xarf_version" in document:
        wrong = xarf_schemas.validate(document)
        if wrong:
            raise Invalid(wrong)
        found = xarf.read(document)
    else:
        found = read.read(document, channel=channel, today=today)
        words = [Fault(name, faults.NOT_YES_OR_NO) for name in _FLAGS if isinstance(document.get(name), str)]
        if words:
            raise Invalid((*words, *(one for one in found.faults if one.field not in _FLAGS)))
    if found.submission is None:
        raise Invalid(found.faults)
    who = found.identity
    identity = replace(origin, name=who.name, email=who.email, phone=who.phone)
    return Incoming(found.submission, identity, nonce, source, found.notes)


def today() -> date:
    """Give the date of those for whom it is latest (UTC+14): nobody's today is refused as a day to come."""
    return (world.current().now() + FURTHEST_EAST).date()


def nonce(key_id: str, idempotency: str | None) -> bytes:
    """Make the one-time nonce: from the key and its idempotency key, or by chance, so that a repeat is another report.

    Refused: an idempotency key that is not 1 to 255 visible ASCII characters. (A batch appends its own part after a
    character that is not visible, so that the two can never meet.)
    """
    if idempotency is None:
        return world.current().new_bytes(32)
    return hashlib.sha256(f"{key_id}\x00{idempotency}".encode()).digest()


def idempotency(value: object) -> str | None:
    """Check an idempotency key as it came; None where there is none. Refused: anything but 1 to 255 visible ASCII."""
    if value is None:
        return None
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_IDEMPOTENCY:
        raise Refused(say.IDEMPOTENCY)
    if not value.isascii() or not value.isprintable() or " " in value:
        raise Refused(say.IDEMPOTENCY)
    return value


def told(received: Received, tongue: str) -> dict[str, object]:
    """Write the answer: the receipt, what was set aside on the way in, what cannot wait, what is for somebody else."""
    return {
        "ref": received.ref,
        "code": received.code,
        "received_at": moment(received.received_at),
        "repeated": received.repeated,
        "notes": [{"code": one.code, "text": one.text.speak(tongue)} for one in received.notes],
        "urgent": [{"code": one.code, "text": one.text.speak(tongue)} for one in received.screening.urgent],
        "elsewhere": [
            {"id": one.id, "text": one.text.speak(tongue), "advice": one.advice.speak(tongue)}
            for one in received.screening.elsewhere
        ],
    }


def moment(at: datetime) -> str:
    """Write a moment in UTC as RFC 3339 has it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def code_in(document: object) -> str:
    """Take the follow-up code out of a question about a report; Refused for any other shape."""
    code = document.get("code") if isinstance(document, dict) and len(document) == 1 else None
    if not isinstance(code, str) or len(code) > say.MAX_CODE:
        raise Refused(say.CODE_EXPECTED)
    return code


def kept_apart(document: object, field: str) -> tuple[object, object]:
    """Take one field out of a document that is an object; give the rest and the field's value (None: not there)."""
    if isinstance(document, Mapping) and field in document:
        return {name: value for name, value in document.items() if name != field}, document[field]
    return document, None
