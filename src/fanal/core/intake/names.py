"""References that people read aloud: eight symbols of chance, in two groups, without letters that look alike."""

from __future__ import annotations

from fanal.core.intake.follow_up_code import ALPHABET


def reference(random: bytes) -> str:
    """Make a reference such as `7KQM-4T2X` from five bytes of chance or more; a unique column does the rest."""
    number = int.from_bytes(random[:5], "big")
    symbols = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{symbols[:4]}-{symbols[4:]}"
