"""What one case has to do with others: who proposed it, what people said of it, what was merged, split and undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.reasons import Reason
    from fanal.core.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One point of the drawing: the case itself, a target of its own (C1, C2…), or a linked case (D-…)."""

    ref: str
    role: str  # "self", "target" or "case"
    kind: str  # a target's kind; "" for cases
    state: str  # a case's state; "" for targets
    category: Text | None  # a case's category; None for targets
    reports: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the drawing, and of the table that says the same: from an own node to a linked case."""

    one: str
    other: str
    reasons: tuple[Reason, ...]
    weight: int
    state: str  # core/lifecycle.LinkState; "" between the case and its own targets


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link to another case: why it was proposed, and what was said of it."""

    ref: str
    other: str
    other_state: str
    other_category: Text
    other_reports: int
    reasons: tuple[Reason, ...]
    weight: int
    state: str  # core/lifecycle.LinkState
    proposed_at: datetime
    seen_again_at: datetime
    judged_by: str
    judged_at: datetime | None
    grounds: str  # defanged; only those that this person wrote, else ""
    merge: tuple[Reason, ...]  # what keeps this case from being merged into the other; () where nothing does


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One merge or split that this case took part in."""

    ref: str
    what: str  # "merge" or "split"
    source: str
    into: str
    targets: int
    reports: int
    by: str
    at: datetime
    grounds: str  # defanged; only those that this person wrote, else ""
    undone_by: str
    undone_at: datetime | None
    obstacles: tuple[Reason, ...]  # what keeps it from being undone; () where nothing does, or where it is undone


@dataclass(frozen=True, slots=True)
class LinksPage:
    """Everything that the desk shows of a case's links."""

    ref: str
    state: str
    round: int
    category: Text
    merged_into: str  # "" unless it was merged
    reach: tuple[Reason, ...]
    bursts: tuple[Reason, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    own_left_out: int  # own targets that are not drawn
    left_out: int  # linked cases beyond the strongest forty
    proposals: tuple[LinkRow, ...]
    moves: tuple[MoveRow, ...]
    split: tuple[Reason, ...]  # what keeps targets from being taken out of this case; () where nothing does
    may: frozenset[str]  # of "judge", "merge", "split", "undo"
