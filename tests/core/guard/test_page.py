"""The last look at a page: nothing in it leads anywhere else, whatever a view wrote; the rest stays to the letter."""

from __future__ import annotations

from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core.guard.page import quieted
from fanal.core.guard.plain import MayStand
from fanal.core.harmonise.defang import defang_text

NOTHING = MayStand()
LIVE = ("https://canary.example/a?b=1", "canary.example", "@canary", "canary@mail.example", "+33 6 39 98 04 17")


def quiet(html: str, may_stand: MayStand = NOTHING) -> str:
    return quieted(html, may_stand)[0]


@pytest.mark.parametrize("live", LIVE)
@pytest.mark.parametrize(
    "page",
    [
        "<p>Voir {} là</p>",
        "<title>{}</title>",
        '<img alt="{}" src="/static/a.svg">',
        "<b title='{}'>x</b>",
        '<meta name="d" content="{}">',
        '<p aria-label="{}">x</p>',
        '<input type="text" placeholder="{}">',
        "<P>a < b {}",
    ],
)
def test_what_is_shown_or_spoken_is_defanged(page: str, live: str) -> None:
    left = quiet(page.format(escape(live)))
    assert defang_text(unescape(left)) == unescape(left)
    assert quieted(left, NOTHING) == (left, 0)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://canary.example/">x</a>',
        "<a href='//canary.example/'>x</a>",
        '<a class="b" HREF = " HTTPS://canary.example">x</a>',
        '<a href="mailto:canary">x</a>',
        '<a href="tel:+33639980417">x</a>',
        '<a href="javascript:canary()">x</a>',
        '<a href="\\\\canary.example">x</a>',
        '<form action="https://canary.example"></form>',
        '<img src="https://canary.example/a.png">',
        '<svg><use xlink:href="http://canary.example/a"/></svg>',
        '<a title="a > b" href="tg://canary">x</a>',
        "<a href=https://canary.example/>x</a>",
        '<a id="b"href="https://canary.example/">x</a>',
    ],
)
def test_a_link_out_of_the_house_goes_nowhere(link: str) -> None:
    left, changed = quieted(link, NOTHING)
    assert changed == 1
    assert "canary" not in left
    assert "639980417" not in left


def test_our_own_links_forms_and_what_is_typed_stay_to_the_letter() -> None:
    page = (
        '<!doctype html>\n<a href="/cases/D-7KQM-4T2X#items">x</a><link rel="stylesheet" href="/static/desk.a1b2.css">'
        '<textarea name="t">https://canary.example</textarea><input value="https://canary.example">'
        '<img src="data:image/svg+xml;utf8,x"><script src="/static/desk.js"></script><p>art. 226-10, 3.14, 12 h 30.</p>'
        "<!-- canary.example --><p>hxxps://canary[.]example</p>"
    )
    assert quieted(page, NOTHING) == (page, 0)


def test_what_may_stand_stands_and_nothing_longer() -> None:
    law = MayStand(sites=frozenset({"legifrance.gouv.fr"}), addresses=frozenset({"bunny.net"}))
    page = '<p>bunny.net, <a href="https://www.legifrance.gouv.fr/codes/id/L1">la loi</a></p>'
    assert quieted(page, law) == (page, 0)
    for other in ("bunny.net.example", "a.bunny.net", "bunny.net/canary"):
        assert quieted(f"<p>{other}</p>", law)[1] == 1
    assert quieted('<a href="https://canary.example/?legifrance.gouv.fr">x</a>', law)[1] == 1


class Shown(HTMLParser):
    """What a browser makes of a page: its texts, and where it leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.leads: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.leads += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


@given(
    st.lists(
        st.sampled_from(
            [*LIVE, "<b>", "</b>", "<a href='", '"', "'", ">", "<", "x ", "é", '<a href="', "<a href=", "<a "]
        ),
        max_size=9,
    )
)
def test_whatever_is_put_together_no_browser_is_led_away(pieces: list[str]) -> None:
    read = Shown()
    read.feed(quiet("".join(pieces) + "\n"))
    read.close()
    for one in read.leads:
        assert not one.strip().lower().startswith(("http", "//", "mailto:"))
