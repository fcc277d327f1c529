"""From marks that stand in a text to findings and doubts: what stands around each says whether it is a name there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from fanal.core.guard import boundaries, lists, sentences
from fanal.core.guard.around import Around, Beside
from fanal.core.guard.looks import Look, bare, dot_like
from fanal.core.guard.review import Role
from fanal.core.harmonise import platforms
from fanal.core.harmonise.platform import words
from fanal.core.report import TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fanal.core.guard.around import Where
    from fanal.core.guard.review import Hit, Known
    from fanal.core.reasons import Reason

_SHORT: Final = 4  # letters of a name that every language is full of
_LONG_TITLE: Final = 9  # a capitalised word up to this length is a person's or a town's name as easily
_ACRONYM: Final = 6
# What stands behind an @ in programs and documents for machines, and a package with its scope (@house/calendar).
_ANNOTATIONS: Final = words(
    "type context id graph test override param return returns throws author media import charset font-face"
    " deprecated see since property value language vocab keyframes include layer container supports namespace page"
    " entity table service"
)
_EVERYBODY: Final = words("everyone everybody here all channel team tous")  # whom an @ calls in chats
_SPACES: Final = ("", " ", "\n", "\u00a0", "’", "'")
_SCOPE: Final = re.compile(r"/[a-z]")
_STRONG: Final = 8  # a name with figures of this length is found within a longer one (merci-name1987)
_TELLING: Final = 3  # everyday words in the very order of a name, directly behind “account”, are no chance
_SHORT_CODE: Final = 10  # a shorter code, in pieces, may be figures and words that stand together by chance
_BARE_NUMBER: Final = 12
_NETWORK: Final = 4  # figures of an IPv4 address
_SURE_ROLES: Final = frozenset({Role.WHOLE, Role.SITE, Role.MAILBOX})


class Weight(IntEnum):
    """How much a hit weighs."""

    OTHER = 0  # a part of another name: nothing can make a finding of it
    NOTHING = 1
    DOUBT = 2
    LIKELY = 3
    CERTAIN = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was made of one hit."""

    start: int
    end: int
    weight: Weight
    known: tuple[Known, ...]
    why: tuple[Reason, ...] = ()


def judge(text: str, hits: Sequence[Hit], ordinary: Callable[[str], bool], *, code: bool = False) -> list[Verdict]:
    """Weigh every hit of one text, those that name nothing left out. Overlapping ones are not settled here.

    `code` says that the text is one that no person reads (a script, a style), where an @ means other things.
    """
    spots = {(hit.start, hit.end) for hit in hits}
    found = []
    for hit in hits:
        look = Look(text[hit.start : hit.end], ordinary)
        if look.function and text[hit.start - 1 : hit.start] in _SPACES:
            continue
        around = Around(text, hit.start, hit.end)
        best = max(
            ((*_one(known, look, around), known.role) for known in hit.known), key=lambda one: one[0], default=None
        )
        if best is None or best[0] is Weight.OTHER:
            continue
        weight, why, role = best
        if (
            weight < Weight.LIKELY
            and not look.stops
            and not look.function
            and lists.listed(text, hit.start, hit.end, spots)
        ):
            weight, why = Weight.LIKELY, (sentences.LISTED,)
        if code and role is Role.HANDLE and look.plain and around.address().how is Beside.NONE:
            weight = min(weight, Weight.DOUBT)
        if weight > Weight.NOTHING:
            found.append(Verdict(hit.start, hit.end, weight, hit.known, (*why, *_disguise(look))))
    return found


def _one(known: Known, look: Look, around: Around) -> tuple[Weight, tuple[Reason, ...]]:
    if not look.pieces:
        return Weight.LIKELY, (sentences.HIDDEN,)
    if known.role is Role.NUMBER:
        return _number(look, around)
    if known.role is Role.CODE and (look.digits or not look.words):
        return _code(look, around)
    if known.role in _SURE_ROLES:
        return _address(known, look, around)
    return _handle(known, look, around)


def _number(look: Look, around: Around) -> tuple[Weight, tuple[Reason, ...]]:
    if boundaries.longer_number(around.before, around.after):
        return Weight.OTHER, ()
    if look.stops and not look.digits:
        return Weight.DOUBT, ()
    return Weight.CERTAIN, ()


def _code(look: Look, around: Around) -> tuple[Weight, tuple[Reason, ...]]:
    if boundaries.longer_code(around.raw_before, around.raw_after, digits=look.digits):
        return Weight.OTHER, ()
    if look.spaced and look.size < _SHORT_CODE and not look.spelt:
        return Weight.NOTHING, ()
    if look.stops:
        return Weight.NOTHING if look.words else Weight.DOUBT, ()
    if look.digits and look.size < _BARE_NUMBER:
        return _short_number(around)
    return (Weight.LIKELY if look.spaced else Weight.CERTAIN), ()


def _short_number(around: Around) -> tuple[Weight, tuple[Reason, ...]]:
    """Weigh some figures that may be an id: files and bills bear numbers of that length too."""
    if around.reference:
        return Weight.NOTHING, ()
    if around.address().how is Beside.ADDRESS or around.raw_before.endswith("//"):
        return Weight.CERTAIN, (sentences.IN_ADDRESS,)
    if around.platforms():
        return Weight.LIKELY, (sentences.WITH_PLATFORM,)
    if around.account or around.named or around.account_near:
        return Weight.LIKELY, (sentences.CALLED_ACCOUNT,)
    return Weight.DOUBT, (sentences.MAYBE_A_NUMBER,)


def _address(known: Known, look: Look, around: Around) -> tuple[Weight, tuple[Reason, ...]]:  # noqa: PLR0911 - one for each thing that decides
    """Weigh an address, a host or a mailbox: without a dot, or a word for one, it is words beside each other."""
    path = known.role is Role.WHOLE and any("/" in gap or "slash" in gap or "barre" in gap for gap in look.gaps)
    mailbox = known.role is Role.MAILBOX or (known.role is Role.WHOLE and not path)
    if boundaries.longer_host(around.raw_before, around.raw_after, path=path, mailbox=mailbox):
        return Weight.OTHER, ()
    if look.digits:
        dotted = len(look.pieces) == _NETWORK and all(map(dot_like, look.gaps))
        return (Weight.CERTAIN if dotted else Weight.NOTHING), ()
    if mailbox and look.at:
        return (Weight.CERTAIN if look.dotted or look.spelt else Weight.LIKELY), ()
    if look.stops and look.words:
        return Weight.NOTHING, ()
    if look.dotted:
        return Weight.CERTAIN, ()
    if look.spelt:
        return Weight.LIKELY, ()
    if look.plain or (look.words and look.spaced):
        if look.spaced or look.stops:
            return Weight.NOTHING, ()
        return (Weight.LIKELY if around.web or len(look.pieces) >= _TELLING else Weight.DOUBT), ()
    return Weight.LIKELY, ()


def _handle(known: Known, look: Look, around: Around) -> tuple[Weight, tuple[Reason, ...]]:  # noqa: PLR0911 - one for each thing that decides
    """Weigh a name of an account: an everyday word needs something beside it that makes a name of it."""
    where = around.address()
    joined = boundaries.longer_name(around.raw_before, around.raw_after if not where.after else "")
    if where.how is Beside.ADDRESS and where.platform:
        return _in_address(known, look, where, joined)
    if joined is not boundaries.Join.NONE or around.mail:
        strong = look.size >= _STRONG and not look.words and any(map(str.isdigit, "".join(look.pieces)))
        return (Weight.LIKELY if strong and joined is boundaries.Join.WORD else Weight.OTHER), (sentences.NO_WORD,)
    tight = not look.spaced
    if tight and _is_platform(look):
        return (Weight.CERTAIN, (sentences.AT,)) if around.at else (Weight.OTHER, ())
    said = around.platforms()
    other_host = boundaries.host_after(around.after) or (around.after[:1] == "@" and not said)
    if other_host or where.how is Beside.ADDRESS:
        return (Weight.NOTHING if look.plain else Weight.DOUBT), (sentences.ELSEWHERE,)
    beside = max((one.how for one in said if one.platform == known.platform), default=Beside.NONE)
    if said and beside is Beside.NONE:
        strong = around.at or not look.plain or around.account
        return (Weight.DOUBT if strong else Weight.NOTHING), (sentences.ELSEWHERE,)
    if around.at and bare(look.text) in _EVERYBODY:
        return Weight.NOTHING, ()
    if around.at and (tight or not look.plain or look.spelt):
        code = look.words and (bare(look.text) in _ANNOTATIONS or _SCOPE.match(around.raw_after))
        return (Weight.DOUBT if code and beside is Beside.NONE else Weight.CERTAIN), (sentences.AT,)
    if known.kind is TargetKind.INVITE and around.code and not look.function:
        return Weight.LIKELY, (sentences.NAMED_SO,)
    return _plain(look, around, beside) if _like_prose(look, around) else _made_up(look, around, beside)


def _in_address(known: Known, look: Look, where: Where, joined: boundaries.Join) -> tuple[Weight, tuple[Reason, ...]]:
    """Weigh a name within an address of a platform: an everyday word only in the place where names stand there."""
    platform = platforms.find(where.platform) or platforms.MASTODON
    if joined is not boundaries.Join.NONE:
        return (Weight.OTHER if look.words else Weight.DOUBT), (sentences.ELSEWHERE,)
    if look.words and (not where.direct or bare(look.text) in platform.reserved):
        return Weight.NOTHING, ()
    if where.platform == known.platform:
        return Weight.CERTAIN, (sentences.IN_ADDRESS,)
    return Weight.DOUBT, (sentences.ELSEWHERE,)


def _like_prose(look: Look, around: Around) -> bool:
    """Say whether a name reads as words of a sentence where it stands."""
    if look.plain or look.stops or look.digits or look.veiled:
        return True
    if look.spelt:
        return False
    if len(look.core) > 1:
        return look.person
    word = look.core[0]
    if look.size <= _SHORT:
        return True
    if not word.isalpha():
        return False
    title = word[:1].isupper() and word[1:].islower() and len(word) <= _LONG_TITLE and not around.opens
    return title or (word.isupper() and len(word) <= _ACRONYM)


def _made_up(look: Look, around: Around, beside: Beside) -> tuple[Weight, tuple[Reason, ...]]:
    """Weigh a name that is no everyday word: it is one wherever it stands, and surer where something says so."""
    if beside is not Beside.NONE:
        return Weight.CERTAIN, (sentences.WITH_PLATFORM,)
    if around.named or around.account or around.account_after:
        return Weight.CERTAIN, (sentences.CALLED_ACCOUNT,)
    if around.quoted:
        return Weight.CERTAIN, (sentences.NO_WORD,)
    if look.size <= _SHORT:
        return Weight.DOUBT, (sentences.NO_WORD,)
    return Weight.LIKELY, (sentences.NO_WORD,)


def _plain(look: Look, around: Around, beside: Beside) -> tuple[Weight, tuple[Reason, ...]]:  # noqa: PLR0911, C901 - one for each thing that decides
    """Weigh a name that may be everyday words."""
    if look.function or (look.digits and not (around.at or around.named)):
        return Weight.NOTHING, ()
    if look.stops and not look.digits:
        return Weight.NOTHING, ()
    gathering = around.gathering
    account = around.account and not gathering
    if beside is Beside.TIGHT and (account or around.quoted or around.cued or not _inflected(look)):
        return Weight.LIKELY, (sentences.WITH_PLATFORM,)
    if around.named:
        return Weight.LIKELY, (sentences.NAMED_SO,)
    if beside is Beside.LOOSE and len(look.pieces) > 1 and not look.spaced:  # “le Tumblr some-words”
        return Weight.LIKELY, (sentences.WITH_PLATFORM,)
    titled = around.quoted and not look.spaced  # a title of several words is somebody’s work as easily
    if beside is Beside.LOOSE and (account or titled or around.cued or _proper(look, around)):
        return Weight.LIKELY, (sentences.WITH_PLATFORM,)
    title = look.spaced and look.text[:1].isupper()  # « Le Petit Prince » is on tonight; see our page
    if around.quoted and not gathering and (account or (around.account_near and not title)):
        return Weight.LIKELY, (sentences.NAMED_SO,)
    telling = len(look.pieces) >= _TELLING and look.numbered
    phrase = around.quoted and len(look.pieces) > _TELLING and look.text[:1].islower()  # a title has a capital
    if (look.numbered and beside is not Beside.NONE) or (telling and around.quoted) or phrase:
        return Weight.LIKELY, (sentences.NAMED_SO,)
    if account and (len(look.pieces) >= _TELLING or not look.words or (len(look.pieces) > 1 and not look.spaced)):
        return Weight.LIKELY, (sentences.CALLED_ACCOUNT,)
    if telling and around.account_near:
        return Weight.LIKELY, (sentences.CALLED_ACCOUNT,)
    if account or gathering or beside is not Beside.NONE or (around.quoted and not look.plain) or not look.words:
        return Weight.DOUBT, (sentences.MAYBE_A_WORD,)
    return Weight.NOTHING, ()


def _proper(look: Look, around: Around) -> bool:
    return len(look.pieces) == 1 and look.pieces[0][:1].isupper() and not around.opens


def _inflected(look: Look) -> bool:
    """Say whether it is rather a common noun in the plural, which stands beside platforms in prose."""
    return look.pieces[-1].lower().endswith("s")


def _is_platform(look: Look) -> bool:
    return len(look.pieces) == 1 and platforms.find(look.pieces[0]) is not None


def _disguise(look: Look) -> tuple[Reason, ...]:
    """Say how a name was disguised."""
    if look.hidden:
        return (sentences.HIDDEN,)
    if look.spelt:
        return (sentences.SPELT,)
    if any("\n" in gap for gap in look.gaps):
        return (sentences.OVER_LINES,)
    if look.spaced:
        return (sentences.SPACED,)
    if any(set(gap) & set("[](){}*") for gap in look.gaps):
        return (sentences.DEFANGED,)
    return ()
