"""A reported fingerprint is compared at once with lists and with what was reported before: leads, never decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.house import ALICE, BRUNO, CHLOE, DRISS, case_of, events, judge, receive, work

from fanal.actions import bank as acts
from fanal.actions import fingerprints
from fanal.core.bank import OWN_LIST, Opinion
from fanal.core.case import Outcome
from fanal.core.errors import NotAllowed, NotFound, Refused
from fanal.core.lifecycle import BankState
from fanal.core.report import Category
from fanal.matching import lists
from fanal.matching.lists import Card, Entry, HashList
from fanal.queries import fingerprints as asked
from fanal.queries import inbox, world
from fanal.store import models

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def pdq(*flipped: int, seed: int = 0x5A) -> str:
    bits = int.from_bytes(bytes([seed]) * 32, "big")
    for one in flipped:
        bits ^= 1 << one
    return f"pdq:{bits.to_bytes(32, 'big').hex()}:90"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper) -> Path:
    """A folder of lists of this test's own, and a memory of what was reported that is its own too."""
    from dataclasses import replace

    here = replace(world.current(), lists_folder=str(tmp_path))
    settings.FANAL_WORLD = lambda: here
    monkeypatch.setattr(asked, "REPORTED", asked.Reported())
    return tmp_path


def bring(folder: Path, name: str, *entries: Entry, **card: object) -> None:
    made = Card(name=name, source="Desk of nowhere", licence="for trying", classification="A1", **card)  # type: ignore[arg-type]
    lists.update(folder / name, made, entries, whole=True, at="t")


def value(written: str) -> bytes:
    return bytes.fromhex(written.split(":")[1])


def reported(*typed: str, **changes: object) -> str:
    received = receive(*typed, **changes)
    work()
    return case_of(received.ref)


def test_a_match_is_kept_with_its_list_and_words_and_never_decides(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"), category="child-sexual")
    ref = reported(pdq(1, 2, 3), category=Category.OTHER)
    row = models.HashMatch.objects.get()
    assert (row.origin, row.ref, row.distance, row.negative) == ("known", "n7", 3, False)
    assert [why["code"] for why in row.reasons] == ["match.recoded"]
    case = models.Case.objects.get(ref=ref)
    assert (case.state, case.outcome, case.grade) == ("waiting", "", 3)
    assert "rank.listed-grave" in {why["code"] for why in case.reasons}
    assert models.Event.objects.filter(name="hash.matched").count() == 1
    fingerprints.report(models.Report.objects.get().ref)  # a job may run twice
    assert models.HashMatch.objects.count() == 1
    assert models.Event.objects.filter(name="hash.matched").count() == 1


def test_a_reference_that_is_itself_a_fingerprint_is_kept_keyed(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="ab" * 16))
    reported(pdq())
    row = models.HashMatch.objects.get()
    assert row.ref.startswith("~")
    assert "ab" * 16 not in row.ref


def test_a_list_of_what_is_harmless_neither_ranks_nor_ties(shelf: Path) -> None:
    bring(shelf, "harmless", Entry("pdq", value(pdq())), negative=True, category="child-sexual")
    first, second = reported(pdq(1), category=Category.OTHER), reported(pdq(*range(40, 71)), category=Category.OTHER)
    assert models.HashMatch.objects.filter(origin="harmless", negative=True).count() == 2
    assert {models.Case.objects.get(ref=one).grade for one in (first, second)} == {5}


def test_two_copies_that_match_one_entry_or_each_other_join_one_case(shelf: Path) -> None:
    assert reported(pdq(1)) == reported(pdq(2))  # no list at all: near each other
    one, other = pdq(*range(30), seed=0x33), pdq(*range(30, 60), seed=0x33)  # sixty bits apart
    first = reported(one)
    assert first != reported(pdq(*range(30, 62), seed=0x33))
    bring(shelf, "known", Entry("pdq", value(pdq(seed=0x33)), ref="n7"))
    assert fingerprints.again() == 1
    assert fingerprints.again() == 0
    assert reported(other) == first


def test_an_equal_file_is_one_target_and_another_file_is_another_case() -> None:
    assert reported("sha256:" + "ab" * 32) == reported("SHA-256 = " + "AB" * 32)
    assert reported("sha256:" + "cd" * 32) != reported("sha256:" + "ab" * 32)


def test_a_mirrored_copy_is_found_by_the_bits_alone(shelf: Path) -> None:
    from fanal.matching import turns

    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"))
    mirrored = turns.of(value(pdq()))[0].hex()
    reported(f"pdq:{mirrored}:90")
    row = models.HashMatch.objects.get()
    assert (row.distance, row.orientation) == (0, 1)
    assert "match.turned" in {why["code"] for why in row.reasons}


def test_a_flat_picture_is_looked_up_nowhere(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq())))
    reported(pdq().replace(":90", ":49"))
    assert not models.HashMatch.objects.exists()


def test_an_entry_that_is_found_too_often_is_set_aside(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"), category="child-sexual", flood=2)
    refs = [reported(pdq(*range(n * 7, n * 7 + 7)), category=Category.OTHER) for n in range(4)]
    rows = models.HashMatch.objects.filter(origin="known").order_by("at")
    assert [row.aside for row in rows] == [False, False, True, True]
    assert "match.flooded" in {why["code"] for why in rows[3].reasons}
    assert len(set(refs)) == 1  # they are near each other all the same


def test_a_damaged_list_stops_nothing(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"))
    (shelf / "broken").mkdir()
    (shelf / "broken" / "list.toml").write_text("version = [")
    reported(pdq())
    assert models.HashMatch.objects.count() == 1


def test_the_rank_of_a_match_stays_under_a_child_in_danger(shelf: Path) -> None:
    bring(shelf, "known", Entry("pdq", value(pdq()), ref="n7"), category="child-sexual")
    matched = reported(pdq(), category=Category.OTHER)
    danger = reported("https://video.example/w/9", category=Category.CHILD_SEXUAL, danger_now=True, minor=True)
    assert [row.ref for row in inbox.waiting(ALICE).rows][:2] == [danger, matched]


class TestBank:
    def illegal(self, *typed: str) -> str:
        ref = reported(*typed)
        judge(ALICE, ref)
        judge(BRUNO, ref)
        work()
        return ref

    def test_two_people_publish_and_it_is_matched_at_once(self, shelf: Path) -> None:
        ref = self.illegal(pdq())
        entry = acts.propose(ALICE, ref, "C1", grounds="Vu par deux personnes.")
        with pytest.raises(Refused, match=r"bank\.same-person"):
            acts.publish(ALICE, entry)
        with pytest.raises(Refused, match=r"bank\.not-seen"):
            acts.publish(CHLOE, entry)
        assert not (shelf / OWN_LIST).exists()
        acts.publish(BRUNO, entry)
        work()
        reported(pdq(*range(9)), category=Category.OTHER)
        row = models.HashMatch.objects.get(origin=OWN_LIST)
        assert (row.ref, row.distance) == (entry, 9)

    def test_our_own_list_ranks_by_its_cases_and_comes_back_where_it_is_missing(self, shelf: Path) -> None:
        import shutil

        ref = self.illegal(pdq())
        acts.publish(BRUNO, acts.propose(ALICE, ref, "C1", grounds="Vu."))
        work()
        shutil.rmtree(shelf / OWN_LIST)
        acts.keep()
        reported(pdq(*range(9)), category=Category.OTHER)
        assert models.HashMatch.objects.get(origin=OWN_LIST).category == Category.THREATS

    def test_a_withdrawal_travels_as_a_tombstone(self, shelf: Path) -> None:
        ref = self.illegal(pdq())
        entry = acts.propose(ALICE, ref, "C1", grounds="Vu.")
        acts.publish(BRUNO, entry)
        work()
        with pytest.raises(Refused, match=r"bank\.no-grounds"):
            acts.withdraw(CHLOE, entry, grounds=" ")
        acts.withdraw(CHLOE, entry, grounds="Ce n’était pas cela.")
        work()
        opened = HashList.open(shelf / OWN_LIST)
        assert [(one.ref, one.withdrawn) for one in opened.entries()] == [(entry, True)]
        reported(pdq(*range(9)))
        assert not models.HashMatch.objects.filter(origin=OWN_LIST).exists()
        again = acts.propose(ALICE, ref, "C1", grounds="Vérifié de nouveau.")
        assert again == entry
        assert models.BankEntry.objects.get().state == BankState.PROPOSED

    def test_what_may_not_be_put_forward(self) -> None:
        waiting = reported(pdq(seed=0x11))
        with pytest.raises(Refused, match=r"bank\.not-illegal"):
            acts.propose(ALICE, waiting, "C1", grounds="Vu.")
        page = self.illegal("https://video.example/w/1")
        with pytest.raises(Refused, match=r"bank\.not-a-fingerprint"):
            acts.propose(ALICE, page, "C1", grounds="Vu.")
        with pytest.raises(NotFound):
            acts.propose(ALICE, page, "C9", grounds="Vu.")
        with pytest.raises(NotAllowed):
            acts.propose(DRISS, page, "C1", grounds="Vu.")
        ref = self.illegal(pdq())
        acts.propose(ALICE, ref, "C1", grounds="Vu.")
        with pytest.raises(Refused, match=r"bank\.known"):
            acts.propose(BRUNO, ref, "C1", grounds="Vu.")
        refused = models.BankEntry.objects.get()
        acts.refuse(BRUNO, refused.ref)
        assert models.BankEntry.objects.get().state == BankState.REFUSED

    def test_the_database_itself_wants_two_people(self) -> None:
        ref = self.illegal(pdq())
        acts.propose(ALICE, ref, "C1", grounds="Vu.")
        with pytest.raises(IntegrityError), transaction.atomic():
            models.BankEntry.objects.update(decided_by=ALICE.id)

    def test_an_opinion_is_counted_and_can_be_changed(self, shelf: Path) -> None:
        ref = self.illegal(pdq())
        entry = acts.propose(ALICE, ref, "C1", grounds="Vu.")
        acts.opine(BRUNO, ref, "C1", opinion=Opinion.SEEN)
        acts.opine(BRUNO, ref, "C1", opinion=Opinion.DISPUTED, grounds="Autre chose.")
        acts.opine(CHLOE, ref, "C1", opinion=Opinion.SEEN)
        acts.publish(BRUNO, entry)
        work()
        said = next(HashList.open(shelf / OWN_LIST).entries()).opinions
        assert (said.seen, said.disputed, said.false_positive) == (1, 1, 0)
        assert events(ref).count("hash.judged") == 3

    def test_nothing_of_a_fingerprint_stands_in_the_tables_or_events(self) -> None:
        ref = self.illegal(pdq())
        acts.publish(BRUNO, acts.propose(ALICE, ref, "C1", grounds="Secret d’essai"))
        digits = value(pdq()).hex()
        from django.apps import apps

        for model in apps.get_app_config("store").get_models():
            for row in model.objects.all().values():
                told = repr({name: bytes(one) if isinstance(one, memoryview) else one for name, one in row.items()})
                assert digits not in told
                assert digits[:16] not in told
                assert "Secret" not in told
        assert models.Case.objects.get(ref=ref).outcome == Outcome.ILLEGAL
