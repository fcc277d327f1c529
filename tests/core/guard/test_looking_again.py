"""The safe version is looked at again where it changed, and that finds what looking at all of it would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.core.guard.reported import ask, index, known

from fanal.core.guard import anew, check
from fanal.core.guard.draft import plain

PROSE = (
    "La commission a remis son rapport au ministre, qui en a pris connaissance ce matin avant le conseil.",
    "On lui a posé beaucoup de questions sur les mineurs, sur la prévention et sur les moyens de la justice.",
    "The report runs to ninety pages and names nobody; the annex explains how each figure was counted.",
    "Le soleil revient jeudi, et un papillon a été vu près de la galerie.",
)
NAMED = (
    "le compte @badname",
    "papillon sur TikTok",
    "https://bad.example/galerie?id=4",
    "ami.example",
    "@papillon, @soleil et zoe",
    "b a d n a m e sur X",
    "06 39 98 04 17",
    "soleil",
    "zéro six trente-neuf quatre-vingt-dix-huit zéro quatre dix-sept",
    "à l’envers : emandab",
    "bad%6eame",
    "ami\npoint\nexample",
    "« soleil » vu par @badname",  # of the first nothing is found before “[compte signalé]” stands beside it
    "vu par @badname : « soleil »",
)
LINES = st.lists(st.sampled_from(PROSE), min_size=4, max_size=30).map(" ".join)


@given(st.lists(st.tuples(LINES, st.sampled_from(NAMED), st.sampled_from((" ", "\n", "\n\n"))), min_size=1, max_size=5))
def test_a_long_safe_version_is_itself_without_findings(pieces: list[tuple[str, str, str]]) -> None:
    review = ask("".join(f"{prose} {name}{gap}" for prose, name, gap in pieces) + PROSE[0])
    assert not ask(review.safe).findings


@given(st.lists(st.tuples(st.text("ab\n", max_size=9), st.text("ab\n", max_size=3), st.text("bc\n", max_size=3))))
def test_between_the_changes_both_texts_are_the_same(pieces: list[tuple[str, str, str]]) -> None:
    old, new = ("".join(kept + (was, now)[one] for kept, was, now in pieces) for one in (0, 1))
    made = anew.changes(old, new)
    built, last = "", 0
    for one in made:
        assert one.start < one.end or one.begin < one.stop
        built += old[last : one.start]
        assert len(built) == one.begin
        built += new[one.begin : one.stop]
        last = one.end
    assert built + old[last:] == new
    assert bool(made) == (old != new)


def test_of_a_long_draft_little_is_looked_at_twice() -> None:
    asked: list[int] = []

    def find(text: str) -> list[tuple[int, int, int]]:
        asked.append(len(text))
        return [(one.start, one.end, one.mark) for one in index()[0].find(text)]

    draft = "\n\n".join(f"{' '.join(PROSE) * 12} Voir le compte @badname." for _ in range(5))
    review = check(plain(draft), find=find, known=known, ordinary=lambda _: True, language="fr")
    assert len(review.findings) == 5
    assert len(asked) == 2
    assert asked[1] < asked[0] / 4
