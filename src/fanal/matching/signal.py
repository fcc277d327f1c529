"""What a kind of fingerprint is: how it is read, written, computed. One file of signals/ describes each."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from fanal.core.errors import Refused
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fanal.core.text import Text

NOT_OF_THIS_KIND: Final = reason(
    "signal.shape",
    en="This is not a fingerprint of that kind: its length or its characters do not fit.",
    fr="Ce n’est pas une empreinte de ce type : sa longueur ou ses caractères ne conviennent pas.",
)
_CHUNK: Final = 1 << 20
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True, slots=True)
class Value:
    """One fingerprint: its bytes, and how much the medium lets it say (0 to 100; None where that has no meaning)."""

    data: bytes
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A written form and the bytes that it stands for (hexadecimal); the contract test reads and writes each."""

    written: str
    data: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of fingerprint.

    `read` takes any usual written form and gives the bytes, or raises Refused; `write` gives the form that we write.
    `compute` reads a file to its end, or as far as it needs, and writes nothing anywhere; `feed` is the same for bytes
    that come by once (None where the whole file is wanted at once). `radius` is the distance up to which two of them
    are a match by default (None: only equal ones are). `least` is the quality under which one is neither kept nor
    looked up.
    """

    name: str
    label: Text
    bits: int
    read: Callable[[str], bytes]
    write: Callable[[bytes], str]
    compute: Callable[[BinaryIO], tuple[Value, ...]]
    examples: tuple[Example, ...]
    radius: int | None = None
    least: int | None = None
    feed: Callable[[], Feed] | None = None


class Feed:
    """A digest that is fed with one piece after the other."""

    def __init__(self, name: str) -> None:
        self._digest = hashlib.new(name, usedforsecurity=False)

    def take(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(piece)

    def value(self) -> Value:
        """Give the fingerprint of what was taken."""
        return Value(self._digest.digest())


def digest(name: str, label: Text, bits: int, *examples: Example) -> Signal:
    """Describe a cryptographic digest: equal or not, and read to the last byte."""

    def compute(file: BinaryIO) -> tuple[Value, ...]:
        feed = Feed(name)
        for piece in pieces(file):
            feed.take(piece)
        return (feed.value(),)

    return Signal(
        name=name,
        label=label,
        bits=bits,
        read=lambda text: plain(text, name=name, size=bits // 8),
        write=bytes.hex,
        compute=compute,
        examples=examples,
        feed=lambda: Feed(name),
    )


def pieces(file: BinaryIO) -> Iterable[bytes]:
    """Give a file's bytes piece by piece, so that its size does not matter."""
    while piece := file.read(_CHUNK):
        yield piece


def plain(text: str, *, name: str, size: int) -> bytes:
    """Read `size` bytes written in hexadecimal or base64, with or without the kind's name in front; else Refused."""
    word = text.strip()
    head, colon, rest = word.partition(":")
    if colon and head.strip().lower().replace("-", "") == name:
        word = rest.strip()
    word = word.removeprefix("0x").removeprefix("0X")
    try:
        if len(word) == 2 * size:
            return bytes.fromhex(word)
        # whatever is not whole bytes in base64 is refused, and so is what only looks like it
        if _BASE64.fullmatch(word) and len(data := binascii.a2b_base64(word, strict_mode=True)) == size:
            return data
    except ValueError:
        pass
    raise Refused(NOT_OF_THIS_KIND)
