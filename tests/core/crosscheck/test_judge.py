"""Whatever people and rules do in whatever order: what a person called different stays apart, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fanal.core.crosscheck import judge, place
from fanal.core.crosscheck.compare import Comparison, Decision
from fanal.core.crosscheck.judge import Holding, Side
from fanal.core.lifecycle import CaseState

if TYPE_CHECKING:
    from fanal.core.reasons import Reason

WAITING, SECOND, ILLEGAL, MERGED = CaseState.WAITING, CaseState.SECOND, CaseState.ILLEGAL, CaseState.MERGED
THEN = datetime(2026, 11, 22, tzinfo=UTC)


def codes(found: tuple[Reason, ...]) -> list[str]:
    return [one.code.removeprefix("judge.") for one in found]


# --- what is refused, and why


@pytest.mark.parametrize(
    ("source", "into", "different", "expected"),
    [
        (Side("A", WAITING), Side("B", WAITING), (), []),
        (Side("A", WAITING), Side("B", CaseState.THIRD), (), []),
        (Side("A", WAITING), Side("A", WAITING), (), ["itself"]),
        (Side("A", SECOND), Side("B", WAITING), (), ["not-waiting"]),
        (Side("A", WAITING), Side("B", ILLEGAL), (), ["not-open"]),
        (Side("A", MERGED), Side("B", MERGED), (), ["not-waiting", "not-open"]),
        (Side("A", WAITING), Side("B", WAITING), {("B", "A")}, ["different"]),
        (Side("A", WAITING, frozenset("X")), Side("B", WAITING, frozenset("Y")), {("X", "Y")}, ["different"]),
        (Side("A", WAITING, frozenset("X")), Side("B", WAITING), {("X", "A"), ("B", "C")}, []),
    ],
)
def test_what_forbids_a_merge(source: Side, into: Side, different: set[tuple[str, str]], expected: list[str]) -> None:
    assert codes(judge.may_merge(source, into, different=different)) == expected


@pytest.mark.parametrize(
    ("state", "chosen", "expected"),
    [
        (WAITING, {"t"}, []),
        (SECOND, {"t", "u"}, []),
        (WAITING, set(), ["nothing-chosen"]),
        (WAITING, {"z"}, ["not-here"]),
        (WAITING, {"t", "u", "v"}, ["everything-chosen"]),
        (ILLEGAL, {"t"}, ["not-open"]),
    ],
)
def test_what_forbids_a_split(state: str, chosen: set[str], expected: list[str]) -> None:
    assert codes(judge.may_split(state, Holding(("t", "u", "v"), ()), chosen)) == expected


@pytest.mark.parametrize(
    ("what", "undone", "states", "later", "expected"),
    [
        ("merge", False, (MERGED, WAITING), [], []),
        ("merge", False, (MERGED, SECOND), [("C", "D")], []),
        ("merge", True, (WAITING, WAITING), [], ["undone"]),
        ("merge", False, (MERGED, WAITING), [("B", "C")], ["later"]),
        ("merge", False, (MERGED, ILLEGAL), [], ["not-open"]),
        ("split", False, (WAITING, WAITING), [], []),
        ("split", False, (SECOND, WAITING), [], []),
        ("split", False, (WAITING, SECOND), [], ["not-open"]),
        ("split", False, (WAITING, MERGED), [("B", "E")], ["later", "not-open"]),
    ],
)
def test_what_forbids_an_undo(
    what: str,
    undone: bool,  # noqa: FBT001 - a column of the table
    states: tuple[str, str],
    later: list[tuple[str, str]],
    expected: list[str],
) -> None:
    found = judge.may_undo(what, undone=undone, source=states[0], into=states[1], later=later, cases=("A", "B"))
    assert codes(found) == expected


def test_a_merge_leaves_the_reports_that_both_have() -> None:
    moved = judge.merge(Holding(("t",), ("r", "s")), Holding(("u",), ("s",)))
    assert moved == judge.Moved(("t",), ("r",), ("s",))


def test_a_split_takes_a_report_along_that_names_nothing_else() -> None:
    named = {"r": ["t"], "s": ["t", "u"], "v": ["u"], "w": []}
    moved = judge.split(Holding(("t", "u"), ("r", "s", "v", "w")), {"t"}, named)
    assert moved == judge.Moved(("t",), ("r",), ("s",))


def test_what_joined_since_stays_and_stands_with_what_goes_back() -> None:
    moved = judge.merge(Holding(("t",), ("r",)), Holding(("u",), ("s",)))
    left = Holding(("u", "t", "new"), ("s", "r", "late", "other"))
    back = judge.undo("merge", moved, left, Holding((), ()), {"late": ["t"], "other": ["new"]})
    assert back == judge.Returned(("t",), ("r",), (), ("late",), Holding(("u", "new"), ("s", "late", "other")))


def test_differences_are_those_of_the_cases_that_are_there_now() -> None:
    assert judge.living({("A", "X"), ("B", "Y")}, {"A": "B", "B": "C"}) == {("C", "X"), ("C", "Y")}


def test_what_was_said_of_the_whole_is_said_of_the_part() -> None:
    said = [("A", "X", THEN), ("Y", "A", THEN + timedelta(days=2)), ("B", "Z", THEN)]
    assert judge.inherited(said, "A") == ("X", "Y")
    assert judge.inherited(said, "A", since=THEN + timedelta(days=1)) == ("Y",)


# --- any sequence


@dataclass
class Case:
    state: str = WAITING
    targets: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    into: str = ""

    def holding(self) -> Holding:
        return Holding(self.targets, self.reports)


@dataclass
class Move:
    what: str
    source: str
    into: str
    moved: judge.Moved
    at: datetime
    undone: bool = False
    before: dict[str, Case] = field(default_factory=dict)


@dataclass
class Said:
    at: datetime
    pairs: set[tuple[str, str]]
    origin: int


class Desk(RuleBasedStateMachine):
    """A desk of abstract cases: reports come, people judge, merge, split and undo."""

    def __init__(self) -> None:
        super().__init__()
        self.cases: dict[str, Case] = {}
        self.named: dict[str, tuple[str, ...]] = {}
        self.said: dict[tuple[str, str], Said] = {}
        self.moves: list[Move] = []
        self.clock = THEN

    # what the machine does

    def later(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    def opened(self) -> str:
        ref = f"D-{len(self.cases) + 1}"
        self.cases[ref] = Case()
        return ref

    def alive(self) -> list[str]:
        return [ref for ref, case in self.cases.items() if case.state != MERGED]

    def merged(self) -> dict[str, str]:
        return {ref: case.into for ref, case in self.cases.items() if case.into}

    def within(self, ref: str) -> frozenset[str]:
        found = {one for one, into in self.merged().items() if into == ref}
        return frozenset(found).union(*(self.within(one) for one in found))

    def pairs_of(self, a: str, b: str) -> set[tuple[str, str]]:
        return {(t, u) for t in self.cases[a].targets for u in self.cases[b].targets}

    def call_different(self, a: str, b: str, origin: int = -1, at: datetime | None = None) -> None:
        """Note what a person says; `origin` is the split that says it, where it was one."""
        if (b, a) in self.said:
            a, b = b, a
        before = self.said[a, b].pairs if (a, b) in self.said else set()
        self.said[a, b] = Said(at or self.later(), before | self.pairs_of(a, b), origin)

    def inherits(self, part: str, whole: str, since: datetime | None = None) -> None:
        listed = [(a, b, one.at) for (a, b), one in self.said.items()]
        for other in judge.inherited(listed, whole, since=since):
            if other != part:
                said = self.said.get((whole, other)) or self.said[other, whole]
                self.call_different(part, other, said.origin, said.at)
                mine = {*self.cases[part].targets}
                pair = (part, other) if (part, other) in self.said else (other, part)
                self.said[pair].pairs |= {one for one in said.pairs if mine.intersection(one)}

    # what can happen

    @rule(
        names=st.lists(st.integers(1, 12).map(lambda n: f"t{n}"), max_size=3),
        clues=st.lists(st.tuples(st.integers(0, 9), st.sampled_from([40, 100, 200])), max_size=3),
        opinion=st.sampled_from(["opinion", ""]),
    )
    def report(self, names: list[str], clues: list[tuple[int, int]], opinion: str) -> None:
        ref = f"R-{len(self.named) + 1}"
        where = {target: case for case in self.alive() for target in self.cases[case].targets}
        alive = self.alive()
        found = {alive[number % len(alive)]: weight for number, weight in clues if alive}
        listed = [
            place.Found(
                case,
                Comparison(
                    Decision.JOIN if weight >= 100 else Decision.PROPOSE,
                    weight,
                    (),
                    tuple((one, "") for one in names),
                    tuple(names) if weight >= 100 else (),
                ),
            )
            for case, weight in found.items()
        ]
        different = judge.living(self.said, self.merged())
        open = [case for case in alive if self.cases[case].state in judge.OPEN]
        self.named[ref] = tuple(dict.fromkeys(names))
        for one in place.place(names, where, found=listed, open=open, different=different):
            at = one.case or self.opened()
            case = self.cases[at]
            fresh = tuple(target for target in one.targets if target not in where)
            case.targets += fresh
            case.reports += (ref,)
            if opinion and case.state == WAITING:
                case.state = SECOND
            for link in one.links:
                assert {(at, link.case), (link.case, at)}.isdisjoint(different)

    @precondition(lambda self: len(self.alive()) > 1)
    @rule(data=st.data())
    def different(self, data: st.DataObject) -> None:
        a, b = data.draw(st.permutations(self.alive()))[:2]
        self.call_different(a, b)

    @precondition(lambda self: len(self.alive()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        source, into = data.draw(st.permutations(self.alive()))[:2]
        sides = [Side(ref, self.cases[ref].state, self.within(ref)) for ref in (source, into)]
        if judge.may_merge(*sides, different=self.said.keys()):
            return
        one, two = self.cases[source], self.cases[into]
        moved = judge.merge(one.holding(), two.holding())
        self.moves.append(self.move("merge", source, into, moved))
        two.targets += moved.targets
        two.reports += moved.reports
        one.targets = ()
        one.reports = moved.both
        one.state, one.into = MERGED, into

    @precondition(lambda self: any(len(self.cases[ref].targets) > 1 for ref in self.alive()))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from([ref for ref in self.alive() if len(self.cases[ref].targets) > 1]))
        whole = self.cases[source]
        chosen = data.draw(st.sets(st.sampled_from(whole.targets), max_size=len(whole.targets)))
        if judge.may_split(whole.state, whole.holding(), chosen):
            return
        moved = judge.split(whole.holding(), chosen, self.named)
        new = self.opened()
        self.moves.append(self.move("split", source, new, moved))
        whole.targets = tuple(one for one in whole.targets if one not in moved.targets)
        whole.reports = tuple(one for one in whole.reports if one not in moved.reports)
        self.cases[new].targets = moved.targets
        self.cases[new].reports = moved.reports + moved.both
        self.inherits(new, source)
        self.call_different(source, new, origin=len(self.moves) - 1)

    def move(self, what: str, source: str, into: str, moved: judge.Moved) -> Move:
        before = {ref: replace(self.cases[ref]) for ref in (source, into)}
        return Move(what, source, into, moved, self.later(), before=before)

    @precondition(lambda self: self.moves)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.moves) - 1))
        move = self.moves[number]
        later = [(one.source, one.into) for one in self.moves[number + 1 :] if not one.undone]
        obstacles = judge.may_undo(
            move.what,
            undone=move.undone,
            source=self.cases[move.source].state,
            into=self.cases[move.into].state,
            later=later,
            cases=(move.source, move.into),
        )
        if obstacles:
            return
        # in a merge things leave `into` and go back to `source`; in a split likewise
        left, back = self.cases[move.into], self.cases[move.source]
        found = judge.undo(move.what, move.moved, left.holding(), back.holding(), self.named)
        left.targets, left.reports = found.stay.targets, found.stay.reports
        kept = {one: place for place, one in enumerate(move.before[move.source].targets)}
        back.targets = tuple(sorted({*back.targets, *found.targets}, key=lambda one: kept.get(one, 1000)))
        back.reports += found.reports + found.also
        move.undone = True
        if move.what == "merge":
            back.state, back.into = WAITING, ""
        else:
            # who undoes a split thinks again: of what it said, and of whatever was said between the two since
            both = {move.source, move.into}
            self.said = {pair: one for pair, one in self.said.items() if one.origin != number and {*pair} != both}
            if not left.targets:
                left.state, left.into = MERGED, move.source
        self.inherits(move.source, move.into, since=move.at)

    @precondition(lambda self: len(self.alive()) > 1)
    @rule(data=st.data())
    def merge_and_undo_at_once(self, data: st.DataObject) -> None:
        before = {ref: (set(one.targets), set(one.reports), one.state) for ref, one in self.cases.items()}
        said = dict(self.said)
        count = len(self.moves)
        self.merge(data)
        if len(self.moves) > count:
            move = self.moves[-1]
            left, back = self.cases[move.into], self.cases[move.source]
            found = judge.undo("merge", move.moved, left.holding(), back.holding(), self.named)
            assert found.targets == move.moved.targets == move.before[move.source].targets
            assert found.stay == move.before[move.into].holding()
            assert {*found.reports, *back.reports} == {*move.before[move.source].reports}
            assert found.also == found.withdrawn == ()
            left.targets, left.reports = found.stay.targets, found.stay.reports
            back.targets, back.reports = found.targets, back.reports + found.reports
            back.state, back.into = WAITING, ""
            self.moves.pop()
        assert before == {ref: (set(one.targets), set(one.reports), one.state) for ref, one in self.cases.items()}
        assert said == self.said

    # what always holds

    @invariant()
    def every_target_stands_in_one_case(self) -> None:
        placed = [target for ref in self.alive() for target in self.cases[ref].targets]
        assert sorted(placed) == sorted({target for targets in self.named.values() for target in targets})
        assert all(not self.cases[ref].targets for ref in self.cases if ref not in self.alive())

    @invariant()
    def every_report_stands_where_what_it_names_stands(self) -> None:
        where = {target: ref for ref in self.alive() for target in self.cases[ref].targets}
        for report, targets in self.named.items():
            stands = {ref for ref in self.alive() if report in self.cases[ref].reports}
            assert {where[target] for target in targets} <= stands
            assert stands
        for ref in self.alive():
            assert len(set(self.cases[ref].reports)) == len(self.cases[ref].reports)

    @invariant()
    def what_a_person_called_different_is_apart(self) -> None:
        where = {target: ref for ref in self.alive() for target in self.cases[ref].targets}
        for one in self.said.values():
            assert all(where[t] != where[u] for t, u in one.pairs)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None, derandomize=True)
