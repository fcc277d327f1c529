"""Who may enter: what is kept of them, what the commands print, and what each database role may touch."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from fanal.core.errors import NotAllowed
from fanal.core.rights import KeyRight, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db


def run(*words: str) -> dict[str, str]:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as failure:
        return "permission denied" in str(failure)
    return False


def test_a_member_is_added_with_a_second_factor_that_works() -> None:
    from allauth.mfa.models import Authenticator

    from fanal.desk.accounts import SecondFactor
    from fanal.staff.models import Member

    told = run("staff_add", "ines", "analyst", "--language", "fr")
    member = Member.objects.get(username="ines")
    assert told["code"] == member.code == "K-01"
    assert member.language == "fr"
    assert member.check_password(told["password"])
    assert member.password.startswith("argon2")
    kept = Authenticator.objects.get(user=member).data["secret"]
    assert told["totp_secret"] not in kept
    assert SecondFactor().decrypt(kept) == told["totp_secret"]
    assert told["totp_secret"] in told["totp_url"]


def test_codes_follow_the_role_and_are_never_given_twice() -> None:
    assert [run("staff_add", name, role, "--later")["code"] for name, role in (
        ("a1", "analyst"), ("a2", "analyst"), ("s1", "supervisor"), ("r1", "auditor")
    )] == ["K-01", "K-02", "M-01", "R-01"]  # fmt: skip
    with pytest.raises(CommandError):
        run("staff_add", "a3", "analyst", "--code", "K-01")
    with pytest.raises(CommandError):
        run("staff_add", "a1", "analyst")
    with pytest.raises(CommandError):
        run("staff_add", "a4", "analyst", "--code", "nonsense")


def test_who_is_added_for_later_has_no_second_factor_yet() -> None:
    from allauth.mfa.models import Authenticator

    assert run("staff_add", "ines", "analyst", "--later")["totp_secret"] == ""
    assert not Authenticator.objects.exists()


def test_a_key_is_shown_once_and_only_its_digest_is_kept() -> None:
    from fanal.staff import secrets
    from fanal.staff.models import ApiKey

    told = run("key_add", "partner.example", "--owner", "Partner", "--right", "report", "--right", "status")
    key = ApiKey.objects.get(name="partner.example")
    assert bytes(key.key_digest) == secrets.digest(told["secret"])
    assert told["secret"] not in json.dumps(list(ApiKey.objects.values()), default=str)
    assert key.may(KeyRight.REPORT)
    assert not key.may(KeyRight.BATCH)
    with pytest.raises(CommandError):
        run("key_add", "partner.example", "--owner", "Partner", "--right", "report")


def test_a_revoked_key_may_nothing() -> None:
    from fanal.staff.models import ApiKey
    from fanal.wire import clock

    key = ApiKey(name="x", owner="y", key_digest=b"0" * 32, rights=["report"], revoked_at=clock.now())
    assert not key.may(KeyRight.REPORT)


@pytest.mark.parametrize("rights", [[], ["everything"], ["report", "delete"]])
def test_a_key_needs_known_rights(rights: list[str]) -> None:
    from fanal.staff.models import ApiKey

    with pytest.raises(ValidationError):
        ApiKey(name="x", owner="y", key_digest=b"0" * 32, rights=rights).full_clean()


def test_two_secrets_are_never_the_same_and_long_enough() -> None:
    from fanal.staff import secrets

    assert len({secrets.new_key() for _ in range(100)}) == 100
    assert len(secrets.new_key()) >= 52
    assert len({secrets.new_password() for _ in range(100)}) == 100


@pytest.mark.parametrize("change", [{"role": "king"}, {"code": "king"}, {"language": "xx"}])
def test_the_database_refuses_what_the_code_would_not_understand(change: dict[str, str]) -> None:
    from fanal.staff.models import Member

    member = Member.objects.create(username="ines", password="x" * 20, code="K-01", role=Role.ANALYST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(**change)


def test_nobody_else_is_a_person() -> None:
    from django.contrib.auth.models import AnonymousUser

    from fanal.queries import people
    from fanal.staff.models import Member

    member = Member.objects.create(username="ines", password="x" * 20, code="K-01", role=Role.ANALYST, language="fr")
    assert people.person(member) == people.Person("K-01", Role.ANALYST, "fr")
    member.is_active = False
    for stranger in (member, AnonymousUser()):
        with pytest.raises(NotAllowed):
            people.person(stranger)


def test_each_role_of_the_database_touches_only_what_it_needs(
    as_role: Callable[[str], AbstractContextManager[None]],
) -> None:
    with as_role("fanal_desk"):
        assert not refused("SELECT code FROM staff_member")
        assert not refused("UPDATE staff_member SET last_login = now(), password = 'x' WHERE false")
        assert refused("UPDATE staff_member SET role = 'supervisor'")
        assert refused("UPDATE staff_member SET active = true")
        assert refused("INSERT INTO staff_member (username) VALUES ('x')")
        assert refused("DELETE FROM staff_member")
        assert refused("SELECT * FROM staff_apikey")
    with as_role("fanal_api"):
        assert not refused("SELECT key_digest FROM staff_apikey")
        assert refused("UPDATE staff_apikey SET rights = '[]'")
        assert refused("SELECT * FROM staff_member")
        assert refused("SELECT * FROM mfa_authenticator")
    for role in ("fanal_portal", "fanal_worker", "fanal_sequencer"):
        with as_role(role):
            assert refused("SELECT * FROM staff_member")
            assert refused("SELECT * FROM staff_apikey")
            assert refused("SELECT * FROM django_session")
            assert refused("SELECT * FROM mfa_authenticator")
