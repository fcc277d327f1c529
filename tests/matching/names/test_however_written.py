"""A law: a name is found at its place, whatever mixture of disguises it wears."""

from __future__ import annotations

import re
import threading
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fanal.matching.names import NameIndex, kernels_cut, marks

if TYPE_CHECKING:
    import random

KEY = bytes(range(16))
LOOKS = {
    "a": "aAаαᴀ4ａ𝐚🅰ⓐ🇦áÄ",
    "b": "bB8ｂ𝓫🅱ʙḃ",
    "c": "cCсⅽｃ🅲ç",
    "e": "eEеｅ3€é℮🇪",
    "i": "iIіl1|!ıïⓘ",
    "l": "lLI1|ⅼｌ",
    "m": "mMｍⅿⓜ🅼",
    "n": "nNｎñ🅽",
    "o": "oOоοօ0ｏ🅾öø",
    "r": "rRｒʀ",
    "s": "sSѕ5$ｓ",
    "t": "tT7ｔ",
    "x": "xXхｘⅹ",
    "w": "wWԝｗ",
    "0": "0Oo𝟎",
    "1": "1lI①𝟏",
    "2": "2２②",
    "5": "5S",
    "7": "7７",
    "9": "9９⑨",
}
PAIRS = {"m": "rn", "w": "vv"}
BETWEEN = (
    " ",
    "\n",
    ".",
    "_",
    "-",
    " - ",
    "😀",
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\u0301",
    "·",
    "/",
    " * ",
    "[.]",
    "\r\n\t",
    "\0",
)
SIGNS = {
    ".": (".", "[.]", "(dot)", " point ", " dot ", " DOT ", "[point]", "。", "\u200b.", " .\n"),
    "/": ("/", " slash ", " / ", "[/]", "%%", " barre oblique "),
    "_": ("_", " tiret ", "-", "", " under score "),
}
NOT_ALONE = "!|€$"
NO_LETTERS = dict.fromkeys(map(ord, NOT_ALONE))
LETTERS = "abceilmnorstxw012579"

written = st.randoms(use_true_random=False)
# A piece of a name that reads “at” is left out where the name is cut there: it is read both ways, but not both at once.
handles = st.text(LETTERS, min_size=3, max_size=14).filter(lambda one: not re.search("a[t7]", one))
named = st.one_of(
    handles,
    st.builds("{}.{}".format, handles, st.sampled_from(["example", "test", "invalid"])),
    st.builds("{}.example/{}_{}".format, handles, handles, handles),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789./-", min_size=97, max_size=200).filter(lambda one: one[0].isalnum()),
    st.text("دسمباجвгджзшщюя", min_size=3, max_size=12),
)


def dressed(name: str, chance: random.Random) -> str:
    """Write a name in disguise: each sign another way, something between signs."""
    long = len(name) > kernels_cut.MOST
    apart = 0.0 if long else chance.choice((0.0, 0.1, 1.0))
    # Over white space only letter by letter: pieces of words may be joined eight times at most.
    between = BETWEEN if apart == 1.0 else [one for one in BETWEEN if not any(map(str.isspace, one))]
    out: list[str] = []
    for at, sign in enumerate(name):
        if sign in SIGNS and not long:
            out.append(chance.choice(SIGNS[sign]))
            continue
        drawn = chance.random() if name.isascii() else 1.0
        looks = LOOKS.get(sign, sign + sign.upper())
        if drawn < 0.4:
            # What may be a gap is a letter only where a letter stands beside it.
            letter_before = apart == 0.0 and out and out[-1] not in NOT_ALONE and out[-1].isalnum()
            out.append(chance.choice(looks if letter_before else looks.translate(NO_LETTERS)))
        else:
            out.append(PAIRS.get(sign, sign) if drawn < 0.5 else sign)
        if at + 1 < len(name) and chance.random() < apart and sign.isalnum():
            out.append(chance.choice(between))
    return "".join(out)


def held(*names: str) -> NameIndex:
    index = NameIndex(KEY)
    index.add(marks(names, key=KEY))
    return index


def ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the marks behind the last sign, as what is found does."""
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me", "Cf"} and text[end] != "\u200b":
        end += 1
    return start, end


@given(name=named, chance=written, before=st.sampled_from(["", "Voyez ", "@", "“", "https://", "اب "]))
def test_a_name_is_found_at_its_place(name: str, chance: random.Random, before: str) -> None:
    disguised = dressed(name.strip("./-"), chance)
    text = before + disguised + chance.choice(["", ".", " et la suite", "\n", " )"])
    found = {(one.start, one.end) for one in held(name.strip("./-")).find(text)}
    here = ends(text, len(before), len(before) + len(disguised))
    assert here in found or any(start == here[0] and end >= here[1] for start, end in found if len(name) > 96)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_text_is_read_and_places_are_within(text: str, name: str) -> None:
    index = held(name)
    for one in index.find(text + name + text):
        assert 0 <= one.start < one.end <= 2 * len(text) + len(name)
    if len(index):
        assert index.find(name)


@given(st.lists(handles, min_size=1, max_size=6), written)
def test_names_alone_are_found_and_no_others(names: list[str], chance: random.Random) -> None:
    index = held(*names)
    known = set(marks(names, key=KEY).tolist())
    text = " ".join(dressed(chance.choice(names), chance) for _ in range(8))
    assert {one.mark for one in index.find(text)} <= known
    other = NameIndex(bytes(16))
    other.add(marks(names, key=KEY))
    assert other.find(text) == []


def test_where_a_text_is_cut_for_reading_is_not_seen() -> None:
    index = held("badname", "site.example/long-page")
    for shift in range(0, 40, 3):
        text = (
            "x, " * (1 << 14)
            + " " * shift
            + "b a d n a m e ; site dot example\n\n/long"
            + " " * 40_000
            + "page"
            + " ab" * 30_000
        )
        assert [text[one.start : one.end][:3] for one in index.find(text)] == ["b a", "sit"]


def test_a_text_without_an_end_of_words_takes_no_room_of_its_own() -> None:
    index = held("a" * 96, "badname")
    assert index.find("a" * 2_000_000)[0][:2] == (0, 2_000_000)
    assert index.find("\u0301" * 2_000_000) == []
    assert len(index.find("badname " * 100_000)) == 100_000


def test_every_mark_is_found_again_and_memory_is_small() -> None:
    drawn = np.random.default_rng(7).integers(1, 1 << 63, 300_000, dtype=np.uint64)
    index = NameIndex(KEY)
    for part in np.array_split(drawn, 7):
        index.add(part)
    index.add(drawn[:1000])
    index.add(np.zeros(3, np.uint64))
    assert len(index) == len(set(drawn.tolist()))
    assert index.nbytes <= 24 * len(index)


def test_names_are_found_while_others_are_added() -> None:
    index = held("badname")
    failed: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            if len(index.find("the badname here")) != 1:
                failed.append(1)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for one in readers:
        one.start()
    draw = np.random.default_rng(3)
    for _ in range(40):
        index.add(draw.integers(1, 1 << 63, 2_000, dtype=np.uint64))
    index.add(marks(["another"], key=KEY))
    done.set()
    for one in readers:
        one.join()
    assert not failed
    assert len(index.find("another badname")) == 2
