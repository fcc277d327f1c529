"""Three-valued weighing: Kleene's laws, monotony, and exactly the answers that still matter."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from fanal import law
from fanal.core.assess import qualify
from fanal.core.catalogue import Condition, Element, Offence, Tick
from fanal.core.report import Category
from fanal.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 11, 22)
FRENCH = law.load()
TICKS = st.sampled_from(Tick)
ORDER = (Tick.NO, Tick.UNKNOWN, Tick.YES)


def leaf(name: str) -> Condition:
    return Condition("element", element=name)


def offence(condition: Condition | None, names: list[str]) -> Offence:
    return Offence(
        id="invented",
        law="none",
        article="0",
        title=Text(en="Invented", fr="Inventée"),
        nature="délit",
        family="invented",
        base_penalty=None,
        max_penalty=None,
        minors="no",
        competent=(),
        clocks=(),
        elements=tuple(Element(name, Text(en=f"fact {name}", fr=f"fait {name}")) for name in names),
        condition=condition,
        verified="invented",
        source="invented",
        in_force_from=DAY,
        in_force_until=None,
        digest="",
    )


@st.composite
def trees(draw: st.DrawFn, most: int = 5) -> tuple[Condition, list[str]]:
    """A condition in which each element stands once, as the loader asks, and the names of its elements."""
    names = [f"e{number}" for number in range(draw(st.integers(1, most)))]

    def grow(some: list[str]) -> Condition:
        if draw(st.booleans()) and draw(st.booleans()):
            return Condition("not", parts=(grow(some),))
        if len(some) == 1:
            return leaf(some[0])
        cut = draw(st.integers(1, len(some) - 1))
        return Condition(draw(st.sampled_from(["all", "any"])), parts=(grow(some[:cut]), grow(some[cut:])))

    return grow(names), names


@st.composite
def answered(draw: st.DrawFn) -> tuple[Condition, list[str], dict[str, Tick]]:
    condition, names = draw(trees())
    return condition, names, {name: draw(TICKS) for name in names}


def completions(names: list[str], ticks: Mapping[str, Tick]) -> list[dict[str, Tick]]:
    """Every way to answer yes or no to all that is unknown."""
    choices = [[ticks[name]] if ticks[name] is not Tick.UNKNOWN else [Tick.YES, Tick.NO] for name in names]
    return [dict(zip(names, picked, strict=True)) for picked in product(*choices)]


@given(answered())
def test_yes_and_no_only_where_certain(case: tuple[Condition, list[str], dict[str, Tick]]) -> None:
    condition, names, ticks = case
    ends = {qualify.value(condition, whole) for whole in completions(names, ticks)}
    holds = qualify.weigh(offence(condition, names), ticks).holds
    assert holds is (next(iter(ends)) if len(ends) == 1 else Tick.UNKNOWN)


@given(answered(), st.data())
def test_an_answer_to_an_unknown_never_turns_what_is_settled(
    case: tuple[Condition, list[str], dict[str, Tick]], data: st.DataObject
) -> None:
    condition, names, ticks = case
    before = qualify.weigh(offence(condition, names), ticks).holds
    more = {name: data.draw(TICKS) if tick is Tick.UNKNOWN else tick for name, tick in ticks.items()}
    after = qualify.weigh(offence(condition, names), more).holds
    assert before in (Tick.UNKNOWN, after)


@given(answered())
def test_missing_is_exactly_what_could_still_change_the_result(
    case: tuple[Condition, list[str], dict[str, Tick]],
) -> None:
    condition, names, ticks = case
    could = [
        name
        for name in names
        if ticks[name] is Tick.UNKNOWN
        and any(
            qualify.value(condition, {**whole, name: Tick.YES})
            is not qualify.value(condition, {**whole, name: Tick.NO})
            for whole in completions(names, ticks)
        )
    ]
    assert [one.id for one in qualify.weigh(offence(condition, names), ticks).missing] == could


@given(answered())
def test_the_reasons_alone_carry_the_result(case: tuple[Condition, list[str], dict[str, Tick]]) -> None:
    condition, names, ticks = case
    weighed = qualify.weigh(offence(condition, names), ticks)
    told = {
        name: tick for name, tick in ticks.items() if any(f"fact {name}." in one.text.en for one in weighed.reasons)
    }
    assert weighed.reasons
    if weighed.holds is not Tick.UNKNOWN:
        assert qualify.value(condition, told) is weighed.holds
    assert {one.code for one in weighed.reasons} <= {"element.yes", "element.no", "element.unknown"}


@given(TICKS, TICKS, TICKS)
def test_kleene(a: Tick, b: Tick, c: Tick) -> None:
    ticks = {"a": a, "b": b, "c": c}
    x, y, z = leaf("a"), leaf("b"), leaf("c")

    def both(*parts: Condition) -> Condition:
        return Condition("all", parts=parts)

    def either(*parts: Condition) -> Condition:
        return Condition("any", parts=parts)

    def no(part: Condition) -> Condition:
        return Condition("not", parts=(part,))

    def same(left: Condition, right: Condition) -> bool:
        return qualify.value(left, ticks) is qualify.value(right, ticks)

    assert qualify.value(both(x, y), ticks) is min(a, b, key=ORDER.index)
    assert qualify.value(either(x, y), ticks) is max(a, b, key=ORDER.index)
    assert same(no(no(x)), x)
    assert same(no(both(x, y)), either(no(x), no(y)))
    assert same(no(either(x, y)), both(no(x), no(y)))
    assert same(both(x, either(y, z)), either(both(x, y), both(x, z)))
    assert same(both(x, both(y, z)), both(both(x, y), z))
    assert same(both(x, either(x, y)), x)


def test_an_offence_that_is_not_written_says_so() -> None:
    weighed = qualify.weigh(offence(None, []), {"anything": Tick.YES})
    assert (weighed.holds, weighed.missing) == (Tick.UNKNOWN, ())
    assert [one.code for one in weighed.reasons] == ["qualify.unwritten"]


def test_a_tick_of_another_offence_is_not_looked_at() -> None:
    one = FRENCH.offence("menace-condition")
    assert qualify.weigh(one, {"pornographic": Tick.YES}) == qualify.weigh(one, {})


def test_agreement_to_being_shown_settles_it_for_images_that_one_made_oneself() -> None:
    one = FRENCH.offence("revenge-porn")
    ticks = {"sexual": Tick.YES, "shown": Tick.YES, "own": Tick.YES, "agreed": Tick.YES, "taken": Tick.NO}
    assert qualify.weigh(one, ticks).holds is Tick.NO
    assert qualify.weigh(one, {**ticks, "agreed": Tick.NO}).holds is Tick.YES
    unsure = qualify.weigh(one, {**ticks, "agreed": Tick.UNKNOWN})
    assert unsure.holds is Tick.UNKNOWN
    assert [element.id for element in unsure.missing] == ["agreed"]


def test_under_15_needs_no_intent_to_disseminate() -> None:
    one = FRENCH.offence("csam-fix")
    ticks = {"made": Tick.YES, "minor": Tick.YES, "pornographic": Tick.YES, "to-spread": Tick.NO}
    assert qualify.weigh(one, {**ticks, "under-15": Tick.YES}).holds is Tick.YES
    assert qualify.weigh(one, {**ticks, "under-15": Tick.NO}).holds is Tick.NO


def test_a_direct_call_to_terrorism_need_not_be_public_and_praise_must() -> None:
    one = FRENCH.offence("apologie-terrorisme")
    private = {"acts": Tick.YES, "public": Tick.NO}
    assert qualify.weigh(one, {**private, "calls": Tick.YES, "praises": Tick.NO}).holds is Tick.YES
    assert qualify.weigh(one, {**private, "calls": Tick.NO, "praises": Tick.YES}).holds is Tick.NO


def test_candidates_come_by_family_and_written_ones_first() -> None:
    found = qualify.candidates(FRENCH, Category.CHILD_SEXUAL, on=DAY)
    assert found[0].family == "minors"
    assert {one.family for one in found} == {"minors", "exploitation"}
    written = [one.written() for one in found]
    assert written == sorted(written, reverse=True)


def test_candidates_are_law_on_that_day() -> None:
    assert qualify.candidates(FRENCH, Category.CHILD_SEXUAL, on=date(1990, 1, 1)) == ()


def test_other_suggests_every_offence_once() -> None:
    found = qualify.candidates(FRENCH, Category.OTHER, on=DAY)
    assert sorted(one.id for one in found) == sorted(one.id for one in FRENCH.offences)
