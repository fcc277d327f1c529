"""What the index keeps of a target finds it by every address of it, and keeps nothing that is everybody's."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import pytest

from fanal.core.guard.names import names
from fanal.core.guard.review import Role
from fanal.core.harmonise import item, platforms
from fanal.core.report import Item, Target, TargetKind
from fanal.matching.names import NameIndex, marks

if TYPE_CHECKING:
    from fanal.core.harmonise.platform import Sample

KEY = bytes(16)
FOLDER = Path(platforms.__file__).parent
SAMPLES = [
    (file.stem, sample)
    for file in sorted(FOLDER.glob("[a-z]*.py"))
    for sample in importlib.import_module(f"{platforms.__name__}.{file.stem}").SAMPLES
]


def read(typed: str, platform: str = "") -> Target:
    found = item(Item(typed, platform))
    assert isinstance(found, Target), typed
    return found


def roles(typed: str) -> dict[str, Role]:
    return {one.words: one.role for one in names(read(typed))}


@pytest.mark.parametrize(("platform", "sample"), SAMPLES, ids=lambda one: getattr(one, "canonical", one))
def test_each_way_of_typing_a_sample_holds_a_name_of_it(platform: str, sample: Sample) -> None:
    first = sample.canonical if sample.canonical.startswith("http") else sample.names[0]
    named = names(read(first, platform))
    assert 1 <= len(named) <= 6
    index = NameIndex(KEY)
    index.add(
        np.array([mark for mark in marks([one.words for one in named], key=KEY).tolist() if mark], dtype=np.uint64)
    )
    assert len(index)
    said = [
        sample.canonical,
        *sample.names,
        *(sample.typed if sample.handle and sample.handle in unquote(sample.canonical) else ()),
    ]
    assert all(index.find(f"Voir {unquote(one)} ici") for one in said), named


def test_the_host_of_everybody_is_no_name() -> None:
    assert not names(read("https://pastebin.com/"))
    assert Role.SITE not in roles("https://pastebin.com/raw/Xy12Zq88").values()
    assert Role.SITE not in roles("https://www.service-public.fr/particuliers/vosdroits/F31979").values()
    assert roles("https://bad.example/a/b")["bad.example"] is Role.SITE


def test_a_site_is_named_as_it_is_registered_and_in_its_own_letters() -> None:
    assert roles("https://www.galerie.bad.example/x")["bad.example"] is Role.SITE
    both = roles("https://château-brûlé.example/")
    assert both["château-brûlé.example"] is Role.SITE
    assert any(one.startswith("xn--") for one in both)


def test_a_number_is_named_as_it_is_dialled() -> None:
    assert set(roles("+33 6 39 98 04 17")) == {"33639980417", "0033639980417", "0639980417", "330639980417"}
    assert "07700900123" in roles("+447700900123")


def test_a_post_is_named_by_its_id_and_by_its_account() -> None:
    assert roles("https://x.com/Some_Name/status/1712345678901234567") == {
        "1712345678901234567": Role.CODE,
        "some_name": Role.HANDLE,
    }


def test_a_magnet_is_named_in_both_alphabets() -> None:
    digits = "22d3d6ea68ae739e542e063c14c6956343af8f9c"
    assert set(roles(f"magnet:?xt=urn:btih:{digits}")) == {digits, "ELJ5N2TIVZZZ4VBOAY6BJRUVMNB27D44"}


def test_every_kind_has_a_name() -> None:
    kinds = {
        read(typed).kind
        for typed in (
            "https://x.com/badname",
            "https://x.com/badname/status/1712345678901234567",
            "https://www.reddit.com/r/some_place",
            "https://discord.gg/XyZ12abQ",
            "https://bad.example/x",
            "bad.example",
            "someone@courriel.example",
            "+33639980417",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "magnet:?xt=urn:btih:22d3d6ea68ae739e542e063c14c6956343af8f9c",
            "md5:7bea42031d56db9bc02e3f8d8ea355d2",
        )
        if names(read(typed))
    }
    assert kinds == set(TargetKind)
