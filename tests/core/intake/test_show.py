"""Nothing that is shown can hide, overprint or turn the page around."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fanal.core.intake.show import show

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_a_right_to_left_override_is_made_visible() -> None:
    assert show("photo\u202egpj.exe") == "photo⟨U+202E⟩gpj.exe"


def test_lines_and_tabs_stay() -> None:
    assert show("a\r\nb\tc") == "a\nb\tc"


def test_joined_emoji_and_persian_stay() -> None:
    for text in ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "می\u200cخواهم"):
        assert show(text) == text


@given(
    st.text(alphabet=st.characters() | st.sampled_from(BIDI + "\0\x1b\u200b\u200c\u200d\u2028\u2029\u00ad\ufeff\r\n"))
)
def test_no_control_and_no_bidi_mark_is_left(text: str) -> None:
    shown = show(text)
    assert not set(shown) & set(BIDI)
    assert not [one for one in shown if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} and one not in "\n\t"]
    assert show(shown) == shown
