"""A log as a folder of files (C2SP tlog-tiles): which files a tree of a size has, their paths, and entry bundles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.errors import Broken
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
MOST_ENTRY_BYTES = 2**16 - 1

NO_BUNDLE = reason(
    "ledger.bundle.unread",
    en="This bundle of entries is cut short, or its lengths do not add up.",
    fr="Ce lot d’inscriptions est tronqué, ou ses longueurs ne concordent pas.",
)
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)
_MOST_LEVEL = 63


@dataclass(frozen=True, slots=True)
class Tile:
    """One file: hashes of a level (0 are the leaves), or the entries themselves where `level` is None."""

    level: int | None
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Give the file's path in the log's folder."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        steps = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join([*(f"x{step}" for step in steps[:-1]), steps[-1]])
        level = ENTRIES if self.level is None else str(self.level)
        return f"tile/{level}/{number}" + (f".p/{self.width}" if self.width < WIDTH else "")


def parse(path: str) -> Tile | None:
    """Read a file's path; None for what is not one written in the one right way."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    level = None if found["level"] == ENTRIES else int(found["level"])
    tile = Tile(level, int(found["index"].replace("x", "").replace("/", "")), int(found["width"] or WIDTH))
    return tile if tile.path() == path and (level or 0) <= _MOST_LEVEL else None


def level(size: int, level: int | None) -> tuple[Tile, ...]:
    """Name the files of one level (None: the entries) in a tree of `size`; the last may be partial."""
    hashes = size >> (HEIGHT * (level or 0))
    full = [Tile(level, index) for index in range(hashes // WIDTH)]
    return (*full, Tile(level, hashes // WIDTH, hashes % WIDTH)) if hashes % WIDTH else tuple(full)


def levels(size: int) -> int:
    """Count the levels of tiles in a tree of `size`."""
    count = 0
    while size >> (HEIGHT * count):
        count += 1
    return count


def bundle(entries: Iterable[bytes]) -> bytes:
    """Write entries one after the other, each after its length (two bytes, the larger first)."""
    parts: list[bytes] = []
    for one in entries:
        if len(one) > MOST_ENTRY_BYTES:
            raise Broken(NO_BUNDLE)
        parts += [len(one).to_bytes(2, "big"), one]
    return b"".join(parts)


def unbundle(raw: bytes, *, width: int) -> tuple[bytes, ...]:
    """Read a bundle of exactly `width` entries; Broken for a byte too few or too many."""
    entries: list[bytes] = []
    at = 0
    while at < len(raw):
        end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
        if at + 2 > len(raw) or end > len(raw):
            raise Broken(NO_BUNDLE)
        entries.append(raw[at + 2 : end])
        at = end
    if len(entries) != width:
        raise Broken(NO_BUNDLE)
    return tuple(entries)
