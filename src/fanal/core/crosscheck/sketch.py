"""The sketch of a text: eight values of which similar texts share some, and that tell nothing of the words.

MinHash (Broder 1997) over pairs of neighbouring words, each hashed under the key first, in bands (Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, 3.4): eight bands of four rows. Of two texts that have the share s of their
pairs in common, a band agrees with the chance s ** 4, so that of the eight agree

    s                 0.1     0.3     0.5     0.6     0.7     0.8     0.9     0.95
    one or more       0.001   0.063   0.40    0.67    0.89    0.985   1.000   1.000
    two or more       0.000   0.002   0.085   0.28    0.61    0.90    0.997   1.000   partly the same words
    four or more      0.000   0.000   0.001   0.013   0.10    0.43    0.90    0.993   almost the same words

One word changed in twenty leaves s at 0.8, one in two hundred at 0.98. Four rows and not three: with three, one band of
texts that have nothing but turns of phrase in common (s 0.05) agrees by chance in 125 of a million, more than a value
may before it is over-common (compare.COMMON); with four, in 6.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from rensa import RMinHash

BANDS: Final = 8
ROWS: Final = 4
_PAIR: Final = 2
_FEWEST: Final = 8  # words: shorter texts say the same by chance
_LONGEST: Final = 40_000  # characters
_SEED: Final = 1

_RUN: Final = re.compile(r"[!-~]+")
_ADDRESS: Final = re.compile(r"://|\[\.\]|@|^www\.|\.[a-z]{2,}(?:/|$)", re.IGNORECASE)
# A letter of a script that sets no spaces between words is a word; digits are left out.
_WORD: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+")


def words(text: str) -> tuple[str, ...]:
    """Give the words of `text` as they are compared: no case, no accents, no addresses, no figures, no punctuation.

    Of a text that is longer than 40,000 characters, the beginning counts.
    """
    plain = _RUN.sub(lambda run: " " if _ADDRESS.search(run.group()) else run.group(), text[:_LONGEST])
    parts = unicodedata.normalize("NFKD", plain).casefold()
    return tuple(_WORD.findall("".join(one for one in parts if not unicodedata.combining(one))))


def bands(text: str, *, key: bytes) -> tuple[bytes, ...]:
    """Give the eight bands of `text` under `key`, in their order; none for fewer than eight words.

    The values rest on the numbers that rensa draws from its seed: a test holds them, since a release that drew others
    would part what is stored from what comes.
    """
    said = words(text)
    if len(said) < _FEWEST:
        return ()
    pairs = {" ".join(said[at : at + _PAIR]) for at in range(len(said) - _PAIR + 1)}
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update([hashlib.blake2b(one.encode(), digest_size=8, key=key).digest() for one in sorted(pairs)])
    rows = sketch.digest()
    return tuple(
        bytes([band]) + b"".join(row.to_bytes(4, "big") for row in rows[band * ROWS : (band + 1) * ROWS])
        for band in range(BANDS)
    )
