"""Keccak-256 as Ethereum and Monero use it: SHA-3 before its padding was settled, so hashlib does not have it.

The permutation is Keccak-f[1600] of FIPS 202; only the first padding byte differs (0x01 instead of 0x06).
"""

from __future__ import annotations

from typing import Final

_RATE: Final = 136  # bytes taken in at a time: 1600 bits less twice 256
_LANES: Final = 25
_MASK: Final = (1 << 64) - 1


def _constants() -> tuple[int, ...]:
    """Make the constants of the 24 rounds (FIPS 202, algorithm 5: a shift register over 255 bits)."""
    found = []
    register = 1
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        found.append(constant)
    return tuple(found)


def _moves() -> tuple[tuple[int, int, int], ...]:
    """Make the way of the lanes through rho and pi: from where, to where, turned by how many bits."""
    found = [(0, 0, 0)]
    x, y = 1, 0
    for step in range(24):
        found.append((x + 5 * y, y + 5 * ((2 * x + 3 * y) % 5), (step + 1) * (step + 2) // 2 % 64))
        x, y = y, (2 * x + 3 * y) % 5
    return tuple(found)


_ROUNDS: Final = _constants()
_MOVES: Final = _moves()


def _turn(lane: int, bits: int) -> int:
    return ((lane << bits) | (lane >> (64 - bits))) & _MASK


def _permute(lanes: list[int]) -> list[int]:
    for constant in _ROUNDS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [columns[(x + 4) % 5] ^ _turn(columns[(x + 1) % 5], 1) for x in range(5)]
        moved = [0] * _LANES
        for start, end, bits in _MOVES:
            moved[end] = _turn(lanes[start] ^ mixed[start % 5], bits)
        lanes = [
            moved[at] ^ (~moved[at - at % 5 + (at + 1) % 5] & moved[at - at % 5 + (at + 2) % 5]) for at in range(_LANES)
        ]
        lanes[0] ^= constant
    return lanes


def keccak256(data: bytes) -> bytes:
    """Give the 32 bytes of Keccak-256 over `data`."""
    padded = bytearray(data + b"\x01" + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * _LANES
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            lanes[lane] ^= int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
