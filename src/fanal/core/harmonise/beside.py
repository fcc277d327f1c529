"""Names in a text whose platform stands beside them: “@name sur Insta”, “snap: name”, a list under “TikTok”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fanal.core.harmonise import accounts, platforms
from fanal.core.harmonise.links import UNSURE, found_on_the_way

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from fanal.core.harmonise.platform import Platform
    from fanal.core.harmonise.single import Said
    from fanal.core.report import Target

    Where = tuple[int, int, Target]

_AT: Final = re.compile(r"(?<![\w.@/+=-])@[ ]?([\w.-]{1,64})(@[\w.-]{1,253})?(?!\w)")
_LINE: Final = re.compile(r"[^\r\n]+")
_WORDS_BEFORE: Final = re.compile(r"([\w/()+.-]{1,24}(?:[ ][\w/()+.-]{1,16}){0,2})[ \t\u00a0\u202f]*[:=,(–—-]?[ \t]*$")
_WORDS_AFTER: Final = re.compile(
    r"[ \t]*[,;:–-]?[ \t]*(?:\(|\[|sur|on|chez|auf|en|via)?[ \t]*([^\W_][\w/+.-]{0,24}(?:[ ][\w()/+.-]{1,16}){0,2})",
    re.IGNORECASE,
)
# “son insta c’est @name”: between the platform and the name.
_FILLER: Final = re.compile(r"[ ](?:c['’]est|est|is|it['’]s|ist|es|→|->)[ ]?$", re.IGNORECASE)
_COLON: Final = re.compile(r"(?<=[\w) \u00a0\u202f])[:=](?!/)")
_BARE: Final = re.compile(
    r"[ \t]*@?([A-Za-z0-9][\w.-]{1,63})(?=[ \t]*(?:$|[,;/|)\]]|[.!?](?:\s|$)|\()|[ ](?:et|and|ou|or|&|-|–)[ ])"
)
_NEXT: Final = re.compile(r"[ \t]*(?:[,;/|&]|et|and|ou|or|und|y)[ \t]*", re.IGNORECASE)
_ON: Final = re.compile(r"(?<![\w.-])([A-Za-z0-9][\w.-]{2,63}) (?:sur|on|auf) ([^\W\d_]\w{1,20})", re.IGNORECASE)
_HEADING: Final = re.compile(r"[ \t#*>•–-]*([^\W\d_][\w/()+ .-]{0,30}?)[ \t*]*[:：]?[ \t*]*")
_ENTRY: Final = re.compile(r"[ \t]*(?:[-*•–]|[0-9]{1,3}[.)])?[ \t]*(@?)([A-Za-z0-9][\w.-]{1,63})[ \t]*")
_TELLING: Final = re.compile(r"[0-9_.]")
# Labels that are also a letter or an everyday word: a name after them needs its @.
_EVERYDAY: Final = frozenset({"x", "face", "line", "signal", "thread", "threads", "steam", "tumbler"})
_LONGEST_LINE: Final = 2_000
_LONGEST_TITLE: Final = 60
_NEAR: Final = 60  # characters in which a platform may stand beside a name


_MOST: Final = 5_000  # signs that a name may stand at, in one text


class Names:
    """The names of one text with their platform: named for the whole, beside the name, or as a heading above."""

    def __init__(self, text: str, said: Said) -> None:
        self.text = text
        self.stopped = len(text)
        self._named = said.named
        self._left = _MOST

    def read(self) -> Iterator[Where]:
        """Find them in order; `stopped` is how far the text was looked at, which is to its end but for a flood."""
        heading: Platform | None = None
        for line in _LINE.finditer(self.text):
            words, at = line.group(), line.start()
            if "@" in words:
                yield from self._at_names(words, at, self._named or heading)
            if len(words) > _LONGEST_LINE:
                continue
            if ":" in words or "=" in words:
                yield from self._labelled(words, at)
            if " " in words:
                yield from _on(words, at)
            heading = yield from _under(words, at, heading)

    def _may(self, at: int) -> bool:
        self._left -= 1
        if not self._left:
            self.stopped = at
        return self._left > 0

    def _at_names(self, words: str, at: int, given: Platform | None) -> Iterator[Where]:
        last: tuple[int, Platform] | None = None
        for found in _AT.finditer(words):
            if not self._may(at + found.start()):
                return
            name = found.group(1).rstrip(".-")
            start, end = at + found.start(), at + found.start(1) + len(name)
            if server := (found.group(2) or "").rstrip(".-"):
                target = accounts.read(f"@{found.group(1)}{server}", None, fediverse=True)
                if target:
                    yield start, at + found.end(1) + len(server), target
                continue
            before = words[max(0, found.start() - _NEAR) : found.start()]
            platform = _after(words[found.end() : found.end() + _NEAR]) or _before(before)
            if platform is None and last and _NEXT.fullmatch(words[last[0] : found.start()]):
                platform = last[1]
            platform = platform or given
            target = accounts.read(f"@{name}", platform, fediverse=False) if name else None
            if target:
                yield start, end, target
            if platform:
                last = found.end(), platform

    def _labelled(self, words: str, at: int) -> Iterator[Where]:
        for label in _COLON.finditer(words):
            if not self._may(at + label.start()):
                return
            before = _WORDS_BEFORE.search(words[max(0, label.start() - _NEAR) : label.start()])
            platform = _find(before.group(1), first=False) if before else None
            if platform is None or before is None or before.group(1).rpartition(" ")[2].lower() in _EVERYDAY:
                continue
            place, first = label.end(), True
            while found := _BARE.match(words, place):
                name = found.group(1).rstrip(".-")
                if not first and not _TELLING.search(name):
                    break
                target = _named(name, platform, sure="@" in found.group())
                if target is None:
                    break
                yield at + found.start(1), at + found.start(1) + len(name), target
                more = _NEXT.match(words, found.end(1))
                if more is None:
                    break
                place, first = more.end(), False


def _under(words: str, at: int, heading: Platform | None) -> Generator[Where, None, Platform | None]:
    """Read one line of a list under a heading; give the heading that holds for the next line."""
    title = _HEADING.fullmatch(words) if len(words) <= _LONGEST_TITLE else None
    found = platforms.find(title.group(1)) if title else None
    if found:
        return found
    entry = _ENTRY.fullmatch(words) if heading else None
    if heading and entry:
        target = _named(entry.group(2), heading, sure=bool(entry.group(1)))
        if target:
            yield at + entry.start(1), at + entry.end(2), target
            return heading
    return heading if not words.strip() else None


def _after(words: str) -> Platform | None:
    found = _WORDS_AFTER.match(words)
    return _find(found.group(1), first=True) if found else None


def _before(words: str) -> Platform | None:
    found = _WORDS_BEFORE.search(_FILLER.sub("", words))
    return _find(found.group(1), first=False) if found else None


def _find(words: str, *, first: bool) -> Platform | None:
    """Find the platform named by the words nearest to a name: three of them, two or one."""
    parts = words.split(" ")
    for count in range(len(parts), 0, -1):
        near = parts[:count] if first else parts[-count:]
        if found := platforms.find(" ".join(near).strip(".,;:!?()-/")):
            return found
    return None


def _on(words: str, at: int) -> Iterator[Where]:
    for found in _ON.finditer(words):
        platform = platforms.find(found.group(2))
        if platform and _TELLING.search(found.group(1)) and found.group(2).lower() not in _EVERYDAY:
            target = _named(found.group(1).rstrip(".-"), platform, sure=False)
            if target:
                yield at + found.start(1), at + found.end(1), target


def _named(name: str, platform: Platform, *, sure: bool) -> Target | None:
    target = accounts.read(f"@{name}" if sure else name, platform, fediverse=False)
    return target if target is None or sure else found_on_the_way(target, (), UNSURE)
