"""A million invented names of things reported, and drafts in which a few of them stand."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Final

NAMES: Final = 1_000_000
APART: Final = 2_000  # characters from one name to the next
CORPUS: Final = Path(__file__).parents[1] / "tests" / "guard" / "corpus"
_HARD, _SOFT = "bcdfghjklmnprstvz", "aeiou"
_ENDINGS = ("example", "test", "invalid")
# What each kind is to its target: its role, its target's kind and platform.
KINDS: Final = {
    "handle": (3, "account", "x"),
    "host": (2, "domain", ""),
    "page": (1, "url", ""),
    "number": (5, "phone", ""),
    "wallet": (4, "wallet", ""),
    "hash": (4, "hash", ""),
}
_SHARES: Final = ("handle", "handle", "handle", "host", "page", "page", "page", "number", "wallet", "hash")


def names(count: int = NAMES) -> list[tuple[str, str]]:
    """Give so many names with their kinds: the same each time, handles and page addresses most of all."""
    draw = random.Random(20)  # noqa: S311 invented, the same each time
    found: dict[str, str] = {}
    while len(found) < count:
        kind = _SHARES[len(found) % len(_SHARES)]
        found[_name(kind, draw)] = kind
    return list(found.items())


def text(known: list[tuple[str, str]]) -> str:
    """Give the plain drafts of the evasion corpus that name nothing (French and English), with names set in."""
    prose = _prose()
    draw = random.Random(3)  # noqa: S311 the same each time
    parts: list[str] = []
    at = 0
    while (end := prose.find(" ", at + APART)) > 0:
        name, kind = known[draw.randrange(len(known))]
        parts.append(f"{prose[at:end]} {'@' if kind == 'handle' else ''}{name}")
        at = end
    return "".join([*parts, prose[at:]])


def bare() -> str:
    """Give the same prose without any of the names."""
    return _prose()


def _prose() -> str:
    found: list[str] = []
    for file in sorted(CORPUS.glob("*.toml")):
        drafts = tomllib.loads(file.read_text(encoding="utf-8")).get("draft", [])
        found += [one["text"] for one in drafts if one.get("form", "text") == "text" and not one.get("names")]
    return "\n\n".join(found)


def _name(kind: str, draw: random.Random) -> str:
    match kind:
        case "handle":
            return (
                _word(draw, 3)
                + draw.choice(("", "_", "."))
                + _word(draw, 2)
                + draw.choice(("", str(draw.randrange(99))))
            )
        case "host":
            return f"{_word(draw, 4)}.{draw.choice(_ENDINGS)}"
        case "page":
            return f"{_word(draw, 3)}.{draw.choice(_ENDINGS)}/{_word(draw, 2)}/{draw.randrange(10**7)}"
        case "number":
            return f"0{draw.choice('67')}{draw.randrange(10**8):08}"
        case "wallet":
            return "bc1q" + "".join(draw.choices("023456789acdefghjklmnpqrstuvwxyz", k=38))
        case _:
            return f"{draw.getrandbits(160):040x}"


def _word(draw: random.Random, size: int) -> str:
    return "".join(draw.choice(_HARD) + draw.choice(_SOFT) for _ in range(size))
