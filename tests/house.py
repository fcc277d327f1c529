"""The cast of the tests, whole valid things, and the way that jobs go when nobody has to wait for a worker."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from fanal import connectors
from fanal.actions import assess, intake, route
from fanal.core.case import Outcome
from fanal.core.catalogue import Tick
from fanal.core.report import Category, Channel, Identity, Item, Standing, Submission
from fanal.core.rights import Role
from fanal.ledger import sequence
from fanal.queries import world
from fanal.queries.people import Person
from fanal.wire import notes

if TYPE_CHECKING:
    import pytest

ALICE = Person("K-11", Role.ANALYST, "fr")
BRUNO = Person("K-12", Role.ANALYST, "fr")
CHLOE = Person("K-13", Role.ANALYST, "en")
SOFIA = Person("S-01", Role.SUPERVISOR, "en")
DRISS = Person("A-01", Role.AUDITOR, "fr")
PAUL = Person("P-01", Role.PRESS, "fr")

_numbers = itertools.count(1)


def nonce() -> bytes:
    """Make a nonce that no other report of this run has."""
    return next(_numbers).to_bytes(16, "big")


def submission(*typed: str, **changes: object) -> Submission:
    """Make a whole valid submission; say what matters."""
    given: dict[str, object] = {
        "items": tuple(Item(one) for one in typed or ("https://video.example/watch/1",)),
        "category": Category.THREATS,
        "channel": Channel.PORTAL,
        "language": "fr",
        "comment": "Vu ce matin, le message dit où la personne habite.",
        "standing": Standing.WITNESS,
    }
    return Submission(**(given | changes))  # type: ignore[arg-type]


def receive(*typed: str, identity: Identity | None = None, **changes: object) -> intake.Received:
    """Receive a report."""
    return intake.receive(submission(*typed, **changes), identity or Identity(ip="192.0.2.7"), nonce=nonce())


def work() -> int:
    """Do what the worker would do, in the order of the queue; give how many jobs there were."""
    from fanal.core.events import Event as Name
    from fanal.jobs.reactions import REACTIONS
    from fanal.queries import events

    done = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = (SELECT id FROM procrastinate_jobs "
                "WHERE status = 'todo' AND task_name = 'fanal.react' ORDER BY id LIMIT 1) RETURNING args"
            )
            row = cursor.fetchone()
        if row is None:
            return done
        args = json.loads(row[0]) if isinstance(row[0], str) else row[0]
        name, subject = events.subject(args["event"])
        for reaction in REACTIONS[Name(name)]:
            reaction(subject)
        done += 1


def offence() -> tuple[str, dict[str, Tick]]:
    """Give the first written offence whose condition holds when everything is answered with yes."""
    from fanal.core.assess import qualify

    for one in world.current().catalogue.offences:
        ticks = {element.id: Tick.YES for element in one.elements}
        if one.written() and qualify.weigh(one, ticks).holds is Tick.YES:
            return one.id, ticks
    raise LookupError("no written offence holds with every element answered with yes")


def judge(person: Person, ref: str, outcome: Outcome = Outcome.ILLEGAL, grounds: str = "Les éléments sont là.") -> None:
    """Take a case and give an opinion."""
    id, ticks = offence()
    illegal = outcome is Outcome.ILLEGAL
    assess.take_case(person, ref)
    assess.give(
        person, ref, outcome=outcome, offence=id if illegal else "", ticks=ticks if illegal else {}, grounds=grounds
    )


def case_of(report_ref: str) -> str:
    """Name the case that a report joined."""
    from fanal.store.models import CaseReport

    return CaseReport.objects.get(report__ref=report_ref).case.ref


def decided(*typed: str) -> str:
    """Bring a report to a case that two people found illegal; give the case."""
    received = receive(*typed)
    work()
    ref = case_of(received.ref)
    judge(ALICE, ref)
    judge(BRUNO, ref)
    work()
    return ref


def dispatches(case_ref: str) -> list[str]:
    """List the dispatches of a case that can leave."""
    from fanal.store.models import Dispatch

    rows = Dispatch.objects.filter(case__ref=case_ref, obstacles=[]).order_by("planned_at", "id")
    return [row.ref for row in rows]


def approve(ref: str, *, grounds: str = "Cible 1 : les éléments sont réunis.") -> None:
    """Put a dispatch forward and have another person approve it."""
    route.prepare(ALICE, ref, grounds=grounds)
    route.approve(BRUNO, ref)


def integrate() -> None:
    """Do what the sequencer does every second."""
    signer = notes.read_signer(Path(os.environ["FANAL_DATA"]) / "keys" / "ledger.key")
    sequence.integrate(sign=signer, origin=signer.key.name, now=world.current().now)


def connector(patch: pytest.MonkeyPatch, **changes: object) -> None:
    """Put another party on the other side of the letter connector."""
    found = connectors.discover()
    patch.setitem(found, "letter", dataclasses.replace(found["letter"], **changes))  # type: ignore[arg-type]


def events(case_ref: str) -> list[str]:
    """List the names of what happened in a case."""
    from fanal.store.models import Event as Row

    return list(Row.objects.filter(case=case_ref).order_by("at", "id").values_list("name", flat=True))


Acting = Callable[[str], AbstractContextManager[None]]
