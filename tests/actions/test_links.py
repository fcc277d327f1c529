"""What people say of two cases, and what follows: nothing is lost, “different” wins, and every move can be undone."""

from __future__ import annotations

import hashlib

import pytest
from tests import house

from fanal.actions import assess, links
from fanal.core.errors import Refused
from fanal.core.lifecycle import LinkState
from fanal.core.report import Category, Identity
from fanal.ledger.models import Entry
from fanal.store import models

pytestmark = pytest.mark.django_db

LETTERS = str.maketrans("0123456789", "ghijklmnop")
WHY = "C’est la même personne, au même endroit."
WALLET = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
DERIVED = {
    models.CaseTarget: ("target", "case", "position", "since"),
    models.CaseReport: ("id", "case", "report", "reasons", "joined_at", "past"),
    models.CaseMark: ("case", "kind", "key", "target", "own", "first_at", "last_at", "times"),
    models.CaseTally: ("case", "category", "standing", "minor", "danger_now", "since", "times", "last_at"),
    models.CaseHour: ("case", "hour", "times"),
    models.CrowdNode: ("case", "root", "node", "source", "times", "until"),
    models.Case: (
        "ref", "state", "round", "grade", "category", "report_count", "target_count", "unread_count", "independent",
        "copies", "merged_into", "taken_by", "outcome", "answered_no_at", "closed_at",
    ),
}  # fmt: skip


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Write down every row that a merge or a split may touch, a group of voices by its smallest node."""
    found = {
        table.__name__: sorted(table.objects.values_list(*columns), key=repr)  # type: ignore[attr-defined]
        for table, columns in DERIVED.items()
    }
    groups: dict[tuple[object, object], list[tuple[object, ...]]] = {}
    for case, root, *node in found["CrowdNode"]:
        groups.setdefault((case, root), []).append(tuple(node))
    found["CrowdNode"] = sorted(((case, *sorted(nodes)) for (case, _), nodes in groups.items()), key=repr)
    return found


def words(number: int) -> str:
    """Write a text of its own for every number."""
    digits = hashlib.sha256(str(number).encode()).hexdigest()
    return " ".join("mot" + digits[at : at + 4].translate(LETTERS) for at in range(0, 48, 4))


def case(*typed: str, reports: int = 1, start: int = 0, **changes: object) -> str:
    """Open a case by reports of the same things; each from a source of its own, in words of its own."""
    for number in range(start, start + reports):
        said = {"comment": words(number), **changes}
        received = house.receive(*typed, identity=Identity(ip=f"192.0.2.{number % 250}"), **said)
        house.work()
    return house.case_of(received.ref)


def row(ref: str) -> models.Case:
    return models.Case.objects.get(ref=ref)


def counts(ref: str) -> tuple[int, int, int, int]:
    one = row(ref)
    return one.report_count, one.target_count, one.independent, one.copies


def pair() -> tuple[str, str]:
    """Open two cases that have a report in common, with targets that nobody could read among them."""
    one = case("https://un.example/a", "un type au parc", reports=3)
    two = case("https://deux.example/b", reports=2, start=10, category=Category.HATE)
    house.receive("https://un.example/a", "https://deux.example/b", comment=words(20))
    house.work()
    return one, two


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def linked() -> tuple[str, str]:
    """Open two cases that a clue proposes to link: the same wallet is named in both."""
    one = case("https://un.example/a", "https://un-autre.example/z", comment=f"{words(1)} {WALLET}")
    two = case("https://deux.example/b", WALLET, start=3)
    assert one != two
    (link,) = models.CaseLink.objects.all()
    assert link.state == LinkState.PROPOSED
    return one, two


# --- merge


def test_a_merge_takes_everything_along_and_loses_nothing() -> None:
    one, two = pair()
    reports, events, entries = models.Report.objects.count(), models.Event.objects.count(), Entry.objects.count()
    links.merge(house.ALICE, two, one, grounds=WHY)
    assert counts(one) == (6, 2, 6, 1)
    assert row(one).unread_count == 3
    assert models.CaseReport.objects.filter(case__ref=one).count() == 6
    assert [place.position for place in row(one).targets.order_by("position")] == [1, 2]
    assert (row(two).state, row(two).merged_into) == ("merged", row(one))
    assert not models.CaseMark.objects.filter(case__ref=two).exists()
    assert models.Report.objects.count() == reports
    assert (models.Event.objects.count(), Entry.objects.count()) == (events + 2, entries + 2)
    assert "case.merged" in house.events(one)
    assert "case.merged" in house.events(two)


def test_a_merge_and_its_undo_leave_every_row_as_it_was() -> None:
    one, two = pair()
    before = everything()
    move = links.merge(house.ALICE, two, one, grounds=WHY)
    assert everything() != before
    assert links.undo(house.BRUNO, move, grounds="Ce n’est pas la même personne.") == ()
    assert everything() == before
    told = models.Move.objects.get(ref=move)
    assert (told.by, told.undone_by) == (house.ALICE.id, house.BRUNO.id)


def test_what_is_counted_again_is_what_grew_report_by_report() -> None:
    """A merge makes counts, marks and voices anew: they must be those that joining one case would have given."""
    one, two = case("https://un.example/a", reports=3), case("https://deux.example/b", reports=3, start=2)
    links.merge(house.ALICE, two, one, grounds=WHY)
    merged = row(one)
    marks = sorted(merged.marks.values_list("kind", "key", "own", "times"))
    tallies = sorted(merged.tallies.values_list("category", "standing", "times"))
    assert sum(merged.hours.values_list("times", flat=True)) == 6
    assert merged.independent == 5  # the third report of the one and the first of the other come from one source
    last = house.receive("https://un.example/a", comment=words(0), identity=Identity(ip="192.0.2.4"))
    house.work()
    assert house.case_of(last.ref) == one
    merged.refresh_from_db()
    assert merged.independent == 4  # it says what the first said, and comes from where the last came
    assert merged.copies == 2
    grown = {one[:2]: one[2] for one in merged.marks.values_list("kind", "key", "times")}
    assert all(grown[kind, key] >= times for kind, key, _, times in marks)
    assert sum(times for *_, times in merged.tallies.values_list("category", "times")) == 7
    assert sum(times for *_, times in tallies) == 6


def test_what_joined_since_stays_and_is_said() -> None:
    one, two = case("https://un.example/a"), case("https://deux.example/b")
    move = links.merge(house.ALICE, two, one, grounds=WHY)
    late = house.receive("https://un.example/a", "https://trois.example/c", comment=words(30))
    both = house.receive("https://deux.example/b", comment=words(31))
    house.work()
    (said,) = links.undo(house.ALICE, move, grounds="Erreur de ma part.")
    assert said.code == "link.stayed"
    assert house.case_of(late.ref) == one
    assert counts(one)[:2] == (3, 2)
    standing = {link.case.ref for link in models.CaseReport.objects.filter(report__ref=both.ref)}
    assert standing == {one, two}  # it joined the whole, and names what went back
    assert counts(two)[:2] == (2, 1)


def test_moves_are_undone_in_the_reverse_of_their_order() -> None:
    one, two, three = (case(f"https://{name}.example/") for name in ("un", "deux", "trois"))
    before = everything()
    first = links.merge(house.ALICE, two, one, grounds=WHY)
    second = links.merge(house.ALICE, one, three, grounds=WHY)
    with pytest.raises(Refused) as refused:
        links.undo(house.ALICE, first, grounds=WHY)
    assert "judge.later" in codes(refused)
    links.undo(house.ALICE, second, grounds=WHY)
    links.undo(house.ALICE, first, grounds=WHY)
    assert everything() == before
    with pytest.raises(Refused) as refused:
        links.undo(house.ALICE, first, grounds=WHY)
    assert "judge.undone" in codes(refused)


def test_a_case_with_an_opinion_is_not_merged_away_and_a_decided_one_takes_nothing_in() -> None:
    one, two = case("https://un.example/a"), case("https://deux.example/b")
    house.judge(house.ALICE, one)
    with pytest.raises(Refused) as refused:
        links.merge(house.BRUNO, one, two, grounds=WHY)
    assert codes(refused) == ["judge.not-waiting"]
    house.judge(house.BRUNO, one)
    with pytest.raises(Refused) as refused:
        links.merge(house.BRUNO, two, one, grounds=WHY)
    assert codes(refused) == ["judge.not-open"]
    with pytest.raises(Refused) as refused:
        links.split(house.BRUNO, one, ["C1"], grounds=WHY)
    assert "judge.not-open" in codes(refused)


def test_a_case_that_somebody_else_works_on_is_not_taken_from_under_them() -> None:
    one, two = case("https://un.example/a"), case("https://deux.example/b")
    assess.take_case(house.BRUNO, two)
    with pytest.raises(Refused) as refused:
        links.merge(house.ALICE, two, one, grounds=WHY)
    assert codes(refused) == ["case.taken"]
    links.merge(house.BRUNO, two, one, grounds=WHY)
    assert row(two).taken_by == ""


# --- split


def test_a_split_takes_targets_with_their_reports_and_its_undo_brings_them_back() -> None:
    received = house.receive("https://un.example/a", "https://deux.example/b", "https://trois.example/c")
    house.work()
    one = house.case_of(received.ref)
    only = case("https://deux.example/b", reports=2, start=5)
    assert only == one
    before = everything()
    part, move = links.split(house.ALICE, one, ["C2"], grounds="Autre chose.")
    assert counts(part)[:2] == (3, 1)
    assert counts(one)[:2] == (1, 2)
    assert row(part).opened_at == row(one).opened_at
    assert [place.position for place in row(one).targets.order_by("position")] == [1, 3]
    assert [place.position for place in row(part).targets.all()] == [1]
    links.undo(house.ALICE, move, grounds="Finalement, si.")
    after = everything()
    for table in ("CaseTarget", "CaseMark", "CaseTally", "CaseHour", "CrowdNode"):
        assert after[table] == before[table], table
    assert [one for one in after["Case"] if one[0] != part] == before["Case"]
    assert row(part).state == "merged"
    kept = {one[0]: one for one in after["CaseReport"]}
    assert all(kept[one[0]] == one for one in before["CaseReport"])


def test_a_number_is_never_given_twice() -> None:
    """C3 in an old reason or ledger entry must not be another thing today."""
    received = house.receive("https://un.example/a", "https://deux.example/b", "https://trois.example/c")
    house.work()
    one = house.case_of(received.ref)
    links.split(house.ALICE, one, ["C3"], grounds="Autre chose.")
    house.receive("https://un.example/a", "https://quatre.example/d")
    house.work()
    assert [place.position for place in row(one).targets.order_by("position")] == [1, 2, 4]


def test_something_and_not_everything_is_split_off() -> None:
    one = case("https://un.example/a", "https://deux.example/b")
    for items, why in (
        ([], "judge.nothing-chosen"),
        (["C1", "C2"], "judge.everything-chosen"),
        (["C7"], "judge.not-here"),
    ):
        with pytest.raises(Refused) as refused:
            links.split(house.ALICE, one, items, grounds=WHY)
        assert codes(refused) == [why]


def test_parts_are_different_and_so_is_each_from_what_the_whole_was_different_from() -> None:
    one, other = linked()
    (link,) = models.CaseLink.objects.all()
    links.judge(house.ALICE, link.ref, LinkState.DIFFERENT, grounds=WHY)
    part, _ = links.split(house.ALICE, one, ["C2"], grounds="Autre chose.")
    for pair in ((part, one), (part, other)):
        with pytest.raises(Refused) as refused:
            links.merge(house.ALICE, *pair, grounds=WHY)
        assert codes(refused) == ["judge.different"]
