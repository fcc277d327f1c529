"""Magnet links: the info-hash alone is what they name; trackers, names and sizes are not."""

from __future__ import annotations

import base64
import re
from typing import Final

from fanal.core.reasons import reason
from fanal.core.report import Target, TargetKind

MAGNET: Final = reason(
    "harmonise.magnet",
    en="It is a magnet link; the fingerprint of its content alone counts, not its trackers nor its name.",
    fr="C’est un lien magnet ; seule compte l’empreinte de son contenu, ni ses serveurs ni son nom.",
)

_TOPIC: Final = re.compile(r"xt(?:\.[0-9]+)?=urn(?::|%3A)(btih|btmh)(?::|%3A)([0-9A-Za-z]+)", re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9a-f]{40}")
_BASE32: Final = re.compile(r"[A-Z2-7]{32}")
_MULTIHASH: Final = re.compile(r"1220[0-9a-f]{64}")  # SHA-256, 32 bytes (BEP 52)


def read(text: str) -> Target | None:
    """Read magnet:?xt=urn:btih:… (hexadecimal or base32, BEP 9) or btmh (BEP 52); None where it has no sound hash.

    A link with both is named by its first version, so that the same torrent with only that one is the same target.
    """
    found = {kind.lower(): hash_ for kind, hash_ in reversed(_topics(text))}
    kind = "btih" if "btih" in found else "btmh"
    if not found:
        return None
    canonical = f"magnet:?xt=urn:{kind}:{found[kind]}"
    return Target(
        kind=TargetKind.MAGNET,
        canonical=canonical,
        defanged=canonical.replace(":", "[:]", 1),
        id=found[kind],
        reasons=(MAGNET,),
    )


def _topics(text: str) -> list[tuple[str, str]]:
    parts = text.partition("?")[2].split("&")
    matches = [match for part in parts if (match := _TOPIC.fullmatch(part))]
    read = [(match.group(1), _hash(match.group(1).lower(), match.group(2))) for match in matches]
    return [(kind, hash_) for kind, hash_ in read if hash_]


def _hash(kind: str, given: str) -> str:
    """Give a hash in lower-case hexadecimal; "" where it is not one."""
    low = given.lower()
    if kind == "btmh":
        return low if _MULTIHASH.fullmatch(low) else ""
    if _HEX.fullmatch(low):
        return low
    return base64.b32decode(given.upper()).hex() if _BASE32.fullmatch(given.upper()) else ""
