"""What may stand in a line of a log: constant words, counts, references and codes; whatever else is masked."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from types import FunctionType
from typing import Final

from fanal.core.events import Event
from fanal.core.harmonise import hosts
from fanal.core.reasons import Reason

VALUE: Final = "[value]"  # stands for a value of which nothing says that it is one of ours
LONGEST: Final = 4000  # characters of a line
MOST: Final = 10**7  # a count; a telephone number is longer

_REFERENCE: Final = r"(?:[A-Z]{1,3}-)?[0-9A-Z]{4}-[0-9A-Z]{4}|INC-[0-9A-F]{4,8}"
# What a server says of itself: signals, versions, and addresses that lead nowhere but to this machine.
_OWN_ADDRESS: Final = r"https?://(?:127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|localhost)(?::\d{1,5})?"
_OURS: Final = re.compile(rf"{_REFERENCE}|SIG[A-Z]{{2,8}}\d?|\d{{1,3}}(?:\.\d{{1,3}}){{2}}|{_OWN_ADDRESS}")
_EVENTS: Final = frozenset(one.value for one in Event)

_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_UNSEEN: Final = re.compile(r"[^ -~]+")
_DOT: Final = r"(?:\.|\[\.\]|\(\.\)|\{\.\})"
_LIVE: Final = re.compile(
    rf"""
    (?P<ours>\b(?:{_REFERENCE})\b|{_OWN_ADDRESS}(?=[\s,)]|$))
  | (?P<address>[A-Za-z][\w+.-]{{0,30}}(?::|\[:\])[/\\]{{2}}\S*
        |\b(?:magnet|mailto|tel|sms|data|javascript|acct|tg|bitcoin|litecoin|ethereum|monero|tron)(?::|\[:\])\S+)
  | (?P<name>\S*(?:@|\[at\]|\(at\))\S*)
  | (?P<host>[\w-]+(?:{_DOT}[\w-]+)+(?:[:/?\#]\S*)?)
  | (?P<six>(?<![\w:])[0-9A-Fa-f]{{0,4}}(?::[0-9A-Fa-f]{{0,4}}){{3,7}}(?![\w:]))
  | (?P<number>\+?\(?\d(?:[ ().\-/]{{0,3}}\d){{6,}})
  | (?P<code>\b(?=\w*\d)(?=\w*[A-Za-z])\w+|\w*_\w*|\w{{24,}})
    """,
    re.VERBOSE,
)


def line(text: str, *, ours: bool = True) -> str:
    """Give `text` as it may stand in a log: no address, host, mailbox, @name, number or long code, no line break.

    Words of letters alone stay: they are how we say what happened. So the values of a line belong in its arguments,
    which `value` looks at. Where the words are not `ours`, what they quote is masked too: programs quote values.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _UNSEEN.sub(" ", text[:LONGEST])
    if not ours:
        text = _QUOTED.sub(VALUE, text)
    return _LIVE.sub(_masked, text)


def value(given: object) -> object:
    """Give an argument of a log line as it may stand there; VALUE where nothing says what it is.

    Counts, enumerated words, a reason's code, a class or function, references and names of events stand. Any other
    text is masked, whatever it looks like: a name of somebody's account looks like any word.
    """
    match given:
        case Enum():
            said: object = given.value
        case Reason():
            said = given.code
        case type():
            said = given.__name__
        case FunctionType():
            said = f"{given.__module__}.{given.__qualname__}"
        case None | bool() | float():
            said = given
        case int():
            said = given if abs(given) < MOST else VALUE
        case str() if given in _EVENTS or _OURS.fullmatch(given):
            said = given
        case _:
            said = VALUE
    return said


def _masked(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "ours" or (kind == "host" and not _leads_somewhere(found.group())):
        return found.group()
    return f"[{kind if kind != 'six' else 'address'}]"


def _leads_somewhere(dotted: str) -> bool:
    """Say whether a dotted word names a host, or something there; “ledger.sequencer.started” does not."""
    name, rest = re.split(r"(?=[:/?#])|$", dotted, maxsplit=1)
    name = re.sub(r"[\[({]\.[\])}]", ".", name)
    return bool(rest) or bool(re.search(r"\d|_", name)) or hosts.names_a_host(name.lower())
