"""Demonstration analysts decide one case, with the desk's settings and rights; standard input says what."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import django

from fanal.site import logs

if TYPE_CHECKING:
    from fanal.queries.people import Person

PATIENCE: Final = 120.0  # seconds for the worker to put a report into a case
BETWEEN: Final = 0.2


def main() -> int:
    """Read {"code", "outcome", "grounds", "people"}, wait until the report stands in a case, let each decide."""
    logs.quiet_end()
    django.setup()
    from fanal.actions import assess  # noqa: PLC0415 - needs Django
    from fanal.core.case import Outcome  # noqa: PLC0415
    from fanal.core.errors import FanalError  # noqa: PLC0415

    said: dict[str, Any] = json.load(sys.stdin)
    case = _case_of(said["code"])
    if not case:
        sys.stderr.write("demo: the worker has not placed a report in time\n")
        return 1
    for code in said["people"]:
        try:
            who = _person(code)
            assess.take_case(who, case)
            assess.give(who, case, outcome=Outcome(said["outcome"]), offence="", ticks={}, grounds=said["grounds"])
        except FanalError as failure:
            sys.stderr.write(f"demo: {code} could not decide {case}: {failure.reason.code}\n")
            return 1
    return 0


def _case_of(code: str) -> str:
    """Find the case that the report with this code joined; "" where the worker has not done so in time."""
    from fanal.queries import placed  # noqa: PLC0415

    until = time.monotonic() + PATIENCE
    while not (case := placed.by_code(code)) and time.monotonic() < until:
        time.sleep(BETWEEN)
    return case


def _person(code: str) -> Person:
    from fanal.queries import people  # noqa: PLC0415
    from fanal.staff.models import Member  # noqa: PLC0415

    return people.person(Member.objects.get(code=code))


if __name__ == "__main__":
    sys.exit(main())
