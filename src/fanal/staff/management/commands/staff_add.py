"""Add a member of staff, with a second factor that is ready to be scanned or typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from fanal.core.rights import Role
from fanal.staff import secrets
from fanal.staff.models import LANGUAGES, Member

if TYPE_CHECKING:
    from argparse import ArgumentParser

LETTERS: dict[str, str] = {Role.ANALYST: "K", Role.SUPERVISOR: "M", Role.AUDITOR: "R", Role.PRESS: "P"}


class Command(BaseCommand):
    """Print the password and the enrolment once; neither can be read again."""

    help = (
        "Add a member of staff. Prints a first password and a TOTP secret once. "
        "With --later the second factor is enrolled by the person at the first login."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is needed."""
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--code", default="", help="like K-17; by default the next free one of the role")
        parser.add_argument("--language", default="en", choices=LANGUAGES)
        parser.add_argument("--password", default="", help="for a demonstration; by default one is made from chance")
        parser.add_argument("--later", action="store_true", help="let the person enrol the second factor")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, **options: object) -> None:
        """Make the member and the second factor together, or neither."""
        username, role = str(options["username"]), Role(str(options["role"]))
        password = str(options["password"]) or secrets.new_password()
        totp = "" if options["later"] else secrets.new_totp()
        try:
            with transaction.atomic():
                member = Member.objects.create(
                    username=username,
                    password=password,
                    code=str(options["code"]) or _next_code(role),
                    role=role,
                    language=str(options["language"]),
                )
                if totp:
                    _enrol(member, totp)
        except ValidationError as fault:
            raise CommandError("; ".join(fault.messages)) from None
        answer = {
            "username": member.username,
            "code": member.code,
            "role": member.role,
            "password": password,
            "totp_secret": totp,
            "totp_url": _enrolment(member, totp) if totp else "",
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(answer))
            return
        for name, value in answer.items():
            self.stdout.write(f"{name:12} {value}")
        if not totp:
            self.stdout.write("The second factor is enrolled at the first login.")


def _next_code(role: Role) -> str:
    """Give the first code of the role's letter that nobody has."""
    taken = set(Member.objects.values_list("code", flat=True))
    return next(code for number in range(1, 10_000) if (code := f"{LETTERS[role]}-{number:02d}") not in taken)


def _enrol(member: Member, totp: str) -> None:
    """Keep the TOTP secret as a second factor; allauth encrypts it through the adapter that the settings name."""
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415  # only where the command runs

    TOTP.activate(member, totp)


def _enrolment(member: Member, totp: str) -> str:
    """Give the address that an authenticator reads from a QR code (Key Uri Format)."""
    return f"otpauth://totp/{quote(member.username)}?{urlencode({'secret': totp, 'issuer': 'Fanal'}, quote_via=quote)}"
