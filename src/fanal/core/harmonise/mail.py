"""E-mail addresses: one canonical form each, whatever stands around them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from fanal.core.harmonise import hosts
from fanal.core.reasons import reason
from fanal.core.report import Target, TargetKind

MAIL: Final = reason(
    "harmonise.email",
    en="It is an e-mail address; capitals do not count in it.",
    fr="C’est une adresse électronique ; les majuscules n’y comptent pas.",
)

_ATOM: Final = r"[\w!#$%&'*+=?^|~-]{1,64}"
_ADDRESS: Final = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@([^\s@/:?#<>()\[\],;\"\\%]+)")
_MAILTO: Final = re.compile(r"mailto:\s*([^?]+)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_NAMED: Final = re.compile(r"[^<>@]{0,200}<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>", re.IGNORECASE)
_LONGEST_LOCAL: Final = 64  # RFC 5321, 4.5.3.1.1
_LONGEST: Final = 2_000


def read(text: str) -> Target | None:
    """Read an e-mail address: bare, after mailto:, or in angle brackets after a name; None for anything else.

    The domain is a host under an ending where names exist. The local part is compared without regard to case: RFC 5321,
    2.4 leaves case to the receiving host, but discourages any host from telling two mailboxes apart by it, and none of
    size does. So two spellings are one target; the item keeps what was typed. Dots and +tags are the host's own
    affair and stay.
    """
    if len(text) > _LONGEST:
        return None
    if found := _MAILTO.fullmatch(text):
        text = found.group(1).strip().replace("%40", "@", 1)
    elif found := _NAMED.fullmatch(text):
        text = found.group(1)
    parts = _ADDRESS.fullmatch(text)
    if parts is None or len(parts.group(1)) > _LONGEST_LOCAL:
        return None
    host = hosts.named(parts.group(2).rstrip("."))
    if not host or hosts.facts(host).ip:
        return None
    local = unicodedata.normalize("NFC", parts.group(1).lower())
    facts = hosts.facts(host)
    return Target(
        kind=TargetKind.EMAIL,
        canonical=f"{local}@{host}",
        defanged=f"{local.replace('.', '[.]')}[at]{facts.defanged}",
        id=f"{local}@{host}",
        host=facts.registrable,
        confidence=facts.confidence,
        reasons=(MAIL, *facts.reasons),
    )
