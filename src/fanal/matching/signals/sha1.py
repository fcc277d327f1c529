"""SHA-1 (FIPS 180-4) of the bytes: collisions can be made, and lists of known files still hold it."""

from fanal.core.text import Text
from fanal.matching.signal import Example, digest

SIGNAL = digest(
    "sha1",
    Text(en="SHA-1 of the file", fr="SHA-1 du fichier"),
    160,
    Example("a9993e364706816aba3e25717850c26c9cd0d89d", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    Example("sha-1:A9993E364706816ABA3E25717850C26C9CD0D89D", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    Example("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "a9993e364706816aba3e25717850c26c9cd0d89d"),
)
