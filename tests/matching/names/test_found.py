"""A name is found however it is written, where it stands, and nothing else is."""

from __future__ import annotations

import pytest

from fanal.matching.names import NameIndex, marks

KEY = b"sixteen bytes ok"
NAMES = (
    "bad.example",
    "badname_42",
    "site.example/a-b",
    "0639980417",
    "0647471247",
    "un-point-vu.example",
    "look_at_the_dot",
    "张三丰",
    "اسم.example",
    "мальчик",
    "élodie",
)


def found(text: str) -> set[tuple[str, str]]:
    index = NameIndex(KEY)
    index.add(marks(NAMES, key=KEY))
    by_mark = {int(mark): name for mark, name in zip(marks(NAMES, key=KEY), NAMES, strict=True)}
    return {(by_mark[one.mark], text[one.start : one.end]) for one in index.find(text)}


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Voyez hxxps://BAD[.]example/.", "bad.example", "BAD[.]example"),
        ("bad (dot) example", "bad.example", "bad (dot) example"),
        ("bad\npoint\nexample", "bad.example", "bad\npoint\nexample"),
        ("b a d . e x a m p l e", "bad.example", "b a d . e x a m p l e"),
        ("b.a.d.e.x.a.rn.p.l.e", "bad.example", "b.a.d.e.x.a.rn.p.l.e"),
        ("le compte @badname42, hier", "badname_42", "badname42"),
        ("B4DN4ME-42", "badname_42", "B4DN4ME-42"),
        ("b@dn@me42", "badname_42", "b@dn@me42"),
        ("bаdnаmе_42", "badname_42", "bаdnаmе_42"),  # Cyrillic а and е
        ("ᵇadname😀42", "badname_42", "ᵇadname😀42"),
        ("🅱🅰🅳 ⓝⓐⓜⓔ 4️⃣2️⃣", "badname_42", "🅱🅰🅳 ⓝⓐⓜⓔ 4️⃣2️⃣"),
        ("b\u200ba\u00add\u0301name42\u0301.", "badname_42", "b\u200ba\u00add\u0301name42\u0301"),
        ("$ite.example/a/b", "site.example/a-b", "$ite.example/a/b"),
        ("site dot example slash a tiret b", "site.example/a-b", "site dot example slash a tiret b"),
        ("06 39 98 04 17", "0639980417", "06 39 98 04 17"),
        ("06.47.47.12.47", "0647471247", "06.47.47.12.47"),  # 47 looks like “at”
        ("bad deux points example", "bad.example", "bad deux points example"),
        ("bad(a)example", "bad.example", "bad(a)example"),
        ("nom\u200b@b@dname42!!!", "badname_42", "b@dname42"),
        ("look at the dot", "look_at_the_dot", "look at the dot"),
        ("un-point-vu dot example", "un-point-vu.example", "un-point-vu dot example"),
        ("用户张三丰在这里", "张三丰", "张三丰"),
        ("عند اسم.example", "اسم.example", "اسم.example"),
        ("МАЛЬЧИК", "мальчик", "МАЛЬЧИК"),
        ("e\u0301lodie / Elodie", "élodie", "e\u0301lodie"),
    ],
)
def test_it_is_found_where_it_stands(text: str, name: str, there: str) -> None:
    assert (name, there) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        " ",
        "\u0301" * 99,
        "\ud800",
        "badname",
        "xbad.example",
        "bad.examplex",
        "0639980418",
        "un ami à la mer",
    ],
)
def test_nothing_is_found(text: str) -> None:
    assert found(text) == set()
