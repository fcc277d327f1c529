"""Onion addresses: the public key in the name is checked, so that a mistyped one is said.

Version 3: 56 letters of base32 hold a key of 32 bytes, two bytes of checksum and the version
(Tor rend-spec-v3, 6 “Encoding onion addresses”). Version 2 had 16 letters and no checksum; Tor dropped it in 2021.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

from fanal.core.reasons import Reason, reason

SOUND: Final = reason(
    "harmonise.onion",
    en="It is an onion service; the checksum in its name is right.",
    fr="C’est un service onion ; la somme de contrôle de son nom est juste.",
)
MISTYPED: Final = reason(
    "harmonise.onion-mistyped",
    en="It ends like an onion service, but its name cannot be one (length or checksum): a letter may be wrong.",
    fr="Cela finit comme un service onion, mais le nom n’en est pas un (longueur ou somme de contrôle) : "
    "une lettre est peut-être fausse.",
)
OLD: Final = reason(
    "harmonise.onion-old",
    en="It is an onion service of version 2: such addresses have not answered since 2021.",
    fr="C’est un service onion de version 2 : ces adresses ne répondent plus depuis 2021.",
)

_V2: Final = 16
_V3: Final = 56
_KEY: Final = 32


def look(host: str) -> Reason:
    """Say what the name of an onion host is worth. `host` ends in .onion; subdomains in front of it do not count."""
    name = host.removesuffix(".onion").rpartition(".")[2]
    if len(name) not in (_V2, _V3):
        return MISTYPED
    try:
        raw = base64.b32decode(name.upper())
    except binascii.Error:
        return MISTYPED
    if len(name) == _V2:
        return OLD
    key, checksum, version = raw[:_KEY], raw[_KEY:-1], raw[-1:]
    right = version == b"\x03" and checksum == hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
    return SOUND if right else MISTYPED
