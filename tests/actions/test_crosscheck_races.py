"""Workers that meet on one account, on one target or on two cases wait for each other, and never for ever."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests import house

from fanal.actions import crosscheck, harmonise, links
from fanal.core.crosscheck.compare import Decision, Seen, compare
from fanal.core.crosscheck.trace import Kind, Mark
from fanal.queries import candidates
from fanal.store.models import Case, CaseLink, CaseReport, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


def together(act: Callable[[str], None], refs: Sequence[str]) -> None:
    """Let workers with a connection each act on all of these at once; what fails in one fails here."""
    ready = threading.Barrier(min(WORKERS, len(refs)))

    def work(mine: Sequence[str]) -> None:
        try:
            ready.wait(30)
            for ref in mine:
                act(ref)
        finally:
            connection.close()

    shares = [refs[start::WORKERS] for start in range(min(WORKERS, len(refs)))]
    with ThreadPoolExecutor(WORKERS) as pool:
        for one in [pool.submit(work, share) for share in shares]:
            one.result(60)


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass between looking for candidates and going into a case, so that others can come between."""
    look = candidates.of

    def late(*given: object) -> candidates.Found:
        found = look(*given)  # type: ignore[arg-type]
        time.sleep(0.05)
        return found

    monkeypatch.setattr(candidates, "of", late)


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("https://reseau.example/@merle_demo/11000000000000000{}", id="posts of one account"),
        pytest.param("https://un.example/a", id="one target"),
        pytest.param("http{1}://www.un.example/a{2}", id="spellings of one address"),
    ],
)
def test_reports_that_belong_together_and_arrive_together_are_one_case(typed: str) -> None:
    refs = [house.receive(typed.format(n, "s" * (n % 2), "/" * (n // 2 % 2)), comment="").ref for n in range(8)]
    for ref in refs:
        harmonise.report(ref)
    together(crosscheck.report, refs)
    assert Case.objects.count() == 1
    assert (Case.objects.get().report_count, CaseReport.objects.count()) == (8, 8)


@pytest.mark.usefixtures("slowly")
def test_a_post_and_its_account_that_arrive_together_are_one_case() -> None:
    typed = ["https://reseau.example/@merle_demo/110000000000000001", "@merle_demo@reseau.example"]
    refs = [house.receive(one, comment="").ref for one in typed]
    for ref in refs:
        harmonise.report(ref)
    together(crosscheck.report, refs)
    assert Case.objects.count() == 1


def test_a_case_that_people_merge_while_a_report_looks_at_it_takes_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone, into = (house.receive(f"https://reseau.example/@{name}_demo/110000000000000001") for name in ("un", "deux"))
    house.work()
    ref = house.receive("https://reseau.example/@un_demo/110000000000000002", comment="").ref
    harmonise.report(ref)
    look = candidates.of
    looked: list[candidates.Found] = []

    def merge(case: str) -> None:
        links.merge(house.SOFIA, case, house.case_of(into.ref), grounds="Le même auteur, vérifié.")

    def merged_meanwhile(*given: object) -> candidates.Found:
        found = look(*given)  # type: ignore[arg-type]
        if not looked:
            together(merge, [house.case_of(gone.ref)])
        looked.append(found)
        return found

    monkeypatch.setattr(candidates, "of", merged_meanwhile)
    crosscheck.report(ref)
    assert len(looked) == 2
    assert Case.objects.get(ref=house.case_of(ref)).state != "merged"
    assert house.case_of(ref) == house.case_of(into.ref)
    assert CaseReport.objects.filter(case__state="merged", report__ref=ref).count() == 0


def test_reports_that_name_two_cases_in_either_order_do_not_wait_for_each_other_for_ever() -> None:
    words = "Le contact affiché est corbeau77@poste.example"
    for name in ("un", "deux"):
        house.receive(*(f"https://{name}-{n}.example/" for n in range(24)), comment=words)
        house.work()
    assert Case.objects.count() == 2
    chance = random.Random(7)  # noqa: S311 - an order, no secret
    refs = []
    for n in range(24):  # no two of them share a host: nothing but the cases themselves parts the workers
        pair = [f"https://un-{n}.example/", f"https://deux-{n}.example/"]
        chance.shuffle(pair)
        refs.append(house.receive(*pair, f"https://neuf-{n}.example/", comment=words).ref)
        harmonise.report(refs[-1])
    together(crosscheck.report, refs)
    assert sorted(Case.objects.values_list("report_count", flat=True)) == [25, 25]
    assert CaseReport.objects.count() == 2 + 2 * 24
    assert CaseLink.objects.count() == 1


def test_the_same_new_targets_in_any_order_are_each_one_row() -> None:
    chance = random.Random(7)  # noqa: S311 - an order, no secret
    typed = [f"https://un.example/{n}" for n in range(50)]
    refs = []
    for _ in range(WORKERS):
        chance.shuffle(typed)
        refs.append(house.receive(*typed).ref)
    ready = threading.Barrier(WORKERS)

    def at_once(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith('INSERT INTO "store_target"'):
            ready.wait(30)
        return execute(sql, *rest)

    def read(ref: str) -> None:
        with connection.execute_wrapper(at_once):
            harmonise.report(ref)

    together(read, refs)
    assert Target.objects.count() == 50


MARK = st.builds(Mark, st.sampled_from(Kind), st.integers(0, 3), st.sampled_from(["", "aa", "bb"]), st.booleans())
MARKS = st.lists(MARK.filter(lambda mark: not crosscheck.decides(mark)), max_size=12)


@given(MARKS, MARKS)
def test_no_mark_joins_that_reports_do_not_wait_for_each_other_by(ours: list[Mark], theirs: list[Mark]) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    found = compare(ours, [Seen(mark, at, at) for mark in theirs], at=at, common=())
    assert found.decision is not Decision.JOIN
