"""Whatever fits a form of a platform's addresses is read as that form says, and its canonical gives itself."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.harmonise import platforms
from fanal.core.report import Item, Target

if TYPE_CHECKING:
    from fanal.core.harmonise.platform import Platform, Shape

FIELD = re.compile(r"\{(\w+)\}")
LETTERS = st.sampled_from(string.ascii_letters + string.digits + "._-")
FORMS = [(one, shape, form) for one in platforms.PLATFORMS for shape in one.shapes for form in shape.forms]


def values(platform: Platform, field: str) -> st.SearchStrategy[str]:
    """Make values of a field that mean nothing else there: no reserved word, nothing that is written otherwise."""
    pattern = re.compile(f"(?:{platform.fields[field]})", re.ASCII)
    made = st.from_regex(pattern, fullmatch=True, alphabet=string.printable[:94])
    return made.filter(lambda one: one.lower() not in platform.reserved and not set("%\\") & set(one))


@st.composite
def written(draw: st.DrawFn) -> tuple[Platform, Shape, str]:
    platform, shape, form = draw(st.sampled_from(FORMS))
    filled = FIELD.sub(lambda found: draw(values(platform, found.group(1))), form)
    filled = filled.removesuffix("/*") + (draw(LETTERS.map("/{}".format)) if form.endswith("/*") else "")
    host = platform.hosts[0] if form.startswith("/") else ""
    return platform, shape, f"https://{host}{filled}"


@settings(max_examples=400)
@given(written())
def test_what_fits_a_form_is_read_and_gives_itself(one: tuple[Platform, Shape, str]) -> None:
    platform, shape, typed = one
    found = harmonise.item(Item(typed))
    if platform.name == "mastodon" and not isinstance(found, Target):
        return  # an xn-- host that no decoder reads
    assert isinstance(found, Target), typed
    assert (found.kind, found.platform) == (shape.kind, platform.name), typed
    again = harmonise.item(Item(found.canonical))
    assert isinstance(again, Target)
    assert (again.kind, again.canonical, again.id) == (found.kind, found.canonical, found.id), typed
