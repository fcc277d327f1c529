"""The shape of a sealed identity, before it is encrypted: canonical JSON, padded so that its length tells nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Final

from fanal.core.errors import Broken, Refused
from fanal.core.reasons import reason
from fanal.core.report import Identity

VERSION: Final = 1
SIZES: Final = (2048, 8192, 65536)  # bytes; nearly every identity fits the first, whoever it names

TOO_LONG = reason(
    "seal.too-long",
    en="The contact details are too long to be sealed. Shorten them.",
    fr="Les coordonnées sont trop longues pour être scellées. Raccourcissez-les.",
)
NOT_ONE = reason(
    "seal.not-one",
    en="This is not a sealed identity of a version that Fanal knows.",
    fr="Ceci n’est pas une identité scellée d’une version que Fanal connaît.",
)

_FIELDS = tuple(field.name for field in fields(Identity))


def wrap(identity: Identity, *, report_ref: str) -> bytes:
    """Write `identity` for the seal, with the report that it belongs to, as UTF-8 JSON with sorted keys.

    The length is one of SIZES (spaces follow the JSON). Refused: an identity that is longer than the largest.
    """
    written = json.dumps(
        {"version": VERSION, "report": report_ref, "identity": {name: getattr(identity, name) for name in _FIELDS}},
        ensure_ascii=True,  # a lone surrogate typed into a form must not make the seal fail
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    size = next((size for size in SIZES if len(written) <= size), None)
    if size is None:
        raise Refused(TOO_LONG)
    return written.ljust(size)


def unwrap(opened: bytes) -> Identity:
    """Read what `wrap` wrote; Broken for anything else."""
    return read(opened)[1]


def read(opened: bytes) -> tuple[str, Identity]:
    """Read what `wrap` wrote, as (report reference, identity); Broken for anything else."""
    if len(opened) not in SIZES:
        raise Broken(NOT_ONE)
    try:
        document = json.loads(opened)
    except ValueError:
        raise Broken(NOT_ONE) from None
    if not isinstance(document, dict) or document.keys() != {"version", "report", "identity"}:
        raise Broken(NOT_ONE)
    ref, named = document["report"], document["identity"]
    if document["version"] != VERSION or not isinstance(ref, str) or not isinstance(named, dict):
        raise Broken(NOT_ONE)
    if named.keys() != set(_FIELDS) or not all(isinstance(value, str) for value in named.values()):
        raise Broken(NOT_ONE)
    return ref, Identity(**named)
