"""Voices are what union-find gives whatever the order; bursts are seen across midnight; reach says what it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.core.crosscheck.things import STORY, marks

from fanal.core.crosscheck import crowd
from fanal.core.crosscheck.crowd import Burst

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
REPORTS = st.lists(st.frozensets(st.integers(0, 12), max_size=3).map(sorted), max_size=25)


def counted(reports: list[list[int]]) -> tuple[int, dict[int, int]]:
    """Take reports in, one after the other, as a case does: the number of voices, and the group of each node."""
    independent = 0
    roots: dict[int, int] = {}
    for nodes in reports:
        voice = crowd.voice(nodes, roots)
        independent += voice.fresh - len(voice.merges)
        roots = {node: voice.root if root in voice.merges else root for node, root in roots.items()}
        roots |= dict.fromkeys(nodes, voice.root)
    return independent, roots


def groups(reports: list[list[int]]) -> int:
    """Count connected components by looking at all reports at once; one without nodes is alone."""
    parts: list[set[int]] = []
    for nodes in filter(None, reports):
        touched = [part for part in parts if part & set(nodes)]
        parts = [part for part in parts if not part & set(nodes)] + [set(nodes).union(*touched)]
    return len(parts) + sum(not nodes for nodes in reports)


@given(REPORTS)
def test_voices_are_the_connected_groups(reports: list[list[int]]) -> None:
    independent, _ = counted(reports)
    assert independent == groups(reports) <= len(reports)


@given(REPORTS.flatmap(lambda reports: st.tuples(st.just(reports), st.permutations(reports))))
def test_the_order_of_arrival_changes_no_count(both: tuple[list[list[int]], list[list[int]]]) -> None:
    one, two = both
    assert counted(one)[0] == counted(two)[0]


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_campaign_of_copies_is_one_voice_however_many_sources(copies: int, sources: int) -> None:
    texts = list(crowd.phrases(marks(words=STORY)))
    reports = [[1000 + number % sources, *texts] for number in range(copies)]
    assert counted(reports)[0] == 1
    silent = [[1000 + number % sources] for number in range(copies)]
    assert counted(silent)[0] == min(copies, sources)


def test_a_report_that_ties_two_voices_lowers_the_count() -> None:
    assert counted([[1], [2]])[0] == 2
    assert counted([[1], [2], [1, 2]])[0] == 1
    assert crowd.voice([1, 2], {1: 1, 2: 2}) == crowd.Voice(1, (2,), fresh=False)


def test_nobody_known_is_a_voice_of_its_own() -> None:
    assert crowd.voice([], {5: 5}) == crowd.Voice(0, (), fresh=True)
    assert crowd.voice([7, 3], {5: 5}) == crowd.Voice(3, (), fresh=True)


def test_a_copy_is_known_and_another_story_is_not() -> None:
    first = crowd.phrases(marks(words=STORY))
    roots = dict.fromkeys(first, 77)
    assert crowd.copies_of(crowd.phrases(marks(words=f"{STORY.upper()} https://a.example/")), roots) == 77
    other = "Une annonce propose un appartement qui n'existe pas et demande un virement avant toute visite"
    assert crowd.copies_of(crowd.phrases(marks(words=other)), roots) is None
    assert crowd.phrases(marks(words="trop court")) == ()
    assert len(set(first)) == 4


def test_a_night_of_one_campaign_is_one_burst_across_midnight() -> None:
    quiet = {MIDNIGHT - timedelta(hours=hour): 1 for hour in range(5, 60, 5)}
    night = {MIDNIGHT - HOUR: 300, MIDNIGHT: 500, MIDNIGHT + HOUR: 12}
    assert crowd.bursts(quiet | night) == (Burst(MIDNIGHT - HOUR, MIDNIGHT + 2 * HOUR, 812, 0),)


def test_a_first_hour_of_a_crowd_is_a_burst_and_of_a_few_is_none() -> None:
    assert crowd.bursts({MIDNIGHT: 9}) == ()
    assert crowd.bursts({MIDNIGHT: 10}) == (Burst(MIDNIGHT, MIDNIGHT + HOUR, 10, 0),)
    assert crowd.bursts({}) == ()


def test_a_case_that_is_always_busy_has_no_burst_by_being_busy() -> None:
    busy = {MIDNIGHT + number * HOUR: 40 + number % 7 for number in range(72)}
    assert crowd.bursts(busy) == ()
    (burst,) = crowd.bursts(busy | {MIDNIGHT + 30 * HOUR: 900})
    assert (burst.reports, burst.usual, burst.end - burst.start) == (900, 45, HOUR)


def test_two_bursts_with_a_quiet_hour_between_stay_two() -> None:
    found = crowd.bursts({MIDNIGHT: 50, MIDNIGHT + 2 * HOUR: 60})
    assert [one.reports for one in found] == [50, 60]


@given(st.dictionaries(st.integers(0, 200).map(lambda hour: MIDNIGHT + hour * HOUR), st.integers(0, 500), max_size=40))
def test_bursts_are_apart_in_order_and_hold_what_came(hours: dict[datetime, int]) -> None:
    found = crowd.bursts(hours)
    for one in found:
        inside = {hour: count for hour, count in hours.items() if one.start <= hour < one.end}
        assert sum(inside.values()) == one.reports
        assert all(count >= max(crowd.LEAST, crowd.TIMES * one.usual) for count in inside.values())
        assert len(inside) == (one.end - one.start) / HOUR
    assert all(one.end < two.start for one, two in pairwise(found))


def test_reach_says_how_many_and_that_it_means_nothing() -> None:
    burst = Burst(MIDNIGHT - HOUR, MIDNIGHT + HOUR, 400, 2)
    reach, when = crowd.reach(512, 40, 470, [burst])
    assert reach.text.en == (
        "512 reports, about 40 independent accounts of it, 470 copies of one text. "
        "Their number says nothing about the law."
    )
    assert reach.text.fr == (
        "512 signalements, environ 40 récits indépendants, 470 copies d’un même texte. "
        "Leur nombre ne dit rien du droit."
    )
    assert "within 2 hours from 2026-11-21 23:00 UTC" in when.text.en
    assert reach.weight == when.weight == 0
    assert crowd.reach(1, 1, 1, ()) == ()
    assert crowd.reach(3, 3, 0, ())[0].text.en.startswith("3 reports. Their")
    assert "1 independent account of it" in crowd.reach(3, 1, 3, ())[0].text.en
