"""The desk with its people: members who enrolled a second factor, and cases that real reports made."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # keys are made before Django's settings are read: see tests/conftest.py
    from collections.abc import Callable, Iterator

    from django.test import Client

    from fanal.queries.people import Person

PASSWORD = "a long and invented sentence 42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def password() -> str:
    """Hash the password once: Argon2 is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@contextmanager
def outside() -> Iterator[None]:
    """Act for a moment as the rest of the house does, while the desk's own role is on."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute('SET ROLE "fanal_desk"')


@pytest.fixture(autouse=True)
def _static(settings: object) -> None:
    """Whitenoise wants its folder to be there, even if it is empty."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # type: ignore[attr-defined]


@pytest.fixture
def members(db: None) -> dict[str, object]:
    """ALICE, BRUNO, CHLOE, SOFIA, DRISS and PAUL, each with a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP
    from tests import house

    from fanal.staff.models import Member

    hashed = password()
    made = {}
    for who in (house.ALICE, house.BRUNO, house.CHLOE, house.SOFIA, house.DRISS, house.PAUL):
        member = Member(
            username=who.id.lower(), password=hashed, code=who.id, role=who.role.value, language=who.language
        )
        member.save(force_insert=True)
        TOTP.activate(member, SECRET)
        made[who.id] = member
    return made


@dataclass
class Desk:
    """One browser at the desk."""

    client: Client
    members: dict[str, object]

    def enter(self, person: Person) -> Client:
        """Log somebody in (the login itself has tests of its own), in English."""
        self.client.logout()
        self.client.cookies.clear()
        self.client.cookies["fanal_language"] = "en"
        self.client.force_login(self.members[person.id], backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
        return self.client


@pytest.fixture
def desk(members: dict[str, object], made: Callable[..., str], desk_client: Client) -> Desk:
    """The desk under its own database role."""
    return Desk(desk_client, members)


@pytest.fixture
def made(db: None) -> Callable[..., str]:
    """Make a case from one report, as the house does it."""

    from tests import house

    def make(*typed: str, **changes: object) -> str:
        received = house.receive(*typed, **changes)
        house.work()
        return house.case_of(received.ref)

    return make
