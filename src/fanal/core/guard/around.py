"""What stands around a passage and makes a name of a word: an @, an address, a platform, words for accounts, quotes."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from fanal.core.guard import cues
from fanal.core.guard.looks import bare
from fanal.core.harmonise import platforms

BEFORE: Final = 160
"""How far back what stands before a passage is read: the longest beginning of an address that people write."""
AFTER: Final = 64

_AT: Final = re.compile(
    r"(?:[@\uff20\ufe6b]|[\[({]\s?(?:at|@|arobase)\s?[\])}]|\barob(?:ase|as)|\barrobe)[\s\u200b]{0,2}[\"'«“‘*_`]{0,2}$"
)
_MAIL_AT: Final = re.compile(r"\w[@\uff20]$")
_KEY: Final = re.compile(r"[\w-]*[\"']\s?:")  # of a document for machines: “"@type": …”
_UNMARK: Final = re.compile(
    r"\s{0,2}[\[({<]\s?(dot|point|punkt|\.|/|:|://|at|@|slash)\s?[\])}>]\s{0,2}|"
    r"\s{1,2}(dot|point|punkt|punto|slash|barre|at|arobase)\s{1,2}"
)
_MEANT: Final = dict.fromkeys(("dot", "point", "punkt", "punto"), ".") | {"slash": "/", "barre": "/"}
_MEANT_AT: Final = ("at", "arobase")
_LOOSE: Final = re.compile(r"\s*([./:])\s*(?=\S|$)")
_FULL_STOP: Final = re.compile(r"(?<=\w)[.!?]\s+(?=[A-ZÀ-Þ«“\"])")
_HOST_BEFORE: Final = re.compile(r"((?:[\w-]+\.)+[\w-]{2,})(?::[0-9]+)?([/?#](?:[\w.%~+=&;:@!#?/-]*[/@=:?#])?[@+~]?)$")
_DIRECT: Final = re.compile(
    r"/(?:#!/)?[@~+]?|.*@|.*[?&](?:domain|screen_name|username|user|name|p|u|id|profile)=[@+]?|"
    r"/(?:add|in|id|u|r|s|c|users?|channel|profile|groups?|company|school|people|pg|web|deck|joinchat|invite)/[@~+]?"
)
_APP: Final = re.compile(r"\b([a-z]{2,12})://?[\w./?=&-]*[/=@]$")
_COMMUNITY: Final = re.compile(r"(?:^|[^\w/])/?(?:r|u|user)/$")
_HOST_AFTER: Final = re.compile(r"[@.]((?:[\w-]+\.)+[a-z]{2,})")
_TO_AT: Final = re.compile(r"\s?@\s?([a-z]+)(?![\w@])")

_NEAR: Final = 60
_BACK: Final = 90
_CLOSE: Final = 36
_QUOTES: Final = dict(zip("«“\"‘'`*„‹”<", "»”\"’'`*“›”>", strict=True))
_NAME: Final = re.compile(r"[^\W_][\w.-]*")
_WORDS: Final = 6  # a platform stands among the last words before a name, or is not beside it
_LEADS: Final = frozenset("/=@#?:+~])}>")
_SPELT_LEADS: Final = ("slash", "barre", "arobase", " at")
_OPENS_HOST: Final = frozenset(".@([{<\uff20\uff0e\u3002")


class Beside(IntEnum):
    """How a platform stands beside a name."""

    NONE = 0
    LOOSE = 1  # “soleil sur X”: words of prose stand so too
    TIGHT = 2  # “X : soleil”, “soleil (X)”
    ADDRESS = 3  # within an address of the platform


class Where(NamedTuple):
    """The platform that stands beside a name, by its own word; `platform` is "" for a host that is no platform's.

    `direct` says, of an address, that names stand in that place of it, and `after` that it is the name's own host.
    """

    how: Beside
    platform: str = ""
    direct: bool = True
    after: bool = False


class Around:
    """What stands around one passage of a text, read once where it is asked for."""

    __slots__ = ("after", "before", "raw_after", "raw_before")

    def __init__(self, text: str, start: int, end: int) -> None:
        """Take the surroundings of `text` from `start` to before `end`."""
        self.raw_before = text[max(0, start - BEFORE) : start]
        self.raw_after = text[end : end + AFTER]
        self.before = bare(self.raw_before)
        self.after = bare(self.raw_after)

    @property
    def at(self) -> bool:
        """Say whether an @ stands before it that belongs to no e-mail address."""
        return (
            bool(_AT.search(self.before[-_CLOSE:]))
            and not _MAIL_AT.search(self.before[-2:])
            and not _KEY.match(self.after)
        )

    @property
    def mail(self) -> bool:
        """Say whether it is the host, or a part of it, of an e-mail address."""
        return bool(_MAIL_AT.search(self.before[-2:]))

    def address(self) -> Where:
        """Find the platform in whose address it stands; a host of nobody's is named as ""."""
        before = self.before.rstrip()
        if before[-1:] in _LEADS or before.endswith(_SPELT_LEADS):
            typed = bare(_FULL_STOP.sub(" | ", self.raw_before))
            run = (_LOOSE.sub(r"\1", _UNMARK.sub(_sign, typed)).split() or [""])[-1]
            if found := _HOST_BEFORE.search(run):
                return Where(Beside.ADDRESS, _platform(found.group(1)), bool(_DIRECT.fullmatch(found.group(2))))
            if (found := _APP.search(run)) and (known := platforms.find(found.group(1))):
                return Where(Beside.ADDRESS, known.name)
            if _COMMUNITY.search(run):
                return Where(Beside.ADDRESS, "reddit")
        after = self.after.lstrip()
        if after[:1] in _OPENS_HOST or after.startswith(("dot ", "point ")):
            found = _HOST_AFTER.match(_LOOSE.sub(r"\1", _UNMARK.sub(_sign, self.after)))
            if found:
                return Where(Beside.ADDRESS, _platform(found.group(1)), after=True)
        return Where(Beside.NONE)

    def platforms(self) -> list[Where]:
        """Find the platforms that are named directly before and after it."""
        found = []
        if self.after[:2].lstrip()[:1] == "@" and (at := _TO_AT.match(self.after)):
            known = platforms.find(at.group(1))
            found += [Where(Beside.TIGHT, known.name)] if known else []
        tail = self.raw_before[-_NEAR:]
        for one in list(_NAME.finditer(tail))[-_WORDS:]:
            name = _named(one.group().rstrip(".-"))
            if name and (said := cues.PLATFORM_BEFORE.fullmatch(tail, one.end())):
                short = one.group().lower() in cues.SHORT_FORMS and not said.group("noun")
                tight = short or bool(said.group("sign") or said.group("colon"))
                found.append(Where(Beside.TIGHT if tight else Beside.LOOSE, name))
        if said := cues.APPOSED.match(self.raw_after.lower().lstrip(" \u00a0\u202f")):
            name = _named_low((said.group("first") or said.group("last")).capitalize())
            found += [Where(Beside.TIGHT, name)] if name else []
        if (said := cues.PLATFORM_AFTER.match(self.raw_after)) and (
            name := _named(said.group("platform").rstrip(".-"))
        ):
            found.append(Where(Beside.TIGHT if said.group("sign") else Beside.LOOSE, name))
        return found

    @property
    def named(self) -> bool:
        """Say whether words stand before it that a name follows: a pseudonym, “called”, “known as”."""
        found = cues.NAMED.search(self.before[-_NEAR:])
        if found is None or cues.ANY_NAME.search(self.before[-_NEAR:]):
            return False
        return bool(cues.NAME_WORD.match(found.group())) or bool(cues.CALLED_KIND.search(self.before[-_NEAR:]))

    @property
    def account(self) -> bool:
        """Say whether a word for accounts stands directly before it."""
        found = cues.KIND_BEFORE.search(self.before[-_BACK:])
        if found is None:
            return False
        between = found.group("between").strip()
        if not between or cues.LIGHT.fullmatch(between):
            return True
        *light, last = between.split()
        return bool(_named_low(last.strip("(:,"))) and (not light or bool(cues.LIGHT.fullmatch(" ".join(light))))

    @property
    def gathering(self) -> bool:
        """Say whether a word stands directly before it that people gather under off line too: a group, a page."""
        return bool(cues.GATHERING.search(self.before[-_CLOSE:]))

    @property
    def account_after(self) -> bool:
        """Say whether a word for accounts stands directly after it."""
        return bool(cues.KIND_AFTER.match(self.after))

    @property
    def account_near(self) -> bool:
        """Say whether a word for accounts stands in the same sentence, before it or just after."""
        before = re.split(r"[.!?]\s|[\n=({]", self.before)[-1]
        after = re.split(r"[.!?]\s|[\n={]", self.after)[0]
        return bool(cues.KIND_NEAR.search(before[-_NEAR:]) or cues.KIND_NEAR.search(after))

    @property
    def quoted(self) -> bool:
        """Say whether it stands alone between quotation marks."""
        before, after = self.before.rstrip(), self.after.lstrip()
        return bool(before) and bool(after) and _QUOTES.get(before[-1]) == after[0]

    @property
    def cued(self) -> bool:
        """Say whether a verb stands before it of what people do with accounts."""
        return bool(cues.CUE.search(self.before[-_CLOSE:]))

    @property
    def code(self) -> bool:
        """Say whether it is called a code or an invitation."""
        return bool(cues.CODE.search(self.before[-_CLOSE:]))

    @property
    def reference(self) -> bool:
        """Say whether a word stands directly before it of what bears a number: a file, a bill, an order."""
        return bool(cues.REFERENCE.search(self.before[-_CLOSE:]))

    @property
    def web(self) -> bool:
        """Say whether a word for sites and addresses stands directly before it."""
        return bool(cues.WEB.search(self.before[-_CLOSE:]))

    @property
    def opens(self) -> bool:
        """Say whether a sentence begins with it."""
        return not self.before.strip() or bool(
            re.search(r"(?:[.!?…:]\s[\s\"«“(*-]*|\n[\s\"«“(*>#-]*)$", self.raw_before)
        )


def _sign(found: re.Match[str]) -> str:
    word = found.group(1) or found.group(2)
    return "@" if word in _MEANT_AT else _MEANT.get(word, word)


def _platform(host: str) -> str:
    known = platforms.of(host.removeprefix("www."))
    return known.name if known else ""


def _named(word: str) -> str:
    """Find the platform that one word calls; the shortest names count only as they are written."""
    if len(word) == 1 and word != "X":
        return ""
    return _named_low(word)


_NOT_ALONE: Final = frozenset({"face", "signal", "wa", "steam", "threads", "messenger"})


@lru_cache(maxsize=4_096)
def _named_low(word: str) -> str:
    if word.lower() in _NOT_ALONE and not word[:1].isupper():
        return ""
    if platforms.is_mastodon(word):
        return platforms.MASTODON.name
    known = platforms.find("tiktok" if word == "TT" else word)
    return known.name if known else ""
