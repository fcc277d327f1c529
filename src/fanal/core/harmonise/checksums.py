"""The two families of checksums that addresses of crypto-currencies carry: base58 and bech32."""

from __future__ import annotations

import hashlib
from typing import Final

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT58: Final = {letter: value for value, letter in enumerate(_BASE58)}
_BECH32: Final = {letter: value for value, letter in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_SUMS: Final = {1: 0, 0x2BC830A3: 1}  # BIP-173 for witness version 0, BIP-350 for those above
_MOST_VERSION: Final = 16
_SHORTEST, _LONGEST = 2, 40  # bytes of a witness program (BIP-141)
_PROGRAM_V0: Final = frozenset({20, 32})
_CHECK: Final = 6


def base58(text: str, size: int) -> bytes | None:
    """Read base58 as a number in exactly `size` bytes; None where it is not base58, or does not fit."""
    number = 0
    for letter in text:
        value = _DIGIT58.get(letter)
        if value is None:
            return None
        number = number * 58 + value
    return number.to_bytes(size, "big") if number < 1 << (8 * size) else None


def base58check(text: str) -> bytes | None:
    """Give version and hash (21 bytes) of a base58check address; None where a checksum or a leading 1 is wrong."""
    raw = base58(text, 25)
    if raw is None or len(text) - len(text.lstrip("1")) != len(raw) - len(raw.lstrip(b"\0")):
        return None
    twice = hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()
    return raw[:-4] if twice[:4] == raw[-4:] else None


def segwit(text: str, prefix: str) -> bool:
    """Say whether `text` (lower case) is a sound segwit address with that human-readable part (BIP-173, BIP-350)."""
    if not text.startswith(prefix + "1"):
        return False
    values = [_BECH32.get(letter, -1) for letter in text[len(prefix) + 1 :]]
    if min(values, default=-1) < 0 or len(values) <= _CHECK:
        return False
    known = _SUMS.get(_remainder([ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix] + values))
    version, program = values[0], values[1:-_CHECK]
    size = len(program) * 5 // 8
    spare = len(program) * 5 % 8
    if known is None or (known == 0) != (version == 0) or version > _MOST_VERSION:
        return False
    if not program or spare >= 5 or program[-1] & ((1 << spare) - 1):  # noqa: PLR2004 - five bits a letter
        return False
    return size in _PROGRAM_V0 if version == 0 else _SHORTEST <= size <= _LONGEST


def _remainder(values: list[int]) -> int:
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            found ^= generator if top >> bit & 1 else 0
    return found
