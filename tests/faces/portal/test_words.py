"""The style sheet says its night twice, and the same."""

from __future__ import annotations

import re
from pathlib import Path

import fanal

SOURCE = Path(fanal.__file__).parent


def test_night_is_the_same_by_choice_and_by_preference() -> None:
    sheet = (SOURCE / "site/static/fanal/fanal.css").read_text(encoding="utf-8")
    chosen = re.search(r':root\[data-theme="dark"\], \.night \{(.*?)\}', sheet, re.DOTALL)
    preferred = re.search(r":root:not\(\[data-theme\]\) \{(.*?)\}", sheet, re.DOTALL)
    assert chosen
    assert preferred
    assert chosen.group(1).split() == preferred.group(1).split()
