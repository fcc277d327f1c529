"""Is this a draft, or a question after single names? What an asking leaves behind, and when askings become an alarm.

Whoever could ask "is this name known?" one at a time would hold the list in the end. So only whole drafts are answered,
only so many, and askings that differ by a name and nothing else are an alarm. Of a draft nothing is kept but counts and
three marks (64 bits of BLAKE2b, RFC 7693, under a key that no database holds), by which drafts are seen to be alike.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Place
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from fanal.core.guard.draft import Draft
    from fanal.core.reasons import Reason

FEWEST_WORDS: Final = 3
FEWEST_CHARACTERS: Final = 20
LONGEST_LIST: Final = 12  # so many names in less than twice as many words are a list, and no draft
NEAR_EMPTY: Final = 8
SILENCE: Final = timedelta(hours=1)
_MOST_READ: Final = 100_000  # characters: what follows adds nothing to the judgement
_MANY_WEAK: Final = 30
_SHORT: Final = 3
_OFTEN_SHORT: Final = 0.2

NO_DRAFT = reason(
    "guard.whole",
    en="This is no whole draft: too few words stand around what may be names. The guard reads what is about to be "
    "published, and does not say of single names whether they are known.",
    fr="Ce n’est pas un texte entier : trop peu de mots entourent ce qui peut être des noms. La garde lit ce qui va "
    "être publié, et ne dit pas de noms isolés s’ils sont connus.",
)
NEARLY_EMPTY = reason(
    "guard.probing.empty",
    en="Many drafts in one hour held a name and next to no other word.",
    fr="Beaucoup de textes en une heure contenaient un nom et presque aucun autre mot.",
)
SAME_BUT_NAMES = reason(
    "guard.probing.template",
    en="The same words were shown again and again in one hour, each time with other names.",
    fr="Les mêmes mots ont été montrés plusieurs fois en une heure, chaque fois avec d’autres noms.",
)
HALF_THE_SAME = reason(
    "guard.probing.variants",
    en="Many short drafts in one hour were the same but for a few words.",
    fr="Beaucoup de textes courts en une heure étaient les mêmes à quelques mots près.",
)
LISTS = reason(
    "guard.probing.list",
    en="Lists of names were shown, and no drafts.",
    fr="Des listes de noms ont été montrées, et non des textes.",
)
TOO_OFTEN = reason(
    "guard.rate",
    en="Too many drafts were shown in a short time. Nothing was looked at: wait a little.",
    fr="Trop de textes ont été montrés en peu de temps. Rien n’a été examiné : attendez un peu.",
)
SILENCED = reason(
    "guard.silenced",
    en="These drafts look like questions after single names, so the guard gives no answer for an hour. The supervisors "
    "were told: speak with them.",
    fr="Ces textes ressemblent à des questions sur des noms isolés : la garde ne répond plus pendant une heure. Les "
    "responsables ont été prévenus : parlez-leur.",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many drafts one asker may show within a time, and how many suspicious ones in an hour are an alarm."""

    most: int
    within: timedelta
    near_empty: int
    same_but_names: int
    half_the_same: int
    lists: int
    share: float  # near-empty ones count where they are at least this share of the hour's


def person() -> Pace:
    """Give the pace of a person at the desk: a text is shown some ten times while it is written."""
    return Pace(
        30, timedelta(minutes=10), near_empty=6, same_but_names=8, half_the_same=25, lists=3, share=0.0
    )  # fmt: skip


def machine(per_minute: int) -> Pace:
    """Give the pace of a machine's key: a site may be built anew, page by page, some of them next to empty."""
    return Pace(
        per_minute, timedelta(minutes=1), near_empty=20, same_but_names=16, half_the_same=60, lists=5, share=0.5
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """What stays of one asking: how many words, how many possible names, and marks of both halves and of the names."""

    at: datetime
    words: int
    names: int
    head: int
    tail: int
    told: int

    @property
    def near_empty(self) -> bool:
        """Say whether there was a name and next to no word beside it."""
        return self.names > 0 and self.words < NEAR_EMPTY

    @property
    def list(self) -> bool:
        """Say whether there were names upon names."""
        return self.names >= LONGEST_LIST and self.names * 2 > self.words


def asking(draft: Draft, *, ordinary: Callable[[str], bool], key: bytes, at: datetime) -> Asking:
    """Say what stays of the asking after `draft`; `ordinary` knows the words of languages, `key` makes the marks."""
    words, names = _told(draft, ordinary)
    middle = (len(words) + 1) // 2
    return Asking(
        at=at,
        words=len(words),
        names=len(names),
        head=_mark(key, b"head", words[:middle]),
        tail=_mark(key, b"tail", words[middle:]),
        told=_mark(key, b"told", sorted(names)),
    )


def whole(draft: Draft, one: Asking) -> bool:
    """Say whether this is a draft: where nothing in it can be a name, however short it is, and else by its words."""
    if not one.names:
        return True
    length = sum(len(part.text.strip()) for part in draft.parts if part.place in _READ)
    return one.words >= FEWEST_WORDS and length >= FEWEST_CHARACTERS and not one.list


def wait(times: int, first: datetime | None, pace: Pace, *, now: datetime) -> int:
    """Give the seconds to wait after `times` askings since `first` within the pace's time; 0: go on."""
    if times < pace.most or first is None:
        return 0
    return max(1, math.ceil((first + pace.within - now).total_seconds()))


def alarm(now: Asking, lately: Sequence[Asking], pace: Pace) -> tuple[Reason, ...]:
    """Say why this asking, after those of the last hour, is an alarm; () where it is none."""
    every = (now, *lately)
    found: list[Reason] = []
    empty = {one.told for one in every if one.near_empty}
    if now.near_empty and len(empty) >= max(pace.near_empty, pace.share * len(every)):
        found.append(NEARLY_EMPTY)
    if now.list and sum(1 for one in every if one.list) >= pace.lists:
        found.append(LISTS)
    if now.names and _other(one.told for one in every if (one.head, one.tail) == (now.head, now.tail)) >= (
        pace.same_but_names
    ):
        found.append(SAME_BUT_NAMES)
    if now.words <= _SHORT_DRAFT:
        alike = {
            (one.head, one.tail, one.told)
            for one in every
            if one.words <= _SHORT_DRAFT and (one.head == now.head or one.tail == now.tail)
        }
        if len(alike) >= pace.half_the_same:
            found.append(HALF_THE_SAME)
    return tuple(found)


_SHORT_DRAFT: Final = 60  # words: about one post
_READ: Final = frozenset({Place.TEXT, Place.PICTURE})
_TOKEN: Final = re.compile(r"\S+")
_EDGE: Final = " \t\r\n.,;:!?…()[]{}<>«»“”‘’\"'*_~`#|/\\-–—•"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PARTS: Final = re.compile(r"['’\-]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")


def _other(told: Iterable[int]) -> int:
    return len(set(told))


def _told(draft: Draft, ordinary: Callable[[str], bool]) -> tuple[list[str], set[str]]:
    """Give the ordinary words of a draft in order, and what in it could be a name, each once."""
    words: list[str] = []
    names: set[str] = set()
    weak: list[str] = []
    seen: dict[str, bool] = {}
    short = 0
    left = _MOST_READ
    for part in draft.parts:
        text = part.text[:left]
        left -= len(text)
        if part.place not in _READ:
            names |= {one for one in text.split() if "://" in one}
            continue
        for found in _TOKEN.finditer(text):
            token = found.group()
            bare = token.strip(_EDGE)
            if not bare:
                continue
            if "@" in token or not _WORD.fullmatch(bare):
                if any(map(str.isalpha, bare)) or sum(map(str.isdigit, bare)) > _LONG_NUMBER:
                    names.add(bare.casefold())
                continue
            plain = bare.casefold()
            short += len(plain) <= _SHORT
            if plain not in seen:
                seen[plain] = not _LATIN.search(plain) or any(map(ordinary, _PARTS.split(plain)))
            (words if seen[plain] else weak).append(plain)
        if left <= 0:
            break
    # Many words of no lexicon of ours, and often short ones between them: another language, and no list of names.
    if len(weak) >= _MANY_WEAK and short >= _OFTEN_SHORT * (len(weak) + len(words)):
        return words + weak, names
    return words, names | set(weak)


_LONG_NUMBER: Final = 5


def _mark(key: bytes, what: bytes, words: Sequence[str]) -> int:
    """Give 64 keyed bits, signed as the database has them."""
    said = "\x1f".join(words).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(said, key=key, person=what, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
