"""One case with all that belongs to it, as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.assess import qualify, queue
from fanal.core.case import Outcome, Rank
from fanal.core.harmonise import defang
from fanal.core.intake import show
from fanal.core.lifecycle import CASE, CaseState, steps
from fanal.core.reasons import reason
from fanal.core.report import Category, Standing
from fanal.queries import access, dispatches, hosts, links, matches, placed, reading, timeline, world
from fanal.store import models

if TYPE_CHECKING:
    from datetime import date, datetime

    from fanal.core.catalogue import Offence, Tick
    from fanal.core.reasons import Reason
    from fanal.core.route import hints
    from fanal.core.text import Text
    from fanal.queries.people import Person
    from fanal.wire.keys import Keyring

REPORTS_SHOWN = 100
COMMENT_SHOWN = 20_000
LATER_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One target (C1, C2…) or unread item (N1, N2…): veiled, so that nothing has to be looked at."""

    ref: str
    kind: str  # a TargetKind, or "unread"
    platform: str
    reports: int
    since: datetime
    reasons: tuple[Reason, ...]
    host_hints: hints.Shown | None = None  # what sources say of the country of its host
    media: matches.Media | None = None  # of a fingerprint: its matches, and what people say of them


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in the case, and why it is there. The comment is defanged and cannot turn a page around."""

    ref: str
    received_at: datetime
    channel: str
    category: Text
    standing: Standing
    minor: bool
    danger_now: bool
    language: str
    seen_on: date | None
    seen_where: str
    comment: str
    comment_more: int  # characters that were said and are not shown: a whole page can be pasted
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion that this person may read."""

    person: str
    round: int
    outcome: Outcome
    offence: Text | None
    ticks: tuple[tuple[Text, Tick], ...]
    grounds: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to the reporters."""

    person: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the desk shows of one case."""

    ref: str
    state: str
    round: int
    rank: Rank
    category: Category
    category_label: Text
    opened_at: datetime
    reports_total: int
    targets_total: int
    role: str  # "first", "second", "third": an opinion is wanted; "given", "seen", "reader": none is
    mine: bool
    taken_by: str
    items: tuple[ItemRow, ...]
    reports: tuple[ReportRow, ...]
    opinions: tuple[OpinionRow, ...]
    hidden_opinions: bool
    offences: tuple[Offence, ...]
    outcome: Outcome | None
    offence: Offence | None
    decided_at: datetime | None
    dispatches: tuple[dispatches.DispatchLine, ...]
    answers: tuple[AnswerRow, ...]
    hidden_answers: bool
    steps: tuple[str, ...]
    timeline: tuple[timeline.Line, ...]
    merged_into: str  # the case that this one was merged into; "" where it was not
    reach: tuple[Reason, ...]  # how many reports and voices, then each burst: reach, never guilt
    links_open: int  # links to other cases that wait for a judgement


def read(person: Person, ref: str) -> CasePage:
    """Read one case: the visit is written down first. NotAllowed or NotFound where the person may not."""
    row = access.visit(person, ref)
    here = world.current()
    labels = {one.category: one.label for one in here.catalogue.categories}
    role = _role(person, row)
    opinions, hidden = _opinions(here.keys, person, row)
    answers, unread_answers = _answers(here.keys, person, row)
    return CasePage(
        ref=row.ref,
        state=row.state,
        round=row.round,
        # Reach is told in full beside it: once on a page is enough.
        rank=Rank(row.grade, (*_later(row), *(one for one in reading.reasons(row.reasons) if one.code != queue.REACH))),
        category=Category(row.category),
        category_label=labels[Category(row.category)],
        opened_at=row.opened_at,
        reports_total=row.report_count,
        targets_total=row.target_count,
        role=role,
        mine=row.taken_by == person.id,
        taken_by=row.taken_by,
        items=_items(here.keys, person, row),
        reports=_reports(here.keys, row, labels),
        opinions=opinions,
        hidden_opinions=hidden,
        offences=qualify.candidates(here.catalogue, Category(row.category), on=here.now().date()),
        outcome=Outcome(row.outcome) if row.outcome and row.decided_at else None,
        offence=here.catalogue.offence(row.offence) if row.offence and row.decided_at else None,
        decided_at=row.decided_at,
        dispatches=dispatches.lines(row),
        answers=answers,
        hidden_answers=unread_answers,
        steps=steps(CASE, row.state),
        timeline=timeline.of(row),
        merged_into=links.into(row),
        reach=links.reaching(row),
        links_open=links.open_links(row),
    )


def _later(row: models.Case) -> tuple[Reason, ...]:
    """Name the targets that came after the first opinion of this round: only who judges now looks at them (law 6)."""
    first = row.assessments.filter(round=row.round).order_by("given_at").values_list("given_at", flat=True).first()
    if first is None or row.state not in _WANTED:
        return ()
    places = row.targets.filter(since__gt=first).order_by("position").values_list("position", flat=True)
    named = [f"C{position}" for position in places[: LATER_SHOWN + 1]]
    if not named:
        return ()
    text = ", ".join(named[:LATER_SHOWN]) + ("…" if len(named) > LATER_SHOWN else "")
    return (
        reason(
            "case.came-later",
            en=f"Came after the first opinion, so that who gave it has not judged it: {text}. Bear it in mind.",
            fr=f"Arrivé après le premier avis, donc non examiné par qui l’a rendu : {text}. Tenez-en compte.",
        ),
    )


def _role(person: Person, row: models.Case) -> str:
    if row.state not in _WANTED:
        return "reader"
    if access.gave_opinion(person, row):
        return "given"
    if access.seen_before(person, row):
        return "seen"
    return _WANTED[CaseState(row.state)]


_WANTED = {CaseState.WAITING: "first", CaseState.SECOND: "second", CaseState.THIRD: "third"}


def _items(keys: Keyring, person: Person, row: models.Case) -> tuple[ItemRow, ...]:
    places = list(row.targets.select_related("target").prefetch_related("target__host_hints").order_by("position"))
    counts = placed.named(row)
    targets = {place.target_id: reading.target(keys, place.target) for place in places}
    media = matches.of(person, row, targets, sealed=row.state in _WANTED)
    found = [
        ItemRow(
            ref=f"C{place.position}",
            kind=place.target.kind,
            platform=place.target.platform,
            reports=counts.get(place.target_id, 0),
            since=place.since,
            reasons=targets[place.target_id].reasons,
            host_hints=hosts.shown(place.target.host_hints.all()),
            media=media.get(place.target_id),
        )
        for place in places
    ]
    unread = models.Item.objects.filter(report__links__case=row, target=None).select_related("report")
    found += [
        ItemRow(f"N{number}", "unread", "", 1, item.report.received_at, reading.reasons(item.unread))
        for number, item in enumerate(unread.order_by("report__received_at", "position"), 1)
    ]
    return tuple(found)


def _reports(keys: Keyring, row: models.Case, labels: dict[Category, Text]) -> tuple[ReportRow, ...]:
    links = row.links.select_related("report").order_by("joined_at")[:REPORTS_SHOWN]
    return tuple(_report(keys, link, labels) for link in links)


def _report(keys: Keyring, link: models.CaseReport, labels: dict[Category, Text]) -> ReportRow:
    report = link.report
    said = reading.said(keys, report)
    return ReportRow(
        ref=report.ref,
        received_at=report.received_at,
        channel=report.channel,
        category=labels[Category(report.category)],
        standing=Standing(report.standing),
        minor=report.minor,
        danger_now=report.danger_now,
        language=report.language,
        seen_on=report.seen_on,
        seen_where=show.show(defang.defang_text(said.seen_where)),
        comment=show.show(defang.defang_text(said.comment[:COMMENT_SHOWN])),
        comment_more=max(0, len(said.comment) - COMMENT_SHOWN),
        why=reading.reasons(link.reasons),
    )


def _opinions(keys: Keyring, person: Person, row: models.Case) -> tuple[tuple[OpinionRow, ...], bool]:
    """Give the opinions that the person may read: while an opinion is wanted, only the person's own of this round.

    Law 6: the second does not see the first's answer before giving theirs. Earlier rounds stay hidden as well, since
    a re-opened case is for people who have not seen it.
    """
    rows = list(row.assessments.order_by("round", "given_at"))
    if row.state in _WANTED:
        mine = [one for one in rows if one.person == person.id]
        return tuple(_opinion(keys, one) for one in mine), len(mine) < len(rows)
    return tuple(_opinion(keys, one) for one in rows), False


def _opinion(keys: Keyring, row: models.Assessment) -> OpinionRow:
    opinion = reading.opinion(row)
    offence = world.current().catalogue.offence(row.offence) if row.offence else None
    texts = {element.id: element.text for element in offence.elements} if offence else {}
    return OpinionRow(
        person=row.person,
        round=row.round,
        outcome=opinion.outcome,
        offence=offence.title if offence else None,
        ticks=tuple((texts[id], tick) for id, tick in opinion.ticks if id in texts),
        grounds=show.show(defang.defang_text(keys.open(row.grounds, row=row.id, field="assessment.grounds").decode())),
        given_at=row.given_at,
    )


def _answers(keys: Keyring, person: Person, row: models.Case) -> tuple[tuple[AnswerRow, ...], bool]:
    """Give the answers that the person may read: one that somebody else wrote may tell what they found (law 6)."""
    rows = list(row.answers.order_by("at"))
    seen = [one for one in rows if one.person == person.id] if row.state in _WANTED else rows
    found = tuple(
        AnswerRow(one.person, keys.open(one.text, row=one.id, field="answer.text").decode(), one.at) for one in seen
    )
    return found, len(seen) < len(rows)
