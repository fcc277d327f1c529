"""Whatever people and rules do in whatever order: what a person called different stays apart, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
    assert judge.inherited(said, {"A"}, "P") == ("X", "Y")
    assert judge.inherited(said, {"A"}, "P", since=THEN + timedelta(days=1)) == ("Y",)
    assert judge.inherited(said, {"A", "B"}, "X") == ("Y", "Z")
    assert judge.inherited(said, {"A", "X"}, "P") == ("Y",)


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
    before: tuple[str, ...]
    undone: bool = False


class Desk(RuleBasedStateMachine):
    """A desk of abstract cases: reports come, people judge, think again, merge, split and undo.

    It keeps two accounts that know nothing of each other. `said` is what the house writes down: of which cases a person
    said that they are different, and when. `apart` is what people meant: which two things they called different last.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cases: dict[str, Case] = {}
        self.named: dict[str, tuple[str, ...]] = {}
        self.said: dict[tuple[str, str], datetime] = {}
        self.apart: set[frozenset[str]] = set()
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

    def whole(self, ref: str) -> str:
        return self.whole(self.cases[ref].into) if self.cases[ref].into else ref

    def within(self, ref: str) -> frozenset[str]:
        found = {one for one, into in self.merged().items() if into == ref}
        return frozenset(found).union(*(self.within(one) for one in found))

    def where(self) -> dict[str, str]:
        return {target: ref for ref in self.alive() for target in self.cases[ref].targets}

    def things(self, ref: str) -> set[str]:
        """Give what people mean by a case: all that it holds, or what it brought to the one that took it in."""
        ended = {("merge", False, "source"), ("split", True, "into")}  # a merge that stands, a split that was undone
        brought = {
            one
            for move in self.moves
            for one in move.moved.targets
            if any((move.what, move.undone, getattr(move, side)) == (what, undone, ref) for what, undone, side in ended)
        }
        held = {*self.cases[self.whole(ref)].targets}
        return held & brought if self.cases[ref].into else held

    def pairs_of(self, a: str, b: str) -> set[frozenset[str]]:
        return {frozenset((t, u)) for t in self.things(a) for u in self.things(b) if t != u}

    def link(self, a: str, b: str) -> tuple[str, str]:
        return (b, a) if (b, a) in self.said else (a, b)

    def call_different(self, a: str, b: str) -> None:
        self.said[self.link(a, b)] = self.later()
        self.apart |= self.pairs_of(a, b)

    def inherits(self, part: str, whole: str, since: datetime | None = None) -> None:
        said = [(*pair, at) for pair, at in self.said.items()]
        family, now = {whole} | self.within(whole), self.later()
        for one in said:
            for other in judge.inherited([one], family, part, since=since):
                self.said[self.link(part, other)] = now

    # what can happen

    @initialize()
    def three_reports_of_different_things(self) -> None:
        for number in (1, 3, 5):
            self.report(names=[f"t{number}", f"t{number + 1}"], clues=[], opinions=0)

    @rule(
        names=st.lists(st.integers(1, 9).map(lambda n: f"t{n}"), max_size=3),
        clues=st.lists(st.tuples(st.integers(0, 9), st.sampled_from([40, 100, 200])), max_size=3),
        opinions=st.integers(0, 5),
    )
    def report(self, names: list[str], clues: list[tuple[int, int]], opinions: int) -> None:
        ref = f"R-{len(self.named) + 1}"
        where, alive = self.where(), self.alive()
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
            if opinions == 5 and case.state == WAITING:
                case.state = SECOND
            for link in one.links:
                assert {(at, link.case), (link.case, at)}.isdisjoint(different)

    @precondition(lambda self: len(self.alive()) > 1)
    @rule(data=st.data())
    def different(self, data: st.DataObject) -> None:
        """Two cases, merged into others or not, that do not stand in one."""
        a = data.draw(st.sampled_from([*self.cases]))
        b = data.draw(st.sampled_from([one for one in self.cases if self.whole(one) != self.whole(a)]))
        self.call_different(a, b)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def think_again(self, data: st.DataObject) -> None:
        pair = data.draw(st.sampled_from(sorted(self.said)))
        del self.said[pair]
        self.apart -= self.pairs_of(*pair)

    @precondition(lambda self: self.mergeable())
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        source, into = data.draw(st.sampled_from(self.mergeable()))
        one, two = self.cases[source], self.cases[into]
        moved = judge.merge(one.holding(), two.holding())
        self.moves.append(Move("merge", source, into, moved, self.later(), one.targets))
        two.targets += moved.targets
        two.reports += moved.reports
        one.targets = ()
        one.reports = moved.both
        one.state, one.into = MERGED, into

    def mergeable(self) -> list[tuple[str, str]]:
        sides = [Side(ref, self.cases[ref].state, self.within(ref)) for ref in self.alive()]
        pairs = permutations(sides, 2)
        return [(a.ref, b.ref) for a, b in pairs if not judge.may_merge(a, b, different=self.said.keys())]

    @precondition(lambda self: any(len(self.cases[ref].targets) > 1 for ref in self.alive()))
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from([ref for ref in self.alive() if len(self.cases[ref].targets) > 1]))
        whole = self.cases[source]
        chosen = data.draw(st.sets(st.sampled_from(whole.targets), min_size=1, max_size=len(whole.targets) - 1))
        assert judge.may_split(whole.state, whole.holding(), chosen) == ()
        moved = judge.split(whole.holding(), chosen, self.named)
        new = self.opened()
        self.moves.append(Move("split", source, new, moved, self.later(), whole.targets))
        whole.targets = tuple(one for one in whole.targets if one not in moved.targets)
        whole.reports = tuple(one for one in whole.reports if one not in moved.reports)
        self.cases[new].targets = moved.targets
        self.cases[new].reports = moved.reports + moved.both
        self.inherits(new, source)
        self.call_different(source, new)

    @precondition(lambda self: self.undoable())
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        self.take_back(data.draw(st.sampled_from(self.undoable())))

    def undoable(self) -> list[Move]:
        def later(number: int) -> list[tuple[str, str]]:
            return [(one.source, one.into) for one in self.moves[number + 1 :] if not one.undone]

        def refused(number: int, move: Move) -> tuple[Reason, ...]:
            states = {"source": self.cases[move.source].state, "into": self.cases[move.into].state}
            cases = (move.source, move.into)
            return judge.may_undo(move.what, undone=move.undone, later=later(number), cases=cases, **states)

        return [move for number, move in enumerate(self.moves) if not refused(number, move)]

    def take_back(self, move: Move) -> None:
        # in a merge things leave `into` and go back to `source`; in a split likewise
        left, back = self.cases[move.into], self.cases[move.source]
        found = judge.undo(move.what, move.moved, left.holding(), back.holding(), self.named)
        if move.what == "split":  # whoever undoes a split calls its two sides one thing
            self.apart -= {frozenset((t, u)) for t in found.targets for u in back.targets}
        left.targets, left.reports = found.stay.targets, found.stay.reports
        kept = {one: place for place, one in enumerate(move.before)}
        back.targets = tuple(sorted({*back.targets, *found.targets}, key=lambda one: kept.get(one, 1000)))
        back.reports += found.reports + found.also
        move.undone = True
        if move.what == "merge":
            back.state, back.into = WAITING, ""
            self.inherits(move.source, move.into, since=move.at)
        elif left.targets:
            self.inherits(move.source, move.into)
        else:
            left.state, left.into = MERGED, move.source
            self.said.pop(self.link(move.source, move.into), None)

    @precondition(lambda self: self.mergeable())
    @rule(data=st.data())
    def merge_and_undo_at_once(self, data: st.DataObject) -> None:
        def all_of_it() -> dict[str, object]:
            return {ref: (one.targets, {*one.reports}, one.state, one.into) for ref, one in self.cases.items()}

        before, said, apart = all_of_it(), dict(self.said), set(self.apart)
        self.merge(data)
        assert all_of_it() != before
        assert self.moves[-1] in self.undoable()
        self.take_back(self.moves[-1])
        assert (all_of_it(), self.said, self.apart) == (before, said, apart)

    # what always holds

    @invariant()
    def every_target_stands_in_one_case(self) -> None:
        placed = [target for ref in self.alive() for target in self.cases[ref].targets]
        assert sorted(placed) == sorted({target for targets in self.named.values() for target in targets})
        assert all(not self.cases[ref].targets for ref in self.cases if ref not in self.alive())

    @invariant()
    def every_report_stands_where_what_it_names_stands(self) -> None:
        where = self.where()
        for report, targets in self.named.items():
            stands = {ref for ref in self.alive() if report in self.cases[ref].reports}
            assert {where[target] for target in targets} <= stands
            assert stands
        for ref in self.alive():
            assert len(set(self.cases[ref].reports)) == len(self.cases[ref].reports)

    @invariant()
    def what_a_person_called_different_is_apart_and_kept_so(self) -> None:
        where, forbidden = self.where(), {frozenset(pair) for pair in judge.living(self.said, self.merged())}
        for t, u in self.apart:
            assert frozenset((where[t], where[u])) in forbidden - {frozenset((where[t],))}


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
