"""The canaries as the guard knows them: what names one is found however it is written, by the engine of production."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from fanal.core import guard
from fanal.core.errors import Refused
from fanal.core.guard.draft import Draft, Form, plain
from fanal.core.guard.names import names
from fanal.core.guard.plain import MayStand
from fanal.core.guard.review import Known, Name, Role, Standing
from fanal.core.harmonise.defang import defang_text
from fanal.core.harmonise.items import items
from fanal.core.report import Item, TargetKind, Unread
from fanal.matching.names import NameIndex, marks
from fanal.matching.words import ordinary
from fanal.wire import drafts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

KEY = bytes(range(16))
# The addresses that the invented recipients of examples/directory.toml have on the hosts that are reported.
MAY_STAND = MayStand(frozenset({"abus@partage.example", "abus@hebergeur.example"}))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that names something: what it names, whether it leads there as it stands, and itself."""

    names: frozenset[str]
    live: bool
    text: str


@dataclass(frozen=True, eq=False)
class Engine:
    """The guard over the names of a few targets, and over words that are as good as names."""

    index: NameIndex
    known: Mapping[int, tuple[Known, ...]]
    named: Mapping[int, frozenset[str]]

    def look(self, draft: Draft) -> tuple[Passage, ...]:
        """Find what names anything in a draft."""
        spotted: dict[str, frozenset[str]] = {}

        def find(text: str) -> list[tuple[int, int, int]]:
            found: list[tuple[int, int, int]] = [*self.index.find(text)]
            for start, end, mark in found:
                passage = text[start:end]
                spotted[passage] = spotted.get(passage, frozenset()) | self.named.get(mark, frozenset())
            return found

        def known(asked: Collection[int]) -> Mapping[int, tuple[Known, ...]]:
            return {one: self.known[one] for one in asked if one in self.known}

        review = guard.check(draft, find=find, known=known, ordinary=ordinary, language="en")
        told = []
        for one in review.findings:
            text = draft.parts[one.part].text
            passage = text[one.start : one.end]
            what = frozenset().union(*(who for word, who in spotted.items() if word in passage or passage in word))
            around = re.search(r"\S*\Z", text[: one.start])[0] + passage + re.match(r"\S*", text[one.end :])[0]  # type: ignore[index]
            rest = MAY_STAND.without(around)
            if rest.strip("()[]<>'\", "):
                told.append(Passage(what or frozenset().union(*spotted.values()), defang_text(rest) != rest, around))
        return tuple(told)


@cache
def engine(typed: tuple[tuple[str, str, str], ...], words: tuple[str, ...]) -> Engine:
    """Make the engine: `typed` are items, their platform, and what to call what names them; `words` name themselves."""
    told: list[tuple[Name, Known, str]] = []
    for item, platform, called in typed:
        read = items(Item(item, platform))
        assert not isinstance(read, Unread)
        for target in read:
            told += [
                (one, Known(one.role, target.kind, target.platform, Standing.REPORTED), called) for one in names(target)
            ]
    code = Known(Role.CODE, TargetKind.URL, "", Standing.REPORTED)
    told += [(Name(word, Role.CODE), code, word) for word in words]
    marked = marks([one.words for one, _, _ in told], key=KEY).tolist()
    assert all(marked)
    known: dict[int, tuple[Known, ...]] = {}
    named: dict[int, frozenset[str]] = {}
    for mark, (_, who, called) in zip(marked, told, strict=True):
        known[mark] = (*known.get(mark, ()), who)
        named[mark] = named.get(mark, frozenset()) | {called}
    index = NameIndex(KEY)
    index.add(np.array(sorted(known), dtype=np.uint64))
    return Engine(index, known, named)


@lru_cache(maxsize=4096)
def passages(one: Engine, content: bytes) -> tuple[Passage, ...]:
    """Find what names anything in what somebody saw: a page as it is read, with what it hides, or any other text."""
    text = content.decode("utf-8", "replace")
    if re.search(r"<html|<!doctype", text[:500], re.IGNORECASE):
        try:
            return one.look(drafts.read(content, form=Form.HTML))
        except Refused:  # no page, though it begins like one
            pass
    return one.look(plain(text))
