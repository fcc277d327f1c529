"""Fingerprints of pictures and files, as people and machines write them: pdq:… and md5:…, sha1:… or sha256:… ."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.reasons import reason
from fanal.core.report import Target, TargetKind

FINGERPRINT: Final = reason(
    "harmonise.fingerprint",
    en="It is the fingerprint of a file or a picture: it is compared with lists, and nothing is opened.",
    fr="C’est l’empreinte d’un fichier ou d’une image : elle est comparée à des listes, et rien n’est ouvert.",
)
TOO_FLAT: Final = reason(
    "harmonise.fingerprint-flat",
    en="The picture is too flat for its fingerprint to say much: it is kept, and looked up nowhere.",
    fr="L’image est trop uniforme pour que son empreinte dise grand-chose : elle est gardée, et cherchée nulle part.",
)
LEAST_QUALITY: Final = 50
"""Of a PDQ, under which it is not looked up (facebook/ThreatExchange, pdq/README.md)."""

_DIGITS: Final = {"md5": 32, "sha1": 40, "sha256": 64, "pdq": 64}
_WRITTEN: Final = re.compile(
    r"(md5|sha-?1|sha-?256|pdq)\s*[:=]\s*([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?:\s*:\s*(100|[1-9]?[0-9]))?",
    re.IGNORECASE,
)
_NAMES: Final = frozenset({"fingerprint", "empreinte", "hash", "md5", "sha1", "sha-1", "sha256", "sha-256", "pdq"})
_BARE: Final = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_BY_LENGTH: Final = {32: "md5", 40: "sha1", 64: "sha256"}
_SHOWN: Final = 8


def says_enough(target: Target) -> bool:
    """Say whether a target is a fingerprint that can be looked up: a flat picture's says too little."""
    return target.kind is TargetKind.HASH and all(why.code != TOO_FLAT.code for why in target.reasons)


def read(text: str, platform: str = "") -> Target | None:
    """Read a fingerprint with its kind in front, or bare digits where the reporter says that they are one.

    A PDQ may be followed by its quality. 64 bare digits are a SHA-256 unless PDQ was named. None for anything else.
    """
    found = _WRITTEN.fullmatch(text)
    named = platform.strip().lower()
    if found:
        kind, digits, quality = found.group(1).lower().replace("-", ""), found.group(2).lower(), found.group(3)
    elif named in _NAMES and _BARE.fullmatch(text) and len(text) in _BY_LENGTH:
        named = named.replace("-", "")
        kind, digits, quality = named if named in _DIGITS else _BY_LENGTH[len(text)], text.lower(), None
    else:
        return None
    if len(digits) != _DIGITS[kind] or (quality is not None and kind != "pdq"):
        return None
    flat = quality is not None and int(quality) < LEAST_QUALITY
    return Target(
        kind=TargetKind.HASH,
        canonical=f"{kind}:{digits}",
        defanged=f"{kind}:{digits[:_SHOWN]}…",
        platform=kind,
        id=digits,
        confidence=1.0,
        reasons=(FINGERPRINT, TOO_FLAT) if flat else (FINGERPRINT,),
    )
