"""A small blind index of invented targets, and the guard asked with it: what every test of this folder begins with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fanal.core.guard import check
from fanal.core.guard.draft import plain
from fanal.core.guard.names import names
from fanal.core.guard.review import Known, Standing
from fanal.core.harmonise import items
from fanal.core.report import Item, Target
from fanal.matching.names import NameIndex, marks
from fanal.matching.words import ordinary

if TYPE_CHECKING:
    from collections.abc import Collection

    from fanal.core.guard.draft import Draft
    from fanal.core.guard.review import Finding, Review

KEY = bytes(16)
REPORTED = (
    *(("https://x.com/badname", ""), ("https://instagram.com/jolie_poupee_77", ""), ("@papillon", "TikTok")),
    *(("ami.example", ""), ("https://bad.example/galerie?id=4", ""), ("+33639980417", ""), ("+447700900123", "")),
    *(("lola.secret@courriel.example", ""), ("https://t.me/canalrose", ""), ("https://discord.gg/XyZ12abQ", "")),
    *(("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""), ("https://snapchat.com/add/kevin.dupont2", "")),
    *(("https://bit.ly/3aBcDeF", ""), ("https://x.com/sunshine", ""), ("https://x.com/soleil", "")),
    *(("https://x.com/badname/status/1712345678901234567", ""), ("https://youtu.be/qT7vLm2RxK4", "")),
    *(("https://orange.example", ""), ("https://tiktok.com/@zoe", ""), ("château-brûlé.example", "")),
    *(("https://vk.com/id123456789", ""), ("https://www.tumblr.com/nuages-gris", "")),
    *(("@quiet_otter_91", "Reddit"),),
    *(("http://192.0.2.77/", ""), ("md5:7bea42031d56db9bc02e3f8d8ea355d2", "")),
)


def targets() -> list[Target]:
    found: list[Target] = []
    for typed, platform in REPORTED:
        read = items(Item(typed, platform), region="FR")
        assert isinstance(read, tuple), typed
        found += read
    return found


@cache
def index() -> tuple[NameIndex, dict[int, tuple[Known, ...]]]:
    leads: dict[int, tuple[Known, ...]] = {}
    for target in targets():
        named = names(target)
        for name, mark in zip(named, marks([one.words for one in named], key=KEY).tolist(), strict=True):
            leads[mark] = (*leads.get(mark, ()), Known(name.role, target.kind, target.platform, Standing.REPORTED))
    blind = NameIndex(KEY)
    blind.add(np.array(sorted(leads), dtype=np.uint64))
    return blind, leads


def known(asked: Collection[int]) -> dict[int, tuple[Known, ...]]:
    return {mark: index()[1][mark] for mark in asked if mark in index()[1]}


def ask(draft: Draft | str, language: str = "fr") -> Review:
    whole = plain(draft) if isinstance(draft, str) else draft
    return check(whole, find=index()[0].find, known=known, ordinary=ordinary, language=language)


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in ask(text).findings]


def only(text: str) -> Finding:
    (one,) = ask(text).findings
    return one
