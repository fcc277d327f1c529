"""A strong clue takes a fresh target into an open case; the rest is proposed; “different” always wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.core.crosscheck.things import account, compared, index, marks, page, site

from fanal.core.crosscheck import place
from fanal.core.crosscheck.compare import Comparison, Decision
from fanal.core.crosscheck.place import Found, Placement
from fanal.core.reasons import reason

CASES = ["D-1", "D-2", "D-3", "D-4"]
SAID = reason("clue.same-site", en="Both are pages of one site.", fr="Deux pages d’un site.", weight=100)


def found(case: str, weight: int, *bound: str) -> Found:
    decision = Decision.JOIN if weight >= 100 else Decision.PROPOSE if weight >= 40 else Decision.NOTHING
    pairs = tuple((one, "theirs") for one in bound)
    return Found(case, Comparison(decision, weight, (SAID,), pairs, bound if weight >= 100 else ()))


def codes(placement: Placement) -> list[str]:
    return [one.code for one in placement.reasons]


def links(placement: Placement) -> list[str]:
    return [one.case for one in placement.links]


def test_a_fresh_target_joins_the_open_case_that_a_strong_clue_binds_it_to() -> None:
    (placement,) = place.place(("new",), {}, found=[found("D-1", 100, "new")], open={"D-1"})
    assert (placement.case, placement.targets, links(placement)) == ("D-1", ("new",), [])
    assert codes(placement) == ["place.by-clue", "clue.same-site"]


def test_a_settled_case_is_linked_and_not_joined() -> None:
    (placement,) = place.place(("new",), {}, found=[found("D-1", 100, "new")], open=())
    assert (placement.case, links(placement)) == (None, ["D-1"])
    assert codes(placement) == ["place.new", "place.settled"]


def test_what_is_only_likely_is_proposed() -> None:
    clue = [found("D-1", 60, "new"), found("D-2", 20, "new")]
    (placement,) = place.place(("new",), {}, found=clue, open=CASES)
    assert (placement.case, links(placement), codes(placement)) == (None, ["D-1"], ["place.new"])


def test_the_heavier_match_wins_then_the_older_case() -> None:
    heavier = [found("D-1", 100, "new"), found("D-2", 160, "new")]
    (placement,) = place.place(("new",), {}, found=heavier, open=CASES)
    assert (placement.case, links(placement)) == ("D-2", ["D-1"])
    equal = [found("D-2", 100, "new"), found("D-1", 100, "new")]  # the oldest first
    (placement,) = place.place(("new",), {}, found=equal, open=CASES)
    assert (placement.case, links(placement)) == ("D-2", ["D-1"])


def test_between_two_that_a_person_called_different_no_link_is_proposed() -> None:
    both = [found("D-1", 100, "new"), found("D-2", 160, "new")]
    for pair in (("D-1", "D-2"), ("D-2", "D-1")):
        (placement,) = place.place(("new",), {}, found=both, open=CASES, different={pair})
        assert (placement.case, links(placement)) == ("D-2", [])


def test_a_known_target_leads_and_a_bound_one_goes_its_own_way() -> None:
    first, second = place.place(
        ("known", "new", "other"), {"known": "D-1"}, found=[found("D-2", 100, "new")], open=CASES
    )
    assert (first.case, first.targets) == ("D-1", ("known", "other"))
    assert codes(first) == ["place.same-target", "place.named-together", "place.several"]
    assert (second.case, second.targets) == ("D-2", ("new",))
    assert codes(second) == ["place.by-clue", "clue.same-site", "place.several"]
    assert links(first) == links(second) == []


def test_a_known_target_that_a_clue_ties_elsewhere_is_proposed_from_where_it_stands() -> None:
    (placement,) = place.place(("known",), {"known": "D-1"}, found=[found("D-2", 100, "known")], open=CASES)
    assert (placement.case, links(placement)) == ("D-1", ["D-2"])


def test_a_report_that_no_rule_reads_joins_by_its_pictures() -> None:
    (placement,) = place.place((), {}, found=[found("D-1", 100, "")], open=CASES)
    assert (placement.case, placement.targets) == ("D-1", ())
    assert codes(placement)[:2] == ["place.unreadable", "place.by-clue"]
    (alone,) = place.place((), {}, found=[found("D-1", 60, "")], open=CASES)
    assert (alone.case, links(alone), codes(alone)) == (None, ["D-1"], ["place.unreadable"])


def test_from_the_marks_to_the_place() -> None:
    whole, part, name = site("a.example"), page("https://a.example/x"), account("some_name")
    comparison = compared(marks(part, name), marks(whole))
    (placement,) = place.place(
        (index(part.canonical), index(name.canonical)), {}, found=[Found("D-1", comparison)], open={"D-1"}
    )
    assert placement.case == "D-1"
    assert codes(placement) == ["place.by-clue", "clue.page-of-site", "place.named-together"]


TARGETS = st.lists(st.sampled_from("abcde"), max_size=6).map(tuple)
KNOWN = st.dictionaries(st.sampled_from("abcdex"), st.sampled_from(CASES))
FOUND = st.lists(
    st.builds(
        lambda case, weight, bound: found(case, weight, *sorted(bound)),
        st.sampled_from(CASES),
        st.sampled_from([0, 20, 40, 99, 100, 140, 260]),
        st.frozensets(st.sampled_from(["", *"abcde"]), min_size=1, max_size=3),
    ),
    unique_by=lambda one: one.case,
    max_size=4,
)
OPEN = st.frozensets(st.sampled_from(CASES))
DIFFERENT = st.frozensets(st.tuples(st.sampled_from(CASES), st.sampled_from(CASES)), max_size=5)


@given(TARGETS, KNOWN, FOUND, OPEN, DIFFERENT)
def test_whatever_is_found_every_target_stands_once_and_different_wins(
    targets: tuple[str, ...],
    known: dict[str, str],
    clue: list[Found],
    open: frozenset[str],
    different: frozenset[tuple[str, str]],
) -> None:
    placements = place.place(targets, known, found=clue, open=open, different=different)
    placed = [target for placement in placements for target in placement.targets]
    assert sorted(placed) == sorted(set(targets))
    assert len({placement.case for placement in placements}) == len(placements) >= 1
    comparisons = {one.case: one.comparison for one in clue}
    lead = placements[0].case
    apart = {frozenset(pair) for pair in different}
    for placement in placements:
        assert placement.reasons
        for target in placement.targets:
            bound = placement.case in comparisons and not {"", target}.isdisjoint(comparisons[placement.case].bound)
            assert known.get(target, placement.case) == placement.case
            assert target in known or placement.case == lead or (bound and placement.case in open)
        for link in placement.links:
            assert link.case != placement.case
            assert link.comparison.decision is not Decision.NOTHING
            assert frozenset((link.case, placement.case)) not in apart
    if not any(target in known for target in targets) and lead is not None:
        assert lead in open
        assert comparisons[lead].decision is Decision.JOIN


@given(TARGETS, KNOWN, FOUND, OPEN)
def test_nothing_that_counts_is_dropped(
    targets: tuple[str, ...], known: dict[str, str], clue: list[Found], open: frozenset[str]
) -> None:
    placements = place.place(targets, known, found=clue, open=open)
    gone_into = {placement.case for placement in placements}
    linked = {one.case for placement in placements for one in placement.links}
    for one in clue:
        touches = not {"", *targets}.isdisjoint(ours for ours, _ in one.comparison.pairs)
        if one.comparison.decision is not Decision.NOTHING and touches:
            assert one.case in gone_into | linked
