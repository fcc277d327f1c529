"""What one case has to do with others: who proposed it, what people said of it, what was merged, split and undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from fanal.core.crosscheck import crowd
from fanal.core.harmonise import defang
from fanal.core.intake import show
from fanal.core.report import Category
from fanal.core.rights import Step, may
from fanal.queries import access, movable, reading, ties, world
from fanal.store import models

if TYPE_CHECKING:
    from datetime import datetime

    from fanal.core.crosscheck.graph import Tie
    from fanal.core.reasons import Reason
    from fanal.core.text import Text
    from fanal.queries.people import Person

MOST = 40
HOURS = 10_000


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the drawing: the case itself, a target of its own (C1, C2…), or a linked case (D-…)."""

    ref: str
    role: str  # "case", "target" or "linked", as core/crosscheck/graph has it
    kind: str  # a target's kind; "" for cases
    state: str  # a case's state; "" for targets
    category: Text | None  # a case's category; None for targets
    reports: int


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link to another case: why it was proposed, and what was said of it."""

    ref: str
    ours: str  # the case that it was proposed for: this one, or one merged into it
    other: str  # the case that it leads to now: where that one was merged, the one that took it in
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
    obstacles: tuple[Reason, ...]  # what keeps it from being undone; () where nothing does


@dataclass(frozen=True, slots=True)
class LinksPage:
    """Everything that the desk shows of a case’s links; core/crosscheck/graph.lay draws `nodes` and `edges`."""

    ref: str
    state: str
    round: int
    category: Text
    merged_into: str  # "" unless it was merged
    reach: tuple[Reason, ...]
    bursts: tuple[Reason, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Tie, ...]  # `a` is the case or one of its targets, `b` a linked case, `state` what was said of the two
    own_left_out: int  # own targets that are no nodes
    left_out: int  # links beyond the strongest forty: neither nodes nor rows
    proposals: tuple[LinkRow, ...]
    moves: tuple[MoveRow, ...]
    split: tuple[Reason, ...]  # what keeps targets from being taken out of this case; () where nothing does
    may: frozenset[str]  # "judge", "merge", "split", "undo": what the person has a right to


def read(person: Person, ref: str) -> LinksPage:
    """Read the links of one case: a reading of the case, and written down as one. NotAllowed or NotFound as there."""
    row = access.visit(person, ref)
    labels = {one.category: one.label for one in world.current().catalogue.categories}
    found, left_out = _strongest(row)
    targets = list(row.targets.select_related("target").order_by("position")[:MOST])
    linked = {other.pk: other for _, other in found}
    reach = reaching(row)
    return LinksPage(
        ref=row.ref,
        state=row.state,
        round=row.round,
        category=labels[Category(row.category)],
        merged_into=into(row),
        reach=reach[:1],
        bursts=reach[1:],
        nodes=(
            Node(row.ref, "case", "", row.state, labels[Category(row.category)], row.report_count),
            *(Node(f"C{one.position}", "target", one.target.kind, "", None, _named(one)) for one in targets),
            *(_case(one, labels) for one in linked.values()),
        ),
        edges=ties.of(row, targets, found),
        own_left_out=max(0, row.target_count - len(targets)),
        left_out=left_out,
        proposals=tuple(_link(person, row, link, other, labels) for link, other in found),
        moves=tuple(_move(person, one) for one in _moves(row)),
        split=movable.to_split(row),
        may=frozenset({"judge", "merge", "split", "undo"}) if may(person.role, Step.LINK) else frozenset(),
    )


def reaching(row: models.Case) -> tuple[Reason, ...]:
    """Say how far a case reaches: first how many reports and voices, then each burst. Nothing of it is about guilt."""
    hours = row.hours.order_by("-hour").values_list("hour", "times")[:HOURS]
    return crowd.reach(row.report_count, row.independent, row.copies, crowd.bursts(dict(hours)))


def open_links(row: models.Case) -> int:
    """Count the links that wait for a person's judgement."""
    parts = movable.parts(row.pk)
    rows = models.CaseLink.objects.filter(Q(low__in=parts) | Q(high__in=parts), state="proposed")
    return rows.exclude(low__in=parts, high__in=parts).count()


def into(row: models.Case) -> str:
    """Name the case that this one was merged into in the end; "" where it was not."""
    return movable.whole(row).ref if row.merged_into else ""


def _strongest(row: models.Case) -> tuple[list[tuple[models.CaseLink, models.Case]], int]:
    """Give the strongest links of a case and of what was merged into it, with where each leads; count the others."""
    parts = movable.parts(row.pk)
    rows = models.CaseLink.objects.filter(Q(low__in=parts) | Q(high__in=parts)).exclude(low__in=parts, high__in=parts)
    ordered = rows.order_by("-weight", "-seen_again_at", "id").select_related("low__merged_into", "high__merged_into")
    found = [(one, movable.whole(one.high if one.low_id in parts else one.low)) for one in ordered[:MOST]]
    return found, max(0, rows.count() - MOST)


def _named(place: models.CaseTarget) -> int:
    """Count the reports that name a target, first or further."""
    first = place.target.items.values("report")
    return first.union(models.Item.objects.filter(further__target=place.target_id).values("report")).count()


def _case(row: models.Case, labels: dict[Category, Text]) -> Node:
    return Node(row.ref, "linked", "", row.state, labels[Category(row.category)], row.report_count)


def _link(
    person: Person, row: models.Case, link: models.CaseLink, other: models.Case, labels: dict[Category, Text]
) -> LinkRow:
    return LinkRow(
        ref=link.ref,
        ours=next(one.ref for one in (link.low, link.high) if row in (one, movable.whole(one))),
        other=other.ref,
        other_state=other.state,
        other_category=labels[Category(other.category)],
        other_reports=other.report_count,
        reasons=reading.reasons(link.reasons),
        weight=link.weight,
        state=link.state,
        proposed_at=link.proposed_at,
        seen_again_at=link.seen_again_at,
        judged_by=link.judged_by,
        judged_at=link.judged_at,
        grounds=_grounds(link.grounds, link.id, "link.grounds") if link.judged_by == person.id else "",
        merge=movable.to_merge(row, other),
    )


def _moves(row: models.Case) -> list[models.Move]:
    rows = models.Move.objects.filter(Q(source=row) | Q(into=row)).select_related("source", "into")
    return list(rows.order_by("-at", "-id")[:MOST])


def _move(person: Person, row: models.Move) -> MoveRow:
    return MoveRow(
        ref=row.ref,
        what=row.what,
        source=row.source.ref,
        into=row.into.ref,
        targets=len(row.moved["targets"]),
        reports=len(row.moved["reports"]),
        by=row.by,
        at=row.at,
        grounds=_grounds(row.grounds, row.id, "move.grounds") if row.by == person.id else "",
        undone_by=row.undone_by,
        undone_at=row.undone_at,
        obstacles=movable.to_undo(row, row.source, row.into),
    )


def _grounds(closed: bytes | memoryview, row: object, field: str) -> str:
    """Read what a person wrote, in a form that leads nowhere."""
    if not bytes(closed):
        return ""
    text = world.current().keys.open(closed, row=str(row), field=field).decode()
    return show.show(defang.defang_text(text))
