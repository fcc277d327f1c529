"""What the guard knows of a house: names by their marks, what each is known for, and keys that change."""

from __future__ import annotations

import dataclasses
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
import tink
from django.db import connection, transaction
from tests import house
from tink import json_proto_keyset_format, secret_key_access

from fanal.actions import guard, harmonise
from fanal.core.case import Outcome
from fanal.core.guard.draft import Form, plain
from fanal.core.guard.review import Standing
from fanal.queries import guard as known_here
from fanal.queries import world
from fanal.store.models import Case, Dispatch, GuardName, Item, Report, Target
from fanal.wire import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

    from fanal.core.guard.review import Review

pytestmark = pytest.mark.django_db

HANDLE = "lanterne_bleue7"
THANKS = (
    "Merci à toutes celles et ceux qui nous ont écrit cette semaine : le compte @{} a été signalé, et nous l’examinons."
)


def known(handle: str = HANDLE) -> str:
    """Report an account and let the house learn its names; give the report."""
    received = house.receive(f"https://x.com/{handle}")
    house.work()
    return received.ref


def look(text: str = THANKS.format(HANDLE)) -> Review:
    return known_here.look(plain(text), language="fr")


# What a name is known for


def test_what_was_reported_is_found_and_what_was_not_is_not() -> None:
    known()
    found = look()
    assert [one.standing for one in found.findings] == [Standing.REPORTED]
    assert HANDLE not in found.safe
    assert look(THANKS.format("lanterne_rouge8")).clean


def test_a_report_that_is_harmonised_twice_is_learnt_once() -> None:
    ref = known()
    before = sorted(GuardName.objects.values_list("mark", "target", "role"))
    assert before
    guard.learn(ref)
    known()
    assert sorted(GuardName.objects.values_list("mark", "target", "role")) == before


@pytest.mark.parametrize(
    ("outcome", "removed", "standing"),
    [
        (Outcome.ILLEGAL, False, Standing.ILLEGAL),
        (Outcome.ILLEGAL, True, Standing.GONE),
        (Outcome.NOT_ILLEGAL, False, Standing.CLEARED),
        (Outcome.OUT_OF_REMIT, False, Standing.REPORTED),
    ],
)
def test_a_finding_says_how_its_case_stands(outcome: Outcome, *, removed: bool, standing: Standing) -> None:
    ref = house.case_of(known())
    house.judge(house.ALICE, ref, outcome)
    assert [one.standing for one in look().findings] == [Standing.REPORTED]  # one opinion decides nothing
    house.judge(house.BRUNO, ref, outcome)
    house.work()
    if removed:
        Dispatch.objects.filter(case__ref=ref).update(answer="removed")
    assert [one.standing for one in look().findings] == [standing]


def test_what_came_back_is_live_again_whatever_was_answered_before() -> None:
    ref = house.case_of(known())
    house.judge(house.ALICE, ref)
    house.judge(house.BRUNO, ref)
    house.work()
    Dispatch.objects.filter(case__ref=ref).update(answer="removed")
    Case.objects.filter(ref=ref).update(round=2, state="illegal")
    assert [one.standing for one in look().findings] == [Standing.ILLEGAL]
    Case.objects.filter(ref=ref).update(state="waiting")
    assert [one.standing for one in look().findings] == [Standing.REPORTED]


def test_a_target_in_no_case_yet_and_one_whose_report_was_erased_are_found() -> None:
    received = house.receive(f"https://x.com/{HANDLE}")
    harmonise.report(received.ref)
    guard.learn(received.ref)
    assert [one.standing for one in look().findings] == [Standing.REPORTED]
    house.work()
    Item.objects.update(typed=b"")
    Report.objects.update(body=b"", erased_at=world.current().now())
    assert not look().clean


# The names of a house, and its keys


def test_a_house_that_was_there_before_is_learnt_by_a_job(as_role: house.Acting) -> None:
    known()
    GuardName.objects.all().delete()
    Target.objects.update(named=None)
    assert look().clean
    with as_role("fanal_worker"):
        assert guard.keep() == Target.objects.count()
        assert guard.keep() == 0
    assert not look().clean


def test_names_are_found_while_keys_change_and_forgotten_with_their_key(settings: Settings) -> None:
    old = keys.new_index()
    new = keys.new_index()
    here = world.current()

    def live(*sets: tink.KeysetHandle) -> None:
        ring = keys.Keyring(index=_joined(*sets))
        mixed = keys.Keyring()
        mixed.__dict__.update({**here.keys.__dict__, "_index": ring.__dict__["_index"]})
        settings.FANAL_WORLD = lambda: dataclasses.replace(here, keys=mixed)

    live(old)
    known()
    before = GuardName.objects.count()
    live(old, new)
    assert not look().clean
    assert guard.keep() == Target.objects.count()
    assert GuardName.objects.count() == 2 * before
    assert not look().clean
    live(new)
    assert guard.keep() == 0
    assert GuardName.objects.count() == before
    assert not look().clean
    live(keys.new_index())
    assert look().clean


def _joined(*sets: tink.KeysetHandle) -> tink.KeysetHandle:
    """Give the keys of all sets as one; the last set's is primary."""
    told = [json.loads(json_proto_keyset_format.serialize(one, secret_key_access.TOKEN)) for one in sets]
    every = {"primaryKeyId": told[-1]["primaryKeyId"], "key": [key for one in told for key in one["key"]]}
    return json_proto_keyset_format.parse(json.dumps(every), secret_key_access.TOKEN)


def test_a_dump_of_the_tables_holds_no_name_and_no_word_of_a_draft() -> None:
    known()
    guard.check(house.PAUL, THANKS.format(HANDLE).encode(), form=Form.TEXT)
    with connection.cursor() as cursor:
        for table in ("store_guardname", "store_guardasking", "store_target", "store_event", "store_eventbody"):
            cursor.execute(f"SELECT string_agg(row::text, ' ') FROM {table} AS row")
            dump = cursor.fetchone()[0]
            assert dump
            for word in (HANDLE, HANDLE.encode().hex(), "Merci", b"Merci".hex(), "examinons", b"examinons".hex()):
                assert word not in dump, table


def test_a_name_goes_with_its_target() -> None:
    known()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_item")
        for table in ("casemark", "casetarget"):
            cursor.execute(f"DELETE FROM store_{table}")
        cursor.execute("DELETE FROM store_target")
    assert not GuardName.objects.exists()
    assert look().clean


# Processes side by side


def test_what_another_process_learns_is_found_at_once_and_read_once(db: None) -> None:
    known()
    other = known_here.Names(known_here.keys(world.current().keys))
    (index,) = other.fresh()
    first = len(index)
    known("autre_compte_9")
    (again,) = other.fresh()
    assert again is index
    assert len(index) > first
    assert other.fresh() == (index,)
    assert look(THANKS.format("autre_compte_9")).findings


def test_a_table_that_begins_anew_is_read_anew() -> None:
    known()
    other = known_here.Names(known_here.keys(world.current().keys))
    other.fresh()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE store_guardname RESTART IDENTITY")
        cursor.execute("UPDATE store_target SET named = NULL")
    known("autre_compte_9")
    guard.keep()
    (index,) = other.fresh()
    assert len(index) == GuardName.objects.values("mark").distinct().count()


@pytest.mark.django_db(transaction=True)
def test_names_are_committed_in_the_order_of_their_ids() -> None:
    """A writer whose transaction lasts keeps others waiting: a reader that goes on from the last id misses none."""
    refs = [house.receive(f"https://x.com/{name}").ref for name in ("premier_compte1", "second_compte2")]
    for ref in refs:
        harmonise.report(ref)
    other = known_here.Names(known_here.keys(world.current().keys))
    with writing(refs[0], refs[1]):
        seen = len(other.fresh()[0])
    assert seen == 0  # whoever came second waits: else its ids, the greater ones, would stand there first
    assert len(other.fresh()[0]) == GuardName.objects.values("mark").distinct().count() > 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_meet_on_one_report_learn_it_once() -> None:
    ref = house.receive(f"https://x.com/{HANDLE}").ref
    harmonise.report(ref)
    with writing(ref, ref):
        pass
    assert GuardName.objects.count() == GuardName.objects.values("mark", "target", "role").distinct().count() > 0


@contextmanager
def writing(first: str, second: str) -> Iterator[None]:
    """Let a worker learn one report and wait before it commits, and another begin in the meantime."""
    held, go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            guard.learn(first)
            held.set()
            go.wait(10)
        connection.close()

    def quick() -> None:
        try:
            guard.learn(second)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        works = [pool.submit(slow)]
        assert held.wait(10)
        works.append(pool.submit(quick))
        with suppress(TimeoutError):
            works[1].result(0.3)
        yield
        go.set()
        for one in works:
            one.result(10)


@pytest.mark.django_db(transaction=True)
def test_many_ask_while_names_are_learnt() -> None:
    known()
    found: list[int] = []

    def ask() -> None:
        found.extend(len(look().findings) for _ in range(5))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for one in threads:
        one.start()
    for number in range(5):
        known(f"compte_de_plus{number}"[:15])
    for one in threads:
        one.join(30)
    assert found == [1] * 15
