"""What a reporter may type: the canaries in whatever form, among whatever words; and the search for them in answers."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from tests.journeys import canaries, guarded
from tests.journeys.canaries import HANDLE, HOST, NAME_THERE, SECOND, URL, Sight, own_fields

from fanal.core.harmonise.defang import defang
from fanal.site.logs import References

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

# A journey is slow: what fails is shown as it was found, and not made smaller.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
FIXTURES = (HealthCheck.function_scoped_fixture,)

MAILBOX, NUMBER = f"{NAME_THERE}@mail.example", "+33639980417"
_FULL = {ord(sign): ord(sign) + 0xFEE0 for sign in "abcdefghijklmnopqrstuvwxyz./:@"}


def _wrapped(one: str) -> list[str]:
    return [
        *(one, one.upper(), one.title(), defang(one), one.replace(".", "[.]", 1), one.replace("https", "hxxp")),
        *(" ".join(one), "\u200b".join(one), "\n".join(one[at : at + 9] for at in range(0, len(one), 9))),
        *(one.translate(_FULL), one.replace("a", "а"), one.replace("/", "\\"), f"<{one}>", f'"{one}"', f"({one})."),
        *(f"{one}\0", f"http://{one}", f"//{one}", f"javascript:go('{one}')", f"[x]({one})", f"{one}:99999999/"),
        *(f"<a href='{one}'>x</a>", f"view-source:{one}", f"{one}{one}", f"https://t.co/?{one}", f"mailto:{one}"),
        one.replace(".", "%2e"),
    ]  # fmt: skip


FORMS = tuple(form for one in (URL, HANDLE, HOST, SECOND, MAILBOX, NUMBER) for form in _wrapped(one))
WORDS = ("Vu ce matin", "le compte", "c’est", "sur x", "&amp;", "\u202e", "\n", " ", ",", "’", "\U0001f600", "%s", "{}")
words = st.lists(st.one_of(st.sampled_from(FORMS), st.sampled_from(WORDS), st.text(max_size=6)), min_size=1, max_size=4)
typed = st.one_of(st.sampled_from(FORMS), words.map(" ".join))


def guard() -> guarded.Engine:
    """Give the guard of production over everything that stands in FORMS."""
    every = (URL, ""), (HANDLE, "x"), (SECOND, ""), (MAILBOX, ""), (NUMBER, "")
    return guarded.engine(tuple((item, platform, item) for item, platform in every), (canaries.PATH,))


def led(answer: HttpResponse) -> list[str]:
    """List what leads to something reported in an answer, but for what the reporter's own fields give back."""
    page = own_fields(answer.content.decode())
    return [one.text for one in guarded.passages(guard(), page.encode()) if one.live]


def named(*texts: str) -> list[str]:
    """List what names something reported in texts, in whatever form."""
    sights = [Sight("text", text.encode()) for text in texts]
    return [one.text for sight in sights for one in guarded.passages(guard(), sight.content)]


def headers(answer: HttpResponse) -> str:
    return "\n".join(f"{name}: {value}" for name, value in answer.items())


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Write every log line as production does."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(References())
    logging.getLogger().addHandler(handler)
    try:
        yield out
    finally:
        logging.getLogger().removeHandler(handler)
