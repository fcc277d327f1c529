"""`fanal target`: say what each TEXT names, in one canonical form; one JSON line each, no database needed.

Without TEXT, lines are read from standard input, one thing each; blank lines are passed over. With --text, all of the
input is one text (a forwarded mail, a chat, the source of a page) and every target in it is told, with its place.

A line holds: input, kind, platform, id, canonical, defanged, confidence, reasons; and handle, account, site, host and
born_at where they are known. What no rule can read has the kind "unread", with the reasons; a person must read it.

This is the operator's own terminal: "canonical" is live here. Only "defanged" is fit to be passed on.
Exit: 0 everything was read, 1 something was not, 2 wrong use.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from fanal.core.reasons import Reason
    from fanal.core.report import Target

    Place = tuple[int, int]
    Answer = tuple[str, Target | tuple[Reason, ...], Place | None]

SUMMARY = "Say what an address, a name, a number or a whole text names, as JSON lines."

READ, UNREAD = 0, 1
_MOST_KNOWN = 4_000
_MOST_TEXT = 8_000_000  # characters of one text that are taken in


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("given", metavar="TEXT", nargs="*", help="what to read (default: lines of standard input)")
    parser.add_argument("--text", action="store_true", help="read the whole as one text and tell every target in it")
    parser.add_argument(
        "--platform", metavar="NAME", default="", help="where a bare name is from (X, insta, Mastodon …)"
    )
    parser.add_argument("--region", metavar="CC", type=_region, help="whose telephone numbers need no +33 …")
    parser.add_argument(
        "--language", choices=("en", "fr"), help="the language of the reasons (default: the terminal’s)"
    )
    parser.add_argument(
        "--flush", action="store_true", help="write each answer at once, for a program that waits for it"
    )


def _region(given: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", given):
        import argparse  # noqa: PLC0415 - the parser that calls this has loaded it

        raise argparse.ArgumentTypeError("two letters of a country, as in FR")
    return given.upper()


def run(options: argparse.Namespace) -> int:
    """Do it: 0 everything was read, 1 something was not."""
    from fanal.site.cli import speaks  # noqa: PLC0415 - the command line loads this module

    line = _Writer(options.language or ("fr" if speaks().startswith("fr") else "en")).line
    write = sys.stdout.buffer.write
    flush = sys.stdout.buffer.flush if options.flush or sys.stdout.isatty() else None
    sys.stdout.flush()
    code = READ
    answers = _whole if options.text else _each
    for given, one, place in answers(options):
        write(line(given, one, place))
        if flush:
            flush()
        if isinstance(one, tuple):
            code = UNREAD
    sys.stdout.buffer.flush()
    return code


def _inputs(options: argparse.Namespace) -> Iterable[str]:
    """Give the texts, or the lines of standard input one by one; bytes that are no UTF-8 are kept as they are."""
    return options.given or (raw.decode("utf-8", "surrogateescape").rstrip("\r\n") for raw in sys.stdin.buffer)


def _each(options: argparse.Namespace) -> Iterator[Answer]:
    from fanal.core import harmonise  # noqa: PLC0415 - what reads takes its time to load
    from fanal.core.report import Item, Unread  # noqa: PLC0415

    platform, region, blank_too = options.platform, options.region or "", bool(options.given)
    read, plain = harmonise.items, harmonise.plain
    for given in _inputs(options):
        page = None if platform else plain(given)
        if page:
            yield given, page, None
            continue
        if not given.strip() and not blank_too:
            continue
        found = read(Item(given, platform), region=region)
        if isinstance(found, Unread):
            yield given, found.reasons, None
        else:
            for target in found:
                yield given, target, None


def _whole(options: argparse.Namespace) -> Iterator[Answer]:
    from fanal.core import harmonise  # noqa: PLC0415
    from fanal.core.harmonise import why  # noqa: PLC0415

    given = "\n".join(options.given) or sys.stdin.buffer.read(4 * _MOST_TEXT).decode("utf-8", "surrogateescape")
    read = harmonise.text(given, region=options.region or "", platform=options.platform)
    for one in read.found:
        yield given[one.start : one.end], one.target, (one.start, one.end)
    if read.looked_at < read.length:
        yield "", (why.NOT_ALL_READ,), (read.looked_at, read.length)
    elif not read.found:
        yield "", (why.PLAIN_TEXT,), (0, read.length)


@lru_cache(maxsize=_MOST_KNOWN)
def _standing(host: str, site: str, quote: Callable[[str], str]) -> str:
    """Write where a thing stands: one host has many pages."""
    return (f', "site": {quote(site)}' if site else "") + (f', "host": {quote(host)}' if host else "")


class _Writer:
    """Writes answers as lines of JSON. Strings are quoted one by one: that takes a third of the time of json.dumps."""

    def __init__(self, language: str) -> None:
        from json import encoder  # noqa: PLC0415

        self._language = language
        self._quotes = (encoder.encode_basestring, encoder.encode_basestring_ascii)
        # by identity, each kept alive here: hashing sentences takes longer than writing them
        self._known: dict[int, tuple[tuple[Reason, ...], str]] = {}

    def line(self, given: str, one: Target | tuple[Reason, ...], place: Place | None) -> bytes:
        """Write one answer; half characters, and bytes that were no UTF-8, are escaped in an all-ASCII line."""
        readable, safe = self._quotes
        try:
            return self._written(given, one, place, readable).encode("utf-8")
        except UnicodeEncodeError:
            return self._written(given, one, place, safe).encode("ascii", "backslashreplace")

    def _written(
        self, given: str, one: Target | tuple[Reason, ...], place: Place | None, quote: Callable[[str], str]
    ) -> str:
        more = f', "start": {place[0]}, "end": {place[1]}' if place else ""
        typed = quote(given)
        if isinstance(one, tuple):
            return (
                f'{{"input": {typed}, "kind": "unread", "platform": "", "id": "", "canonical": "", '
                f'"defanged": "", "confidence": 0.0, "reasons": [{self._said(one)}]{more}}}\n'
            )
        if one.host or one.site:
            more = _standing(one.host, one.site, quote) + more
        if one.account:
            more = f', "account": {quote(one.account)}{more}'
        if one.handle:
            more = f', "handle": {quote(one.handle)}{more}'
        if one.born_at:
            more = f', "born_at": "{one.born_at.isoformat()}"{more}'
        canonical = typed if one.canonical == given else quote(one.canonical)
        id = quote(one.id) if one.id else '""'
        sure = "1.0" if one.confidence == 1.0 else one.confidence  # to write a number takes its time
        return (
            f'{{"input": {typed}, "kind": "{one.kind}", "platform": "{one.platform}", "id": {id}, '
            f'"canonical": {canonical}, "defanged": {quote(one.defanged)}, "confidence": {sure}, '
            f'"reasons": [{self._said(one.reasons)}]{more}}}\n'
        )

    def _said(self, reasons: tuple[Reason, ...]) -> str:
        told = self._known.get(id(reasons))
        if told is None:
            said = (f'{{"code": "{one.code}", "text": {self._quotes[0](self._speak(one))}}}' for one in reasons)
            told = (reasons, ", ".join(said))
            if len(self._known) < _MOST_KNOWN:
                self._known[id(reasons)] = told
        return told[1]

    def _speak(self, reason: Reason) -> str:
        return reason.text.speak(self._language)
