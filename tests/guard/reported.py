"""The index that the corpus is tried against: what reported.toml names, among twenty thousand other names."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fanal.core.guard.names import names
from fanal.core.guard.review import Known, Standing
from fanal.core.harmonise.items import items
from fanal.core.report import Item, Target, TargetKind
from fanal.matching.names import NameIndex, marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

KEY: Final = bytes(range(16))
NOISE: Final = 20_000
WORDS: Final = 1_500  # of each language: the most frequent ones, as handles
_SYLLABLES: Final = (
    "ba be bi co cra da dri el fa fo ga gri ha ix jo ka kri la lu ma mo na no ol pa pri ra ri sa so ta tu va ve wi xo"
)
_PROFILES: Final = (
    "https://x.com/{}",
    "https://www.instagram.com/{}/",
    "https://t.me/{}",
    "https://www.tiktok.com/@{}",
    "https://www.facebook.com/{}",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """The blind index, and what its marks lead to."""

    index: NameIndex
    leads: Mapping[int, tuple[Known, ...]]
    targets: int

    def known(self, asked: Collection[int]) -> dict[int, tuple[Known, ...]]:
        """Confirm marks, as the database does."""
        return {mark: self.leads[mark] for mark in asked if mark in self.leads}


def reported() -> Reported:
    """Build the index from what people typed and from the noise, by the code that the house uses."""
    targets = [*_typed(), *_noise()]
    said = [(name, target) for target in targets for name in names(target)]
    made = marks([name.words for name, _ in said], key=KEY)
    index = NameIndex(KEY)
    index.add(made)
    leads: dict[int, tuple[Known, ...]] = {}
    for mark, (name, target) in zip(made.tolist(), said, strict=True):
        known = Known(name.role, target.kind, target.platform, Standing.REPORTED)
        leads[mark] = (*leads.get(mark, ()), known)
    return Reported(index, leads, len(targets))


def keys() -> frozenset[str]:
    """Give the keys by which drafts say what they name."""
    return frozenset(_fixture())


def _fixture() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("reported.toml").read_text("utf-8"))


def _typed() -> Iterator[Target]:
    for key, one in _fixture().items():
        read = items(Item(one["typed"], one.get("platform", "")), region="FR")
        assert isinstance(read, tuple), key
        yield from read


def _noise() -> Iterator[Target]:
    for number, name in enumerate((*_frequent("fr"), *_frequent("en"), *_invented())):
        read = items(Item(_PROFILES[number % len(_PROFILES)].format(name)))
        if isinstance(read, tuple) and read[0].kind is TargetKind.ACCOUNT:  # some words are pages of the platform
            yield from read


def _frequent(language: str) -> list[str]:
    """Give ordinary words that could be handles, the most frequent first."""
    found = importlib.util.find_spec("spellchecker")
    assert found is not None
    assert found.origin is not None
    with gzip.open(Path(found.origin).parent / "resources" / f"{language}.json.gz") as file:
        counts: dict[str, int] = json.load(file)
    fit = [word for word in counts if len(word) > 3 and word.isascii() and word.isalpha()]
    return sorted(fit, key=lambda word: (-counts[word], word))[:WORDS]


def _invented() -> Iterator[str]:
    """Give names as people invent them: syllables, now and then a sign and figures."""
    chance = random.Random(5)  # noqa: S311 - names, no secrets
    syllables = _SYLLABLES.split()
    for _ in range(NOISE - 2 * WORDS):
        name = "".join(chance.choices(syllables, k=chance.randint(3, 5)))
        sign, figures = chance.choice(("", "", "_")), chance.choice(("", str(chance.randint(1, 9999))))
        yield f"{name}{sign}{figures}" if figures else name
