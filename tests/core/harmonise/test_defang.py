"""What is defanged is no link in anybody's program, and reads back as the same thing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise.defang import defang, defang_text
from fanal.core.report import Item, Target

LIVE = re.compile(r"https?\s*:[/\\]{2}|[A-Za-z0-9_-]\.[A-Za-z0-9_-]", re.IGNORECASE)
LIKE = st.lists(
    st.sampled_from(["http", "hxxp", "s", "://", ":", "/", ".", "a", "com", "x.com", "@", "[", "]", "[.]", " ", "。"])
).map("".join)


def test_the_forms_that_people_know() -> None:
    assert defang("https://video.example/a.php?u=http://b.example") == (
        "hxxps://video[.]example/a[.]php?u=hxxp://b[.]example"
    )
    assert defang("192.0.2.1") == "192[.]0[.]2[.]1"
    assert defang("alice@mail.example") == "alice[at]mail[.]example"
    assert defang("ftp://video.example") == "ftp[:]//video[.]example"
    assert defang("javascript:alert") == "javascript[:]alert"


@given(st.text() | LIKE)
def test_nothing_clickable_is_left_and_defanging_twice_changes_nothing(text: str) -> None:
    shown = defang(text)
    assert not LIVE.search(shown)
    assert defang(shown) == shown


@given(LIKE)
def test_a_target_is_defanged_and_reads_back(typed: str) -> None:
    found = harmonise.item(Item(typed))
    if isinstance(found, Target):
        assert not LIVE.search(found.defanged)
        if not set("[]{}()\\") & set(found.canonical):
            again = harmonise.item(Item(found.defanged))
            assert isinstance(again, Target)
            assert again.canonical == found.canonical or "hxxp" in found.canonical + found.defanged[5:]


def test_words_of_the_law_are_left_alone() -> None:
    for text in ("art. 226-10 et R.645-1 du code pénal, L.121-1, 3.14, p.ex., M.Durand", "rapport.txt du 22.11.2026"):
        assert defang_text(text) == text


@pytest.mark.parametrize("number", ["+33 1 99 00 12 34", "+33199001234", "+33 (0)1.99.00.12.34", "+44 7700 900123"])
def test_a_number_in_a_text_is_not_dialled_by_a_tap_and_reads_back(number: str) -> None:
    shown = defang_text(f"Il appelle du {number}, le soir. 3 + 4 = 7")
    assert not re.search("[0-9]{3}|[0-9] [0-9]", shown)
    assert shown.endswith(", le soir. 3 + 4 = 7")
    (one,) = harmonise.text(shown).targets
    assert one.canonical == harmonise.text(number).targets[0].canonical


def test_what_is_live_in_a_text_is_not_left() -> None:
    text = "Voir https://x.com/some_name, www.video.example. Mail: a.b@mail.example; @some_name; 192.0.2.1."
    shown = defang_text(text)
    assert not LIVE.search(shown)
    assert "@some_name" not in shown
    assert shown.startswith("Voir hxxps://x[.]com/some_name, www[.]video[.]example.")


def test_a_host_does_not_hide_behind_a_word() -> None:
    for text in ("foo.zzz/x.com", "-x.com", "..x.com", "a.https://x.com", "(x.com)", "x.com/a.php"):
        assert "x.com" not in defang_text(text)


@given(st.text() | LIKE)
def test_a_text_is_defanged_once(text: str) -> None:
    shown = defang_text(text)
    assert defang_text(shown) == shown
    assert "http://" not in shown.lower()
    assert "https://" not in shown.lower()


@pytest.mark.parametrize(
    "typed", ["https://t.co/?@name", "https://a.example/x,@name", "https://a.example/#@name", "a.example/?q=(@name)"]
)
def test_no_name_within_an_address_stays_live(typed: str) -> None:
    """What is shown of a target must not be what a later look at the page would still change."""
    assert defang_text(defang(typed)) == defang(typed)
    target = harmonise.item(Item(typed))
    assert isinstance(target, Target)
    assert defang_text(target.defanged) == target.defanged
