"""SHA-256 (FIPS 180-4) of the bytes: the same file, and nothing but the same file."""

from fanal.core.text import Text
from fanal.matching.signal import Example, digest

SIGNAL = digest(
    "sha256",
    Text(en="SHA-256 of the file", fr="SHA-256 du fichier"),
    256,
    Example(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    Example(
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    Example(
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
)
