"""The links of a case as a drawing: where each node and each line stands, in numbers. The desk makes the SVG of it.

The case stands in the middle, its targets beside it, linked cases further out: on both sides of a wide page, on one
side of a narrow one. Labels are references only. What is drawn depends on what is given, not on its order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from fanal.core.crosscheck import sentences
from fanal.core.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fanal.core.text import Text

MOST: Final = 40
"""Nodes that a drawing holds. The strongest are kept; the rest is counted, and stands in the table beside it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two nodes belong together, strongest reason first.

    `a` is the case itself, or one of its targets where the clue comes from one; `b` is the linked case. `state` is what
    a person said of the link (LinkState).
    """

    a: str
    b: str
    reasons: tuple[Reason, ...]
    state: str = ""

    def weight(self) -> int:
        """Give what the reasons weigh together."""
        return sum(one.weight for one in self.reasons)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of one drawing, in px."""

    width: int
    sides: int  # 2: left and right of the case; 1: right of it
    middle: int  # where the case stands
    targets: int  # how far its targets are from it
    linked: int  # how far linked cases are
    case: tuple[int, int]  # width and height of a case's box
    target: tuple[int, int]
    room: int  # the level part of a line, on which its word stands
    pitch: int = 46  # from one box to the next
    line: int = 15  # from one line into a box to the next
    margin: int = 8


WIDE: Final = Sheet(width=1200, sides=2, middle=600, targets=220, linked=534, case=(116, 32), target=(56, 28), room=140)
TALL: Final = Sheet(width=344, sides=1, middle=44, targets=84, linked=256, case=(84, 30), target=(32, 26), room=84)


@dataclass(frozen=True, slots=True)
class Node:
    """One box: its reference, what it is ("case", "target", "linked"), its centre and its size."""

    ref: str
    kind: str
    x: float
    y: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line between two boxes: its points, its word and where that stands (`anchor` as SVG has it), and why.

    A target has a line to its case without a word: it stands in it. Lines cross no box but their own two.
    """

    a: str
    b: str
    points: tuple[tuple[float, float], ...]
    word: Text | None = None
    at: tuple[float, float] = (0, 0)
    anchor: str = "start"
    codes: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn, and what was left out, in words."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    notes: tuple[Reason, ...]


def lay(case: str, targets: Collection[str], ties: Collection[Tie], sheet: Sheet = WIDE) -> Drawing:
    """Lay out a case, its targets (references) and the cases that it is linked with.

    At most 40 nodes are drawn, none over another; of more, those whose ties weigh most. A tie to a target that is not
    drawn starts at the case. Nothing is refused.
    """
    ours, theirs, left_out = _strongest(targets, ties)
    drawn = _ties(case, ours, theirs, ties)
    sides = _sides(ours, theirs, drawn, sheet.sides)
    columns: list[tuple[str, int, list[_Row]]] = []
    lanes: dict[int, float] = {}
    for side, way in zip(sides, (1, -1), strict=False):
        targets_here = _stack_targets(side, sheet)
        linked_here = _stack_linked(side, targets_here, drawn, sheet)
        columns += [("target", way * sheet.targets, targets_here), ("linked", way * sheet.linked, linked_here)]
        lanes[way] = next((row.y for row in targets_here if not row.ref), 0.0)
    height = sheet.pitch + 2 * sheet.margin
    for _, _, rows in columns:
        height = max([height, *(round(2 * abs(row.y)) + row.size[1] + 2 * sheet.margin for row in rows)])
    middle = height / 2
    nodes = {case: Node(case, "case", sheet.middle, middle, *sheet.case)}
    for kind, far, rows in columns:
        for row in rows:
            if row.ref:
                nodes[row.ref] = Node(row.ref, kind, sheet.middle + far, middle + row.y, *row.size)
    lines = [_within(nodes[case], nodes[one]) for one in ours]
    for ref in theirs:
        way = 1 if nodes[ref].x > sheet.middle else -1
        lines += _into(nodes, nodes[ref], drawn[ref], middle + lanes[way], sheet)
    return Drawing(sheet.width, height, tuple(nodes.values()), tuple(lines), _notes(left_out))


_Natural = tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Side:
    """What stands on one side. Its lane is the gap between targets through which lines from the case itself pass."""

    targets: list[str]
    linked: list[str]
    lane: bool = False

    def rows(self) -> int:
        return max(len(self.targets), len(self.linked))


class _Row(NamedTuple):
    ref: str  # "" for the lane
    y: float  # from the middle
    size: tuple[int, int]


def _natural(ref: str) -> _Natural:
    """Order C2 before C10."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", ref) if part)


def _strongest(targets: Collection[str], ties: Collection[Tie]) -> tuple[list[str], list[str], int]:
    """Give the targets and the linked cases to be drawn, in order, and how many there is no room for."""
    weight: dict[str, int] = defaultdict(int)
    for tie in ties:
        weight[tie.b] += tie.weight()
        weight[tie.a] = max(weight[tie.a], tie.weight())
    ours = set(targets)
    every = sorted(ours | {tie.b for tie in ties}, key=lambda ref: (-weight[ref], ref not in ours, _natural(ref)))
    kept = sorted(every[: MOST - 1], key=_natural)
    left_out = len(every) - len(kept)
    return [one for one in kept if one in ours], [one for one in kept if one not in ours], left_out


def _ties(
    case: str, ours: Sequence[str], theirs: Sequence[str], ties: Collection[Tie]
) -> dict[str, list[tuple[str, Tie]]]:
    """Give each linked case its ties with the node that each starts at, in the order of these nodes."""
    here = {ref: row for row, ref in enumerate(ours, 1)}
    found: dict[str, dict[str, Tie]] = {ref: {} for ref in theirs}
    for tie in sorted(ties, key=lambda one: (-one.weight(), _natural(one.a), [why.code for why in one.reasons])):
        if tie.b in found:
            found[tie.b].setdefault(tie.a if tie.a in here else case, tie)
    return {ref: sorted(starts.items(), key=lambda one: here.get(one[0], 0)) for ref, starts in found.items()}


def _sides(
    ours: Sequence[str], theirs: Sequence[str], drawn: Mapping[str, list[tuple[str, Tie]]], count: int
) -> list[_Side]:
    """Share the nodes out, so that what is tied together is on one side and both sides carry about as much."""
    parts = {ref: _Side([ref], []) for ref in ours}
    alone: list[str] = []
    for ref in theirs:
        starts = [start for start, _ in drawn[ref] if start in parts]
        if not starts:
            alone.append(ref)
            continue
        first = parts[starts[0]]
        first.linked.append(ref)
        for start in starts[1:]:
            other = parts[start]
            if other is not first:
                first.targets += other.targets
                first.linked += other.linked
                parts |= dict.fromkeys(other.targets, first)
    sides = [_Side([], []) for _ in range(count)]
    for part in {id(one): one for one in parts.values()}.values():
        side = min(sides, key=_Side.rows)
        side.targets += part.targets
        side.linked += part.linked
    for ref in alone:
        min(sides, key=lambda one: len(one.linked)).linked.append(ref)
    for side in sides:
        side.lane = any(start not in parts for ref in side.linked for start, _ in drawn[ref])
    return sides


def _stack_targets(side: _Side, sheet: Sheet) -> list[_Row]:
    """Stack the targets of one side in their order, with the lane in the middle."""
    refs = sorted(side.targets, key=_natural)
    if side.lane:
        refs.insert(len(refs) // 2, "")
    top = -len(refs) * sheet.pitch / 2
    return [_Row(ref, top + (row + 0.5) * sheet.pitch, sheet.target) for row, ref in enumerate(refs)]


def _stack_linked(
    side: _Side, targets: Sequence[_Row], drawn: Mapping[str, list[tuple[str, Tie]]], sheet: Sheet
) -> list[_Row]:
    """Stack the linked cases of one side, each about as high as what it is tied to, so that few lines cross."""
    place = {row.ref: row.y for row in targets}

    def aim(ref: str) -> tuple[float, _Natural]:
        starts = [place.get(start, place.get("", 0.0)) for start, _ in drawn[ref]]
        return sum(starts) / len(starts), _natural(ref)

    rows: list[_Row] = []
    y = 0.0
    for ref in sorted(side.linked, key=aim):
        tall = max(sheet.case[1], len(drawn[ref]) * sheet.line + 2)
        slot = tall + sheet.pitch - sheet.case[1]
        rows.append(_Row(ref, y + slot / 2, (sheet.case[0], tall)))
        y += slot
    return [_Row(row.ref, row.y - y / 2, row.size) for row in rows]


def _within(case: Node, target: Node) -> Line:
    way = 1 if target.x > case.x else -1
    start = (case.x + way * case.width / 2, case.y)
    return Line(case.ref, target.ref, (start, (target.x - way * target.width / 2, target.y)))


def _into(
    nodes: Mapping[str, Node], linked: Node, ties: Sequence[tuple[str, Tie]], lane: float, sheet: Sheet
) -> list[Line]:
    """Draw the lines into one linked case: aslant from where they start, then level under their words."""
    lines = []
    way = 1 if linked.x > sheet.middle else -1
    edge = linked.x - way * linked.width / 2
    knee = edge - way * sheet.room
    for number, (ref, tie) in enumerate(ties):
        start = nodes[ref]
        y = linked.y + (number - (len(ties) - 1) / 2) * sheet.line
        points = [(start.x + way * start.width / 2, start.y), (knee, y), (edge, y)]
        if start.kind == "case":
            half = sheet.target[0] / 2
            points[1:1] = [(sheet.middle + way * (sheet.targets + side * half), lane) for side in (-1, 1)]
        lines.append(
            Line(
                ref,
                linked.ref,
                tuple(points),
                sentences.word(tie.reasons[0].code) if tie.reasons else None,
                ((knee + edge) / 2, y - 3),
                "middle",
                tuple(one.code for one in tie.reasons),
                tie.state,
            )
        )
    return lines


def _notes(left_out: int) -> tuple[Reason, ...]:
    if not left_out:
        return ()
    return (
        reason(
            "graph.left-out",
            en=f"{left_out} more {'is' if left_out == 1 else 'are'} not drawn: the table lists them all.",
            fr=f"{left_out} de plus {'n’est pas dessiné' if left_out == 1 else 'ne sont pas dessinés'} : le tableau "
            "les donne tous.",
        ),
    )
