"""The links of a case as the desk shows them: one set of ties, drawn by core/crosscheck/graph and told in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.crosscheck import graph, sentences
from fanal.core.lifecycle import LinkState

if TYPE_CHECKING:
    from fanal.core.reasons import Reason
    from fanal.core.text import Text
    from fanal.queries.links import LinkRow, LinksPage, Node

MARKS = {LinkState.PROPOSED: "?", LinkState.SAME: "=", LinkState.DIFFERENT: "≠", LinkState.UNSURE: "~"}
"""The sign of each state, on the line and in the table: it is never told by colour alone."""
_ASIDE = 4  # px by which a word makes room for the sign beside it
_LOUDEST = (LinkState.DIFFERENT, LinkState.PROPOSED, LinkState.UNSURE, LinkState.SAME)


@dataclass(frozen=True, slots=True)
class Strand:
    """One line of the drawing, one row of the table: from the case or one of its targets (`a`) to a linked case."""

    a: str
    b: str
    state: str
    mark: str
    reasons: tuple[tuple[Text, Reason], ...]  # the short word of each, as on the line, and its sentence

    @property
    def id(self) -> str:
        """Name the row of the table."""
        return f"tie-{self.a}-{self.b}"


@dataclass(frozen=True, slots=True)
class Group:
    """A linked case, every strand that leads to it, and what was said: more than one link where cases were merged."""

    node: Node
    strands: tuple[Strand, ...]
    links: tuple[tuple[LinkRow, str], ...]  # each with its mark


@dataclass(frozen=True, slots=True)
class Box:
    """One box: where its upper left corner is, its middle, and what it stands for."""

    node: Node
    x: float
    y: float
    width: int
    height: int
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: its points as SVG has them, and where its word and its mark stand. Without a strand: it lies within."""

    points: str
    strand: Strand | None = None
    word: Text | None = None
    at: tuple[float, float] = (0, 0)
    anchor: str = "start"
    sign: tuple[float, float] = (0, 0)
    row: str = ""  # the row of the table that says the same


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing; `name` is "wide" or "tall"."""

    name: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    notes: tuple[Reason, ...]


def groups(page: LinksPage) -> tuple[Group, ...]:
    """Give the rows of the table, one group a linked case, in the order of the links."""
    nodes = {one.ref: one for one in page.nodes if one.role == "linked"}
    strands = _strands(page)
    order = dict.fromkeys(one.other for one in page.proposals)
    return tuple(
        Group(
            nodes[ref],
            tuple(one for one in strands if one.b == ref),
            tuple((one, MARKS[LinkState(one.state)]) for one in page.proposals if one.other == ref),
        )
        for ref in order
    )


def waiting(page: LinksPage) -> int:
    """Count the links of the page on which nobody has said anything."""
    return sum(one.state == LinkState.PROPOSED for one in page.proposals)


def pictures(page: LinksPage) -> tuple[Picture, ...]:
    """Draw the same strands twice, for a wide page and for a narrow one; nothing where there is nothing to draw."""
    strands = _strands(page)
    if not strands:
        return ()
    return _picture("wide", graph.WIDE, page, strands), _picture("tall", graph.TALL, page, strands)


def _strands(page: LinksPage) -> tuple[Strand, ...]:
    """Give one strand for each two nodes, whatever the number of links that lead from one to the other."""
    found: dict[tuple[str, str], list[graph.Tie]] = {}
    for tie in page.edges:
        found.setdefault((tie.a, tie.b), []).append(tie)
    strands = []
    for (a, b), ties in found.items():
        state = next(one for one in _LOUDEST if one in {tie.state for tie in ties})
        reasons = {one.code: one for tie in ties for one in tie.reasons}
        told = sorted(reasons.values(), key=lambda one: -one.weight)
        strands.append(Strand(a, b, state, MARKS[state], tuple((sentences.word(one.code), one) for one in told)))
    return tuple(strands)


def _picture(name: str, sheet: graph.Sheet, page: LinksPage, strands: tuple[Strand, ...]) -> Picture:
    nodes = {one.ref: one for one in page.nodes}
    ties = [graph.Tie(one.a, one.b, tuple(why for _, why in one.reasons), one.state) for one in strands]
    laid = graph.lay(page.ref, [one.ref for one in page.nodes if one.role == "target"], ties, sheet)
    by_ends = {(one.a, one.b): one for one in strands}
    first = {one.b: one for one in reversed(strands)}
    boxes = tuple(
        Box(nodes[one.ref], one.x - one.width / 2, one.y - one.height / 2, one.width, one.height, (one.x, one.y + 4))
        for one in laid.nodes
    )
    strokes = []
    for line in laid.lines:
        points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
        if line.word is None:
            strokes.append(Stroke(points))
            continue
        strand = by_ends.get((line.a, line.b), first[line.b])
        (knee, y), (edge, _) = line.points[-2:]
        at = (line.at[0] + (_ASIDE if edge > knee else -_ASIDE), line.at[1])
        strokes.append(Stroke(points, strand, line.word, at, line.anchor, (knee, y), strand.id))
    return Picture(name, laid.width, laid.height, boxes, tuple(strokes), laid.notes)
