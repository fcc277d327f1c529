"""Every target of a free text: a forwarded mail, a chat, the source of a page, a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import beside, mail, phone, refang, single, sources, spelt, wallets, why
from fanal.core.harmonise.hosts import NO_ENDING
from fanal.core.harmonise.links import SURE, UNSURE, found_on_the_way, host_first, web_link
from fanal.core.harmonise.tokens import parts, trim
from fanal.core.harmonise.trace import Trace
from fanal.core.report import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fanal.core.harmonise.single import Said
    from fanal.core.reasons import Reason

    Where = tuple[int, int, Target]

MOST: Final = 1_000_000
_MOST_CHECKED: Final = 1_000  # numbers and wallets are dear to check: so many to a text
_MOST_WORDS: Final = 10_000  # different words that may be addresses

_TOKEN: Final = re.compile('[^\\s<>"«»“”„|]+')
_WEB: Final = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_SCHEME: Final = re.compile(
    r"(?:magnet:\?|mailto:|acct:|at://|tg:|tel:|sms:|bitcoin:|litecoin:|ethereum:|monero:|tron:)", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    "(?<![\\w+.@/=#-])(?:(?:\\+|00)[1-9]|\\(?[0-9])[0-9 ().\\-/\u00a0\u202f]{6,28}[0-9](?![\\w@])"
)
_SEPARATOR: Final = re.compile("[ ().\\-/\u00a0\u202f]+")
_SENTENCE: Final = re.compile(r"[^.]+\.[A-Z][a-z]+")
# Two words where the second is as good an everyday word as an ending: “parti.de”, “voila.me”.
_SEAM: Final = re.compile(r"[^./:]{3,}\.(?:de|et|me|il|je|la|es|au|to|is|it|no|so|my|in|be|at|do|am|as|us|se|sa|ne)")
_IPV6: Final = re.compile("[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:]+$")
_NUMBERED: Final = re.compile(
    r"(?:\bv|version|release|build|section|sec\.|art\.|article|chapitre|chapter|rfc|annexe?|§|n°)[ \u00a0\u202f]?$",
    re.IGNORECASE,
)
_BARE: Final = frozenset({TargetKind.DOMAIN, TargetKind.URL})
_SHORTEST_WALLET: Final = 26
_WALLET: Final = 10  # one wallet costs as much as so many numbers
_LONGEST_BARE: Final = 2_083
_CUTS: Final = 6
_FILE: Final = re.compile(r"[^./]+\.(?:zip|mov|md|py|sh|pl|rs|ps|cab)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One target, and where it first stands in the text: from `start` to before `end`, in characters as typed."""

    target: Target
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Findings:
    """The targets of a text in their order, each once, and how many of its `length` characters were looked at."""

    found: tuple[Found, ...]
    length: int
    looked_at: int

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets alone."""
        return tuple(one.target for one in self.found)


def text(words: str, *, region: str = "", platform: str = "") -> Findings:
    """Find every target in a free text; any text is answered, none raises, and the time grows with its length only.

    Web addresses, hosts, e-mail addresses, numbers (with their country, or as dialled in `region`), wallets, magnets,
    and names whose `platform` is named here, or stands beside or above them. Quoted-printable, character references
    and the marks that break links are read; whom a mail was sent to, its way and its own number are left out: these
    are not reported. The first million characters are looked at, and of a flood of different things the first 10,000.
    """
    return gather(words, single.said_of(platform, region)[0])


def gather(words: str, said: Said) -> Findings:
    """Do as `text` does, with what the reporter said beside it."""
    looked_at = min(len(words), MOST)
    trace = Trace(words[:MOST])
    sources.decode(trace)
    _unveil(trace)
    reader = _Reader(trace.text, said)
    found = sorted(reader.read(), key=lambda one: one[0])
    seen: set[str] = set()
    kept: list[Found] = []
    for start, end, target in found:
        if target.canonical in seen:
            continue
        seen.add(target.canonical)
        first, last = trace.first(start, end)
        reasons = _disguise(words[first:last], trace.text[start:end])
        kept.append(Found(found_on_the_way(target, reasons) if reasons else target, first, last))
    if reader.stopped < len(trace.text) or trace.cut:
        looked_at = trace.first(reader.stopped, reader.stopped)[0]
    return Findings(tuple(kept), len(words), looked_at)


def _unveil(trace: Trace) -> None:
    if not trace.text.isascii():
        refang.unveil_within(trace)
    if any(sign in trace.text for sign in "[({\\;*") or "xx" in trace.text.lower() or "meow" in trace.text.lower():
        refang.unmark_within(trace)


def _disguise(typed: str, meant: str) -> tuple[Reason, ...]:
    if typed == meant:
        return ()
    read, reasons = refang.refang(typed)
    return reasons if read == meant else (*reasons, why.DECODED)


class _Reader:
    """Finds the targets of one prepared text; what is claimed once is not read again as something lesser."""

    def __init__(self, text: str, said: Said) -> None:
        self.text = text
        self.said = said
        self.claimed = bytearray(len(text))
        self.hidden = bytearray(len(text))
        self.checked = 0
        self.stopped = len(text)

    def read(self) -> Iterator[Where]:
        for start, end in sources.aside(self.text):
            self._claim(start, end)
        for start, end in sources.code(self.text):
            self.hidden[start:end] = b"\1" * (end - start)
        for find in (self._words(), self._numbers(), self._names(), iter(spelt.within(self.text))):
            for start, end, target in find:
                if self.claimed.find(1, start, end) < 0:
                    self._claim(start, end)
                    yield start, end, target

    def _claim(self, start: int, end: int) -> None:
        self.claimed[start:end] = b"\1" * (end - start)

    def _words(self) -> Iterator[Where]:
        known: dict[str, tuple[tuple[int, int, Target, bool], ...]] = {}
        for token in _TOKEN.finditer(self.text):
            word = token.group()
            if "." not in word and ":" not in word and "@" not in word and len(word) < _SHORTEST_WALLET:
                continue
            if word not in known:
                if len(known) >= _MOST_WORDS:
                    self.stopped = min(self.stopped, token.start())
                    return
                known[word] = tuple(self._things(word, token.start()))
            for start, end, target, bare in known[word]:
                at = token.start() + start
                if not (bare and (self.hidden[at] or self._numbered(at, target))):
                    yield at, token.start() + end, target

    def _things(self, word: str, at: int) -> Iterator[tuple[int, int, Target, bool]]:
        """Read what a word without spaces holds: where in it, what, and whether it is a host without http://."""
        for start, end in parts(word):
            skipped, part = trim(word[start:end])
            target = self._single(part, at) if part else None
            if target is not None:
                bare = target.kind in _BARE and not _WEB.match(part)
                yield start + skipped, start + skipped + len(part), target, bare

    def _single(self, word: str, at: int) -> Target | None:
        if _WEB.match(word):
            found = web_link(word, None, (), SURE)
            return found if found and NO_ENDING not in found.reasons else None
        if _SCHEME.match(word):
            meant = single.read(word, single.Said())
            return meant if isinstance(meant, Target) else None
        if "@" in word:
            return None if word[0] == "@" else mail.read(word) or (_host(word) if "/" in word else None)
        if "." in word or _IPV6.match(word):
            return _host(word)
        return wallets.read(word) if wallets.looks(word) and self._may(at, _WALLET) else None

    def _numbered(self, at: int, target: Target) -> bool:
        """Say whether four numbers are rather those of a version or a section."""
        digits = target.host.replace(".", "").isdigit()
        return digits and _NUMBERED.search(self.text[max(0, at - 12) : at]) is not None

    def _may(self, at: int, cost: int = 1) -> bool:
        """Count what is dear to check; once it is too much for one text, say how far it was looked at."""
        self.checked += cost
        if self.checked > _MOST_CHECKED:
            self.stopped = min(self.stopped, at)
        return self.checked <= _MOST_CHECKED

    def _numbers(self) -> Iterator[Where]:
        known: dict[str, Target | None] = {}
        region = self.said.region
        if not region and "+" not in self.text and "00" not in self.text:
            return
        for found in _NUMBER.finditer(self.text):
            raw = found.group()
            if raw[0] != "+" and not raw.startswith("00") and not (region and _dialled(raw)):
                continue
            if raw not in known:
                known[raw] = self._number(raw, found.start())
            target = known[raw]
            if target is not None:
                yield found.start(), found.end(), target

    def _number(self, raw: str, at: int) -> Target | None:
        """Read a number; where more digits follow than it can have, less of them."""
        for _ in range(_CUTS):
            if phone.looks(raw) and self._may(at):
                found = phone.read(raw, self.said.region)
                if found:
                    return found
            cuts = list(_SEPARATOR.finditer(raw))
            if not cuts:
                return None
            raw = raw[: cuts[-1].start()]
        return None

    def _names(self) -> Iterator[Where]:
        names = beside.Names(self.text, self.said)
        yield from names.read()
        self.stopped = min(self.stopped, names.stopped)


def _host(word: str) -> Target | None:
    """Read a host without http://, where it is not plainly a file or the seam of two sentences."""
    if len(word) > _LONGEST_BARE or _FILE.fullmatch(word) or _SENTENCE.fullmatch(word):
        return None
    found = host_first(word, None, ())
    if found and _SEAM.fullmatch(word):
        return found_on_the_way(found, (why.MAYBE_A_SEAM,), UNSURE)
    return found


def _dialled(raw: str) -> bool:
    """Say whether digits stand like a number dialled at home: parted by one kind of sign, not a date or an amount."""
    signs = {sign for sign in raw if not sign.isdigit()} - {"(", ")"}
    return len(signs) <= 1 and (raw[0] in "0(" or bool(signs))
