"""The sketch of a text: eight values of which similar texts share some, and that tell nothing of the words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from rensa import RMinHash

BANDS: Final = 8
ROWS: Final = 4
_SHINGLE: Final = 2
_FEWEST: Final = 8
_LONGEST: Final = 40_000  # characters
_SEED: Final = 1

_ADDRESS: Final = re.compile(r"\S*(?:://|\[\.\]|@|www\.)\S*|\S+\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
# A letter of a script that sets no spaces between words is a word; digits are left out.
_WORD: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+")


def words(text: str) -> tuple[str, ...]:
    """Give the words of `text` as they are compared: no case, no accents, no addresses, no figures, no punctuation."""
    plain = _ADDRESS.sub(" ", text[:_LONGEST])
    parts = unicodedata.normalize("NFKD", plain).casefold()
    return tuple(_WORD.findall("".join(one for one in parts if not unicodedata.combining(one))))


def bands(text: str, *, key: bytes) -> tuple[bytes, ...]:
    """Give the eight bands of the MinHash (Broder 1997) of `text` under `key`; none for fewer than eight words."""
    said = words(text)
    if len(said) < _FEWEST:
        return ()
    pairs = {" ".join(said[at : at + _SHINGLE]) for at in range(len(said) - _SHINGLE + 1)}
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update([hashlib.blake2b(one.encode(), digest_size=8, key=key).digest() for one in sorted(pairs)])
    rows = sketch.digest()
    return tuple(
        bytes([band]) + b"".join(row.to_bytes(4, "big") for row in rows[band * ROWS : (band + 1) * ROWS])
        for band in range(BANDS)
    )
