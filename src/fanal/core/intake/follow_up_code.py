"""The reporter's code: 95 bits of chance and one check symbol, in letters that nobody confuses.

Twenty Crockford base32 symbols. Read as elements of GF(32), the symbols s0…s19 satisfy Σ g^i·s_i = 0 with g a generator
of the field: the multipliers are all different and none is zero, so that every single wrong symbol and every swap of
two symbols breaks the sum.
"""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 20
GROUP: Final = 4
_POLYNOMIAL: Final = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_VALUE: Final = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BYTES: Final = 12
_LONGEST: Final = 200  # what is longer was not copied from a receipt
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212_."


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _POLYNOMIAL
        right >>= 1
    return product


def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < LENGTH:
        powers.append(_multiply(powers[-1], 2))
    return tuple(powers)


# What each place adds to the sum for each symbol, and which symbol makes the last place add what is wanted.
_ADDS: Final = tuple(tuple(_multiply(power, value) for value in range(32)) for power in _powers())
_LAST: Final = {product: value for value, product in enumerate(_ADDS[-1])}


def _sum(values: list[int]) -> int:
    total = 0
    for adds, value in zip(_ADDS, values, strict=False):
        total ^= adds[value]
    return total


def make(random: bytes) -> str:
    """Turn at least 12 unpredictable bytes into a code (20 symbols, no spaces); ValueError for fewer bytes."""
    if len(random) < _BYTES:
        raise ValueError("a follow-up code needs 12 bytes of chance")
    number = int.from_bytes(random[:_BYTES], "big") >> 1
    data = [number >> 5 * place & 31 for place in range(LENGTH - 1)]
    return "".join(ALPHABET[value] for value in [*data, _LAST[_sum(data)]])


def parse(text: str) -> str | None:
    """Read a code as a person types it (any case, spaces, dashes, O for 0, I or L for 1); None where it is not one."""
    if len(text) > _LONGEST:
        return None
    symbols = [symbol for symbol in text.upper() if not symbol.isspace() and symbol not in _DASHES]
    values = [_VALUE.get(symbol, -1) for symbol in symbols]
    if len(values) != LENGTH or -1 in values or _sum(values):
        return None
    return "".join(ALPHABET[value] for value in values)


def show(code: str) -> str:
    """Set a code in groups of four, as it stands on the receipt: 7KQM 4T2X 9HFD R3WP K2M7."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
