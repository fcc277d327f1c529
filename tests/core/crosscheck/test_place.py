"""Reports of the same target join one case, and every target of a report stands somewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fanal.core.crosscheck import place

TARGETS = st.lists(st.sampled_from("abcdef"), max_size=8).map(tuple)
KNOWN = st.dictionaries(st.sampled_from("abcdefxyz"), st.sampled_from(["D-1", "D-2", "D-3"]))


def codes(placement: place.Placement) -> list[str]:
    return [one.code for one in placement.reasons]


def test_new_targets_open_one_case() -> None:
    (placement,) = place.place(("a", "b"), {})
    assert placement == place.Placement(None, ("a", "b"), (place.NEW,))


def test_a_known_target_takes_the_others_along() -> None:
    (placement,) = place.place(("a", "b"), {"b": "D-1"})
    assert (placement.case, placement.targets) == ("D-1", ("a", "b"))
    assert codes(placement) == ["place.same-target", "place.named-together"]


def test_each_known_target_keeps_its_own_case() -> None:
    first, second = place.place(("new", "b", "a"), {"a": "D-1", "b": "D-2"})
    assert (first.case, first.targets) == ("D-2", ("new", "b"))
    assert (second.case, second.targets) == ("D-1", ("a",))
    assert "place.named-together" not in codes(second)
    assert "place.several" in codes(second)


def test_a_report_that_no_rule_reads_still_gets_a_case() -> None:
    assert place.place((), {"a": "D-1"}) == (place.Placement(None, (), (place.UNREADABLE,)),)


@given(TARGETS, KNOWN)
def test_every_target_stands_in_exactly_one_case_with_reasons(targets: tuple[str, ...], known: dict[str, str]) -> None:
    placements = place.place(targets, known)
    placed = [target for placement in placements for target in placement.targets]
    assert sorted(placed) == sorted(set(targets))
    assert placements
    assert all(placement.reasons for placement in placements)
    assert len({placement.case for placement in placements}) == len(placements)


@given(TARGETS, KNOWN)
def test_a_known_target_is_never_moved(targets: tuple[str, ...], known: dict[str, str]) -> None:
    for placement in place.place(targets, known):
        assert all(known.get(target, placement.case) == placement.case for target in placement.targets)


@given(TARGETS.flatmap(lambda targets: st.tuples(st.just(targets), st.permutations(targets))), KNOWN)
def test_the_order_decides_only_which_case_leads(
    both: tuple[tuple[str, ...], list[str]], known: dict[str, str]
) -> None:
    given_order, other = both
    one, two = place.place(given_order, known), place.place(tuple(other), known)
    assert {placement.case for placement in one} == {placement.case for placement in two}
    if len(one) == 1:
        assert set(one[0].targets) == set(two[0].targets)
