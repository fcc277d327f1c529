"""Nothing plain: a text for somebody entitled names its target in the defanged form, and holds nothing live.

The names of the whole index are not asked here: the target must be named. What must not stand is whatever a program
would make a link of, whatever leads there, and the live form of the targets that the text is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.guard.draft import Place
from fanal.core.harmonise.defang import defang_text
from fanal.core.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fanal.core.guard.draft import Part
    from fanal.core.reasons import Reason
    from fanal.core.report import Target

LIVE: Final = reason(
    "outgoing.live",
    en="It was stopped as it was about to leave: an address, an account or a number stands in it in plain. "
    "Nothing left. Put it forward again without it; if it is stopped once more, tell whoever runs Fanal.",
    fr="L’envoi a été arrêté au moment de partir\u202f: une adresse, un compte ou un numéro y figure en clair. "
    "Rien n’est parti. Proposez-le de nouveau sans cela\u202f; s’il est encore arrêté, prévenez qui exploite Fanal.",
)
LINK: Final = reason(
    "outgoing.link",
    en="It was stopped as it was about to leave: it holds a link that leads outside. Nothing left. "
    "Tell whoever runs Fanal.",
    fr="L’envoi a été arrêté au moment de partir\u202f: il contient un lien qui mène ailleurs. Rien n’est parti. "
    "Prévenez qui exploite Fanal.",
)
UNREADABLE: Final = reason(
    "outgoing.unreadable",
    en="It was stopped as it was about to leave: a part of it cannot be read, so nobody can say what it names. "
    "Nothing left. Tell whoever runs Fanal.",
    fr="L’envoi a été arrêté au moment de partir\u202f: une de ses parties est illisible, et nul ne peut dire ce "
    "qu’elle nomme. Rien n’est parti. Prévenez qui exploite Fanal.",
)

STOPPED: Final = frozenset(one.code for one in (LIVE, LINK, UNREADABLE))

_LONG_ENOUGH: Final = 6  # shorter than this, a word of two lines joined could be anything
_SPACE: Final = re.compile(r"\s+")
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*:(?://)?(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MayStand:
    """What may stand in a text of ours as it is.

    `addresses`: each as it is (the reader's own mailbox, say); `domains`: any mailbox there (our own); `sites`: any
    page there (where the law is published).
    """

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def without(self, text: str) -> str:
        """Give `text` without what may stand, also over the end of a line; a longer address than that stays whole."""
        known = ["\\n?".join(map(re.escape, one)) for one in sorted(self.addresses, key=len, reverse=True) if one]
        known += [rf"(?:[\w.=+-]{{1,64}}@)?{re.escape(one)}" for one in sorted(self.domains)]
        known += [rf"(?:https?://)?(?:www\.)?{re.escape(one)}(?:/[\w/.?=&#%-]*)?" for one in sorted(self.sites)]
        if not known:
            return text
        return re.sub(rf"(?<![\w./@+-])(?:{'|'.join(known)})(?![\w/@-]|\.\w)", " ", text, flags=re.IGNORECASE)


def faults(parts: Iterable[Part], *, about: Sequence[Target], may_stand: MayStand) -> tuple[Reason, ...]:
    """Say why a text must not leave, each reason once; nothing where it may.

    Looked for: what `defang_text` would change; links of any kind; the live form of the targets that the text is
    `about`, also where a line breaks within it.
    """
    found: dict[str, Reason] = {}
    forbidden = _forbidden(about)
    for part in parts:
        text = may_stand.without(part.text)
        if part.place is Place.LINK and text.strip() and not _within(part.text):
            found[LINK.code] = LINK
        elif defang_text(text) != text or _names(text, forbidden):
            found[LIVE.code] = LIVE
    return tuple(found.values())


def _names(text: str, forbidden: Sequence[str]) -> bool:
    squeezed = _SPACE.sub("", text).casefold()
    return any(one in squeezed for one in forbidden)


def _forbidden(about: Sequence[Target]) -> tuple[str, ...]:
    """List the live forms of targets, without spaces. What the defanged form shows anyway (a hash, say) may stand."""
    found = set()
    for target in about:
        shown = _SPACE.sub("", target.defanged).casefold()
        for live in (target.canonical, _SCHEME.sub("", target.canonical), target.host, target.handle):
            form = _SPACE.sub("", live).casefold()
            if len(form) >= _LONG_ENOUGH and not form.isalnum() and form not in shown:
                found.add(form)
    return tuple(sorted(found))


def _within(link: str) -> bool:
    """Say whether a link stays where it stands: a place in the same text, or a file beside it."""
    return bool(re.fullmatch(r"#[\w-]*|[\w-]+\.(?:csv|json|pdf|age)", link.strip()))
