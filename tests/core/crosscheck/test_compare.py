"""Strong clues join by themselves, weak ones never; what is over-common stops; two ids outweigh one name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.crosscheck.things import (
    NOW,
    STORY,
    account,
    clues,
    compared,
    index,
    marks,
    page,
    seen,
    site,
    thing,
)

from fanal.core.crosscheck import compare, trace
from fanal.core.crosscheck.compare import COMMON, HANDLE_DAYS, Decision, Seen, Strength
from fanal.core.crosscheck.trace import Kind, Mark
from fanal.core.report import Target, TargetKind

JOIN, PROPOSE, NOTHING = Decision.JOIN, Decision.PROPOSE, Decision.NOTHING


def post(canonical: str, by: Target) -> tuple[Mark, ...]:
    """Give the marks of a post by its account's own marks, as trace.of does for a post whose account is read."""
    own = trace.of([(index(canonical), by)], "", key=bytes(range(32)))
    belongs = tuple(
        Mark(one.kind, one.key, one.target, own=False)
        for one in own
        if one.kind in (Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME)
    )
    return (*marks(thing(TargetKind.POST, canonical)), *belongs)


# --- the table, row by row


def test_the_same_target_joins() -> None:
    found = compared(marks(page("https://a.example/x")), marks(page("https://a.example/x")))
    assert (found.decision, clues(found)) == (JOIN, ["same-target"])


def test_addresses_that_differ_in_what_seldom_matters_join() -> None:
    found = compared(marks(page("http://www.a.example/x/")), marks(page("https://a.example/x")))
    assert found.decision is JOIN
    assert clues(found)[0] == "same-address"


def test_an_account_joins_by_its_id_whatever_its_name() -> None:
    found = compared(marks(account("new_name", "42")), marks(account("old_name", "42")))
    assert found.decision is JOIN
    id_only = compared(marks(account("new_name", "42")), [one for one in marks(account("other", "42")) if one.own][1:])
    assert clues(id_only) == ["same-account"]


def test_an_account_joins_by_its_name_within_a_year_and_never_after() -> None:
    ours, theirs = marks(account("some_name")), marks(account("some_name"))
    assert clues(compared(ours, theirs, HANDLE_DAYS)) == ["same-name"]
    assert compared(ours, theirs, HANDLE_DAYS).decision is JOIN
    assert clues(compared(ours, theirs, -HANDLE_DAYS)) == ["same-name"]
    assert clues(compared(ours, theirs, -HANDLE_DAYS - 1)) == ["old-name"]  # what was seen long ago and told today
    late = compared(ours, theirs, HANDLE_DAYS + 1)
    assert (late.decision, clues(late)) == (PROPOSE, ["old-name"])
    assert "2025-11-21" in late.reasons[0].text.en
    assert "21/11/2025" in late.reasons[0].text.fr


def test_a_name_that_was_seen_before_and_after_is_no_old_name() -> None:
    (mark,) = marks(account("some_name"))
    long = [Seen(mark, NOW - timedelta(days=900), NOW + timedelta(days=3))]
    assert clues(compare.compare([mark], long, at=NOW, common=())) == ["same-name"]


def test_two_ids_outweigh_one_name() -> None:
    found = compared(marks(account("some_name", "1")), marks(account("some_name", "2")))
    assert (found.decision, found.weight, clues(found)) == (NOTHING, 0, ["other-account"])
    assert found.pairs == ()


def test_a_name_still_counts_where_one_id_is_unknown() -> None:
    assert compared(marks(account("some_name", "1")), marks(account("some_name"))).decision is JOIN


def test_a_post_joins_its_account_and_the_other_posts_of_it() -> None:
    owner = account("some_name", "42")
    one, two = post("https://x.example/i/status/1", owner), post("https://x.example/i/status/2", owner)
    assert compared(one, marks(owner)).decision is JOIN
    assert compared(marks(owner), one).decision is JOIN
    assert clues(compared(one, two))[-1] == "of-account"
    assert compared(one, two).decision is JOIN


def test_a_page_joins_its_site_and_two_pages_are_only_proposed() -> None:
    one, two = marks(page("https://a.example/one")), marks(page("https://a.example/two"))
    assert clues(compared(one, marks(site("a.example")))) == ["page-of-site"]
    assert compared(marks(site("a.example")), one).decision is JOIN
    assert (compared(one, two).decision, clues(compared(one, two))) == (PROPOSE, ["same-site"])


def test_a_page_of_an_onion_joins_it_and_a_mention_is_proposed() -> None:
    host = f"{'a' * 56}.onion"
    whole, part = marks(site(host)), marks(page(f"http://{host}/room"))
    assert compared(part, whole).decision is JOIN
    mentioned = [Mark(Kind.ONION, one.key, "", own=False) for one in whole if one.kind is Kind.ONION]
    assert (compared(mentioned, whole).decision, clues(compared(mentioned, whole))) == (PROPOSE, ["same-onion"])


def test_the_same_picture_joins() -> None:
    found = compared(marks(media=["sha256:00ff"]), marks(media=["sha256:00ff", "list:7"]))
    assert (found.decision, clues(found), found.bound) == (JOIN, ["same-media"], ("",))


@pytest.mark.parametrize(
    ("kind", "mark", "canonical", "clue"),
    [
        (TargetKind.EMAIL, Kind.CONTACT, "someone@mail.example", "same-contact"),
        (TargetKind.WALLET, Kind.WALLET, "bitcoin:invented", "same-wallet"),
    ],
)
def test_what_the_words_offer_is_proposed(kind: TargetKind, mark: Kind, canonical: str, clue: str) -> None:
    target = marks(thing(kind, canonical))
    offered = [Mark(mark, one.key, "", own=False) for one in target if one.kind is mark]
    for found in (compared(offered, target), compared(target, offered), compared(offered, offered)):
        assert (found.decision, clues(found)) == (PROPOSE, [clue])


def test_a_crowd_that_names_an_account_in_its_words_never_joins_it() -> None:
    reported = marks(account("some_name"))
    named = [Mark(one.kind, one.key, "", own=False) for one in reported]
    assert (compared(named, reported).decision, clues(compared(named, reported))) == (PROPOSE, ["named-in-words"])
    assert (compared(named, named).decision, clues(compared(named, named))) == (NOTHING, ["named-by-both"])


def test_the_same_story_is_proposed_and_never_joins() -> None:
    copy = compared(marks(words=STORY), marks(words=f"Bonjour, {STORY.upper()} !"))
    assert (copy.decision, clues(copy)) == (PROPOSE, ["same-words"])
    other = compared(marks(words=STORY), marks(words="Une annonce propose un appartement qui n'existe pas, merci bien"))
    assert (other.decision, other.reasons) == (NOTHING, ())


def test_half_a_story_is_a_weak_clue() -> None:
    ours = marks(words=STORY)
    for shared, expected in [(1, []), (2, ["like-words"]), (3, ["like-words"]), (4, ["same-words"])]:
        assert clues(compared(ours, ours[:shared])) == expected


def test_two_weak_clues_are_proposed_and_one_says_nothing() -> None:
    one = account("first_name", born_at=NOW)
    two = account("second_name", born_at=NOW + timedelta(minutes=4))
    assert (compared(marks(one), marks(two)).decision, clues(compared(marks(one), marks(two)))) == (
        NOTHING,
        ["same-burst"],
    )
    words = marks(words=STORY)
    assert compared((*marks(one), *words), (*marks(two), *words[:2])).decision is PROPOSE


def test_a_path_of_a_kit_is_a_weak_clue_between_two_hosts() -> None:
    one = marks(page("https://a.example/secure/login-step/8841?session=ab12cd34ef&step=2"))
    two = marks(page("https://b.example/secure/login-step/17?session=99aa88bb77&step=3"))
    assert clues(compared(one, two)) == ["same-template"]


def test_a_big_host_is_no_clue() -> None:
    for host in ("drive.google.com", "www.dropbox.com", "t.co", "x.com"):
        one, two = marks(page(f"https://{host}/one/a?b=1&c=2")), marks(page(f"https://{host}/two/a?b=1&c=2"))
        assert compared(one, two).reasons == ()


def test_a_value_that_stands_everywhere_stops_and_says_so() -> None:
    one, two = marks(page("https://a.example/one")), marks(page("https://a.example/two"))
    common = {(mark.kind, mark.key) for mark in one if mark.kind is Kind.SITE}
    found = compared(one, two, common=common)
    assert (found.decision, found.weight, found.pairs) == (NOTHING, 0, ())
    assert [(why.code, why.weight) for why in found.reasons] == [("clue.over-common.site", 0)]
    assert "by itself" in found.reasons[0].text.en
    assert COMMON == 64


def test_a_strong_clue_binds_the_target_that_it_comes_from() -> None:
    fresh, other = page("https://a.example/x"), page("https://b.example/y")
    found = compared(marks(fresh, other), marks(site("a.example")))
    assert found.bound == (index(fresh.canonical),)
    assert found.pairs == ((index(fresh.canonical), index("a.example")),)


def test_reasons_come_strongest_first_and_name_nothing() -> None:
    owner = account("some_name", "42", born_at=NOW)
    ours = (*post("https://x.example/i/status/1", owner), *marks(words=STORY))
    theirs = (*marks(owner), *marks(words=STORY))
    found = compared(ours, theirs)
    weights = [one.weight for one in found.reasons]
    assert weights == sorted(weights, reverse=True)
    for said in found.reasons:
        assert not any(part in said.text.en + said.text.fr for part in ("some_name", "42", "x.example", "http:"))


def test_every_row_of_the_table_is_whole() -> None:
    names = [row.name for row in compare.CLUES]
    assert len(set(names)) == len(names)
    assert [row.strength for row in compare.CLUES] == sorted((row.strength for row in compare.CLUES), reverse=True)
    for row in compare.CLUES:
        assert row.find.__doc__
        assert ("{date}" in row.sentence.en) == ("{date}" in row.sentence.fr)


# --- laws

KEYS = st.integers(1, 2)
MARK = st.builds(Mark, st.sampled_from(Kind), KEYS, st.sampled_from(["", "aa", "bb", "cc"]), st.booleans())
MARKS = st.lists(MARK, max_size=12)
COMMONS = st.frozensets(st.tuples(st.sampled_from(Kind), KEYS), max_size=6)
ORDER = {NOTHING: 0, PROPOSE: 1, JOIN: 2}
STRONG = {
    Kind.TARGET, Kind.LOOSE, Kind.ACCOUNT_ID, Kind.ACCOUNT_NAME, Kind.SITE, Kind.ONION, Kind.MEDIA,
}  # fmt: skip


@given(MARKS, MARKS, COMMONS, st.integers(0, 800))
def test_both_sides_say_the_same(
    ours: list[Mark], theirs: list[Mark], common: frozenset[tuple[Kind, int]], apart: int
) -> None:
    then = NOW - timedelta(days=apart)
    one = compare.compare(ours, [Seen(mark, then, then) for mark in theirs], at=NOW, common=common)
    two = compare.compare(theirs, [Seen(mark, NOW, NOW) for mark in ours], at=then, common=common)
    assert (one.decision, one.weight) == (two.decision, two.weight)
    assert set(one.pairs) == {(b, a) for a, b in two.pairs}


@given(MARKS, MARKS, MARK, st.integers(0, 800))
def test_an_over_common_mark_never_raises_the_decision(
    ours: list[Mark], theirs: list[Mark], extra: Mark, apart: int
) -> None:
    worn = {(extra.kind, extra.key)}
    before = compared(ours, theirs, apart, worn)
    after = compared([*ours, extra], [*theirs, extra], apart, worn)
    # an id tells two accounts apart whether it is common or not, so it may lower the decision
    assert ORDER[after.decision] <= ORDER[before.decision]
    assert any(why.code.startswith("clue.over-common") for why in after.reasons)


@given(MARKS, MARKS, MARK, st.sampled_from(["ours", "theirs"]), st.integers(0, 800))
def test_a_mark_more_never_takes_a_join_away(
    ours: list[Mark], theirs: list[Mark], extra: Mark, side: str, apart: int
) -> None:
    assume(extra.kind is not Kind.ACCOUNT_ID)  # ids that differ outweigh an equal name
    before = compared(ours, theirs, apart)
    after = compared([*ours, extra], theirs, apart) if side == "ours" else compared(ours, [*theirs, extra], apart)
    if before.decision is JOIN:
        assert after.decision is JOIN
    assert ORDER[after.decision] >= ORDER[before.decision]


@given(MARKS, MARKS, st.integers(0, 800))
def test_what_is_not_strong_never_joins_however_much_there_is(ours: list[Mark], theirs: list[Mark], apart: int) -> None:
    found = compared(ours, theirs, apart)
    strong = [why for why in found.reasons if why.weight >= Strength.STRONG]
    assert (found.decision is JOIN) == bool(strong)
    assert bool(found.bound) == bool(strong) or found.bound == ("",)
    weak = compared([one for one in ours if one.kind not in STRONG], [one for one in theirs if one.kind not in STRONG])
    assert weak.decision is not JOIN
    assert weak.weight < Strength.STRONG


@given(MARKS, MARKS)
def test_words_alone_never_join(ours: list[Mark], theirs: list[Mark]) -> None:
    said = [Mark(one.kind, one.key, "", own=False) for one in ours if one.kind is not Kind.MEDIA]
    assert compared(said, theirs).decision is not JOIN


@given(MARKS, MARKS)
def test_the_order_of_marks_changes_no_weight(ours: list[Mark], theirs: list[Mark]) -> None:
    one = compared(ours, theirs)
    two = compared(ours[::-1], theirs[::-1])
    assert (one.decision, one.weight, [why.code for why in one.reasons]) == (
        two.decision,
        two.weight,
        [why.code for why in two.reasons],
    )


def test_where_nothing_is_shared_there_is_nothing_to_say() -> None:
    found = compare.compare(marks(words=STORY), seen(marks(page("https://a.example/x"))), at=NOW, common=())
    assert found == compare.Comparison(NOTHING, 0, (), ())
