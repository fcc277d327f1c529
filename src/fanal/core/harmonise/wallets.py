"""Addresses of crypto-currencies, each with its chain; the checksum that an address carries is checked."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.harmonise import checksums
from fanal.core.harmonise.keccak import keccak256
from fanal.core.reasons import Reason, reason
from fanal.core.report import Target, TargetKind

WALLET: Final = {
    chain: reason(
        "harmonise.wallet",
        en=f"It is an address of {label}.",
        fr=f"C’est une adresse {label}.",
    )
    for chain, label in {
        "bitcoin": "Bitcoin", "litecoin": "Litecoin", "ethereum": "Ethereum", "tron": "Tron", "monero": "Monero",
    }.items()
}  # fmt: skip
CHECKED: Final = reason(
    "harmonise.wallet-checked",
    en="The checksum in it is right.",
    fr="Sa somme de contrôle est juste.",
)
UNCHECKED: Final = reason(
    "harmonise.wallet-unchecked",
    en="It is written without a checksum: a mistyped letter would not be noticed.",
    fr="Elle est écrite sans somme de contrôle : une lettre fausse ne se verrait pas.",
)
MISTYPED: Final = reason(
    "harmonise.wallet-mistyped",
    en="The checksum in it is wrong: a letter may be mistyped.",
    fr="Sa somme de contrôle est fausse : une lettre est peut-être mal saisie.",
)

_URI: Final = re.compile(
    r"(bitcoin|litecoin|ethereum|tron|monero):(?://)?(?:pay-)?([A-Za-z0-9]+)(?:[?/@].*)?", re.IGNORECASE | re.DOTALL
)
_HEX: Final = re.compile(r"0[xX][0-9A-Fa-f]{40}")
_SEGWIT: Final = re.compile(r"(?:bc|ltc)1[02-9ac-hj-np-z]{8,87}")
_SHAPE: Final = re.compile(r"[1-9A-HJ-NP-Za-km-z]{26,35}|[48][1-9A-HJ-NP-Za-km-z]{94,105}")
_BASE58: Final = {0x00: "bitcoin", 0x05: "bitcoin", 0x30: "litecoin", 0x32: "litecoin", 0x41: "tron"}
_PREFIXES: Final = {"bc": "bitcoin", "ltc": "litecoin"}
# Main net: an address, one with a payment id, a subaddress (Monero, cryptonote_config.h).
_MONERO: Final = {95: (18, 42), 106: (19,)}
_SHORTEST, _LONGEST = 26, 106
_BLOCK: Final = 11
_SIZES: Final = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
_SURE, _LIKELY, _UNSURE = 1.0, 0.8, 0.6


def read(text: str) -> Target | None:
    """Read an address of Bitcoin, Litecoin, Ethereum, Tron or Monero, bare or as a URI (bitcoin:…?amount=…).

    The canonical form is the chain, a colon and the address: bech32 and hexadecimal in lower case (their capitals say
    nothing, or are EIP-55's checksum), base58 as it is. A wrong checksum is no address, but for Ethereum, where the
    shape alone tells: there it is said. An address that Bitcoin and Litecoin share (3…) is read as Bitcoin's.
    """
    found = _URI.fullmatch(text)
    address, named = (found.group(2), found.group(1).lower()) if found else (text, "")
    for rule in (_ethereum, _segwit, _base58):
        target = rule(address)
        if target and (not named or target.platform == named or (named == "litecoin" and address[0] == "3")):
            return target
    return None


def looks(word: str) -> bool:
    """Say cheaply whether a word of a text is worth reading as an address."""
    size = len(word)
    return _SHORTEST <= size <= _LONGEST and word.isalnum() and word.isascii() and word[0] in "13LMT480bBl"


def _ethereum(address: str) -> Target | None:
    if not _HEX.fullmatch(address):
        return None
    digits = address[2:]
    plain = digits.lower()
    if digits in (plain, digits.upper()):
        return _wallet("ethereum", f"0x{plain}", _LIKELY, UNCHECKED)
    sums = keccak256(plain.encode()).hex()
    right = "".join(one.upper() if nibble in "89abcdef" else one for one, nibble in zip(plain, sums, strict=False))
    return _wallet("ethereum", f"0x{plain}", *((_SURE, CHECKED) if right == digits else (_UNSURE, MISTYPED)))


def _segwit(address: str) -> Target | None:
    low = address.lower()
    if not _SEGWIT.fullmatch(low) or address not in (low, address.upper()):
        return None
    prefix = low.partition("1")[0]
    return _wallet(_PREFIXES[prefix], low, _SURE, CHECKED) if checksums.segwit(low, prefix) else None


def _base58(address: str) -> Target | None:
    if not _SHAPE.fullmatch(address):
        return None
    if len(address) in _MONERO:
        return _wallet("monero", address, _SURE, CHECKED) if _is_monero(address) else None
    raw = checksums.base58check(address)
    chain = _BASE58.get(raw[0]) if raw else None
    return _wallet(chain, address, _SURE, CHECKED) if chain else None


def _is_monero(address: str) -> bool:
    """Check an address of Monero: base58 in blocks of eight bytes, the last four of all are Keccak-256 of the rest."""
    raw = b""
    for start in range(0, len(address), _BLOCK):
        block = address[start : start + _BLOCK]
        part = checksums.base58(block, _SIZES[len(block)]) if len(block) in _SIZES else None
        if part is None:
            return False
        raw += part
    return raw[0] in _MONERO[len(address)] and keccak256(raw[:-4])[:4] == raw[-4:]


def _wallet(chain: str, address: str, confidence: float, said: Reason) -> Target:
    return Target(
        kind=TargetKind.WALLET,
        canonical=f"{chain}:{address}",
        defanged=f"{chain}[:]{address}",
        platform=chain,
        id=address,
        confidence=confidence,
        reasons=(WALLET[chain], said),
    )
