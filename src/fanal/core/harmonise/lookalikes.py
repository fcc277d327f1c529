"""Hosts that are no platform's and carry a platform's name, or are written to be taken for it."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import account_why, hosts, platforms

if TYPE_CHECKING:
    from fanal.core.reasons import Reason

_SHORT: Final = 4  # a shorter name, joined by hyphens, is found in many an honest word
_LONG: Final = 7  # a shorter name has neighbours that mean something else
_DIGITS: Final = str.maketrans("01!|35478i", "olllesatbl")
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
# Letters that IDNA permits and that are taken for Latin ones, beyond the pairs of Unicode (UTS #39).
_MORE: Final = {"к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "п": "n", "и": "u", "τ": "t", "κ": "k"}

_BRANDS: Final = {one.brand: one.label for one in platforms.PLATFORMS if one.brand}
_LONG_BRANDS: Final = tuple(brand for brand in _BRANDS if len(brand) >= _LONG)
_STARTS: Final = {brand[:3]: tuple(one for one in _LONG_BRANDS if one[:3] == brand[:3]) for brand in _LONG_BRANDS}
_ENDS: Final = {brand[-3:]: tuple(one for one in _LONG_BRANDS if one[-3:] == brand[-3:]) for brand in _LONG_BRANDS}
_LABELS: Final = {host: one.label for host, one in platforms.BY_HOST.items()}


@lru_cache(maxsize=65_536)
def find(host: str) -> tuple[Reason, ...]:
    """Say what platform `host`, which is none's, pretends to be; nothing where it pretends nothing.

    Two grades. It *carries* the name where the whole host of a platform or its distinctive word stands in it, between
    dots or hyphens (x.com.evil.example, facebook-login.example). It *looks like* it where letters of other scripts,
    digits for letters, or one letter more, less, other or swapped make that word (twltter.example, xn--…). An ordinary
    word that a platform has for its name (threads, discord) says nothing by itself.
    """
    if platforms.of(host):
        return ()
    parts = _parts(host)
    if label := _whole_host(host.split(".")) or next((_BRANDS[part] for part in parts if part in _BRANDS), ""):
        return (account_why.carries(label),)
    if label := _alike(host) or _nearly(host):
        return (account_why.resembles(label),)
    return ()


def _parts(host: str) -> list[str]:
    """Give what stands between dots and hyphens, without the ending."""
    return host.replace("-", ".").split(".")[:-1]


def _whole_host(labels: list[str]) -> str:
    """Find the host of a platform in front (x.com.evil.example) or within one label (facebook-com.example)."""
    for start in range(len(labels) - 2):
        if label := _LABELS.get(f"{labels[start]}.{labels[start + 1]}"):
            return label
    for label in labels:
        if "-" in label:
            for first, second in pairwise(label.split("-")):
                if len(first) >= _SHORT and (found := _LABELS.get(f"{first}.{second}")):
                    return found
    return ""


def _alike(host: str) -> str:
    """Find the platform whose host or word this one is taken for, letter for letter."""
    brands = _brands_by_skeleton()
    if "xn--" not in host:
        return next((brands[part] for part in _parts(_skeleton(host)) if part in brands), "")
    shown = _skeleton(".".join(hosts.letters(label) for label in host.split(".")))
    whole = _hosts_by_skeleton()
    return (
        whole.get(shown.removeprefix("www."))
        or whole.get(".".join(shown.split(".")[-2:]))
        or next((brands[part] for part in _parts(shown) if part in brands), "")
    )


def _nearly(host: str) -> str:
    """Find the platform whose word is one letter away from the name that somebody registered."""
    word = hosts.registrable(host).partition(".")[0]
    # One change leaves the first three or the last three letters of a long word as they are.
    near = (*_STARTS.get(word[:3], ()), *_ENDS.get(word[-3:], ()))
    return next((_BRANDS[brand] for brand in near if _one_away(word, brand)), "")


def _skeleton(text: str) -> str:
    """Give what the letters of `text` are taken for: two texts with one skeleton look the same."""
    if not text.isascii():
        table = homoglyphs()
        text = "".join(table.get(letter, letter) for letter in text)
        text = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
        text = "".join(table.get(letter, letter) for letter in text)
    text = text.translate(_DIGITS)
    for pair, letter in _PAIRS:
        if pair in text:
            text = text.replace(pair, letter)
    return text


@cache
def homoglyphs(*, capitals: bool = False) -> dict[str, str]:
    """Give the Latin letter that each letter of another script is taken for (Unicode's confusables, and a few more).

    With `capitals`, also the small letter for what is taken for a capital one.
    """
    # its tables take 80 ms to read, and few hosts need them
    from confusable_homoglyphs import confusables  # noqa: PLC0415

    found = dict(_MORE)
    for latin in _LETTERS:
        for alike in confusables.confusables_data.get(latin, ()):
            if len(alike["c"]) == 1 and not alike["c"].isascii():
                found[alike["c"]] = latin
        if capitals:
            for alike in confusables.confusables_data.get(latin.upper(), ()):
                if len(alike["c"]) == 1 and not alike["c"].isascii():
                    found.setdefault(alike["c"], latin)
    return found


@cache
def _brands_by_skeleton() -> dict[str, str]:
    return {_skeleton(brand): label for brand, label in _BRANDS.items()}


@cache
def _hosts_by_skeleton() -> dict[str, str]:
    return {_skeleton(host): label for host, label in _LABELS.items()}


def _one_away(word: str, brand: str) -> bool:
    """Say whether one letter more, less or other, or two neighbours swapped, make `brand` of `word`."""
    longer, shorter = (word, brand) if len(word) > len(brand) else (brand, word)
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and longer[start] == shorter[start]:
        start += 1
    if len(longer) > len(shorter):
        return longer[start + 1 :] == shorter[start:]
    if word[start + 1 :] == brand[start + 1 :]:
        return True
    return word[start : start + 2] == brand[start : start + 2][::-1] and word[start + 2 :] == brand[start + 2 :]
