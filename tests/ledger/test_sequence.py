"""The ledger on a real PostgreSQL: many writers, one sequencer, every committed entry exactly once."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fanal.core.errors import Broken, Refused
from fanal.core.ledger import audit, checkpoint, entry, note, proof, tree
from fanal.ledger import append, export, places, receipt, run, sequence
from fanal.ledger.models import Checkpoint, Entry, Leaf, Node, Pending
from fanal.wire import clock, notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "ledger.fanal.example/essai"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    notes.new(NAME, private=folder / "ledger.key", public=folder / "ledger.vkey")
    return folder


@pytest.fixture
def signer(keys: Path) -> note.Signer:
    return notes.read_signer(keys / "ledger.key")


@contextlib.contextmanager
def role(name: str) -> Iterator[None]:
    """Have the rights of one role only."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def some(count: int = 1) -> list[append.NewEntry]:
    return [
        append.NewEntry(
            id=clock.new_id(), event_id=clock.new_id(), event="report.received", at=clock.now(), commitment=bytes(32)
        )
        for _ in range(count)
    ]


def integrate(signer: note.Signer, most: int = sequence.MOST) -> int:
    return sequence.integrate(sign=signer, origin=NAME, now=clock.now, most=most)


def whole(folder: Path, key: note.Key, against: checkpoint.Checkpoint | None = None) -> audit.Audit:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return audit.audit(
        names=names, read=lambda name: (folder / name).read_bytes(), key=key, check=notes.check, against=against
    )


class Undone(Exception):
    """Roll back."""


def write(number: int, kept: list[UUID], undone: list[UUID]) -> None:
    """Do 30 acts of one to four entries; take back every third."""
    for turn in range(30):
        rows = some(turn % 4 + 1)
        taken_back = (number + turn) % 3 == 0
        with contextlib.suppress(Undone), transaction.atomic():
            append.append(*rows)
            if taken_back:
                raise Undone
        (undone if taken_back else kept).extend(row.event_id for row in rows)


def at_once(*tasks: Callable[[], object]) -> None:
    """Run the tasks in threads, each with its own connection; raise what any of them raised."""

    def alone(task: Callable[[], object]) -> None:
        try:
            task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        for one in [pool.submit(alone, task) for task in tasks]:
            one.result(timeout=60)


def test_many_writers_lose_nothing_and_leave_nothing_of_what_was_rolled_back(
    signer: note.Signer, tmp_path: Path
) -> None:
    kept: list[UUID] = []
    undone: list[UUID] = []

    def sequencer() -> None:
        for _ in range(60):
            integrate(signer, most=17)

    at_once(*[partial(write, number, kept, undone) for number in range(5)], sequencer, sequencer)
    while integrate(signer):
        pass

    assert (len(kept), len(undone)) == (242, 123)
    ids = Leaf.objects.order_by("index").values_list("entry_id", flat=True)
    in_tree = [entry.decode(bytes(Entry.objects.get(id=one).leaf)).event_id for one in ids]
    assert sorted(in_tree) == sorted(kept)
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(len(kept)))
    assert not Pending.objects.exists()
    export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert whole(tmp_path / "log", signer.key).flaws == ()
    for event_id in (kept[0], kept[-1]):
        read = proof.decode(receipt.proof_for(event_id) or b"")
        proof.verify(read, signer.key, check=notes.check)
        assert entry.decode(read.extra).event_id == event_id
    for event_id in undone[:3]:
        assert receipt.proof_for(event_id) is None


def test_one_sequencer_waits_for_the_other(signer: note.Signer) -> None:
    append.append(*some(3))
    with ThreadPoolExecutor(1) as pool:

        def alone() -> int:
            try:
                return integrate(signer)
            finally:
                connection.close()

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sequence.LOCK])
            second = pool.submit(alone)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
        assert second.result(timeout=30) == 3


def test_an_entry_that_commits_after_a_later_one_still_enters(signer: note.Signer) -> None:
    early, late = some(2)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                append.append(early)
                begun.set()
                go_on.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    append.append(late)
    assert integrate(signer) == 1
    go_on.set()
    thread.join()
    assert integrate(signer) == 1
    assert list(Leaf.objects.order_by("index").values_list("entry_id", flat=True)) == [late.id, early.id]


def test_an_empty_ledger_is_signed_once(signer: note.Signer, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert integrate(signer) == integrate(signer) == 0
    assert [one.size for one in Checkpoint.objects.all()] == [0]
    export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert whole(tmp_path / "log", signer.key).flaws == ()
    append.append(*some(2))
    assert receipt.proof_for(clock.new_id()) is None
    assert integrate(signer) == 2


def test_an_event_enters_once(signer: note.Signer) -> None:
    one = some()[0]
    append.append(one)
    twin = append.NewEntry(
        id=clock.new_id(), event_id=one.event_id, event=one.event, at=one.at, commitment=one.commitment
    )
    with pytest.raises(IntegrityError):
        append.append(twin)
    append.append()
    assert integrate(signer) == 1
    assert receipt.proof_for(twin.event_id) is not None


def test_each_export_extends_the_one_before(signer: note.Signer, tmp_path: Path) -> None:
    earlier: checkpoint.Checkpoint | None = None
    for count in (1, 254, 1, 1, 300):
        append.append(*some(count))
        integrate(signer)
        export.write(tmp_path / "log", vkey=note.vkey(signer.key))
        found = whole(tmp_path / "log", signer.key, earlier)
        assert found.flaws == ()
        assert found.checkpoint is not None
        earlier = found.checkpoint
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "log").rglob("*")}
    export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "log").rglob("*")} == before
    (tmp_path / "log" / "tile" / "0" / "000").write_bytes(b"damaged")
    export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert whole(tmp_path / "log", signer.key).flaws == ()


def test_an_export_never_touches_another_log_or_a_later_state(signer: note.Signer, keys: Path, tmp_path: Path) -> None:
    append.append(*some(3))
    integrate(signer)
    other = notes.new(NAME, private=keys / f"{clock.new_id()}", public=keys / "other.vkey")
    folder = tmp_path / "log"
    export.write(folder, vkey=note.vkey(signer.key))
    with pytest.raises(Refused):
        export.write(folder, vkey=note.vkey(other))
    later = checkpoint.sign(checkpoint.Checkpoint(NAME, 4, tree.EMPTY), signer)
    for kept in (later, "not a checkpoint"):
        (folder / "checkpoint").write_text(kept)
        with pytest.raises(Refused):
            export.write(folder, vkey=note.vkey(signer.key))
        assert (folder / "checkpoint").read_text() == kept


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint"])
def test_the_past_cannot_be_changed_even_by_the_owner(signer: note.Signer, table: str) -> None:
    append.append(*some(2))
    integrate(signer)
    for change in (
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"UPDATE {table} SET {column(table)} = DEFAULT",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            role("fanal_owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    assert (Entry.objects.count(), Leaf.objects.count(), Node.objects.count()) == (2, 2, 1)


def column(table: str) -> str:
    return {"ledger_entry": "at", "ledger_leaf": "hash", "ledger_node": "hash", "ledger_checkpoint": "note"}[table]


@pytest.mark.parametrize("writer", ["fanal_portal", "fanal_api", "fanal_desk", "fanal_worker"])
def test_a_writer_may_add_entries_and_touch_neither_tree_nor_queue(signer: note.Signer, writer: str) -> None:
    with role(writer):
        append.append(*some(2))
    for statement in (
        "DELETE FROM ledger_pending",
        "INSERT INTO ledger_pending VALUES (gen_random_uuid())",
        "INSERT INTO ledger_checkpoint VALUES (9, '', '', now())",
        "INSERT INTO ledger_leaf VALUES (9, gen_random_uuid(), '')",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            role(writer),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    for model in (Pending,) if writer in ("fanal_portal", "fanal_api") else ():
        with pytest.raises(DatabaseError, match="permission denied"), role(writer), transaction.atomic():
            model.objects.count()
    with role("fanal_sequencer"):
        assert integrate(signer) == 2
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            append.append(*some())


@pytest.mark.parametrize("reader", ["fanal_sequencer", "fanal_worker", "fanal_desk"])
def test_who_may_read_the_tree_can_give_a_receipt_and_an_export(
    signer: note.Signer, reader: str, tmp_path: Path
) -> None:
    one = some()[0]
    append.append(one)
    integrate(signer)
    with role(reader):
        assert receipt.proof_for(one.event_id) is not None
        export.write(tmp_path / "log", vkey=note.vkey(signer.key))
    assert whole(tmp_path / "log", signer.key).flaws == ()


def test_a_tree_that_was_tampered_with_is_not_signed_again(signer: note.Signer) -> None:
    append.append(*some(5))
    integrate(signer)
    with connection.cursor() as cursor:  # what only a superuser can do
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE ledger_node SET hash = %s WHERE level = 2", [bytes(32)])
        cursor.execute("SET session_replication_role = DEFAULT")
    append.append(*some(1))
    with pytest.raises(Broken) as failure:
        integrate(signer)
    assert failure.value.reason.code == "ledger.changed"
    assert Checkpoint.objects.count() == 1
    assert Pending.objects.count() == 1


def test_a_key_of_another_name_signs_nothing(signer: note.Signer, keys: Path) -> None:
    append.append(*some(5))
    integrate(signer)
    append.append(*some(1))
    private = keys / f"{clock.new_id()}"
    notes.new("other.example/log", private=private, public=keys / "other.vkey")
    with pytest.raises(Broken):
        sequence.integrate(sign=notes.read_signer(private), origin="other.example/log", now=clock.now)


def test_reads_for_a_proof_are_few_whatever_the_size(signer: note.Signer, django_assert_max_num_queries) -> None:
    rows = some(1500)
    append.append(*rows)
    integrate(signer)
    with django_assert_max_num_queries(5):
        assert receipt.proof_for(rows[700].event_id)
    assert places.size() == 1500


def test_the_loop_waits_for_a_database_that_went_away(signer: note.Signer, keys: Path, settings: object) -> None:
    settings.FANAL_LEDGER_KEY = str(keys / "ledger.key")
    stop = threading.Event()
    failures: list[BaseException] = []

    def loop() -> None:
        try:
            run.forever(stop, every=0.05)
        except BaseException as failure:  # noqa: BLE001 - told by the main thread
            failures.append(failure)

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        first, second = some(2)
        append.append(first)
        assert _in_time(lambda: receipt.proof_for(first.event_id))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        append.append(second)
        assert _in_time(lambda: receipt.proof_for(second.event_id))
    finally:
        stop.set()
        thread.join(10)
    assert failures == []
    assert not thread.is_alive()


def _in_time(ask) -> bool:
    for _ in range(200):
        if ask():
            return True
        threading.Event().wait(0.05)
    return False


def test_the_time_of_a_checkpoint_is_kept(signer: note.Signer) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    append.append(*some(1))
    sequence.integrate(sign=signer, origin=NAME, now=lambda: at)
    assert Checkpoint.objects.get(size=1).at == at
