"""Add a key with which a machine may report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from fanal.core.rights import KeyRight
from fanal.staff import secrets
from fanal.staff.models import ApiKey

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print the secret once; only its digest is kept."""

    help = "Add a key for the API. Its secret is printed once and cannot be read again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is needed."""
        rights = [right.value for right in KeyRight]
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, help="who answers for this key")
        parser.add_argument("--right", action="append", dest="rights", choices=rights, required=True)
        parser.add_argument("--per-minute", type=int, default=600, help="requests that are answered in a minute")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, **options: object) -> None:
        """Make the key and print its secret."""
        secret = secrets.new_key()
        key = ApiKey(
            name=str(options["name"]),
            owner=str(options["owner"]),
            key_digest=secrets.digest(secret),
            rights=sorted(set(cast("list[str]", options["rights"]))),
            per_minute=cast("int", options["per_minute"]),
        )
        try:
            key.full_clean()
        except ValidationError as fault:
            raise CommandError("; ".join(fault.messages)) from None
        key.save(force_insert=True)
        if options["as_json"]:
            self.stdout.write(json.dumps({"name": key.name, "rights": key.rights, "secret": secret}))
            return
        self.stdout.write(f"name    {key.name}\nrights  {', '.join(key.rights)}\nsecret  {secret}")
        self.stdout.write("Keep the secret now: it is not shown again.")
