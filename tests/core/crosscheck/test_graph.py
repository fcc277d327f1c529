"""The drawing of a case's links: nothing over anything, nothing off the sheet, the strongest kept, the rest counted."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.core.crosscheck import compare, graph, sentences
from fanal.core.crosscheck.graph import MOST, TALL, WIDE, Drawing, Node, Sheet, Tie
from fanal.core.reasons import Reason, reason

CASE = "D-7KQM-4T2X"
SHEETS = pytest.mark.parametrize("sheet", [WIDE, TALL], ids=["wide", "tall"])


def why(code: str = "clue.same-site", weight: int = 40) -> tuple[Reason, ...]:
    return (reason(code, en="Both are pages of one site.", fr="Deux pages d’un même site.", weight=weight),)


def linked(number: int) -> str:
    return f"D-{number:04d}-ABCD"


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], list[Tie]]:
    targets = [f"C{number}" for number in range(1, draw(st.integers(0, 30)) + 1)]
    others = [linked(number) for number in range(draw(st.integers(0, 25)))]
    ties = []
    for other in others:
        starts = draw(st.lists(st.sampled_from([CASE, *targets]), min_size=1, max_size=3, unique=True))
        ties += [Tie(start, other, why(weight=draw(st.sampled_from([20, 40, 100])))) for start in starts]
    return targets, ties


def apart(one: Node, two: Node) -> bool:
    return (
        abs(one.x - two.x) >= (one.width + two.width) / 2 + 2 or abs(one.y - two.y) >= (one.height + two.height) / 2 + 2
    )


def crosses(start: tuple[float, float], end: tuple[float, float], box: Node) -> bool:
    """Clip the line to the inside of the box (Liang and Barsky 1984); say whether anything is left."""
    first, last = 0.0, 1.0
    for a, b, middle, size in ((start[0], end[0], box.x, box.width), (start[1], end[1], box.y, box.height)):
        low, high = middle - size / 2 + 0.01, middle + size / 2 - 0.01
        if a == b:
            if not low < a < high:
                return False
            continue
        enters, leaves = sorted(((low - a) / (b - a), (high - a) / (b - a)))
        first, last = max(first, enters), min(last, leaves)
    return first < last


def whole(drawing: Drawing) -> None:
    for one, two in combinations(drawing.nodes, 2):
        assert apart(one, two), (one, two)
    for node in drawing.nodes:
        assert node.x - node.width / 2 >= 0
        assert node.x + node.width / 2 <= drawing.width
        assert node.y - node.height / 2 >= 0
        assert node.y + node.height / 2 <= drawing.height
    refs = {node.ref for node in drawing.nodes}
    words: list[tuple[float, float]] = []
    for line in drawing.lines:
        assert {line.a, line.b} <= refs
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in line.points)
        for node in drawing.nodes:
            if node.ref not in (line.a, line.b):
                assert not any(crosses(*ends, node) for ends in pairwise(line.points)), (line, node)
        if line.word:
            assert not any(abs(x - line.at[0]) < 40 and abs(y - line.at[1]) < 12 for x, y in words)
            words.append(line.at)


@SHEETS
@settings(max_examples=40)
@given(case=cases())
def test_nothing_lies_over_anything_nor_off_the_sheet(sheet: Sheet, case: tuple[list[str], list[Tie]]) -> None:
    targets, ties = case
    drawing = graph.lay(CASE, targets, ties, sheet)
    whole(drawing)
    every = len(targets) + len({tie.b for tie in ties})
    assert len(drawing.nodes) == min(MOST, every + 1)
    assert bool(drawing.notes) == (every + 1 > MOST)
    assert {node.kind for node in drawing.nodes} <= {"case", "target", "linked"}


@SHEETS
@settings(max_examples=40)
@given(case=cases())
def test_the_order_of_what_is_given_changes_nothing(sheet: Sheet, case: tuple[list[str], list[Tie]]) -> None:
    targets, ties = case
    assert graph.lay(CASE, targets, ties, sheet) == graph.lay(CASE, targets[::-1], ties[::-1], sheet)


@SHEETS
def test_the_case_is_in_the_middle_and_linked_cases_further_out(sheet: Sheet) -> None:
    drawing = graph.lay(CASE, ["C1", "C2", "C3"], [Tie("C1", linked(1), why()), Tie(CASE, linked(2), why())], sheet)
    nodes = {node.ref: node for node in drawing.nodes}
    assert (nodes[CASE].x, nodes[CASE].y) == (sheet.middle, drawing.height / 2)
    far = [abs(nodes[ref].x - nodes[CASE].x) for ref in (CASE, "C1", linked(1))]
    assert far == sorted(set(far))
    assert len({nodes[ref].x > sheet.middle for ref in ("C1", "C2")}) == sheet.sides
    assert (nodes["C1"].x > sheet.middle) == (nodes[linked(1)].x > sheet.middle)


def test_the_strongest_are_kept_and_the_rest_is_said() -> None:
    targets = [f"C{number}" for number in range(1, 31)]
    ties = [Tie("C1", linked(number), why(weight=20 if number < 10 else 100)) for number in range(40)]
    drawing = graph.lay(CASE, targets, ties)
    drawn = {node.ref for node in drawing.nodes}
    assert {linked(number) for number in range(10, 40)} <= drawn
    assert "C1" in drawn
    assert drawing.notes[0].text.en == "31 more are not drawn: the table lists them all."
    assert "31 de plus ne sont pas dessinés" in drawing.notes[0].text.fr


def test_a_line_says_why_in_a_word() -> None:
    ties = [Tie("C1", linked(1), why("clue.same-account", 100) + why(), "different"), Tie("C2", linked(1), why())]
    drawing = graph.lay(CASE, ["C1", "C2"], ties, TALL)
    first, second = [line for line in drawing.lines if line.b == linked(1)]
    assert (first.a, second.a) == ("C1", "C2")
    assert first.word
    assert (first.word.en, first.codes, first.state) == (
        "same account",
        ("clue.same-account", "clue.same-site"),
        "different",
    )
    inside = [line for line in drawing.lines if line.b.startswith("C")]
    assert [(line.a, line.b, line.word) for line in inside] == [(CASE, "C1", None), (CASE, "C2", None)]


def test_every_clue_has_a_word_that_fits_its_line() -> None:
    for row in compare.CLUES:
        word = sentences.word(f"clue.{row.name}")
        assert word is not sentences.word("clue.unknown")
        # letters of 11 px are about 6 px wide
        assert max(len(word.en), len(word.fr)) * 6 <= TALL.room, row.name


def test_a_tie_to_what_is_not_drawn_starts_at_the_case() -> None:
    drawing = graph.lay(CASE, [], [Tie("C77", linked(1), why()), Tie(CASE, linked(1), why(weight=100))])
    assert [(line.a, line.codes) for line in drawing.lines] == [(CASE, ("clue.same-site",))]


def test_a_case_alone_is_drawn_too() -> None:
    drawing = graph.lay(CASE, [], [])
    assert [node.ref for node in drawing.nodes] == [CASE]
    whole(drawing)
