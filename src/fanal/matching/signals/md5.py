"""MD5 (RFC 1321) of the bytes: broken against forgers, and still what most lists of known files hold."""

from fanal.core.text import Text
from fanal.matching.signal import Example, digest

SIGNAL = digest(
    "md5",
    Text(en="MD5 of the file", fr="MD5 du fichier"),
    128,
    Example("900150983cd24fb0d6963f7d28e17f72", "900150983cd24fb0d6963f7d28e17f72"),
    Example("MD5: 900150983CD24FB0D6963F7D28E17F72", "900150983cd24fb0d6963f7d28e17f72"),
    Example("kAFQmDzST7DWlj99KOF/cg==", "900150983cd24fb0d6963f7d28e17f72"),
)
