"""Independent voices are counted without keeping who they are; once a source's days are over, nothing tells of it."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import house
from tests.actions.test_links import WHY, case, everything, words

from fanal.actions import anew, forget, intake, links, voices
from fanal.core.assess import queue
from fanal.core.crosscheck import trace
from fanal.core.report import Category, Channel, Identity
from fanal.ledger.models import Entry
from fanal.queries import cases, inbox, reading, world
from fanal.store import models

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_knows_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a process that has taken in nothing today, whatever ran in this one before."""
    monkeypatch.setattr(voices, "_KNOWN", voices._Known())


TYPED = "https://video.example/watch/1"
CANARY = Identity(
    name="canary-person",
    email="canary.mail+x@mail.example",
    phone="06 39 98 04 17",
    ip="203.0.113.77",
    user_agent="canary",
)


def at(settings: object, moment: datetime) -> None:
    other = dataclasses.replace(world.current(), now=lambda: moment)
    settings.FANAL_WORLD = lambda: other  # type: ignore[attr-defined]


def row() -> models.Case:
    return models.Case.objects.get()


def send(number: int, ip: str, **who: str) -> models.Report:
    """Send a report in words of its own, or with number 0 without any."""
    received = house.receive(TYPED, comment=words(number) if number else "", identity=Identity(ip=ip, **who))
    house.work()
    return models.Report.objects.get(ref=received.ref)


# --- at the door


@pytest.mark.parametrize("role", ["fanal_portal", "fanal_api"])
def test_the_first_report_of_a_day_makes_the_salt_and_the_second_finds_it(as_role: house.Acting, role: str) -> None:
    with as_role(role):
        house.receive(TYPED)
        house.receive(TYPED)
    (salt,) = models.DaySalt.objects.all()
    assert salt.day == world.current().now().date()
    assert len(bytes(salt.salt)) == 16
    assert len({bytes(one.sources) for one in models.Report.objects.all()}) == 1


def test_a_batch_asks_for_the_salt_once_and_a_known_day_never() -> None:
    here = world.current()
    rows = [
        intake.Incoming(
            house.submission(TYPED, channel=Channel.BATCH), Identity(email=f"a{n}@mail.example"), house.nonce(), "key"
        )
        for n in range(30)
    ]
    asked = Asked()
    with connection.execute_wrapper(asked):
        intake.receive_many(rows)
    assert sum("daysalt" in one for one in asked.said) == 2
    assert len({bytes(one.sources) for one in models.Report.objects.all()}) == 30
    voices._KNOWN.keep(voices.today(here))
    try:
        asked = Asked()
        with connection.execute_wrapper(asked):
            house.receive(TYPED)
        assert not [one for one in asked.said if "daysalt" in one]
    finally:
        voices._KNOWN.day = None


class Asked:
    """Every statement that went to the database."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.said.append(str(sql))
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_a_salt_that_was_rolled_back_is_not_remembered() -> None:
    voices._KNOWN.day = None
    with transaction.atomic():
        voices.today(world.current())
        transaction.set_rollback(True)
    assert voices._KNOWN.day is None
    house.receive(TYPED)
    assert voices._KNOWN.day is not None
    assert models.DaySalt.objects.get().day == voices._KNOWN.day.day
    assert bytes(models.DaySalt.objects.get().salt) == voices._KNOWN.day.salt
    voices._KNOWN.day = None


# --- law 4: a token is nobody


def test_tokens_salts_and_identities_stand_in_no_event_and_no_entry(caplog: pytest.LogCaptureFixture) -> None:
    for number in range(3):
        house.receive(TYPED, comment=words(number), identity=CANARY)
        house.work()
    report = models.Report.objects.first()
    assert report is not None
    salt = bytes(models.DaySalt.objects.get().salt)
    tokens = [bytes(report.sources)[start : start + 8] for start in (0, 8, 16)]
    assert len(set(tokens)) == 3
    nodes = [str(int.from_bytes(one, "big", signed=True)) for one in tokens]
    told = b"".join(bytes(one.body) + bytes(one.salt) for one in models.EventBody.objects.all())
    told += repr(list(models.Event.objects.values())).encode() + repr(list(Entry.objects.values())).encode()
    told += caplog.text.encode()
    for secret in (salt, *tokens):
        assert secret not in told
        assert secret.hex().encode() not in told
    for said in (*nodes, "canary", "mail.example", "203.0.113", "639980417"):
        assert said.encode() not in told, said


def test_no_column_of_the_working_file_holds_what_a_token_was_made_of() -> None:
    house.receive(TYPED, identity=CANARY)
    house.work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, '') FROM store_report r")
        (dump,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(n::text, '') FROM store_crowdnode n")
        dump += cursor.fetchone()[0]
    for said in ("canary", "203.0.113", "639980417", *(one.encode().hex() for one in ("canary", "203.0.113.77"))):
        assert said not in dump


def test_after_its_days_nothing_says_which_source_a_report_had(as_role: house.Acting, settings: object) -> None:
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    at(settings, start)
    for number in (0, 0, 2, 3, 4, 5):  # two sources: all that binds what each says, and what its group is named after
        one = models.Report.objects.count() % 2
        send(number, f"192.0.2.{one}", email=f"p{one}@mail.example")
    assert (row().independent, row().report_count) == (2, 6)
    before = {one.node: one.root for one in models.CrowdNode.objects.filter(source=False)}
    tokens = {one.node for one in models.CrowdNode.objects.filter(source=True)}
    assert len(tokens) == 4

    at(settings, start + timedelta(days=2))
    with as_role("fanal_worker"):
        assert forget.sources() == 0
    assert not models.DaySalt.objects.exists()

    at(settings, start + timedelta(days=6))
    with as_role("fanal_worker"):
        assert forget.sources() == 0
    at(settings, start + timedelta(days=7))
    with as_role("fanal_worker"):
        assert forget.sources() == 6
        assert forget.sources() == 0
    assert not models.Report.objects.exclude(sources=b"").exists()
    assert not models.CrowdNode.objects.filter(source=True).exists()
    left = {one.node: one.root for one in models.CrowdNode.objects.all()}
    assert set(left) == set(before)
    assert not tokens & set(left.values())
    groups = lambda found: sorted(sorted(n for n in found if found[n] == root) for root in set(found.values()))  # noqa: E731
    assert groups(left) == groups(before)
    assert (row().independent, row().report_count) == (2, 6)
    assert house.events("").count("sources.erased") == 1
    # The count stays true for what comes after: a text that was said counts no new voice, a new one does.
    at(settings, start + timedelta(days=8))
    send(2, "198.51.100.1")
    assert row().independent == 2
    send(20, "198.51.100.2")
    assert row().independent == 3


def test_one_source_has_another_token_every_day(settings: object) -> None:
    at(settings, datetime(2026, 3, 2, 9, tzinfo=UTC))
    first = send(1, "192.0.2.1")
    at(settings, datetime(2026, 3, 3, 9, tzinfo=UTC))
    second = send(2, "192.0.2.1")
    assert bytes(first.sources) != bytes(second.sources)
    assert row().independent == 2  # about: nobody can tell, and nobody should


# --- counting


def test_a_crowd_is_told_from_its_copies() -> None:
    """Twelve people in their own words, and one text from twenty addresses: 32 reports, about 13 voices."""
    for number in range(12):
        house.receive(TYPED, comment=words(number), identity=Identity(ip=f"198.51.100.{number}"))
    for number in range(20):
        house.receive(TYPED, comment=words(90), identity=Identity(ip=f"203.0.113.{number}"))
    house.work()
    one = row()
    assert (one.report_count, one.independent, one.copies) == (32, 13, 20)
    (said, *_) = cases.read(house.ALICE, one.ref).reach
    assert said.text.en == (
        "32 reports, about 13 independent accounts of it, 20 copies of one text. "
        "Their number says nothing about the law."
    )


def test_voices_move_no_case_in_the_queue() -> None:
    """Law 5: reach, never guilt."""
    house.receive(
        "https://lawful.example/account", category=Category.HATE, comment=words(0), identity=Identity(ip="192.0.2.1")
    )
    for number in range(12):
        house.receive(
            "https://lawful.example/account",
            category=Category.HATE,
            comment=words(number),
            identity=Identity(ip=f"198.51.100.{number}"),
        )
    child = house.receive(
        "https://other.example/one", category=Category.DANGER, minor=True, danger_now=True, comment=""
    )
    house.work()
    assert next(iter(inbox.waiting(house.ALICE).rows)).ref == house.case_of(child.ref)
    crowd = models.Case.objects.get(report_count=13)
    facts = reading.case_facts(crowd)
    assert "independent" not in {field.name for field in dataclasses.fields(facts)}
    assert queue.rank(facts, now=world.current().now()).grade == crowd.grade


SOURCES = st.lists(st.integers(0, 5), max_size=3)
REPORTS = st.lists(st.tuples(SOURCES, st.none() | st.integers(0, 4)), min_size=1, max_size=14)


@given(REPORTS, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_voices_are_the_groups_of_what_is_shared_whatever_the_order(
    reports: list[tuple[list[int], int | None]], chance: object
) -> None:
    """`join`, one by one, counts what a plain walk over the whole graph counts, and so does counting anew."""
    chance.shuffle(reports)  # type: ignore[attr-defined]
    here = world.current()
    one = models.Case(id=here.new_id(), ref=str(next(NUMBERS)), category="hate", opened_at=here.now(), grade=5)
    one.save(force_insert=True)
    for sources, text in reports:
        id = here.new_id()
        report = models.Report(
            id=id, ref=str(next(NUMBERS)), submission=id.bytes, content=b"", code=id.bytes, received_at=here.now(),
            channel="portal", category="hate", standing="witness", language="fr", body=b"",
            sources=b"".join((1000 + source).to_bytes(8, "big") for source in sources),
        )  # fmt: skip
        report.save(force_insert=True)
        marks = trace.of((), words(text), key=b"k" * 16) if text is not None else ()
        models.ReportMarks(report=report, packed=trace.pack(marks)).save(force_insert=True)
        models.CaseReport(id=here.new_id(), case=one, report=report, joined_at=here.now()).save(force_insert=True)
        voices.join(one, report, marks)
    assert one.independent == groups_of(reports)
    assert one.copies == max(
        (sum(text == said for _, said in reports) for _, text in reports if text is not None), default=0
    )
    grown, nodes = (one.independent, one.copies), everything()["CrowdNode"]
    anew.make(one, {}, between=(0, len(reports)), now=here.now())
    assert (one.independent, one.copies) == grown
    assert everything()["CrowdNode"] == nodes


NUMBERS = itertools.count()


def groups_of(reports: list[tuple[list[int], int | None]]) -> int:
    """Count groups by the slowest and plainest means."""
    bags = [{*(f"s{one}" for one in sources), *([f"t{text}"] if text is not None else [])} for sources, text in reports]
    silent = sum(not bag for bag in bags)
    bags = [bag for bag in bags if bag]
    while True:
        for one, other in itertools.combinations(range(len(bags)), 2):
            if bags[one] & bags[other]:
                bags[one] |= bags.pop(other)
                break
        else:
            return len(bags) + silent


def test_a_merge_after_the_sources_are_gone_keeps_what_they_once_told_and_its_undo_is_exact(settings: object) -> None:
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    at(settings, start)
    one = case("https://un.example/a", reports=4)
    for number in range(5):  # five texts of one source
        house.receive("https://deux.example/b", comment=words(40 + number), identity=Identity(ip="203.0.113.1"))
    house.work()
    two = models.Case.objects.exclude(ref=one).get().ref
    at(settings, start + timedelta(days=9))
    forget.sources()
    before = everything()
    assert [models.Case.objects.get(ref=ref).independent for ref in (one, two)] == [4, 1]
    move = links.merge(house.ALICE, two, one, grounds=WHY)
    assert models.Case.objects.get(ref=one).independent == 5
    links.undo(house.ALICE, move, grounds=WHY)
    after = everything()
    assert after["Case"] == before["Case"]
    assert after["CrowdNode"] == before["CrowdNode"]


def test_dates_of_the_law_are_those_of_the_page() -> None:
    days = world.current().catalogue.kept_days("source-token")
    assert voices.until(datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) == date(2026, 3, 2) + timedelta(days=days - 1)
